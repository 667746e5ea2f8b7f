-- GET /api/projects/
-- Generated: npm run gen

-- staff
select expected_rows('select p.id
  from project p
  where (p.description ilike $1)', '%description%') as n;
select expected_rows('select p.id
  from project p
  where (p.name ilike $1)', '%name%') as n;
select expected_rows('select p.id
  from project p
  where (p.name ilike $1
  or p.slug ilike $1
  or wire_uuid(p.uuid) ilike $1
  or p.backend_id ilike $1)
  union all select p.id
  from project p
  where p.id in (select inside.project_id
  from resource inside
  where (inside.effective_id ilike $1))', '%query%') as n;
with found_0 as materialized (select array(select p.id
  from project p
  where (p.description ilike '%description%'::text)) as ids), found_1 as materialized (select array(select p.id
  from project p
  where (p.name ilike '%name%'::text)) as ids), found_2 as materialized (select array(select p.id
  from project p
  where (p.name ilike '%query%'::text
  or p.slug ilike '%query%'::text
  or wire_uuid(p.uuid) ilike '%query%'::text
  or p.backend_id ilike '%query%'::text)
  union all select p.id
  from project p
  where p.id = any(array(select inside.project_id
  from resource inside
  where (inside.effective_id ilike '%query%'::text)))) as ids) select (select count(*)
  from (select site_day(now(), 'UTC'::text) as today) ctx
  cross join project p
  join customer c on c.id = p.customer_id
  where (true)
  and (p.backend_id = :backend_id)
  and ((p.id = any('{}'::bigint[])))
  and ((p.id = any('{}'::bigint[])
  or p.customer_id = any('{}'::bigint[])))
  and ((p.end_date is null
  or p.end_date >= ctx.today))
  and (p.created >= ':created'::timestamptz)
  and (c.uuid = any(:customer::uuid[]))
  and ((c.abbreviation ilike '%customerabbreviation%'))
  and ((c.name ilike '%customername%'))
  and ((c.native_name ilike '%customernativename%'))
  and (p.id = any((select ids
  from found_0)::bigint[]))
  and ((p.is_removed))
  and (p.modified >= ':modified'::timestamptz)
  and (p.id = any((select ids
  from found_1)::bigint[]))
  and (p.name = :name_exact)
  and (p.id = any((select ids
  from found_2)::bigint[]))
  and (p.slug = :slug)
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'project'
  and held.scope_id = p.id
  and true
  and holder.uuid = :user_uuid::uuid))
  and ((not p.is_removed
  or true))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"name":', to_json((p.name)::text)::text,
    ',"slug":', to_json((p.slug)::text)::text,
    ',"customer":', '"' || ctx.base || '/api/customers/' || wire_uuid(c.uuid) || '/' || '"',
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_slug":', to_json((c.slug)::text)::text,
    ',"customer_native_name":', to_json((c.native_name)::text)::text,
    ',"customer_abbreviation":', to_json((c.abbreviation)::text)::text,
    ',"description":', to_json((p.description)::text)::text,
    ',"customer_display_billing_info_in_projects":', (case when c.display_billing_info_in_projects then 'true' when not (c.display_billing_info_in_projects) then 'false' end),
    ',"created":', '"' || wire_time(p.created) || '"',
    ',"type":', coalesce('"' || ctx.base || '/api/project-types/' || wire_uuid(pt.uuid) || '/' || '"', 'null'),
    ',"type_name":', coalesce(to_json((pt.name)::text)::text, 'null'),
    ',"type_uuid":', coalesce('"' || wire_uuid(pt.uuid) || '"', 'null'),
    ',"backend_id":', to_json((p.backend_id)::text)::text,
    ',"start_date":', coalesce('"' || (p.start_date)::date || '"', 'null'),
    ',"end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'),
    ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'),
    ',"oecd_fos_2007_code":', coalesce('"' || (p.oecd_fos_2007_code) || '"', 'null'),
    ',"oecd_fos_2007_label":', to_json((coalesce(('{"1.1":"Mathematics","1.2":"Computer
  and information sciences","1.3":"Physical sciences","1.4":"Chemical sciences","1.5":"Earth
  and related environmental sciences","1.6":"Biological sciences","1.7":"Other natural sciences","2.1":"Civil engineering","2.2":"Electrical engineering, electronic engineering, information engineering","2.3":"Mechanical engineering","2.4":"Chemical engineering","2.5":"Materials engineering","2.6":"Medical engineering","2.7":"Environmental engineering","2.8":"Systems engineering","2.9":"Environmental biotechnology","2.10":"Industrial biotechnology","2.11":"Nano-technology","2.12":"Other engineering
  and technologies","3.1":"Basic medicine","3.2":"Clinical medicine","3.3":"Health sciences","3.4":"Health biotechnology","3.5":"Other medical sciences","4.1":"Agriculture, forestry
  and fisheries","4.2":"Animal
  and dairy science","4.3":"Veterinary science","4.4":"Agricultural biotechnology","4.5":"Other agricultural sciences","5.1":"Psychology","5.2":"Economics
  and business","5.3":"Educational sciences","5.4":"Sociology","5.5":"Law","5.6":"Political science","5.7":"Social
  and economic geography","5.8":"Media
  and communications","5.9":"Other social sciences","6.1":"History
  and archaeology","6.2":"Languages
  and literature","6.3":"Philosophy, ethics
  and religion","6.4":"Arts","6.5":"Other humanities"}'::jsonb ->> (p.oecd_fos_2007_code)), ''))::text)::text,
    ',"is_industry":', (case when p.is_industry then 'true' when not (p.is_industry) then 'false' end),
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"resources_count":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'project_id'
  and kept.project_id = p.id
  and kept.state <> 'Terminated'
  and (not kept.restrict_member_access
  or (ctx.reads_all
  or coalesce((ctx.held -> 'RESOURCE.LIST' -> 'consumer') @> to_jsonb(p.customer_id), false)))))::text,
    ',"max_service_accounts":', coalesce((p.max_service_accounts)::text, 'null'),
    ',"kind":', '"' || (p.kind) || '"',
    ',"is_removed":', (case when p.is_removed then 'true' when not (p.is_removed) then 'false' end),
    ',"termination_metadata":', coalesce((p.termination_metadata)::text, 'null'),
    ',"staff_notes":', to_json((p.staff_notes)::text)::text,
    ',"grace_period_days":', coalesce((p.grace_period_days)::text, 'null'),
    ',"user_email_patterns":', (p.user_email_patterns)::text,
    ',"user_affiliations":', (p.user_affiliations)::text,
    ',"user_identity_sources":', (p.user_identity_sources)::text,
    ',"project_credit":', coalesce(trim_scale((null::numeric)::numeric)::text, 'null'),
    ',"marketplace_resource_count":', (select coalesce('{' || string_agg(to_json((wire_uuid(by_category.uuid))::text)::text || ':' || (by_category.number)::text, ','
  order by wire_uuid(by_category.uuid)) || '}', '{}')
  from (select category.uuid, sum(kept.n) as number
  from resource_counted kept
  join offering o on o.id = kept.offering_id
  join category on category.id = o.category_id
  where kept.grain = 'project_id,offering_id'
  and kept.project_id = p.id
  and kept.state <> 'Terminated'
  and (not kept.restrict_member_access
  or (ctx.reads_all
  or coalesce((ctx.held -> 'RESOURCE.LIST' -> 'consumer') @> to_jsonb(p.customer_id), false)))
  group by category.uuid having sum(kept.n) > 0) by_category),
    ',"billing_price_estimate":', ((select jsonb_build_object('total', coalesce(sum(item.price + tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'current', coalesce(sum(item.price), 0)::numeric(32, 10)::text, 'tax', coalesce(sum(tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'tax_current', coalesce(sum(tax_of(case when item.unit in ('hour', 'day') then coalesce(cents(item.unit_price * ceil(item.quantity * least(extract(epoch
  from now() - item.start) / nullif(extract(epoch
  from item."end" - item.start), 0), 1))), item.price) else item.price end, i.tax_percent)), 0)::numeric(32, 10)::text)
  from invoice i
  join invoice_item item on item.invoice_id = i.id
  where i.month = date_trunc('month', ctx.today::timestamp)::date
  and i.state <> 'canceled'
  and i.customer_id = p.customer_id
  and item.project_id = p.id))::text), 2) || '}', ','
  order by p.name, p.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{"RESOURCE.LIST":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, true::boolean as reads_all, site_day(now(), 'UTC'::text) as today) ctx
  cross join (select id
  from (select p.id
  from (select site_day(now(), 'UTC'::text) as today) ctx
  cross join project p
  join customer c on c.id = p.customer_id
  where (true)
  and (p.backend_id = :backend_id)
  and ((p.id = any('{}'::bigint[])))
  and ((p.id = any('{}'::bigint[])
  or p.customer_id = any('{}'::bigint[])))
  and ((p.end_date is null
  or p.end_date >= ctx.today))
  and (p.created >= ':created'::timestamptz)
  and (c.uuid = any(:customer::uuid[]))
  and ((c.abbreviation ilike '%customerabbreviation%'))
  and ((c.name ilike '%customername%'))
  and ((c.native_name ilike '%customernativename%'))
  and (p.id = any((select ids
  from found_0)::bigint[]))
  and ((p.is_removed))
  and (p.modified >= ':modified'::timestamptz)
  and (p.id = any((select ids
  from found_1)::bigint[]))
  and (p.name = :name_exact)
  and (p.id = any((select ids
  from found_2)::bigint[]))
  and (p.slug = :slug)
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'project'
  and held.scope_id = p.id
  and true
  and holder.uuid = :user_uuid::uuid))
  and ((not p.is_removed
  or true))
  order by p.name, p.id
  limit 10) sized
  limit :id::bigint) cut
  join project p on p.id = cut.id
  join customer c on c.id = p.customer_id
  left join project_type pt on pt.id = p.type_id
  left join "user" requester on requester.id = p.end_date_requested_by_id
  left join file image on image.id = p.image_id) as page;

-- the owner of an organization
select expected_rows('select p.id
  from project p
  where (p.description ilike $1)', '%description%') as n;
select expected_rows('select p.id
  from project p
  where (p.name ilike $1)', '%name%') as n;
select expected_rows('select p.id
  from project p
  where (p.name ilike $1
  or p.slug ilike $1
  or wire_uuid(p.uuid) ilike $1
  or p.backend_id ilike $1)
  union all select p.id
  from project p
  where p.id in (select inside.project_id
  from resource inside
  where (inside.effective_id ilike $1))', '%query%') as n;
with found_0 as materialized (select array(select p.id
  from project p
  where (p.description ilike '%description%'::text)) as ids), found_1 as materialized (select array(select p.id
  from project p
  where (p.name ilike '%name%'::text)) as ids), found_2 as materialized (select array(select p.id
  from project p
  where (p.name ilike '%query%'::text
  or p.slug ilike '%query%'::text
  or wire_uuid(p.uuid) ilike '%query%'::text
  or p.backend_id ilike '%query%'::text)
  union all select p.id
  from project p
  where p.id = any(array(select inside.project_id
  from resource inside
  where (inside.effective_id ilike '%query%'::text)))) as ids) select (select count(*)
  from (select site_day(now(), 'UTC'::text) as today) ctx
  cross join project p
  join customer c on c.id = p.customer_id
  where (("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))
  and (p.backend_id = :backend_id)
  and ((p.id = any('{}'::bigint[])))
  and ((p.id = any('{}'::bigint[])
  or p.customer_id = any(:ids::bigint[])))
  and ((p.end_date is null
  or p.end_date >= ctx.today))
  and (p.created >= ':created'::timestamptz)
  and (c.uuid = any(:customer::uuid[]))
  and ((c.abbreviation ilike '%customerabbreviation%'))
  and ((c.name ilike '%customername%'))
  and ((c.native_name ilike '%customernativename%'))
  and (p.id = any((select ids
  from found_0)::bigint[]))
  and ((p.is_removed))
  and (p.modified >= ':modified'::timestamptz)
  and (p.id = any((select ids
  from found_1)::bigint[]))
  and (p.name = :name_exact)
  and ((((p.name || '') ilike '%query%'::text
  or (p.slug || '') ilike '%query%'::text
  or (wire_uuid(p.uuid) || '') ilike '%query%'::text
  or (p.backend_id || '') ilike '%query%'::text)
  or exists (select 1
  from resource inside
  where inside.project_id = p.id
  and ((inside.effective_id || '') ilike '%query%'::text)
  and ((inside.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))))))
  and (p.id = any((select ids
  from found_2)::bigint[]))
  and (p.slug = :slug)
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'project'
  and held.scope_id = p.id
  and "holder"."is_active"
  and holder.uuid = :user_uuid::uuid))
  and ((not p.is_removed
  or "p"."customer_id" = any(:ids::bigint[])))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"name":', to_json((p.name)::text)::text,
    ',"slug":', to_json((p.slug)::text)::text,
    ',"customer":', '"' || ctx.base || '/api/customers/' || wire_uuid(c.uuid) || '/' || '"',
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_slug":', to_json((c.slug)::text)::text,
    ',"customer_native_name":', to_json((c.native_name)::text)::text,
    ',"customer_abbreviation":', to_json((c.abbreviation)::text)::text,
    ',"description":', to_json((p.description)::text)::text,
    ',"customer_display_billing_info_in_projects":', (case when c.display_billing_info_in_projects then 'true' when not (c.display_billing_info_in_projects) then 'false' end),
    ',"created":', '"' || wire_time(p.created) || '"',
    ',"type":', coalesce('"' || ctx.base || '/api/project-types/' || wire_uuid(pt.uuid) || '/' || '"', 'null'),
    ',"type_name":', coalesce(to_json((pt.name)::text)::text, 'null'),
    ',"type_uuid":', coalesce('"' || wire_uuid(pt.uuid) || '"', 'null'),
    ',"backend_id":', to_json((p.backend_id)::text)::text,
    ',"start_date":', coalesce('"' || (p.start_date)::date || '"', 'null'),
    ',"end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'),
    ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'),
    ',"oecd_fos_2007_code":', coalesce('"' || (p.oecd_fos_2007_code) || '"', 'null'),
    ',"oecd_fos_2007_label":', to_json((coalesce(('{"1.1":"Mathematics","1.2":"Computer
  and information sciences","1.3":"Physical sciences","1.4":"Chemical sciences","1.5":"Earth
  and related environmental sciences","1.6":"Biological sciences","1.7":"Other natural sciences","2.1":"Civil engineering","2.2":"Electrical engineering, electronic engineering, information engineering","2.3":"Mechanical engineering","2.4":"Chemical engineering","2.5":"Materials engineering","2.6":"Medical engineering","2.7":"Environmental engineering","2.8":"Systems engineering","2.9":"Environmental biotechnology","2.10":"Industrial biotechnology","2.11":"Nano-technology","2.12":"Other engineering
  and technologies","3.1":"Basic medicine","3.2":"Clinical medicine","3.3":"Health sciences","3.4":"Health biotechnology","3.5":"Other medical sciences","4.1":"Agriculture, forestry
  and fisheries","4.2":"Animal
  and dairy science","4.3":"Veterinary science","4.4":"Agricultural biotechnology","4.5":"Other agricultural sciences","5.1":"Psychology","5.2":"Economics
  and business","5.3":"Educational sciences","5.4":"Sociology","5.5":"Law","5.6":"Political science","5.7":"Social
  and economic geography","5.8":"Media
  and communications","5.9":"Other social sciences","6.1":"History
  and archaeology","6.2":"Languages
  and literature","6.3":"Philosophy, ethics
  and religion","6.4":"Arts","6.5":"Other humanities"}'::jsonb ->> (p.oecd_fos_2007_code)), ''))::text)::text,
    ',"is_industry":', (case when p.is_industry then 'true' when not (p.is_industry) then 'false' end),
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"resources_count":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'project_id'
  and kept.project_id = p.id
  and kept.state <> 'Terminated'
  and (not kept.restrict_member_access
  or (ctx.reads_all
  or coalesce((ctx.held -> 'RESOURCE.LIST' -> 'consumer') @> to_jsonb(p.customer_id), false)))))::text,
    ',"max_service_accounts":', coalesce((p.max_service_accounts)::text, 'null'),
    ',"kind":', '"' || (p.kind) || '"',
    ',"is_removed":', (case when p.is_removed then 'true' when not (p.is_removed) then 'false' end),
    ',"termination_metadata":', coalesce((p.termination_metadata)::text, 'null'),
    ',"grace_period_days":', coalesce((p.grace_period_days)::text, 'null'),
    ',"user_email_patterns":', (p.user_email_patterns)::text,
    ',"user_affiliations":', (p.user_affiliations)::text,
    ',"user_identity_sources":', (p.user_identity_sources)::text,
    ',"project_credit":', coalesce(trim_scale((null::numeric)::numeric)::text, 'null'),
    ',"marketplace_resource_count":', (select coalesce('{' || string_agg(to_json((wire_uuid(by_category.uuid))::text)::text || ':' || (by_category.number)::text, ','
  order by wire_uuid(by_category.uuid)) || '}', '{}')
  from (select category.uuid, sum(kept.n) as number
  from resource_counted kept
  join offering o on o.id = kept.offering_id
  join category on category.id = o.category_id
  where kept.grain = 'project_id,offering_id'
  and kept.project_id = p.id
  and kept.state <> 'Terminated'
  and (not kept.restrict_member_access
  or (ctx.reads_all
  or coalesce((ctx.held -> 'RESOURCE.LIST' -> 'consumer') @> to_jsonb(p.customer_id), false)))
  group by category.uuid having sum(kept.n) > 0) by_category),
    ',"billing_price_estimate":', ((select jsonb_build_object('total', coalesce(sum(item.price + tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'current', coalesce(sum(item.price), 0)::numeric(32, 10)::text, 'tax', coalesce(sum(tax_of(item.price, i.tax_percent)), 0)::numeric(32, 10)::text, 'tax_current', coalesce(sum(tax_of(case when item.unit in ('hour', 'day') then coalesce(cents(item.unit_price * ceil(item.quantity * least(extract(epoch
  from now() - item.start) / nullif(extract(epoch
  from item."end" - item.start), 0), 1))), item.price) else item.price end, i.tax_percent)), 0)::numeric(32, 10)::text)
  from invoice i
  join invoice_item item on item.invoice_id = i.id
  where i.month = date_trunc('month', ctx.today::timestamp)::date
  and i.state <> 'canceled'
  and i.customer_id = p.customer_id
  and item.project_id = p.id))::text), 2) || '}', ','
  order by p.name, p.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{"RESOURCE.LIST":{"customer":[2,9,10,11,12],"consumer":[2,9,10,11,12],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, false::boolean as reads_all, site_day(now(), 'UTC'::text) as today) ctx
  cross join (select id
  from (select p.id
  from (select site_day(now(), 'UTC'::text) as today) ctx
  cross join project p
  join customer c on c.id = p.customer_id
  where (("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))
  and (p.backend_id = :backend_id)
  and ((p.id = any('{}'::bigint[])))
  and ((p.id = any('{}'::bigint[])
  or p.customer_id = any(:ids::bigint[])))
  and ((p.end_date is null
  or p.end_date >= ctx.today))
  and (p.created >= ':created'::timestamptz)
  and (c.uuid = any(:customer::uuid[]))
  and ((c.abbreviation ilike '%customerabbreviation%'))
  and ((c.name ilike '%customername%'))
  and ((c.native_name ilike '%customernativename%'))
  and (p.id = any((select ids
  from found_0)::bigint[]))
  and ((p.is_removed))
  and (p.modified >= ':modified'::timestamptz)
  and (p.id = any((select ids
  from found_1)::bigint[]))
  and (p.name = :name_exact)
  and ((((p.name || '') ilike '%query%'::text
  or (p.slug || '') ilike '%query%'::text
  or (wire_uuid(p.uuid) || '') ilike '%query%'::text
  or (p.backend_id || '') ilike '%query%'::text)
  or exists (select 1
  from resource inside
  where inside.project_id = p.id
  and ((inside.effective_id || '') ilike '%query%'::text)
  and ((inside.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))))))
  and (p.id = any((select ids
  from found_2)::bigint[]))
  and (p.slug = :slug)
  and (exists (select 1
  from live_grant held
  join "user" holder on holder.id = held.user_id
  where held.scope_type = 'project'
  and held.scope_id = p.id
  and "holder"."is_active"
  and holder.uuid = :user_uuid::uuid))
  and ((not p.is_removed
  or "p"."customer_id" = any(:ids::bigint[])))
  order by p.name, p.id
  limit 10) sized
  limit :id::bigint) cut
  join project p on p.id = cut.id
  join customer c on c.id = p.customer_id
  left join project_type pt on pt.id = p.type_id
  left join "user" requester on requester.id = p.end_date_requested_by_id
  left join file image on image.id = p.image_id) as page;
