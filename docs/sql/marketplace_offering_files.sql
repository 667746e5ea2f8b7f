-- GET /api/marketplace-offering-files/
-- Generated: npm run gen

-- staff
select (select count(*)
  from offering_file attached
  join offering on offering.id = attached.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and (parent.uuid = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-offering-files/' || wire_uuid(attached.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(attached.uuid) || '"',
    ',"name":', to_json((attached.name)::text)::text,
    ',"created":', '"' || wire_time(attached.created) || '"',
    ',"file":', '"' || ctx.base || '/api/media/' || wire_uuid(file.uuid) || '/' || '"',
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"'), 2) || '}', ','
  order by attached.created, attached.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select attached.id
  from offering_file attached
  join offering on offering.id = attached.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and (parent.uuid = :parent_offering_uuid::uuid)
  order by attached.created, attached.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_file attached on attached.id = cut.id
  join offering on offering.id = attached.offering_id
  join file on file.id = attached.file_id) as page;

-- the owner of an organization
select (select count(*)
  from offering_file attached
  join offering on offering.id = attached.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = "attached"."offering_id"
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
  and (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and (parent.uuid = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-offering-files/' || wire_uuid(attached.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(attached.uuid) || '"',
    ',"name":', to_json((attached.name)::text)::text,
    ',"created":', '"' || wire_time(attached.created) || '"',
    ',"file":', '"' || ctx.base || '/api/media/' || wire_uuid(file.uuid) || '/' || '"',
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"'), 2) || '}', ','
  order by attached.created, attached.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select attached.id
  from offering_file attached
  join offering on offering.id = attached.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = "attached"."offering_id"
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
  and (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and (parent.uuid = :parent_offering_uuid::uuid)
  order by attached.created, attached.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_file attached on attached.id = cut.id
  join offering on offering.id = attached.offering_id
  join file on file.id = attached.file_id) as page;
