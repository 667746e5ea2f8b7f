-- GET /api/marketplace-plans/
-- Generated: npm run gen

-- staff
select (select count(*)
  from plan
  join offering on offering.id = plan.offering_id
  left join offering above on above.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = :offering_uuid::uuid)
  and (above.uuid = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-plans/' || wire_uuid(plan.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"name":', to_json((plan.name)::text)::text,
    ',"description":', to_json((plan.description)::text)::text,
    ',"article_code":', to_json((plan.article_code)::text)::text,
    ',"max_amount":', coalesce((plan.max_amount)::text, 'null'),
    ',"archived":', (case when plan.archived then 'true' when not (plan.archived) then 'false' end),
    ',"is_active":', (case when plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount then 'true' when not (plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount) then 'false' end),
    ',"unit_price":', '"' || (plan.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (plan.unit) || '"',
    ',"init_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'one'))::numeric)::text,
    ',"switch_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'few'))::numeric)::text,
    ',"backend_id":', to_json((plan.backend_id)::text)::text,
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(plan_group.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group.uuid) || '/' || '"',
    ',"name":', to_json((plan_group.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(plan_group_above.uuid) || '"',
    ',"parent_name":' || to_json((plan_group_above.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group_above.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group member
  where member.organization_group_id = plan_group.id))::text), 2) || '}', ','
  order by plan_group.name, plan_group.id) || ']', '[]')
  from plan_organization_group plan_member
  join organization_group plan_group on plan_group.id = plan_member.organization_group_id
  left join organization_group plan_group_above on plan_group_above.id = plan_group.parent_id
  where plan_member.plan_id = plan.id),
    ',"components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"type":', to_json((plan_kind.type)::text)::text,
    ',"name":', to_json((plan_kind.name)::text)::text,
    ',"measured_unit":', to_json((plan_kind.measured_unit)::text)::text,
    ',"amount":', (plan_part.amount)::text,
    ',"price":', '"' || (plan_part.price)::numeric(32, 10) || '"',
    ',"future_price":', coalesce('"' || (plan_part.future_price)::numeric(32, 10) || '"', 'null'),
    ',"discount_threshold":', coalesce((plan_part.discount_threshold)::text, 'null'),
    ',"discount_rate":', coalesce((plan_part.discount_rate)::text, 'null')), 2) || '}', ','
  order by plan_kind.id) || ']', '[]')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.price)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"future_prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.future_price)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_part.future_price is not null),
    ',"quotas":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.amount)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"resources_count":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text,
    ',"plan_type":', to_json(((select case when count(distinct plan_kind.billing_type) > 1 then 'mixed' else coalesce(min(case plan_kind.billing_type when 'usage' then 'usage-based' when 'one' then 'one-time' when 'few' then 'on-plan-switch' else plan_kind.billing_type end), 'fixed') end
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id))::text)::text,
    ',"minimal_price":', trim_scale((plan.unit_price + (select coalesce(sum(case plan_kind.billing_type when 'one' then plan_part.price else plan_part.price * greatest(coalesce(plan_kind.min_value, 0), 0) end), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type in ('one', 'limit')))::numeric)::text,
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"'), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  left join offering above on above.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = :offering_uuid::uuid)
  and (above.uuid = :parent_offering_uuid::uuid)
  order by plan.id
  limit 10) sized
  limit :id::bigint) cut
  join plan on plan.id = cut.id
  join offering on offering.id = plan.offering_id) as page;

-- the owner of an organization
select (select count(*)
  from plan
  join offering on offering.id = plan.offering_id
  left join offering above on above.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = plan.offering_id
  and (((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))
  or (offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any(:ids::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any('{}'::bigint[]))
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id))))))
  and exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))
  and (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = :offering_uuid::uuid)
  and (above.uuid = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-plans/' || wire_uuid(plan.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"name":', to_json((plan.name)::text)::text,
    ',"description":', to_json((plan.description)::text)::text,
    ',"article_code":', to_json((plan.article_code)::text)::text,
    ',"max_amount":', coalesce((plan.max_amount)::text, 'null'),
    ',"archived":', (case when plan.archived then 'true' when not (plan.archived) then 'false' end),
    ',"is_active":', (case when plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount then 'true' when not (plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount) then 'false' end),
    ',"unit_price":', '"' || (plan.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (plan.unit) || '"',
    ',"init_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'one'))::numeric)::text,
    ',"switch_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'few'))::numeric)::text,
    ',"backend_id":', to_json((plan.backend_id)::text)::text,
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(plan_group.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group.uuid) || '/' || '"',
    ',"name":', to_json((plan_group.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(plan_group_above.uuid) || '"',
    ',"parent_name":' || to_json((plan_group_above.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group_above.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group member
  where member.organization_group_id = plan_group.id))::text), 2) || '}', ','
  order by plan_group.name, plan_group.id) || ']', '[]')
  from plan_organization_group plan_member
  join organization_group plan_group on plan_group.id = plan_member.organization_group_id
  left join organization_group plan_group_above on plan_group_above.id = plan_group.parent_id
  where plan_member.plan_id = plan.id),
    ',"components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"type":', to_json((plan_kind.type)::text)::text,
    ',"name":', to_json((plan_kind.name)::text)::text,
    ',"measured_unit":', to_json((plan_kind.measured_unit)::text)::text,
    ',"amount":', (plan_part.amount)::text,
    ',"price":', '"' || (plan_part.price)::numeric(32, 10) || '"',
    ',"future_price":', coalesce('"' || (plan_part.future_price)::numeric(32, 10) || '"', 'null'),
    ',"discount_threshold":', coalesce((plan_part.discount_threshold)::text, 'null'),
    ',"discount_rate":', coalesce((plan_part.discount_rate)::text, 'null')), 2) || '}', ','
  order by plan_kind.id) || ']', '[]')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.price)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"future_prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.future_price)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_part.future_price is not null),
    ',"quotas":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.amount)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"resources_count":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text,
    ',"plan_type":', to_json(((select case when count(distinct plan_kind.billing_type) > 1 then 'mixed' else coalesce(min(case plan_kind.billing_type when 'usage' then 'usage-based' when 'one' then 'one-time' when 'few' then 'on-plan-switch' else plan_kind.billing_type end), 'fixed') end
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id))::text)::text,
    ',"minimal_price":', trim_scale((plan.unit_price + (select coalesce(sum(case plan_kind.billing_type when 'one' then plan_part.price else plan_part.price * greatest(coalesce(plan_kind.min_value, 0), 0) end), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type in ('one', 'limit')))::numeric)::text,
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"'), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  left join offering above on above.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = plan.offering_id
  and (((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))
  or (offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any(:ids::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any('{}'::bigint[]))
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id))))))
  and exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))
  and (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = :offering_uuid::uuid)
  and (above.uuid = :parent_offering_uuid::uuid)
  order by plan.id
  limit 10) sized
  limit :id::bigint) cut
  join plan on plan.id = cut.id
  join offering on offering.id = plan.offering_id) as page;
