-- GET /api/marketplace-provider-offerings/{uuid}/list_customer_projects/
-- Generated: npm run gen

-- staff
select offering.id as id, offering.uuid as uuid, offering.name as name, offering.type as type, offering.state as state, offering.shared as shared, offering.billable as billable, offering.customer_id as customer_id, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived, offering.category_id as category_id, offering.project_id as project_id, offering.image_id as image_id, offering.thumbnail_id as thumbnail_id, offering.compliance_checklist_id as compliance_checklist_id, offering.plugin_options as plugin_options, offering.options as options, offering.secret_options as secret_options, exists (select 1
  from plan had
  where had.offering_id = offering.id) as has_plans, exists (select 1
  from resource had
  where had.offering_id = offering.id) as has_resources
  from offering
  join customer on customer.id = offering.customer_id
  where (offering.uuid = :uuid::uuid) ;
select (select count(*)
  from project p
  where ((p.id in (select used_in.id
  from (select :id::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated'
  group by kept.project_id having sum(kept.n) > 0)
  and not used_in.is_removed)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
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
    ',"billing_price_estimate":', '{"total":"0.0000000000","current":"0.0000000000","tax":"0.0000000000","tax_current":"0.0000000000"}'), 2) || '}', ','
  order by p.name, p.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{"RESOURCE.LIST":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, true::boolean as reads_all) ctx
  cross join (select id
  from (select p.id
  from project p
  where ((p.id in (select used_in.id
  from (select :id::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated'
  group by kept.project_id having sum(kept.n) > 0)
  and not used_in.is_removed)))
  order by p.name, p.id
  limit 10) sized
  limit :id::bigint) cut
  join project p on p.id = cut.id
  join customer c on c.id = p.customer_id
  left join project_type pt on pt.id = p.type_id
  left join "user" requester on requester.id = p.end_date_requested_by_id
  left join file image on image.id = p.image_id) as page;
