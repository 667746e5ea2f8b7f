-- GET /api/marketplace-plans/usage_stats/
-- Generated: npm run gen

-- staff
select (select count(*)
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where (offering.uuid = $1::uuid)
  and (offering.slug = any($2::text[]))
  and (offering.uuid = $3::uuid)
  and (above.uuid = $4::uuid)
  and (provider.uuid = $5::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"', ',"plan_name":', to_json((plan.name)::text)::text, ',"limit":', coalesce((plan.max_amount)::text, 'null'), ',"usage":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, ',"remaining":', coalesce((plan.max_amount - (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, 'null'), ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"', ',"offering_name":', to_json((offering.name)::text)::text, ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"', ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where (offering.uuid = $6::uuid)
  and (offering.slug = any($7::text[]))
  and (offering.uuid = $8::uuid)
  and (above.uuid = $9::uuid)
  and (provider.uuid = $10::uuid)
  order by plan.id
  limit 10) cut
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
  and (((offering.customer_id = any($1::bigint[])
  or offering.project_id = any($2::bigint[])
  or offering.id = any($3::bigint[])))
  or (offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any($4::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any($5::bigint[]))
  or offering.project_id = any($6::bigint[])
  or offering.id = any($7::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select $8::bigint as actor_id, $9::boolean as reads_all) ctx
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
  from (select $10::bigint as actor_id, $11::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))
  and (offering.uuid = $12::uuid)
  and (offering.slug = any($13::text[]))
  and (offering.uuid = $14::uuid)
  and (above.uuid = $15::uuid)
  and (provider.uuid = $16::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"', ',"plan_name":', to_json((plan.name)::text)::text, ',"limit":', coalesce((plan.max_amount)::text, 'null'), ',"usage":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, ',"remaining":', coalesce((plan.max_amount - (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, 'null'), ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"', ',"offering_name":', to_json((offering.name)::text)::text, ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"', ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = plan.offering_id
  and (((offering.customer_id = any($17::bigint[])
  or offering.project_id = any($18::bigint[])
  or offering.id = any($19::bigint[])))
  or (offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any($20::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any($21::bigint[]))
  or offering.project_id = any($22::bigint[])
  or offering.id = any($23::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select $24::bigint as actor_id, $25::boolean as reads_all) ctx
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
  from (select $26::bigint as actor_id, $27::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))
  and (offering.uuid = $28::uuid)
  and (offering.slug = any($29::text[]))
  and (offering.uuid = $30::uuid)
  and (above.uuid = $31::uuid)
  and (provider.uuid = $32::uuid)
  order by plan.id
  limit 10) cut
  join plan on plan.id = cut.id
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id) as page;
