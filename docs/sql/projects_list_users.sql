-- GET /api/projects/{uuid}/list_users/
-- Generated: npm run gen

-- staff
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.image_id as image_id, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = :uuid::uuid) ;
select (select count(*)
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike '%fullname%'))
  and ((u.native_name ilike '%nativename%'))
  and ((r.name = any(:role::text[])
  or r.uuid = any('{}'::uuid[])))
  and ((u.first_name ilike '%searchstring%'
  or u.last_name ilike '%searchstring%'
  or u.full_name ilike '%searchstring%'
  or u.email ilike '%searchstring%'
  or u.username ilike '%searchstring%'))
  and (u.uuid = :user::uuid)
  and (u.slug = :user_slug)
  and (u.uuid = :user_url::uuid)
  and (u.username = :username)
  and ((g.scope_type = 'project'
  and g.scope_id = :id
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(g.uuid) || '"',
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"role_name":', to_json((r.name)::text)::text,
    ',"role_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"user_email":', to_json((u.email)::text)::text,
    ',"user_full_name":', to_json((u.full_name)::text)::text,
    ',"user_username":', to_json((u.username)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"user_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"',
    ',"created_by_full_name":' || to_json((granter.full_name)::text)::text,
    ',"created_by_uuid":' || '"' || wire_uuid(granter.uuid) || '"'), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select g.id
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike '%fullname%'))
  and ((u.native_name ilike '%nativename%'))
  and ((r.name = any(:role::text[])
  or r.uuid = any('{}'::uuid[])))
  and ((u.first_name ilike '%searchstring%'
  or u.last_name ilike '%searchstring%'
  or u.full_name ilike '%searchstring%'
  or u.email ilike '%searchstring%'
  or u.username ilike '%searchstring%'))
  and (u.uuid = :user::uuid)
  and (u.slug = :user_slug)
  and (u.uuid = :user_url::uuid)
  and (u.username = :username)
  and ((g.scope_type = 'project'
  and g.scope_id = :id
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))
  order by g.created, g.id
  limit 10) sized
  limit :id::bigint) cut
  join live_grant g on g.id = cut.id
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.image_id as image_id, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = :uuid::uuid)
  and (("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))) ;
select (select count(*)
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike '%fullname%'))
  and ((u.native_name ilike '%nativename%'))
  and ((r.name = any(:role::text[])
  or r.uuid = any('{}'::uuid[])))
  and ((u.first_name ilike '%searchstring%'
  or u.last_name ilike '%searchstring%'
  or u.full_name ilike '%searchstring%'
  or u.email ilike '%searchstring%'
  or u.username ilike '%searchstring%'))
  and (u.uuid = :user::uuid)
  and (u.slug = :user_slug)
  and (u.uuid = :user_url::uuid)
  and (u.username = :username)
  and ((g.scope_type = 'project'
  and g.scope_id = :id
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(g.uuid) || '"',
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"role_name":', to_json((r.name)::text)::text,
    ',"role_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"user_email":', to_json((u.email)::text)::text,
    ',"user_full_name":', to_json((u.full_name)::text)::text,
    ',"user_username":', to_json((u.username)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"user_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"',
    ',"created_by_full_name":' || to_json((granter.full_name)::text)::text,
    ',"created_by_uuid":' || '"' || wire_uuid(granter.uuid) || '"'), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select g.id
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike '%fullname%'))
  and ((u.native_name ilike '%nativename%'))
  and ((r.name = any(:role::text[])
  or r.uuid = any('{}'::uuid[])))
  and ((u.first_name ilike '%searchstring%'
  or u.last_name ilike '%searchstring%'
  or u.full_name ilike '%searchstring%'
  or u.email ilike '%searchstring%'
  or u.username ilike '%searchstring%'))
  and (u.uuid = :user::uuid)
  and (u.slug = :user_slug)
  and (u.uuid = :user_url::uuid)
  and (u.username = :username)
  and ((g.scope_type = 'project'
  and g.scope_id = :id
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))
  order by g.created, g.id
  limit 10) sized
  limit :id::bigint) cut
  join live_grant g on g.id = cut.id
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join file image on image.id = u.image_id) as page;
