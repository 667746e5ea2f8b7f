-- GET /api/projects/{uuid}/list_users/
-- Generated: npm run gen

-- staff
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = $1::uuid) ;
select (select count(*)
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike $1))
  and ((u.native_name ilike $2))
  and ((r.name = any($3::text[])
  or r.uuid = any($4::uuid[])))
  and ((u.first_name ilike $5
  or u.last_name ilike $6
  or u.full_name ilike $7
  or u.email ilike $8
  or u.username ilike $9))
  and (u.uuid = $10::uuid)
  and (u.slug = $11)
  and (u.uuid = $12::uuid)
  and (u.username = $13)
  and ((g.scope_type = $14
  and g.scope_id = $15
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(g.uuid) || '"', ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"role_name":', to_json((r.name)::text)::text, ',"role_uuid":', '"' || wire_uuid(r.uuid) || '"', ',"user_email":', to_json((u.email)::text)::text, ',"user_full_name":', to_json((u.full_name)::text)::text, ',"user_username":', to_json((u.username)::text)::text, ',"user_uuid":', '"' || wire_uuid(u.uuid) || '"', ',"user_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_uuid":' || '"' || wire_uuid(granter.uuid) || '"'), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $16::text as base) ctx
  cross join (select g.id
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike $17))
  and ((u.native_name ilike $18))
  and ((r.name = any($19::text[])
  or r.uuid = any($20::uuid[])))
  and ((u.first_name ilike $21
  or u.last_name ilike $22
  or u.full_name ilike $23
  or u.email ilike $24
  or u.username ilike $25))
  and (u.uuid = $26::uuid)
  and (u.slug = $27)
  and (u.uuid = $28::uuid)
  and (u.username = $29)
  and ((g.scope_type = $30
  and g.scope_id = $31
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))
  order by g.created, g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = $1::uuid)
  and (("p"."id" = any($2::bigint[])
  or "p"."customer_id" = any($3::bigint[]))) ;
select (select count(*)
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike $1))
  and ((u.native_name ilike $2))
  and ((r.name = any($3::text[])
  or r.uuid = any($4::uuid[])))
  and ((u.first_name ilike $5
  or u.last_name ilike $6
  or u.full_name ilike $7
  or u.email ilike $8
  or u.username ilike $9))
  and (u.uuid = $10::uuid)
  and (u.slug = $11)
  and (u.uuid = $12::uuid)
  and (u.username = $13)
  and ((g.scope_type = $14
  and g.scope_id = $15
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(g.uuid) || '"', ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"role_name":', to_json((r.name)::text)::text, ',"role_uuid":', '"' || wire_uuid(r.uuid) || '"', ',"user_email":', to_json((u.email)::text)::text, ',"user_full_name":', to_json((u.full_name)::text)::text, ',"user_username":', to_json((u.username)::text)::text, ',"user_uuid":', '"' || wire_uuid(u.uuid) || '"', ',"user_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_uuid":' || '"' || wire_uuid(granter.uuid) || '"'), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $16::text as base) ctx
  cross join (select g.id
  from live_grant g
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  where ((u.full_name ilike $17))
  and ((u.native_name ilike $18))
  and ((r.name = any($19::text[])
  or r.uuid = any($20::uuid[])))
  and ((u.first_name ilike $21
  or u.last_name ilike $22
  or u.full_name ilike $23
  or u.email ilike $24
  or u.username ilike $25))
  and (u.uuid = $26::uuid)
  and (u.slug = $27)
  and (u.uuid = $28::uuid)
  and (u.username = $29)
  and ((g.scope_type = $30
  and g.scope_id = $31
  and exists (select 1
  from "user" holder
  where holder.id = g.user_id
  and holder.is_active)))
  order by g.created, g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join "user" u on u.id = g.user_id
  join role r on r.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join file image on image.id = u.image_id) as page;
