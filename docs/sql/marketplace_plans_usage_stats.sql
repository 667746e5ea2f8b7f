-- GET /api/marketplace-plans/usage_stats/
-- Generated: npm run gen

-- staff
select (select count(*)
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = :offering_uuid::uuid)
  and (above.uuid = :parent_offering_uuid::uuid)
  and (provider.uuid = :customer_provider_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"plan_name":', to_json((plan.name)::text)::text,
    ',"limit":', coalesce((plan.max_amount)::text, 'null'),
    ',"usage":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text,
    ',"remaining":', coalesce((plan.max_amount - (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, 'null'),
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select id
  from (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = :offering_uuid::uuid)
  and (above.uuid = :parent_offering_uuid::uuid)
  and (provider.uuid = :customer_provider_uuid::uuid)
  order by plan.id
  limit 10) sized
  limit :id::bigint) cut
  join plan on plan.id = cut.id
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id) as page;

-- the owner of an organization
select (select count(*)
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
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
  and (provider.uuid = :customer_provider_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"plan_name":', to_json((plan.name)::text)::text,
    ',"limit":', coalesce((plan.max_amount)::text, 'null'),
    ',"usage":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text,
    ',"remaining":', coalesce((plan.max_amount - (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, 'null'),
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select id
  from (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
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
  and (provider.uuid = :customer_provider_uuid::uuid)
  order by plan.id
  limit 10) sized
  limit :id::bigint) cut
  join plan on plan.id = cut.id
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id) as page;
