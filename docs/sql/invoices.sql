-- GET /api/invoices/
-- Generated: npm run gen

-- staff
select (select count(*)
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.month = :created::date)
  and (c.uuid = :customer::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (i.month < :end_date::date)
  and (extract(month
  from i.month) = :month::numeric)
  and (i.month > :start_date::date)
  and (i.state = any('{pending}'::text[]))
  and (extract(year
  from i.month) = :year::numeric)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/invoices/' || wire_uuid(i.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(i.uuid) || '"',
    ',"number":', (100000 + i.id)::text,
    ',"customer":', '"' || ctx.base || '/api/customers/' || wire_uuid(c.uuid) || '/' || '"',
    ',"price":', '"' || (i.price)::numeric(32, 10) || '"',
    ',"tax":', '"' || (i.tax)::numeric(32, 10) || '"',
    ',"total":', '"' || (i.price + i.tax)::numeric(32, 10) || '"',
    ',"state":', '"' || (i.state) || '"',
    ',"year":', (extract(year
  from i.month))::text,
    ',"month":', (extract(month
  from i.month))::text,
    ',"issuer_details":' || (i.issuer_details)::text,
    ',"invoice_date":', coalesce('"' || (i.invoice_date)::date || '"', 'null'),
    ',"due_date":' || '"' || (i.invoice_date + 30)::date || '"',
    ',"customer_details":', (coalesce(i.customer_details, jsonb_strip_nulls(jsonb_build_object('name', nullif(c.name, ''), 'address', nullif(c.address, ''), 'country', nullif(c.country, ''), 'email', nullif(c.email, ''), 'postal', nullif(c.postal, ''), 'phone_number', nullif(c.phone_number, ''), 'bank_name', nullif(c.bank_name, ''), 'bank_account', nullif(c.bank_account, ''), 'vat_code', nullif(c.vat_code, ''), 'country_name', ('{"AF":"Afghanistan","AX":"Åland Islands","AL":"Albania","DZ":"Algeria","AS":"American Samoa","AD":"Andorra","AO":"Angola","AI":"Anguilla","AQ":"Antarctica","AG":"Antigua & Barbuda","AR":"Argentina","AM":"Armenia","AW":"Aruba","AU":"Australia","AT":"Austria","AZ":"Azerbaijan","BS":"Bahamas","BH":"Bahrain","BD":"Bangladesh","BB":"Barbados","BY":"Belarus","BE":"Belgium","BZ":"Belize","BJ":"Benin","BM":"Bermuda","BT":"Bhutan","BO":"Bolivia","BA":"Bosnia & Herzegovina","BW":"Botswana","BV":"Bouvet Island","BR":"Brazil","IO":"British Indian Ocean Territory","VG":"British Virgin Islands","BN":"Brunei","BG":"Bulgaria","BF":"Burkina Faso","BI":"Burundi","KH":"Cambodia","CM":"Cameroon","CA":"Canada","CV":"Cape Verde","BQ":"Caribbean Netherlands","KY":"Cayman Islands","CF":"Central African Republic","TD":"Chad","CL":"Chile","CN":"China","CX":"Christmas Island","CC":"Cocos (Keeling) Islands","CO":"Colombia","KM":"Comoros","CG":"Congo - Brazzaville","CD":"Congo - Kinshasa","CK":"Cook Islands","CR":"Costa Rica","CI":"Côte d’Ivoire","HR":"Croatia","CU":"Cuba","CW":"Curaçao","CY":"Cyprus","CZ":"Czechia","DK":"Denmark","DJ":"Djibouti","DM":"Dominica","DO":"Dominican Republic","EC":"Ecuador","EG":"Egypt","SV":"El Salvador","GQ":"Equatorial Guinea","ER":"Eritrea","EE":"Estonia","SZ":"Eswatini","ET":"Ethiopia","EU":"European Union","FK":"Falkland Islands","FO":"Faroe Islands","FJ":"Fiji","FI":"Finland","FR":"France","GF":"French Guiana","PF":"French Polynesia","TF":"French Southern Territories","GA":"Gabon","GM":"Gambia","GE":"Georgia","DE":"Germany","GH":"Ghana","GI":"Gibraltar","GR":"Greece","GL":"Greenland","GD":"Grenada","GP":"Guadeloupe","GU":"Guam","GT":"Guatemala","GG":"Guernsey","GN":"Guinea","GW":"Guinea-Bissau","GY":"Guyana","HT":"Haiti","HM":"Heard & McDonald Islands","HN":"Honduras","HK":"Hong Kong SAR China","HU":"Hungary","IS":"Iceland","IN":"India","ID":"Indonesia","IR":"Iran","IQ":"Iraq","IE":"Ireland","IM":"Isle of Man","IL":"Israel","IT":"Italy","JM":"Jamaica","JP":"Japan","JE":"Jersey","JO":"Jordan","KZ":"Kazakhstan","KE":"Kenya","KI":"Kiribati","KW":"Kuwait","KG":"Kyrgyzstan","LA":"Laos","LV":"Latvia","LB":"Lebanon","LS":"Lesotho","LR":"Liberia","LY":"Libya","LI":"Liechtenstein","LT":"Lithuania","LU":"Luxembourg","MO":"Macao SAR China","MG":"Madagascar","MW":"Malawi","MY":"Malaysia","MV":"Maldives","ML":"Mali","MT":"Malta","MH":"Marshall Islands","MQ":"Martinique","MR":"Mauritania","MU":"Mauritius","YT":"Mayotte","MX":"Mexico","FM":"Micronesia","MD":"Moldova","MC":"Monaco","MN":"Mongolia","ME":"Montenegro","MS":"Montserrat","MA":"Morocco","MZ":"Mozambique","MM":"Myanmar (Burma)","NA":"Namibia","NR":"Nauru","NP":"Nepal","NL":"Netherlands","NC":"New Caledonia","NZ":"New Zealand","NI":"Nicaragua","NE":"Niger","NG":"Nigeria","NU":"Niue","NF":"Norfolk Island","KP":"North Korea","MK":"North Macedonia","MP":"Northern Mariana Islands","NO":"Norway","OM":"Oman","PK":"Pakistan","PW":"Palau","PS":"Palestinian Territories","PA":"Panama","PG":"Papua New Guinea","PY":"Paraguay","PE":"Peru","PH":"Philippines","PN":"Pitcairn Islands","PL":"Poland","PT":"Portugal","PR":"Puerto Rico","QA":"Qatar","RE":"Réunion","RO":"Romania","RU":"Russia","RW":"Rwanda","WS":"Samoa","SM":"San Marino","ST":"São Tomé & Príncipe","SA":"Saudi Arabia","SN":"Senegal","RS":"Serbia","SC":"Seychelles","SL":"Sierra Leone","SG":"Singapore","SX":"Sint Maarten","SK":"Slovakia","SI":"Slovenia","SB":"Solomon Islands","SO":"Somalia","ZA":"South Africa","GS":"South Georgia & South Sandwich Islands","KR":"South Korea","SS":"South Sudan","ES":"Spain","LK":"Sri Lanka","BL":"St. Barthélemy","SH":"St. Helena","KN":"St. Kitts & Nevis","LC":"St. Lucia","MF":"St. Martin","PM":"St. Pierre & Miquelon","VC":"St. Vincent & Grenadines","SD":"Sudan","SR":"Suriname","SJ":"Svalbard & Jan Mayen","SE":"Sweden","CH":"Switzerland","SY":"Syria","TW":"Taiwan","TJ":"Tajikistan","TZ":"Tanzania","TH":"Thailand","TL":"Timor-Leste","TG":"Togo","TK":"Tokelau","TO":"Tonga","TT":"Trinidad & Tobago","TN":"Tunisia","TR":"Türkiye","TM":"Turkmenistan","TC":"Turks & Caicos Islands","TV":"Tuvalu","UM":"U.S. Outlying Islands","VI":"U.S. Virgin Islands","UG":"Uganda","UA":"Ukraine","AE":"United Arab Emirates","GB":"United Kingdom","US":"United States","UY":"Uruguay","UZ":"Uzbekistan","VU":"Vanuatu","VA":"Vatican City","VE":"Venezuela","VN":"Vietnam","WF":"Wallis & Futuna","EH":"Western Sahara","YE":"Yemen","ZM":"Zambia","ZW":"Zimbabwe"}'::jsonb ->> (c.country))))))::text,
    ',"items":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(item.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/invoice-items/' || wire_uuid(item.uuid) || '/' || '"',
    ',"name":', to_json((item.name)::text)::text,
    ',"price":', trim_scale((item.price)::numeric)::text,
    ',"tax":', '"' || (tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"total":', '"' || (item.price + tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"unit_price":', '"' || (item.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (item.unit) || '"',
    ',"factor":', (1)::text,
    ',"measured_unit":', to_json((item.measured_unit)::text)::text,
    ',"start":', '"' || wire_time(item.start) || '"',
    ',"end":', '"' || wire_time(item."end") || '"',
    ',"article_code":', to_json((item.article_code)::text)::text,
    ',"project_name":', to_json((coalesce(p.name, ''))::text)::text,
    ',"project_uuid":', coalesce('"' || wire_uuid(p.uuid) || '"', 'null'),
    ',"quantity":', '"' || (item.quantity)::numeric(32, 10) || '"',
    ',"details":', (item.details)::text,
    ',"resource":', coalesce('"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', 'null'),
    ',"resource_uuid":' || '"' || wire_uuid(coalesce(r.uuid, (item.details ->> 'resource_uuid')::uuid)) || '"',
    ',"resource_name":', to_json((coalesce(r.name, (item.details ->> 'resource_name'), ''))::text)::text,
    ',"billing_type":', to_json((item.billing_type)::text)::text,
    ',"backend_uuid":', coalesce('"' || wire_uuid(null::uuid) || '"', 'null'),
    ',"credit":', (case when false then 'true' when not (false) then 'false' end)), 2) || '}', ','
  order by item.id) || ']', '[]')
  from invoice_item item
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  where item.invoice_id = i.id),
    ',"backend_id":', to_json((i.backend_id)::text)::text,
    ',"payment_url":', to_json((i.payment_url)::text)::text,
    ',"reference_number":', to_json((i.reference_number)::text)::text,
    ',"compensations":', trim_scale(((select coalesce(sum(item.price), 0)
  from invoice_item item
  where item.invoice_id = i.id
  and item.price < 0))::numeric)::text,
    ',"incurred_costs":', trim_scale(((select coalesce(sum(item.price), 0)
  from invoice_item item
  where item.invoice_id = i.id
  and item.price >= 0))::numeric)::text), 2) || '}', ','
  order by i.month desc, i.id desc) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select i.id
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.month = :created::date)
  and (c.uuid = :customer::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (i.month < :end_date::date)
  and (extract(month
  from i.month) = :month::numeric)
  and (i.month > :start_date::date)
  and (i.state = any('{pending}'::text[]))
  and (extract(year
  from i.month) = :year::numeric)
  order by i.month desc, i.id desc
  limit 10) sized
  limit :id::bigint) cut
  join invoice i on i.id = cut.id
  join customer c on c.id = i.customer_id) as page;

-- the owner of an organization
select (select count(*)
  from (select
  from (select
  from (select distinct unnest(array(select unnest(:ids::bigint[]))) as id) own
  cross join lateral (select
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.customer_id = own.id)
  and (i.month = :created::date)
  and (c.uuid = :customer::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (i.month < :end_date::date)
  and (extract(month
  from i.month) = :month::numeric)
  and (i.month > :start_date::date)
  and (i.state = any('{pending}'::text[]))
  and (extract(year
  from i.month) = :year::numeric) offset 0) row) seen ) counted) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/invoices/' || wire_uuid(i.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(i.uuid) || '"',
    ',"number":', (100000 + i.id)::text,
    ',"customer":', '"' || ctx.base || '/api/customers/' || wire_uuid(c.uuid) || '/' || '"',
    ',"price":', '"' || (i.price)::numeric(32, 10) || '"',
    ',"tax":', '"' || (i.tax)::numeric(32, 10) || '"',
    ',"total":', '"' || (i.price + i.tax)::numeric(32, 10) || '"',
    ',"state":', '"' || (i.state) || '"',
    ',"year":', (extract(year
  from i.month))::text,
    ',"month":', (extract(month
  from i.month))::text,
    ',"issuer_details":' || (i.issuer_details)::text,
    ',"invoice_date":', coalesce('"' || (i.invoice_date)::date || '"', 'null'),
    ',"due_date":' || '"' || (i.invoice_date + 30)::date || '"',
    ',"customer_details":', (coalesce(i.customer_details, jsonb_strip_nulls(jsonb_build_object('name', nullif(c.name, ''), 'address', nullif(c.address, ''), 'country', nullif(c.country, ''), 'email', nullif(c.email, ''), 'postal', nullif(c.postal, ''), 'phone_number', nullif(c.phone_number, ''), 'bank_name', nullif(c.bank_name, ''), 'bank_account', nullif(c.bank_account, ''), 'vat_code', nullif(c.vat_code, ''), 'country_name', ('{"AF":"Afghanistan","AX":"Åland Islands","AL":"Albania","DZ":"Algeria","AS":"American Samoa","AD":"Andorra","AO":"Angola","AI":"Anguilla","AQ":"Antarctica","AG":"Antigua & Barbuda","AR":"Argentina","AM":"Armenia","AW":"Aruba","AU":"Australia","AT":"Austria","AZ":"Azerbaijan","BS":"Bahamas","BH":"Bahrain","BD":"Bangladesh","BB":"Barbados","BY":"Belarus","BE":"Belgium","BZ":"Belize","BJ":"Benin","BM":"Bermuda","BT":"Bhutan","BO":"Bolivia","BA":"Bosnia & Herzegovina","BW":"Botswana","BV":"Bouvet Island","BR":"Brazil","IO":"British Indian Ocean Territory","VG":"British Virgin Islands","BN":"Brunei","BG":"Bulgaria","BF":"Burkina Faso","BI":"Burundi","KH":"Cambodia","CM":"Cameroon","CA":"Canada","CV":"Cape Verde","BQ":"Caribbean Netherlands","KY":"Cayman Islands","CF":"Central African Republic","TD":"Chad","CL":"Chile","CN":"China","CX":"Christmas Island","CC":"Cocos (Keeling) Islands","CO":"Colombia","KM":"Comoros","CG":"Congo - Brazzaville","CD":"Congo - Kinshasa","CK":"Cook Islands","CR":"Costa Rica","CI":"Côte d’Ivoire","HR":"Croatia","CU":"Cuba","CW":"Curaçao","CY":"Cyprus","CZ":"Czechia","DK":"Denmark","DJ":"Djibouti","DM":"Dominica","DO":"Dominican Republic","EC":"Ecuador","EG":"Egypt","SV":"El Salvador","GQ":"Equatorial Guinea","ER":"Eritrea","EE":"Estonia","SZ":"Eswatini","ET":"Ethiopia","EU":"European Union","FK":"Falkland Islands","FO":"Faroe Islands","FJ":"Fiji","FI":"Finland","FR":"France","GF":"French Guiana","PF":"French Polynesia","TF":"French Southern Territories","GA":"Gabon","GM":"Gambia","GE":"Georgia","DE":"Germany","GH":"Ghana","GI":"Gibraltar","GR":"Greece","GL":"Greenland","GD":"Grenada","GP":"Guadeloupe","GU":"Guam","GT":"Guatemala","GG":"Guernsey","GN":"Guinea","GW":"Guinea-Bissau","GY":"Guyana","HT":"Haiti","HM":"Heard & McDonald Islands","HN":"Honduras","HK":"Hong Kong SAR China","HU":"Hungary","IS":"Iceland","IN":"India","ID":"Indonesia","IR":"Iran","IQ":"Iraq","IE":"Ireland","IM":"Isle of Man","IL":"Israel","IT":"Italy","JM":"Jamaica","JP":"Japan","JE":"Jersey","JO":"Jordan","KZ":"Kazakhstan","KE":"Kenya","KI":"Kiribati","KW":"Kuwait","KG":"Kyrgyzstan","LA":"Laos","LV":"Latvia","LB":"Lebanon","LS":"Lesotho","LR":"Liberia","LY":"Libya","LI":"Liechtenstein","LT":"Lithuania","LU":"Luxembourg","MO":"Macao SAR China","MG":"Madagascar","MW":"Malawi","MY":"Malaysia","MV":"Maldives","ML":"Mali","MT":"Malta","MH":"Marshall Islands","MQ":"Martinique","MR":"Mauritania","MU":"Mauritius","YT":"Mayotte","MX":"Mexico","FM":"Micronesia","MD":"Moldova","MC":"Monaco","MN":"Mongolia","ME":"Montenegro","MS":"Montserrat","MA":"Morocco","MZ":"Mozambique","MM":"Myanmar (Burma)","NA":"Namibia","NR":"Nauru","NP":"Nepal","NL":"Netherlands","NC":"New Caledonia","NZ":"New Zealand","NI":"Nicaragua","NE":"Niger","NG":"Nigeria","NU":"Niue","NF":"Norfolk Island","KP":"North Korea","MK":"North Macedonia","MP":"Northern Mariana Islands","NO":"Norway","OM":"Oman","PK":"Pakistan","PW":"Palau","PS":"Palestinian Territories","PA":"Panama","PG":"Papua New Guinea","PY":"Paraguay","PE":"Peru","PH":"Philippines","PN":"Pitcairn Islands","PL":"Poland","PT":"Portugal","PR":"Puerto Rico","QA":"Qatar","RE":"Réunion","RO":"Romania","RU":"Russia","RW":"Rwanda","WS":"Samoa","SM":"San Marino","ST":"São Tomé & Príncipe","SA":"Saudi Arabia","SN":"Senegal","RS":"Serbia","SC":"Seychelles","SL":"Sierra Leone","SG":"Singapore","SX":"Sint Maarten","SK":"Slovakia","SI":"Slovenia","SB":"Solomon Islands","SO":"Somalia","ZA":"South Africa","GS":"South Georgia & South Sandwich Islands","KR":"South Korea","SS":"South Sudan","ES":"Spain","LK":"Sri Lanka","BL":"St. Barthélemy","SH":"St. Helena","KN":"St. Kitts & Nevis","LC":"St. Lucia","MF":"St. Martin","PM":"St. Pierre & Miquelon","VC":"St. Vincent & Grenadines","SD":"Sudan","SR":"Suriname","SJ":"Svalbard & Jan Mayen","SE":"Sweden","CH":"Switzerland","SY":"Syria","TW":"Taiwan","TJ":"Tajikistan","TZ":"Tanzania","TH":"Thailand","TL":"Timor-Leste","TG":"Togo","TK":"Tokelau","TO":"Tonga","TT":"Trinidad & Tobago","TN":"Tunisia","TR":"Türkiye","TM":"Turkmenistan","TC":"Turks & Caicos Islands","TV":"Tuvalu","UM":"U.S. Outlying Islands","VI":"U.S. Virgin Islands","UG":"Uganda","UA":"Ukraine","AE":"United Arab Emirates","GB":"United Kingdom","US":"United States","UY":"Uruguay","UZ":"Uzbekistan","VU":"Vanuatu","VA":"Vatican City","VE":"Venezuela","VN":"Vietnam","WF":"Wallis & Futuna","EH":"Western Sahara","YE":"Yemen","ZM":"Zambia","ZW":"Zimbabwe"}'::jsonb ->> (c.country))))))::text,
    ',"items":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(item.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/invoice-items/' || wire_uuid(item.uuid) || '/' || '"',
    ',"name":', to_json((item.name)::text)::text,
    ',"price":', trim_scale((item.price)::numeric)::text,
    ',"tax":', '"' || (tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"total":', '"' || (item.price + tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"unit_price":', '"' || (item.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (item.unit) || '"',
    ',"factor":', (1)::text,
    ',"measured_unit":', to_json((item.measured_unit)::text)::text,
    ',"start":', '"' || wire_time(item.start) || '"',
    ',"end":', '"' || wire_time(item."end") || '"',
    ',"article_code":', to_json((item.article_code)::text)::text,
    ',"project_name":', to_json((coalesce(p.name, ''))::text)::text,
    ',"project_uuid":', coalesce('"' || wire_uuid(p.uuid) || '"', 'null'),
    ',"quantity":', '"' || (item.quantity)::numeric(32, 10) || '"',
    ',"details":', (item.details)::text,
    ',"resource":', coalesce('"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', 'null'),
    ',"resource_uuid":' || '"' || wire_uuid(coalesce(r.uuid, (item.details ->> 'resource_uuid')::uuid)) || '"',
    ',"resource_name":', to_json((coalesce(r.name, (item.details ->> 'resource_name'), ''))::text)::text,
    ',"billing_type":', to_json((item.billing_type)::text)::text,
    ',"backend_uuid":', coalesce('"' || wire_uuid(null::uuid) || '"', 'null'),
    ',"credit":', (case when false then 'true' when not (false) then 'false' end)), 2) || '}', ','
  order by item.id) || ']', '[]')
  from invoice_item item
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  where item.invoice_id = i.id),
    ',"backend_id":', to_json((i.backend_id)::text)::text,
    ',"payment_url":', to_json((i.payment_url)::text)::text,
    ',"reference_number":', to_json((i.reference_number)::text)::text,
    ',"compensations":', trim_scale(((select coalesce(sum(item.price), 0)
  from invoice_item item
  where item.invoice_id = i.id
  and item.price < 0))::numeric)::text,
    ',"incurred_costs":', trim_scale(((select coalesce(sum(item.price), 0)
  from invoice_item item
  where item.invoice_id = i.id
  and item.price >= 0))::numeric)::text), 2) || '}', ','
  order by i.month desc, i.id desc) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select id
  from (select row.*
  from (select unnest(array(select unnest(:ids::bigint[]))) as id) own
  cross join lateral (select i.id, i.month as k0, i.id as k1
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.customer_id = own.id)
  and (i.month = :created::date)
  and (c.uuid = :customer::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (i.month < :end_date::date)
  and (extract(month
  from i.month) = :month::numeric)
  and (i.month > :start_date::date)
  and (i.state = any('{pending}'::text[]))
  and (extract(year
  from i.month) = :year::numeric)
  order by i.month desc, i.id desc
  limit :id::bigint + :id::bigint) row) seen
  order by k0 desc, k1 desc
  limit 10) sized
  limit :id::bigint) cut
  join invoice i on i.id = cut.id
  join customer c on c.id = i.customer_id) as page;
