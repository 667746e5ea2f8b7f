-- GET /api/marketplace-categories/
-- Generated: npm run gen

-- staff
select (select count(*)
  from category
  left join category_group on category_group.id = category.group_id
  where (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.state = any('{Draft}'::text[])))
  and (category_group.uuid = :group_uuid::uuid)
  and ((exists (select 1
  from offering offered
  where offered.category_id = category.id)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.shared))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.name ilike '%offering-name%'))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offered.state = any('{Draft}'::text[])))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
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
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.state = any('{Draft}'::text[])))
  and (category_group.uuid = :group_uuid::uuid)
  and ((exists (select 1
  from offering offered
  where offered.category_id = category.id)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.shared))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.name ilike '%offering-name%'))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offered.state = any('{Draft}'::text[])))
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
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.state = any('{Draft}'::text[])))
  and (category_group.uuid = :group_uuid::uuid)
  and ((exists (select 1
  from offering offered
  where offered.category_id = category.id)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.shared))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.name ilike '%offering-name%'))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offered.state = any('{Draft}'::text[])))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
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
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.state = any('{Draft}'::text[])))
  and (category_group.uuid = :group_uuid::uuid)
  and ((exists (select 1
  from offering offered
  where offered.category_id = category.id)))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.shared))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.name ilike '%offering-name%'))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where using_customer.uuid = :resource_customer_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and (category.id in (select offered.category_id
  from offering offered
  where offered.id in (select kept.offering_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.state <> 'Terminated'
  and kept.project_id = any(array(select used_in.id
  from project used_in
  join customer using_customer on using_customer.id = used_in.customer_id
  where used_in.uuid = :resource_project_uuid::uuid))
  group by kept.offering_id having sum(kept.n) > 0)))
  and ((category.title ilike '%title%'))
  and (exists (select 1
  from offering offered
  where offered.category_id = category.id
  and offered.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid)
  and offered.state = any('{Draft}'::text[])))
  order by category.title, category.id
  limit 10) sized
  limit :id::bigint) cut
  join category on category.id = cut.id
  left join file icon on icon.id = category.icon_id
  left join category_group on category_group.id = category.group_id) as page;
