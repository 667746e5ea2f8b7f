-- GET /api/marketplace-screenshots/
-- Generated: npm run gen

-- staff
select (select count(*)
  from offering_screenshot screenshot
  join offering on offering.id = screenshot.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and (parent.uuid = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-screenshots/' || wire_uuid(screenshot.uuid) || '/' || '"',
    ',"name":', to_json((screenshot.name)::text)::text,
    ',"uuid":', '"' || wire_uuid(screenshot.uuid) || '"',
    ',"description":', to_json((screenshot.description)::text)::text,
    ',"image":', '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"',
    ',"thumbnail":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"created":', '"' || wire_time(screenshot.created) || '"',
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"customer_uuid":', '"' || wire_uuid(provider.uuid) || '"'), 2) || '}', ','
  order by screenshot.created, screenshot.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select screenshot.id
  from offering_screenshot screenshot
  join offering on offering.id = screenshot.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and (parent.uuid = :parent_offering_uuid::uuid)
  order by screenshot.created, screenshot.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_screenshot screenshot on screenshot.id = cut.id
  join offering on offering.id = screenshot.offering_id
  join customer provider on provider.id = offering.customer_id
  join file image on image.id = screenshot.image_id) as page;

-- the owner of an organization
select (select count(*)
  from offering_screenshot screenshot
  join offering on offering.id = screenshot.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = "screenshot"."offering_id"
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
    ',"url":', '"' || ctx.base || '/api/marketplace-screenshots/' || wire_uuid(screenshot.uuid) || '/' || '"',
    ',"name":', to_json((screenshot.name)::text)::text,
    ',"uuid":', '"' || wire_uuid(screenshot.uuid) || '"',
    ',"description":', to_json((screenshot.description)::text)::text,
    ',"image":', '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"',
    ',"thumbnail":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"created":', '"' || wire_time(screenshot.created) || '"',
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"customer_uuid":', '"' || wire_uuid(provider.uuid) || '"'), 2) || '}', ','
  order by screenshot.created, screenshot.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select screenshot.id
  from offering_screenshot screenshot
  join offering on offering.id = screenshot.offering_id
  left join offering parent on parent.id = offering.parent_id
  where (exists (select 1
  from offering
  where offering.id = "screenshot"."offering_id"
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
  order by screenshot.created, screenshot.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_screenshot screenshot on screenshot.id = cut.id
  join offering on offering.id = screenshot.offering_id
  join customer provider on provider.id = offering.customer_id
  join file image on image.id = screenshot.image_id) as page;
