-- GET /api/marketplace-provider-offerings/groups/
-- Generated: npm run gen

-- staff
with computed as materialized (select customer.id, customer.name, customer.uuid, customer.created, json_agg(json_build_object('offering_name', offering.name, 'offering_uuid', wire_uuid(offering.uuid))
  order by offering.name, offering.id) as offerings
  from offering
  join customer on customer.id = offering.customer_id
  join category on category.id = offering.category_id
  left join category_group on category_group.id = category.group_id
  left join project on project.id = offering.project_id
  left join offering parent on parent.id = offering.parent_id
  where ((false))
  and ((customer.uuid = $1::uuid
  or offering.shared
  and ( not exists (select 1
  from offering_organization_group allowing
  where allowing.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group allowing
  join customer_organization_group belonging using (organization_group_id)
  join customer asking on asking.id = belonging.customer_id
  where allowing.offering_id = offering.id
  and asking.uuid = $2::uuid))))
  and ((offering.attributes @> any($3::jsonb[])))
  and ((offering.billable))
  and ((offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))
  and (category_group.uuid = $4::uuid)
  and (category.uuid = $5::uuid)
  and (offering.created >= $6::timestamptz)
  and (customer.uuid = $7::uuid)
  and (customer.uuid = $8::uuid)
  and ((offering.description ilike $9))
  and ((false))
  and ((false))
  and ((offering.name ilike $10
  or offering.description ilike $11
  or customer.name ilike $12
  or customer.abbreviation ilike $13
  or customer.native_name ilike $14))
  and (offering.modified >= $15::timestamptz)
  and ((offering.name ilike $16))
  and (offering.name = $17)
  and (exists (select 1
  from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  where allowing.offering_id = offering.id
  and allowed.uuid = any($18::uuid[])))
  and (parent.uuid = $19::uuid)
  and (project.uuid = $20::uuid)
  and ((offering.name ilike $21
  or offering.slug ilike $22
  or offering.description ilike $23))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = $24::uuid)) group by kept.offering_id having sum(kept.n) > 0))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = $25::uuid)) group by kept.offering_id having sum(kept.n) > 0))
  and (false)
  and (exists (select 1
  from live_grant held
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where held.scope_type = 'offering'
  and held.scope_id = offering.id
  and role.name = 'OFFERING.MANAGER'
  and manager.uuid = $26::uuid))
  and ((offering.shared))
  and (offering.state = any($27::text[]))
  and (false)
  and (false)
  and (false)
  and (false)
  and (offering.type = any($28::text[]))
  and ((false))
  and ((false))
  and (offering.uuid = any($29::uuid[])) group by customer.id) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"customer_name":', to_json((gathered.name)::text)::text, ',"customer_uuid":', '"' || wire_uuid(gathered.uuid) || '"', ',"offerings":', (gathered.offerings)::text), 2) || '}', ','
  order by gathered.name, gathered.id) || ']', '[]')
  from (select gathered.id
  from computed gathered
  where true
  order by gathered.name, gathered.id
  limit 10) cut
  join computed gathered on gathered.id = cut.id ) as page;

-- the owner of an organization
with computed as materialized (select customer.id, customer.name, customer.uuid, customer.created, json_agg(json_build_object('offering_name', offering.name, 'offering_uuid', wire_uuid(offering.uuid))
  order by offering.name, offering.id) as offerings
  from offering
  join customer on customer.id = offering.customer_id
  join category on category.id = offering.category_id
  left join category_group on category_group.id = category.group_id
  left join project on project.id = offering.project_id
  left join offering parent on parent.id = offering.parent_id
  where ((offering.customer_id = any($1::bigint[])
  or offering.project_id = any($2::bigint[])
  or offering.id = any($3::bigint[])))
  and ((false))
  and ((customer.uuid = $4::uuid
  or offering.shared
  and ( not exists (select 1
  from offering_organization_group allowing
  where allowing.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group allowing
  join customer_organization_group belonging using (organization_group_id)
  join customer asking on asking.id = belonging.customer_id
  where allowing.offering_id = offering.id
  and asking.uuid = $5::uuid))))
  and ((offering.attributes @> any($6::jsonb[])))
  and ((offering.billable))
  and ((offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))
  and (category_group.uuid = $7::uuid)
  and (category.uuid = $8::uuid)
  and (offering.created >= $9::timestamptz)
  and (customer.uuid = $10::uuid)
  and (customer.uuid = $11::uuid)
  and ((offering.description ilike $12))
  and ((false))
  and ((false))
  and ((offering.name ilike $13
  or offering.description ilike $14
  or customer.name ilike $15
  or customer.abbreviation ilike $16
  or customer.native_name ilike $17))
  and (offering.modified >= $18::timestamptz)
  and ((offering.name ilike $19))
  and (offering.name = $20)
  and (exists (select 1
  from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  where allowing.offering_id = offering.id
  and allowed.uuid = any($21::uuid[])))
  and (parent.uuid = $22::uuid)
  and (project.uuid = $23::uuid)
  and ((offering.name ilike $24
  or offering.slug ilike $25
  or offering.description ilike $26))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = $27::uuid)) group by kept.offering_id having sum(kept.n) > 0))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = $28::uuid)) group by kept.offering_id having sum(kept.n) > 0))
  and (false)
  and (exists (select 1
  from live_grant held
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where held.scope_type = 'offering'
  and held.scope_id = offering.id
  and role.name = 'OFFERING.MANAGER'
  and manager.uuid = $29::uuid))
  and ((offering.shared))
  and (offering.state = any($30::text[]))
  and (false)
  and (false)
  and (false)
  and (false)
  and (offering.type = any($31::text[]))
  and ((false))
  and ((false))
  and (offering.uuid = any($32::uuid[])) group by customer.id) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"customer_name":', to_json((gathered.name)::text)::text, ',"customer_uuid":', '"' || wire_uuid(gathered.uuid) || '"', ',"offerings":', (gathered.offerings)::text), 2) || '}', ','
  order by gathered.name, gathered.id) || ']', '[]')
  from (select gathered.id
  from computed gathered
  where true
  order by gathered.name, gathered.id
  limit 10) cut
  join computed gathered on gathered.id = cut.id ) as page;
