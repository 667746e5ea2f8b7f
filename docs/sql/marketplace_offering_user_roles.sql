-- GET /api/marketplace-offering-user-roles/
-- Generated: npm run gen

-- staff
select (select count(*)
  from offering_user_role part
  join offering on offering.id = part.offering_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and ((select parent.uuid
  from offering parent
  where parent.id = offering.parent_id) = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(part.uuid) || '"',
    ',"name":', to_json((part.name)::text)::text,
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text), 2) || '}', ','
  order by part.name, part.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select part.id
  from offering_user_role part
  join offering on offering.id = part.offering_id
  where (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and ((select parent.uuid
  from offering parent
  where parent.id = offering.parent_id) = :parent_offering_uuid::uuid)
  order by part.name, part.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_user_role part on part.id = cut.id
  join offering on offering.id = part.offering_id) as page;

-- the owner of an organization
select (select count(*)
  from offering_user_role part
  join offering on offering.id = part.offering_id
  where ((part.offering_id in (select offering.id
  from offering
  where (true)
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))))
  or exists (select
  from resource r
  join project p on p.id = r.project_id
  where r.offering_id = part.offering_id
  and r.state <> 'Terminated'
  and not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))))
  and (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and ((select parent.uuid
  from offering parent
  where parent.id = offering.parent_id) = :parent_offering_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(part.uuid) || '"',
    ',"name":', to_json((part.name)::text)::text,
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text), 2) || '}', ','
  order by part.name, part.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select part.id
  from offering_user_role part
  join offering on offering.id = part.offering_id
  where ((part.offering_id in (select offering.id
  from offering
  where (true)
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))))
  or exists (select
  from resource r
  join project p on p.id = r.project_id
  where r.offering_id = part.offering_id
  and r.state <> 'Terminated'
  and not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))))
  and (offering.uuid = :offering::uuid)
  and (offering.slug = any(:offering_slug::text[]))
  and (offering.uuid = any(:offering_uuid::uuid[]))
  and ((select parent.uuid
  from offering parent
  where parent.id = offering.parent_id) = :parent_offering_uuid::uuid)
  order by part.name, part.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_user_role part on part.id = cut.id
  join offering on offering.id = part.offering_id) as page;
