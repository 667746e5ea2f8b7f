-- GET /api/marketplace-categories/
-- Generated: npm run gen

-- staff
select (select count(*)
  from category
  left join category_group on category_group.id = category.group_id
  where (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.state = any('{Draft}'::text[])
  and true))
  and (category_group.uuid = :group_uuid::uuid)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and true
  and true) = true)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.shared
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.name ilike '%offeringname%'
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and (true)
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and (true)
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)
  and true))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offering.state = any('{Draft}'::text[])
  and true))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-categories/' || wire_uuid(category.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(category.uuid) || '"',
    ',"title":', to_json((category.title)::text)::text,
    ',"description":', to_json((category.description)::text)::text,
    ',"icon":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(icon.uuid) || '/' || '"', 'null'),
    ',"default_vm_category":', (case when category.default_vm_category then 'true' when not (category.default_vm_category) then 'false' end),
    ',"default_volume_category":', (case when category.default_volume_category then 'true' when not (category.default_volume_category) then 'false' end),
    ',"default_tenant_category":', (case when category.default_tenant_category then 'true' when not (category.default_tenant_category) then 'false' end),
    ',"offering_count":', ((select count(*)
  from offering offered
  where offered.category_id = category.id
  and offered.state in ('Active', 'Paused')
  and (offered.shared
  or ctx.reads_all
  or offered.customer_id = any(ctx.customer_ids)
  or offered.customer_id = any(ctx.provided_ids)
  or offered.project_id = any(ctx.project_ids)
  or offered.id = any(ctx.offering_ids))))::text,
    ',"available_offerings_count":', ((select count(*)
  from offering offered
  where offered.category_id = category.id
  and offered.state in ('Active')
  and (offered.shared
  or ctx.reads_all
  or offered.customer_id = any(ctx.customer_ids)
  or offered.customer_id = any(ctx.provided_ids)
  or offered.project_id = any(ctx.project_ids)
  or offered.id = any(ctx.offering_ids))))::text,
    ',"sections":', (category.sections)::text,
    ',"columns":', (category.columns)::text,
    ',"components":', (category.components)::text,
    ',"articles":', (category.articles)::text,
    ',"group":', coalesce('"' || ctx.base || '/api/marketplace-category-groups/' || wire_uuid(category_group.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by category.title, category.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{}'::bigint[] as customer_ids, '{}'::bigint[] as offering_ids, '{}'::bigint[] as project_ids, '{}'::bigint[] as provided_ids, true::boolean as reads_all) ctx
  cross join (select id
  from (select category.id
  from category
  left join category_group on category_group.id = category.group_id
  where (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.state = any('{Draft}'::text[])
  and true))
  and (category_group.uuid = :group_uuid::uuid)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and true
  and true) = true)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.shared
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.name ilike '%offeringname%'
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and (true)
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)
  and true))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and (true)
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)
  and true))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offering.state = any('{Draft}'::text[])
  and true))
  order by category.title, category.id
  limit 10) sized
  limit :id::bigint) cut
  join category on category.id = cut.id
  left join file icon on icon.id = category.icon_id
  left join category_group on category_group.id = category.group_id) as page;

-- the owner of an organization
select (select count(*)
  from category
  left join category_group on category_group.id = category.group_id
  where (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.state = any('{Draft}'::text[])
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (category_group.uuid = :group_uuid::uuid)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and true
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))) = true)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.shared
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.name ilike '%offeringname%'
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
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
  group by kept.offering_id having sum(kept.n) > 0)
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
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
  group by kept.offering_id having sum(kept.n) > 0)
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offering.state = any('{Draft}'::text[])
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-categories/' || wire_uuid(category.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(category.uuid) || '"',
    ',"title":', to_json((category.title)::text)::text,
    ',"description":', to_json((category.description)::text)::text,
    ',"icon":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(icon.uuid) || '/' || '"', 'null'),
    ',"default_vm_category":', (case when category.default_vm_category then 'true' when not (category.default_vm_category) then 'false' end),
    ',"default_volume_category":', (case when category.default_volume_category then 'true' when not (category.default_volume_category) then 'false' end),
    ',"default_tenant_category":', (case when category.default_tenant_category then 'true' when not (category.default_tenant_category) then 'false' end),
    ',"offering_count":', ((select count(*)
  from offering offered
  where offered.category_id = category.id
  and offered.state in ('Active', 'Paused')
  and (offered.shared
  or ctx.reads_all
  or offered.customer_id = any(ctx.customer_ids)
  or offered.customer_id = any(ctx.provided_ids)
  or offered.project_id = any(ctx.project_ids)
  or offered.id = any(ctx.offering_ids))))::text,
    ',"available_offerings_count":', ((select count(*)
  from offering offered
  where offered.category_id = category.id
  and offered.state in ('Active')
  and (offered.shared
  or ctx.reads_all
  or offered.customer_id = any(ctx.customer_ids)
  or offered.customer_id = any(ctx.provided_ids)
  or offered.project_id = any(ctx.project_ids)
  or offered.id = any(ctx.offering_ids))))::text,
    ',"sections":', (category.sections)::text,
    ',"columns":', (category.columns)::text,
    ',"components":', (category.components)::text,
    ',"articles":', (category.articles)::text,
    ',"group":', coalesce('"' || ctx.base || '/api/marketplace-category-groups/' || wire_uuid(category_group.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by category.title, category.id) || ']', '[]')
  from (select 'http://testserver'::text as base, :ids::bigint[] as customer_ids, '{}'::bigint[] as offering_ids, '{}'::bigint[] as project_ids, '{}'::bigint[] as provided_ids, false::boolean as reads_all) ctx
  cross join (select id
  from (select category.id
  from category
  left join category_group on category_group.id = category.group_id
  where (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.state = any('{Draft}'::text[])
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (category_group.uuid = :group_uuid::uuid)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and true
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))) = true)
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.shared
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.name ilike '%offeringname%'
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
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
  group by kept.offering_id having sum(kept.n) > 0)
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.id in (select kept.offering_id
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
  group by kept.offering_id having sum(kept.n) > 0)
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering
  where offering.category_id = category.id
  and offering.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offering.state = any('{Draft}'::text[])
  and ((offering.state in ('Active', 'Paused')
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
  where kept.plan_id = plan.id)))))))
  or (offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))
  order by category.title, category.id
  limit 10) sized
  limit :id::bigint) cut
  join category on category.id = cut.id
  left join file icon on icon.id = category.icon_id
  left join category_group on category_group.id = category.group_id) as page;
