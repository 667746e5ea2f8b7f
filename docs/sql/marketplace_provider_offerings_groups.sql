-- GET /api/marketplace-provider-offerings/groups/
-- Generated: npm run gen

-- staff
with computed as materialized (select customer.id, customer.name, customer.uuid, customer.created, json_agg(json_build_object('offering_name', offering.name, 'offering_uuid', wire_uuid(offering.uuid))
  order by offering.name, offering.id) as offerings
  from (select :id::bigint as actor_id) ctx
  cross join offering
  join customer on customer.id = offering.customer_id
  join category on category.id = offering.category_id
  left join category_group on category_group.id = category.group_id
  left join project on project.id = offering.project_id
  left join offering parent on parent.id = offering.parent_id
  where ((false))
  and ((customer.uuid = :allowed_customer_uuid::uuid
  or offering.shared
  and ( not exists (select 1
  from offering_organization_group allowing
  where allowing.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group allowing
  join customer_organization_group belonging using (organization_group_id)
  join customer asking on asking.id = belonging.customer_id
  where allowing.offering_id = offering.id
  and asking.id in (select c.id
  from customer c
  where (c.uuid = :allowed_customer_uuid::uuid)
  and (not "c"."is_removed"))))))
  and ((offering.attributes @> any('{{"key":"value"},{"key":["value"]}}'::jsonb[])))
  and ((offering.billable))
  and ((offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))
  and (category_group.uuid = :category_group_uuid::uuid)
  and (category.uuid = :category_uuid::uuid)
  and (offering.created >= ':created'::timestamptz)
  and (customer.uuid = :customer::uuid)
  and (customer.uuid = :customer_uuid::uuid)
  and ((offering.description ilike '%description%'))
  and ((exists (select 1
  from offering_terms_of_service held
  where held.offering_id = offering.id
  and held.is_active)))
  and (exists (select 1
  from offering_terms_of_service made
  where made.offering_id = offering.id
  and (made.is_active
  or true)))
  and ((offering.name ilike '%keyword%'
  or offering.description ilike '%keyword%'
  or customer.name ilike '%keyword%'
  or customer.abbreviation ilike '%keyword%'
  or customer.native_name ilike '%keyword%'))
  and (offering.modified >= ':modified'::timestamptz)
  and ((offering.name ilike '%name%'))
  and (offering.name = :name_exact)
  and (exists (select 1
  from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  where allowing.offering_id = offering.id
  and allowed.uuid = any(:organization_group_uuid::uuid[])))
  and (parent.uuid = :parent_uuid::uuid)
  and (project.uuid = :project_uuid::uuid)
  and ((offering.name ilike '%query%'
  or offering.slug ilike '%query%'
  or offering.description ilike '%query%'))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and (true)
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and (true)
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0))
  and (false)
  and (offering.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and (true)
  and (role.name = 'OFFERING.MANAGER')))
  and ((offering.shared))
  and (offering.state = any('{Draft}'::text[]))
  and (false)
  and (false)
  and (false)
  and (false)
  and (offering.type = any(:type::text[]))
  and ((exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = offering.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())))))
  and ((exists (select
  from offering_user ou
  where ou.offering_id = offering.id
  and ou.user_id = ctx.actor_id
  and ou.state <> 'Deleted')))
  and (offering.uuid = any(:uuid_list::uuid[]))
  group by customer.id) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"customer_name":', to_json((gathered.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(gathered.uuid) || '"',
    ',"offerings":', (gathered.offerings)::text), 2) || '}', ','
  order by gathered.name, gathered.id) || ']', '[]')
  from (select id
  from (select gathered.id
  from computed gathered
  where true
  order by gathered.name, gathered.id
  limit 10) sized
  limit :id::bigint) cut
  join computed gathered on gathered.id = cut.id ) as page;

-- the owner of an organization
with computed as materialized (select customer.id, customer.name, customer.uuid, customer.created, json_agg(json_build_object('offering_name', offering.name, 'offering_uuid', wire_uuid(offering.uuid))
  order by offering.name, offering.id) as offerings
  from (select :id::bigint as actor_id) ctx
  cross join offering
  join customer on customer.id = offering.customer_id
  join category on category.id = offering.category_id
  left join category_group on category_group.id = category.group_id
  left join project on project.id = offering.project_id
  left join offering parent on parent.id = offering.parent_id
  where ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))
  and ((false))
  and ((customer.uuid = :allowed_customer_uuid::uuid
  or offering.shared
  and ( not exists (select 1
  from offering_organization_group allowing
  where allowing.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group allowing
  join customer_organization_group belonging using (organization_group_id)
  join customer asking on asking.id = belonging.customer_id
  where allowing.offering_id = offering.id
  and asking.id in (select c.id
  from customer c
  where (c.uuid = :allowed_customer_uuid::uuid)
  and (("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))))))
  and ((offering.attributes @> any('{{"key":"value"},{"key":["value"]}}'::jsonb[])))
  and ((offering.billable))
  and ((offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))
  and (category_group.uuid = :category_group_uuid::uuid)
  and (category.uuid = :category_uuid::uuid)
  and (offering.created >= ':created'::timestamptz)
  and (customer.uuid = :customer::uuid)
  and (customer.uuid = :customer_uuid::uuid)
  and ((offering.description ilike '%description%'))
  and ((exists (select 1
  from offering_terms_of_service held
  where held.offering_id = offering.id
  and held.is_active)))
  and (exists (select 1
  from offering_terms_of_service made
  where made.offering_id = offering.id
  and (made.is_active
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and ((offering.name ilike '%keyword%'
  or offering.description ilike '%keyword%'
  or customer.name ilike '%keyword%'
  or customer.abbreviation ilike '%keyword%'
  or customer.native_name ilike '%keyword%'))
  and (offering.modified >= ':modified'::timestamptz)
  and ((offering.name ilike '%name%'))
  and (offering.name = :name_exact)
  and (exists (select 1
  from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  where allowing.offering_id = offering.id
  and allowed.uuid = any(:organization_group_uuid::uuid[])))
  and (parent.uuid = :parent_uuid::uuid)
  and (project.uuid = :project_uuid::uuid)
  and ((offering.name ilike '%query%'
  or offering.slug ilike '%query%'
  or offering.description ilike '%query%'))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and ((kept.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))
  or kept.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[]))))
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0))
  and (offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and ((kept.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))
  or kept.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[]))))
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0))
  and (false)
  and (offering.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and ("manager"."is_active")
  and (role.name = 'OFFERING.MANAGER')
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and ((offering.shared))
  and (offering.state = any('{Draft}'::text[]))
  and (false)
  and (false)
  and (false)
  and (false)
  and (offering.type = any(:type::text[]))
  and ((exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = offering.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())))))
  and ((exists (select
  from offering_user ou
  where ou.offering_id = offering.id
  and ou.user_id = ctx.actor_id
  and ou.state <> 'Deleted')))
  and (offering.uuid = any(:uuid_list::uuid[]))
  group by customer.id) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"customer_name":', to_json((gathered.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(gathered.uuid) || '"',
    ',"offerings":', (gathered.offerings)::text), 2) || '}', ','
  order by gathered.name, gathered.id) || ']', '[]')
  from (select id
  from (select gathered.id
  from computed gathered
  where true
  order by gathered.name, gathered.id
  limit 10) sized
  limit :id::bigint) cut
  join computed gathered on gathered.id = cut.id ) as page;
