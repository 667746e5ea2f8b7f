-- GET /api/marketplace-plan-components/
-- Generated: npm run gen

-- staff
select (select count(*)
  from plan_component part
  join plan on plan.id = part.plan_id
  join offering on offering.id = plan.offering_id
  where ((plan.archived))
  and (offering.uuid = :offering_uuid::uuid)
  and (plan.uuid = :plan_uuid::uuid)
  and ((offering.shared))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"plan_name":', to_json((plan.name)::text)::text,
    ',"plan_unit":', '"' || (plan.unit) || '"',
    ',"component_name":', to_json((kind.name)::text)::text,
    ',"measured_unit":', to_json((kind.measured_unit)::text)::text,
    ',"billing_type":', '"' || (kind.billing_type) || '"',
    ',"amount":', (part.amount)::text,
    ',"price":', '"' || (part.price)::numeric(32, 10) || '"',
    ',"future_price":', coalesce('"' || (part.future_price)::numeric(32, 10) || '"', 'null'),
    ',"discount_threshold":', coalesce((part.discount_threshold)::text, 'null'),
    ',"discount_rate":', coalesce((part.discount_rate)::text, 'null')), 2) || '}', ','
  order by part.id) || ']', '[]')
  from (select id
  from (select part.id
  from plan_component part
  join plan on plan.id = part.plan_id
  join offering on offering.id = plan.offering_id
  where ((plan.archived))
  and (offering.uuid = :offering_uuid::uuid)
  and (plan.uuid = :plan_uuid::uuid)
  and ((offering.shared))
  order by part.id
  limit 10) sized
  limit :id::bigint) cut
  join plan_component part on part.id = cut.id
  join plan on plan.id = part.plan_id
  join offering on offering.id = plan.offering_id
  join offering_component kind on kind.id = part.component_id) as page;

-- the owner of an organization
select (select count(*)
  from plan_component part
  join plan on plan.id = part.plan_id
  join offering on offering.id = plan.offering_id
  where (exists (select 1
  from plan
  where plan.id = part.plan_id
  and exists (select 1
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
  where kept.plan_id = plan.id))))))))
  and ((plan.archived))
  and (offering.uuid = :offering_uuid::uuid)
  and (plan.uuid = :plan_uuid::uuid)
  and ((offering.shared))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"plan_name":', to_json((plan.name)::text)::text,
    ',"plan_unit":', '"' || (plan.unit) || '"',
    ',"component_name":', to_json((kind.name)::text)::text,
    ',"measured_unit":', to_json((kind.measured_unit)::text)::text,
    ',"billing_type":', '"' || (kind.billing_type) || '"',
    ',"amount":', (part.amount)::text,
    ',"price":', '"' || (part.price)::numeric(32, 10) || '"',
    ',"future_price":', coalesce('"' || (part.future_price)::numeric(32, 10) || '"', 'null'),
    ',"discount_threshold":', coalesce((part.discount_threshold)::text, 'null'),
    ',"discount_rate":', coalesce((part.discount_rate)::text, 'null')), 2) || '}', ','
  order by part.id) || ']', '[]')
  from (select id
  from (select part.id
  from plan_component part
  join plan on plan.id = part.plan_id
  join offering on offering.id = plan.offering_id
  where (exists (select 1
  from plan
  where plan.id = part.plan_id
  and exists (select 1
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
  where kept.plan_id = plan.id))))))))
  and ((plan.archived))
  and (offering.uuid = :offering_uuid::uuid)
  and (plan.uuid = :plan_uuid::uuid)
  and ((offering.shared))
  order by part.id
  limit 10) sized
  limit :id::bigint) cut
  join plan_component part on part.id = cut.id
  join plan on plan.id = part.plan_id
  join offering on offering.id = plan.offering_id
  join offering_component kind on kind.id = part.component_id) as page;
