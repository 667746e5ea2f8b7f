-- GET /api/customers/{uuid}/users/
-- Generated: npm run gen

-- staff
select c.id as id, c.uuid as uuid, c.name as name, c.native_name as native_name, c.abbreviation as abbreviation, c.id as customer_id, c.blocked as customer_blocked, c.archived as customer_archived
  from customer c
  where (c.uuid = $1::uuid)
  and (not "c"."is_removed") ;
select (select count(*)
  from live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where (u.agreement_date >= $1::timestamptz)
  and (u.civil_number = $2)
  and (u.date_joined >= $3::timestamptz)
  and ((u.description ilike $4))
  and ((u.email ilike $5))
  and ((u.full_name ilike $6))
  and ((u.is_active))
  and ((u.job_title ilike $7))
  and (u.modified >= $8::timestamptz)
  and ((u.native_name ilike $9))
  and ((u.organization ilike $10))
  and ((u.phone_number ilike $11))
  and (u.registration_method = $12)
  and ((u.first_name ilike $13
  or u.last_name ilike $14
  or u.full_name ilike $15
  or u.native_name ilike $16
  or u.username ilike $17
  or u.email ilike $18
  or u.civil_number ilike $19))
  and (u.username = $20)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $21
  and theirs.scope_id = place.customer_id
  and named.name = any($22::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $23
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any($24::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = $25)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $26
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = $27)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $28
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"role_name":', coalesce(to_json((held.name)::text)::text, 'null'), ',"role":', coalesce(to_json((held.name)::text)::text, 'null'), ',"projects":', (select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(member_of.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(member_of.uuid) || '"', ',"name":', to_json((member_of.name)::text)::text, ',"role_name":', to_json((member_role.name)::text)::text, ',"role":', to_json((member_role.name)::text)::text, ',"expiration_time":', coalesce('"' || wire_time(member.expiration_time) || '"', 'null')), 2) || '}', ','
  order by member_of.name, member.id) || ']', '[]')
  from live_grant member
  join role member_role on member_role.id = member.role_id
  join project member_of on member_of.id = member.scope_id
  and not member_of.is_removed
  where member.user_id = g.user_id
  and member.scope_type = 'project'
  and member_of.customer_id = place.customer_id), ',"expiration_time":', coalesce('"' || wire_time(held.expiration_time) || '"', 'null'), ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id) || ']', '[]')
  from (select $29::text as base) ctx
  cross join (select g.id
  from live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where (u.agreement_date >= $30::timestamptz)
  and (u.civil_number = $31)
  and (u.date_joined >= $32::timestamptz)
  and ((u.description ilike $33))
  and ((u.email ilike $34))
  and ((u.full_name ilike $35))
  and ((u.is_active))
  and ((u.job_title ilike $36))
  and (u.modified >= $37::timestamptz)
  and ((u.native_name ilike $38))
  and ((u.organization ilike $39))
  and ((u.phone_number ilike $40))
  and (u.registration_method = $41)
  and ((u.first_name ilike $42
  or u.last_name ilike $43
  or u.full_name ilike $44
  or u.native_name ilike $45
  or u.username ilike $46
  or u.email ilike $47
  or u.civil_number ilike $48))
  and (u.username = $49)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $50
  and theirs.scope_id = place.customer_id
  and named.name = any($51::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $52
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any($53::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = $54)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $55
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = $56)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $57
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join "user" u on u.id = g.user_id
  left join file image on image.id = u.image_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  left join lateral (select held_role.name, held_grant.expiration_time
  from live_grant held_grant
  join role held_role on held_role.id = held_grant.role_id
  where held_grant.user_id = g.user_id
  and held_grant.scope_type = 'customer'
  and held_grant.scope_id = place.customer_id
  order by held_grant.id
  limit 1) held on true) as page;

-- the owner of an organization
select c.id as id, c.uuid as uuid, c.name as name, c.native_name as native_name, c.abbreviation as abbreviation, c.id as customer_id, c.blocked as customer_blocked, c.archived as customer_archived
  from customer c
  where (c.uuid = $1::uuid)
  and (("c"."id" = any($2::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any($3::bigint[])))) ;
select (select count(*)
  from live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where (u.agreement_date >= $1::timestamptz)
  and (u.civil_number = $2)
  and (u.date_joined >= $3::timestamptz)
  and ((u.description ilike $4))
  and ((u.email ilike $5))
  and ((u.full_name ilike $6))
  and ((u.is_active))
  and ((u.job_title ilike $7))
  and (u.modified >= $8::timestamptz)
  and ((u.native_name ilike $9))
  and ((u.organization ilike $10))
  and ((u.phone_number ilike $11))
  and (u.registration_method = $12)
  and ((u.first_name ilike $13
  or u.last_name ilike $14
  or u.full_name ilike $15
  or u.native_name ilike $16
  or u.username ilike $17
  or u.email ilike $18
  or u.civil_number ilike $19))
  and (u.username = $20)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $21
  and theirs.scope_id = place.customer_id
  and named.name = any($22::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $23
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any($24::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = $25)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $26
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = $27)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $28
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"role_name":', coalesce(to_json((held.name)::text)::text, 'null'), ',"role":', coalesce(to_json((held.name)::text)::text, 'null'), ',"projects":', (select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(member_of.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(member_of.uuid) || '"', ',"name":', to_json((member_of.name)::text)::text, ',"role_name":', to_json((member_role.name)::text)::text, ',"role":', to_json((member_role.name)::text)::text, ',"expiration_time":', coalesce('"' || wire_time(member.expiration_time) || '"', 'null')), 2) || '}', ','
  order by member_of.name, member.id) || ']', '[]')
  from live_grant member
  join role member_role on member_role.id = member.role_id
  join project member_of on member_of.id = member.scope_id
  and not member_of.is_removed
  where member.user_id = g.user_id
  and member.scope_type = 'project'
  and member_of.customer_id = place.customer_id), ',"expiration_time":', coalesce('"' || wire_time(held.expiration_time) || '"', 'null'), ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id) || ']', '[]')
  from (select $29::text as base) ctx
  cross join (select g.id
  from live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where (u.agreement_date >= $30::timestamptz)
  and (u.civil_number = $31)
  and (u.date_joined >= $32::timestamptz)
  and ((u.description ilike $33))
  and ((u.email ilike $34))
  and ((u.full_name ilike $35))
  and ((u.is_active))
  and ((u.job_title ilike $36))
  and (u.modified >= $37::timestamptz)
  and ((u.native_name ilike $38))
  and ((u.organization ilike $39))
  and ((u.phone_number ilike $40))
  and (u.registration_method = $41)
  and ((u.first_name ilike $42
  or u.last_name ilike $43
  or u.full_name ilike $44
  or u.native_name ilike $45
  or u.username ilike $46
  or u.email ilike $47
  or u.civil_number ilike $48))
  and (u.username = $49)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $50
  and theirs.scope_id = place.customer_id
  and named.name = any($51::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = $52
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any($53::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = $54)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $55
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = $56)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $57
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join "user" u on u.id = g.user_id
  left join file image on image.id = u.image_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  left join lateral (select held_role.name, held_grant.expiration_time
  from live_grant held_grant
  join role held_role on held_role.id = held_grant.role_id
  where held_grant.user_id = g.user_id
  and held_grant.scope_type = 'customer'
  and held_grant.scope_id = place.customer_id
  order by held_grant.id
  limit 1) held on true) as page;
