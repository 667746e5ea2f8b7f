-- GET /api/customers/
-- Generated: npm run gen

-- staff
select (select count(*)
  from customer c
  where (not "c"."is_removed")
  and ((c.abbreviation ilike '%abbreviation%'))
  and ((c.accounting_start_date <= now()))
  and ((c.agreement_number ilike '%agreementnumber%'))
  and ((c.archived))
  and (c.backend_id = :backend_id)
  and ((c.contact_details ilike '%contactdetails%'))
  and ((true))
  and ((c.name ilike '%name%'))
  and (c.name = :name_exact)
  and ((c.native_name ilike '%nativename%'))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and (og.name ilike '%organizationgroupname%')))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and og.uuid = any(:organization_group_uuid::uuid[])))
  and ((c.id = any('{}'::bigint[])))
  and ((c.name ilike '%query%'
  or c.native_name ilike '%query%'
  or c.abbreviation ilike '%query%'
  or c.domain ilike '%query%'
  or wire_uuid(c.uuid) ilike '%query%'
  or c.registration_code ilike '%query%'
  or c.agreement_number ilike '%query%'))
  and ((c.registration_code ilike '%registrationcode%'))
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'customer'
  and held.scope_id = c.id
  and true
  and holder.uuid = :user_uuid::uuid))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
    ',"url":', '"' || ctx.base || '/api/customers/' || wire_uuid(c.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"created":', '"' || wire_time(c.created) || '"',
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(og.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(og.uuid) || '/' || '"',
    ',"name":', to_json((og.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"',
    ',"parent_name":' || to_json((parent.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(parent.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group cog
  where cog.organization_group_id = og.id))::text), 2) || '}', ','
  order by og.name, og.id) || ']', '[]')
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  left join organization_group parent on parent.id = og.parent_id
  where member.customer_id = c.id),
    ',"display_name":', to_json((c.name)::text)::text,
    ',"backend_id":', to_json((c.backend_id)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"blocked":', (case when c.blocked then 'true' when not (c.blocked) then 'false' end),
    ',"archived":', (case when c.archived then 'true' when not (c.archived) then 'false' end),
    ',"display_billing_info_in_projects":', (case when c.display_billing_info_in_projects then 'true' when not (c.display_billing_info_in_projects) then 'false' end),
    ',"default_tax_percent":', '"' || (c.default_tax_percent)::numeric(32, 2) || '"',
    ',"accounting_start_date":', '"' || wire_time(c.accounting_start_date) || '"',
    ',"projects_count":', (cardinality(seen.ids))::text,
    ',"users_count":', ((select count(distinct held.user_id)
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where holder.is_active
  and ((held.scope_type = 'customer'
  and held.scope_id = c.id)
  or (held.scope_type = 'project'
  and held.scope_id = any(seen.ids)))))::text,
    ',"sponsor_number":', coalesce((c.sponsor_number)::text, 'null'),
    ',"country_name":', to_json((coalesce(('{"AF":"Afghanistan","AX":"Åland Islands","AL":"Albania","DZ":"Algeria","AS":"American Samoa","AD":"Andorra","AO":"Angola","AI":"Anguilla","AQ":"Antarctica","AG":"Antigua & Barbuda","AR":"Argentina","AM":"Armenia","AW":"Aruba","AU":"Australia","AT":"Austria","AZ":"Azerbaijan","BS":"Bahamas","BH":"Bahrain","BD":"Bangladesh","BB":"Barbados","BY":"Belarus","BE":"Belgium","BZ":"Belize","BJ":"Benin","BM":"Bermuda","BT":"Bhutan","BO":"Bolivia","BA":"Bosnia & Herzegovina","BW":"Botswana","BV":"Bouvet Island","BR":"Brazil","IO":"British Indian Ocean Territory","VG":"British Virgin Islands","BN":"Brunei","BG":"Bulgaria","BF":"Burkina Faso","BI":"Burundi","KH":"Cambodia","CM":"Cameroon","CA":"Canada","CV":"Cape Verde","BQ":"Caribbean Netherlands","KY":"Cayman Islands","CF":"Central African Republic","TD":"Chad","CL":"Chile","CN":"China","CX":"Christmas Island","CC":"Cocos (Keeling) Islands","CO":"Colombia","KM":"Comoros","CG":"Congo - Brazzaville","CD":"Congo - Kinshasa","CK":"Cook Islands","CR":"Costa Rica","CI":"Côte d’Ivoire","HR":"Croatia","CU":"Cuba","CW":"Curaçao","CY":"Cyprus","CZ":"Czechia","DK":"Denmark","DJ":"Djibouti","DM":"Dominica","DO":"Dominican Republic","EC":"Ecuador","EG":"Egypt","SV":"El Salvador","GQ":"Equatorial Guinea","ER":"Eritrea","EE":"Estonia","SZ":"Eswatini","ET":"Ethiopia","EU":"European Union","FK":"Falkland Islands","FO":"Faroe Islands","FJ":"Fiji","FI":"Finland","FR":"France","GF":"French Guiana","PF":"French Polynesia","TF":"French Southern Territories","GA":"Gabon","GM":"Gambia","GE":"Georgia","DE":"Germany","GH":"Ghana","GI":"Gibraltar","GR":"Greece","GL":"Greenland","GD":"Grenada","GP":"Guadeloupe","GU":"Guam","GT":"Guatemala","GG":"Guernsey","GN":"Guinea","GW":"Guinea-Bissau","GY":"Guyana","HT":"Haiti","HM":"Heard & McDonald Islands","HN":"Honduras","HK":"Hong Kong SAR China","HU":"Hungary","IS":"Iceland","IN":"India","ID":"Indonesia","IR":"Iran","IQ":"Iraq","IE":"Ireland","IM":"Isle of Man","IL":"Israel","IT":"Italy","JM":"Jamaica","JP":"Japan","JE":"Jersey","JO":"Jordan","KZ":"Kazakhstan","KE":"Kenya","KI":"Kiribati","KW":"Kuwait","KG":"Kyrgyzstan","LA":"Laos","LV":"Latvia","LB":"Lebanon","LS":"Lesotho","LR":"Liberia","LY":"Libya","LI":"Liechtenstein","LT":"Lithuania","LU":"Luxembourg","MO":"Macao SAR China","MG":"Madagascar","MW":"Malawi","MY":"Malaysia","MV":"Maldives","ML":"Mali","MT":"Malta","MH":"Marshall Islands","MQ":"Martinique","MR":"Mauritania","MU":"Mauritius","YT":"Mayotte","MX":"Mexico","FM":"Micronesia","MD":"Moldova","MC":"Monaco","MN":"Mongolia","ME":"Montenegro","MS":"Montserrat","MA":"Morocco","MZ":"Mozambique","MM":"Myanmar (Burma)","NA":"Namibia","NR":"Nauru","NP":"Nepal","NL":"Netherlands","NC":"New Caledonia","NZ":"New Zealand","NI":"Nicaragua","NE":"Niger","NG":"Nigeria","NU":"Niue","NF":"Norfolk Island","KP":"North Korea","MK":"North Macedonia","MP":"Northern Mariana Islands","NO":"Norway","OM":"Oman","PK":"Pakistan","PW":"Palau","PS":"Palestinian Territories","PA":"Panama","PG":"Papua New Guinea","PY":"Paraguay","PE":"Peru","PH":"Philippines","PN":"Pitcairn Islands","PL":"Poland","PT":"Portugal","PR":"Puerto Rico","QA":"Qatar","RE":"Réunion","RO":"Romania","RU":"Russia","RW":"Rwanda","WS":"Samoa","SM":"San Marino","ST":"São Tomé & Príncipe","SA":"Saudi Arabia","SN":"Senegal","RS":"Serbia","SC":"Seychelles","SL":"Sierra Leone","SG":"Singapore","SX":"Sint Maarten","SK":"Slovakia","SI":"Slovenia","SB":"Solomon Islands","SO":"Somalia","ZA":"South Africa","GS":"South Georgia & South Sandwich Islands","KR":"South Korea","SS":"South Sudan","ES":"Spain","LK":"Sri Lanka","BL":"St. Barthélemy","SH":"St. Helena","KN":"St. Kitts & Nevis","LC":"St. Lucia","MF":"St. Martin","PM":"St. Pierre & Miquelon","VC":"St. Vincent & Grenadines","SD":"Sudan","SR":"Suriname","SJ":"Svalbard & Jan Mayen","SE":"Sweden","CH":"Switzerland","SY":"Syria","TW":"Taiwan","TJ":"Tajikistan","TZ":"Tanzania","TH":"Thailand","TL":"Timor-Leste","TG":"Togo","TK":"Tokelau","TO":"Tonga","TT":"Trinidad & Tobago","TN":"Tunisia","TR":"Türkiye","TM":"Turkmenistan","TC":"Turks & Caicos Islands","TV":"Tuvalu","UM":"U.S. Outlying Islands","VI":"U.S. Virgin Islands","UG":"Uganda","UA":"Ukraine","AE":"United Arab Emirates","GB":"United Kingdom","US":"United States","UY":"Uruguay","UZ":"Uzbekistan","VU":"Vanuatu","VA":"Vatican City","VE":"Venezuela","VN":"Vietnam","WF":"Wallis & Futuna","EH":"Western Sahara","YE":"Yemen","ZM":"Zambia","ZW":"Zimbabwe"}'::jsonb ->> (c.country)), ''))::text)::text,
    ',"max_service_accounts":', coalesce((c.max_service_accounts)::text, 'null'),
    ',"project_metadata_checklist":', coalesce('"' || wire_uuid(null::uuid) || '"', 'null'),
    ',"grace_period_days":', coalesce((c.grace_period_days)::text, 'null'),
    ',"user_email_patterns":', (c.user_email_patterns)::text,
    ',"user_affiliations":', (c.user_affiliations)::text,
    ',"user_identity_sources":', (c.user_identity_sources)::text,
    ',"name":', to_json((c.name)::text)::text,
    ',"slug":', to_json((c.slug)::text)::text,
    ',"native_name":', to_json((c.native_name)::text)::text,
    ',"abbreviation":', to_json((c.abbreviation)::text)::text,
    ',"description":', to_json((c.description)::text)::text,
    ',"contact_details":', to_json((c.contact_details)::text)::text,
    ',"agreement_number":', to_json((c.agreement_number)::text)::text,
    ',"email":', to_json((c.email)::text)::text,
    ',"phone_number":', to_json((c.phone_number)::text)::text,
    ',"access_subnets":', to_json((c.access_subnets)::text)::text,
    ',"registration_code":', to_json((c.registration_code)::text)::text,
    ',"homepage":', to_json((c.homepage)::text)::text,
    ',"domain":', to_json((c.domain)::text)::text,
    ',"vat_code":', to_json((c.vat_code)::text)::text,
    ',"postal":', to_json((c.postal)::text)::text,
    ',"address":', to_json((c.address)::text)::text,
    ',"bank_name":', to_json((c.bank_name)::text)::text,
    ',"latitude":', coalesce(trim_scale((c.latitude)::numeric)::text, 'null'),
    ',"longitude":', coalesce(trim_scale((c.longitude)::numeric)::text, 'null'),
    ',"bank_account":', to_json((c.bank_account)::text)::text,
    ',"country":', '"' || (c.country) || '"',
    ',"notification_emails":', to_json((c.notification_emails)::text)::text,
    ',"payment_profiles":', '[]'), concat(
    ',"customer_credit":', coalesce(trim_scale((null::numeric)::numeric)::text, 'null'),
    ',"customer_unallocated_credit":', coalesce(trim_scale((null::numeric)::numeric)::text, 'null'),
    ',"is_service_provider":', (case when (sp.id is not null) then 'true' when not ((sp.id is not null)) then 'false' end),
    ',"service_provider":', coalesce('"' || ctx.base || '/api/marketplace-service-providers/' || wire_uuid(sp.uuid) || '/' || '"', 'null'),
    ',"service_provider_uuid":', coalesce('"' || wire_uuid(sp.uuid) || '"', 'null'),
    ',"call_managing_organization_uuid":', coalesce(to_json((null::text)::text)::text, 'null'),
    ',"billing_price_estimate":', ((select jsonb_build_object('total', coalesce(sum(item.price + tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'current', coalesce(sum(item.price), 0)::numeric(32, 10)::text, 'tax', coalesce(sum(tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'tax_current', coalesce(sum(tax_of(case when item.unit in ('hour', 'day') then coalesce(cents(item.unit_price * ceil(item.quantity * least(extract(epoch
  from now() - item.start) / nullif(extract(epoch
  from item."end" - item.start), 0), 1))), item.price) else item.price end, i.tax_percent)), 0)::numeric(32, 10)::text)
  from invoice i
  join invoice_item item on item.invoice_id = i.id
  where i.month = date_trunc('month', ctx.today::timestamp)::date
  and i.state <> 'canceled'
  and i.customer_id = c.id
  and (ctx.reads_all
  or c.id = any(ctx.customer_ids)
  or item.project_id = any(ctx.project_ids))))::text,
    ',"projects":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(shown.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(shown.uuid) || '/' || '"',
    ',"name":', to_json((shown.name)::text)::text), 2) || '}', ','
  order by shown.name, shown.id) || ']', '[]')
  from project shown
  where shown.id = any(seen.ids)))), 2) || '}', ','
  order by c.name, c.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{}'::bigint[] as customer_ids, '{}'::bigint[] as project_ids, true::boolean as reads_all, site_day(now(), 'UTC'::text) as today) ctx
  cross join (select id
  from (select c.id
  from customer c
  where (not "c"."is_removed")
  and ((c.abbreviation ilike '%abbreviation%'))
  and ((c.accounting_start_date <= now()))
  and ((c.agreement_number ilike '%agreementnumber%'))
  and ((c.archived))
  and (c.backend_id = :backend_id)
  and ((c.contact_details ilike '%contactdetails%'))
  and ((true))
  and ((c.name ilike '%name%'))
  and (c.name = :name_exact)
  and ((c.native_name ilike '%nativename%'))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and (og.name ilike '%organizationgroupname%')))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and og.uuid = any(:organization_group_uuid::uuid[])))
  and ((c.id = any('{}'::bigint[])))
  and ((c.name ilike '%query%'
  or c.native_name ilike '%query%'
  or c.abbreviation ilike '%query%'
  or c.domain ilike '%query%'
  or wire_uuid(c.uuid) ilike '%query%'
  or c.registration_code ilike '%query%'
  or c.agreement_number ilike '%query%'))
  and ((c.registration_code ilike '%registrationcode%'))
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'customer'
  and held.scope_id = c.id
  and true
  and holder.uuid = :user_uuid::uuid))
  order by c.name, c.id
  limit 10) sized
  limit :id::bigint) cut
  join customer c on c.id = cut.id
  left join file image on image.id = c.image_id
  left join service_provider sp on sp.customer_id = c.id
  cross join lateral (select coalesce(array_agg(inside.id), '{}') as ids
  from project inside
  where inside.customer_id = c.id
  and not inside.is_removed
  and (ctx.reads_all
  or c.id = any(ctx.customer_ids)
  or inside.id = any(ctx.project_ids))) seen) as page;

-- the owner of an organization
select (select count(*)
  from customer c
  where (("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  and ((c.abbreviation ilike '%abbreviation%'))
  and ((c.accounting_start_date <= now()))
  and ((c.agreement_number ilike '%agreementnumber%'))
  and ((c.archived))
  and (c.backend_id = :backend_id)
  and ((c.contact_details ilike '%contactdetails%'))
  and ((c.id = any(:ids::bigint[])))
  and ((c.name ilike '%name%'))
  and (c.name = :name_exact)
  and ((c.native_name ilike '%nativename%'))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and (og.name ilike '%organizationgroupname%')))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and og.uuid = any(:organization_group_uuid::uuid[])))
  and ((c.id = any(:ids::bigint[])))
  and ((c.name ilike '%query%'
  or c.native_name ilike '%query%'
  or c.abbreviation ilike '%query%'
  or c.domain ilike '%query%'
  or wire_uuid(c.uuid) ilike '%query%'
  or c.registration_code ilike '%query%'
  or c.agreement_number ilike '%query%'))
  and ((c.registration_code ilike '%registrationcode%'))
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'customer'
  and held.scope_id = c.id
  and "holder"."is_active"
  and holder.uuid = :user_uuid::uuid))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
    ',"url":', '"' || ctx.base || '/api/customers/' || wire_uuid(c.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"created":', '"' || wire_time(c.created) || '"',
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(og.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(og.uuid) || '/' || '"',
    ',"name":', to_json((og.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"',
    ',"parent_name":' || to_json((parent.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(parent.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group cog
  where cog.organization_group_id = og.id))::text), 2) || '}', ','
  order by og.name, og.id) || ']', '[]')
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  left join organization_group parent on parent.id = og.parent_id
  where member.customer_id = c.id),
    ',"display_name":', to_json((c.name)::text)::text,
    ',"backend_id":', to_json((c.backend_id)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"blocked":', (case when c.blocked then 'true' when not (c.blocked) then 'false' end),
    ',"archived":', (case when c.archived then 'true' when not (c.archived) then 'false' end),
    ',"display_billing_info_in_projects":', (case when c.display_billing_info_in_projects then 'true' when not (c.display_billing_info_in_projects) then 'false' end),
    ',"default_tax_percent":', '"' || (c.default_tax_percent)::numeric(32, 2) || '"',
    ',"accounting_start_date":', '"' || wire_time(c.accounting_start_date) || '"',
    ',"projects_count":', (cardinality(seen.ids))::text,
    ',"users_count":', ((select count(distinct held.user_id)
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where holder.is_active
  and ((held.scope_type = 'customer'
  and held.scope_id = c.id)
  or (held.scope_type = 'project'
  and held.scope_id = any(seen.ids)))))::text,
    ',"sponsor_number":', coalesce((c.sponsor_number)::text, 'null'),
    ',"country_name":', to_json((coalesce(('{"AF":"Afghanistan","AX":"Åland Islands","AL":"Albania","DZ":"Algeria","AS":"American Samoa","AD":"Andorra","AO":"Angola","AI":"Anguilla","AQ":"Antarctica","AG":"Antigua & Barbuda","AR":"Argentina","AM":"Armenia","AW":"Aruba","AU":"Australia","AT":"Austria","AZ":"Azerbaijan","BS":"Bahamas","BH":"Bahrain","BD":"Bangladesh","BB":"Barbados","BY":"Belarus","BE":"Belgium","BZ":"Belize","BJ":"Benin","BM":"Bermuda","BT":"Bhutan","BO":"Bolivia","BA":"Bosnia & Herzegovina","BW":"Botswana","BV":"Bouvet Island","BR":"Brazil","IO":"British Indian Ocean Territory","VG":"British Virgin Islands","BN":"Brunei","BG":"Bulgaria","BF":"Burkina Faso","BI":"Burundi","KH":"Cambodia","CM":"Cameroon","CA":"Canada","CV":"Cape Verde","BQ":"Caribbean Netherlands","KY":"Cayman Islands","CF":"Central African Republic","TD":"Chad","CL":"Chile","CN":"China","CX":"Christmas Island","CC":"Cocos (Keeling) Islands","CO":"Colombia","KM":"Comoros","CG":"Congo - Brazzaville","CD":"Congo - Kinshasa","CK":"Cook Islands","CR":"Costa Rica","CI":"Côte d’Ivoire","HR":"Croatia","CU":"Cuba","CW":"Curaçao","CY":"Cyprus","CZ":"Czechia","DK":"Denmark","DJ":"Djibouti","DM":"Dominica","DO":"Dominican Republic","EC":"Ecuador","EG":"Egypt","SV":"El Salvador","GQ":"Equatorial Guinea","ER":"Eritrea","EE":"Estonia","SZ":"Eswatini","ET":"Ethiopia","EU":"European Union","FK":"Falkland Islands","FO":"Faroe Islands","FJ":"Fiji","FI":"Finland","FR":"France","GF":"French Guiana","PF":"French Polynesia","TF":"French Southern Territories","GA":"Gabon","GM":"Gambia","GE":"Georgia","DE":"Germany","GH":"Ghana","GI":"Gibraltar","GR":"Greece","GL":"Greenland","GD":"Grenada","GP":"Guadeloupe","GU":"Guam","GT":"Guatemala","GG":"Guernsey","GN":"Guinea","GW":"Guinea-Bissau","GY":"Guyana","HT":"Haiti","HM":"Heard & McDonald Islands","HN":"Honduras","HK":"Hong Kong SAR China","HU":"Hungary","IS":"Iceland","IN":"India","ID":"Indonesia","IR":"Iran","IQ":"Iraq","IE":"Ireland","IM":"Isle of Man","IL":"Israel","IT":"Italy","JM":"Jamaica","JP":"Japan","JE":"Jersey","JO":"Jordan","KZ":"Kazakhstan","KE":"Kenya","KI":"Kiribati","KW":"Kuwait","KG":"Kyrgyzstan","LA":"Laos","LV":"Latvia","LB":"Lebanon","LS":"Lesotho","LR":"Liberia","LY":"Libya","LI":"Liechtenstein","LT":"Lithuania","LU":"Luxembourg","MO":"Macao SAR China","MG":"Madagascar","MW":"Malawi","MY":"Malaysia","MV":"Maldives","ML":"Mali","MT":"Malta","MH":"Marshall Islands","MQ":"Martinique","MR":"Mauritania","MU":"Mauritius","YT":"Mayotte","MX":"Mexico","FM":"Micronesia","MD":"Moldova","MC":"Monaco","MN":"Mongolia","ME":"Montenegro","MS":"Montserrat","MA":"Morocco","MZ":"Mozambique","MM":"Myanmar (Burma)","NA":"Namibia","NR":"Nauru","NP":"Nepal","NL":"Netherlands","NC":"New Caledonia","NZ":"New Zealand","NI":"Nicaragua","NE":"Niger","NG":"Nigeria","NU":"Niue","NF":"Norfolk Island","KP":"North Korea","MK":"North Macedonia","MP":"Northern Mariana Islands","NO":"Norway","OM":"Oman","PK":"Pakistan","PW":"Palau","PS":"Palestinian Territories","PA":"Panama","PG":"Papua New Guinea","PY":"Paraguay","PE":"Peru","PH":"Philippines","PN":"Pitcairn Islands","PL":"Poland","PT":"Portugal","PR":"Puerto Rico","QA":"Qatar","RE":"Réunion","RO":"Romania","RU":"Russia","RW":"Rwanda","WS":"Samoa","SM":"San Marino","ST":"São Tomé & Príncipe","SA":"Saudi Arabia","SN":"Senegal","RS":"Serbia","SC":"Seychelles","SL":"Sierra Leone","SG":"Singapore","SX":"Sint Maarten","SK":"Slovakia","SI":"Slovenia","SB":"Solomon Islands","SO":"Somalia","ZA":"South Africa","GS":"South Georgia & South Sandwich Islands","KR":"South Korea","SS":"South Sudan","ES":"Spain","LK":"Sri Lanka","BL":"St. Barthélemy","SH":"St. Helena","KN":"St. Kitts & Nevis","LC":"St. Lucia","MF":"St. Martin","PM":"St. Pierre & Miquelon","VC":"St. Vincent & Grenadines","SD":"Sudan","SR":"Suriname","SJ":"Svalbard & Jan Mayen","SE":"Sweden","CH":"Switzerland","SY":"Syria","TW":"Taiwan","TJ":"Tajikistan","TZ":"Tanzania","TH":"Thailand","TL":"Timor-Leste","TG":"Togo","TK":"Tokelau","TO":"Tonga","TT":"Trinidad & Tobago","TN":"Tunisia","TR":"Türkiye","TM":"Turkmenistan","TC":"Turks & Caicos Islands","TV":"Tuvalu","UM":"U.S. Outlying Islands","VI":"U.S. Virgin Islands","UG":"Uganda","UA":"Ukraine","AE":"United Arab Emirates","GB":"United Kingdom","US":"United States","UY":"Uruguay","UZ":"Uzbekistan","VU":"Vanuatu","VA":"Vatican City","VE":"Venezuela","VN":"Vietnam","WF":"Wallis & Futuna","EH":"Western Sahara","YE":"Yemen","ZM":"Zambia","ZW":"Zimbabwe"}'::jsonb ->> (c.country)), ''))::text)::text,
    ',"max_service_accounts":', coalesce((c.max_service_accounts)::text, 'null'),
    ',"project_metadata_checklist":', coalesce('"' || wire_uuid(null::uuid) || '"', 'null'),
    ',"grace_period_days":', coalesce((c.grace_period_days)::text, 'null'),
    ',"user_email_patterns":', (c.user_email_patterns)::text,
    ',"user_affiliations":', (c.user_affiliations)::text,
    ',"user_identity_sources":', (c.user_identity_sources)::text,
    ',"name":', to_json((c.name)::text)::text,
    ',"slug":', to_json((c.slug)::text)::text,
    ',"native_name":', to_json((c.native_name)::text)::text,
    ',"abbreviation":', to_json((c.abbreviation)::text)::text,
    ',"description":', to_json((c.description)::text)::text,
    ',"contact_details":', to_json((c.contact_details)::text)::text,
    ',"agreement_number":', to_json((c.agreement_number)::text)::text,
    ',"email":', to_json((c.email)::text)::text,
    ',"phone_number":', to_json((c.phone_number)::text)::text,
    ',"access_subnets":', to_json((c.access_subnets)::text)::text,
    ',"registration_code":', to_json((c.registration_code)::text)::text,
    ',"homepage":', to_json((c.homepage)::text)::text,
    ',"domain":', to_json((c.domain)::text)::text,
    ',"vat_code":', to_json((c.vat_code)::text)::text,
    ',"postal":', to_json((c.postal)::text)::text,
    ',"address":', to_json((c.address)::text)::text,
    ',"bank_name":', to_json((c.bank_name)::text)::text,
    ',"latitude":', coalesce(trim_scale((c.latitude)::numeric)::text, 'null'),
    ',"longitude":', coalesce(trim_scale((c.longitude)::numeric)::text, 'null'),
    ',"bank_account":', to_json((c.bank_account)::text)::text,
    ',"country":', '"' || (c.country) || '"',
    ',"notification_emails":', to_json((c.notification_emails)::text)::text,
    ',"payment_profiles":', '[]'), concat(
    ',"customer_credit":', coalesce(trim_scale((null::numeric)::numeric)::text, 'null'),
    ',"customer_unallocated_credit":', coalesce(trim_scale((null::numeric)::numeric)::text, 'null'),
    ',"is_service_provider":', (case when (sp.id is not null) then 'true' when not ((sp.id is not null)) then 'false' end),
    ',"service_provider":', coalesce('"' || ctx.base || '/api/marketplace-service-providers/' || wire_uuid(sp.uuid) || '/' || '"', 'null'),
    ',"service_provider_uuid":', coalesce('"' || wire_uuid(sp.uuid) || '"', 'null'),
    ',"call_managing_organization_uuid":', coalesce(to_json((null::text)::text)::text, 'null'),
    ',"billing_price_estimate":', ((select jsonb_build_object('total', coalesce(sum(item.price + tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'current', coalesce(sum(item.price), 0)::numeric(32, 10)::text, 'tax', coalesce(sum(tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'tax_current', coalesce(sum(tax_of(case when item.unit in ('hour', 'day') then coalesce(cents(item.unit_price * ceil(item.quantity * least(extract(epoch
  from now() - item.start) / nullif(extract(epoch
  from item."end" - item.start), 0), 1))), item.price) else item.price end, i.tax_percent)), 0)::numeric(32, 10)::text)
  from invoice i
  join invoice_item item on item.invoice_id = i.id
  where i.month = date_trunc('month', ctx.today::timestamp)::date
  and i.state <> 'canceled'
  and i.customer_id = c.id
  and (ctx.reads_all
  or c.id = any(ctx.customer_ids)
  or item.project_id = any(ctx.project_ids))))::text,
    ',"projects":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(shown.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(shown.uuid) || '/' || '"',
    ',"name":', to_json((shown.name)::text)::text), 2) || '}', ','
  order by shown.name, shown.id) || ']', '[]')
  from project shown
  where shown.id = any(seen.ids)))), 2) || '}', ','
  order by c.name, c.id) || ']', '[]')
  from (select 'http://testserver'::text as base, :ids::bigint[] as customer_ids, '{}'::bigint[] as project_ids, false::boolean as reads_all, site_day(now(), 'UTC'::text) as today) ctx
  cross join (select id
  from (select c.id
  from customer c
  where (("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  and ((c.abbreviation ilike '%abbreviation%'))
  and ((c.accounting_start_date <= now()))
  and ((c.agreement_number ilike '%agreementnumber%'))
  and ((c.archived))
  and (c.backend_id = :backend_id)
  and ((c.contact_details ilike '%contactdetails%'))
  and ((c.id = any(:ids::bigint[])))
  and ((c.name ilike '%name%'))
  and (c.name = :name_exact)
  and ((c.native_name ilike '%nativename%'))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and (og.name ilike '%organizationgroupname%')))
  and (exists (select 1
  from customer_organization_group member
  join organization_group og on og.id = member.organization_group_id
  where member.customer_id = c.id
  and og.uuid = any(:organization_group_uuid::uuid[])))
  and ((c.id = any(:ids::bigint[])))
  and ((c.name ilike '%query%'
  or c.native_name ilike '%query%'
  or c.abbreviation ilike '%query%'
  or c.domain ilike '%query%'
  or wire_uuid(c.uuid) ilike '%query%'
  or c.registration_code ilike '%query%'
  or c.agreement_number ilike '%query%'))
  and ((c.registration_code ilike '%registrationcode%'))
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'customer'
  and held.scope_id = c.id
  and "holder"."is_active"
  and holder.uuid = :user_uuid::uuid))
  order by c.name, c.id
  limit 10) sized
  limit :id::bigint) cut
  join customer c on c.id = cut.id
  left join file image on image.id = c.image_id
  left join service_provider sp on sp.customer_id = c.id
  cross join lateral (select coalesce(array_agg(inside.id), '{}') as ids
  from project inside
  where inside.customer_id = c.id
  and not inside.is_removed
  and (ctx.reads_all
  or c.id = any(ctx.customer_ids)
  or inside.id = any(ctx.project_ids))) seen) as page;
