-- GET /api/marketplace-plans/usage_stats/
-- Generated: npm run gen

-- staff
select (select count(*)
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where offering.uuid = $1::uuid
  and offering.slug = any($2::text[])
  and offering.uuid = $3::uuid
  and above.uuid = $4::uuid
  and provider.uuid = $5::uuid) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"', ',"plan_name":', to_json((plan.name)::text)::text, ',"limit":', coalesce((plan.max_amount)::text, 'null'), ',"usage":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, ',"remaining":', coalesce((plan.max_amount - (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, 'null'), ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"', ',"offering_name":', to_json((offering.name)::text)::text, ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"', ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select $6::text as base, $7::bigint as actor_id, $8::boolean as is_staff, $9::boolean as is_support, $10::boolean as reads_all, (now() at time zone $11::text)::date as today) ctx
  cross join (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where offering.uuid = $12::uuid
  and offering.slug = any($13::text[])
  and offering.uuid = $14::uuid
  and above.uuid = $15::uuid
  and provider.uuid = $16::uuid
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
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))
  and offering.uuid = $12::uuid
  and offering.slug = any($13::text[])
  and offering.uuid = $14::uuid
  and above.uuid = $15::uuid
  and provider.uuid = $16::uuid) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"plan_uuid":', '"' || wire_uuid(plan.uuid) || '"', ',"plan_name":', to_json((plan.name)::text)::text, ',"limit":', coalesce((plan.max_amount)::text, 'null'), ',"usage":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, ',"remaining":', coalesce((plan.max_amount - (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text, 'null'), ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"', ',"offering_name":', to_json((offering.name)::text)::text, ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"', ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by plan.id) || ']', '[]')
  from (select $17::text as base, $18::bigint as actor_id, $19::boolean as is_staff, $20::boolean as is_support, $21::boolean as reads_all, (now() at time zone $22::text)::date as today) ctx
  cross join (select plan.id
  from plan
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id
  left join offering above on above.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = plan.offering_id
  and (((offering.customer_id = any($23::bigint[])
  or offering.project_id = any($24::bigint[])
  or offering.id = any($25::bigint[])))
  or (offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any($26::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any($27::bigint[]))
  or offering.project_id = any($28::bigint[])
  or offering.id = any($29::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select $30::bigint as actor_id, $31::boolean as reads_all) ctx
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id))))))
  and exists (select 1
  from (select $32::bigint as actor_id, $33::boolean as reads_all) ctx
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))
  and offering.uuid = $34::uuid
  and offering.slug = any($35::text[])
  and offering.uuid = $36::uuid
  and above.uuid = $37::uuid
  and provider.uuid = $38::uuid
  order by plan.id
  limit 10) cut
  join plan on plan.id = cut.id
  join offering on offering.id = plan.offering_id
  join customer provider on provider.id = offering.customer_id) as page;
