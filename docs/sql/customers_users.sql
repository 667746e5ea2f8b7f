-- GET /api/customers/{uuid}/users/
-- Generated: npm run gen

-- staff
select c.id as id, c.uuid as uuid, c.name as name, c.native_name as native_name, c.abbreviation as abbreviation, c.id as customer_id, c.image_id as image_id, c.blocked as customer_blocked, c.archived as customer_archived
  from customer c
  where (c.uuid = :uuid::uuid)
  and (not "c"."is_removed") ;
select (select count(*)
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where (u.agreement_date >= ':agreement_date'::timestamptz)
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and (u.date_joined >= ':date_joined'::timestamptz)
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and ((u.job_title ilike '%jobtitle%'))
  and (u.modified >= ':modified'::timestamptz)
  and (((case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%nativename%'))
  and ((u.organization ilike '%organization%'))
  and ((u.phone_number ilike '%phonenumber%'))
  and (u.registration_method = :registration_method)
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or (case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'customer'
  and theirs.scope_id = place.customer_id
  and named.name = any('{CUSTOMER.OWNER}'::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'project'
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any('{PROJECT.ADMIN}'::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = :id)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = :id)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"role_name":', coalesce(to_json((held.name)::text)::text, 'null'),
    ',"role":', coalesce(to_json((held.name)::text)::text, 'null'),
    ',"projects":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(member_of.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(member_of.uuid) || '"',
    ',"name":', to_json((member_of.name)::text)::text,
    ',"role_name":', to_json((member_role.name)::text)::text,
    ',"role":', to_json((member_role.name)::text)::text,
    ',"expiration_time":', coalesce('"' || wire_time(member.expiration_time) || '"', 'null')), 2) || '}', ','
  order by member_of.name, member.id) || ']', '[]')
  from live_grant member
  join role member_role on member_role.id = member.role_id
  join project member_of on member_of.id = member.scope_id
  and not member_of.is_removed
  where member.user_id = g.user_id
  and member.scope_type = 'project'
  and member_of.customer_id = place.customer_id),
    ',"expiration_time":', coalesce('"' || wire_time(held.expiration_time) || '"', 'null'),
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select g.id
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where (u.agreement_date >= ':agreement_date'::timestamptz)
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and (u.date_joined >= ':date_joined'::timestamptz)
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and ((u.job_title ilike '%jobtitle%'))
  and (u.modified >= ':modified'::timestamptz)
  and (((case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%nativename%'))
  and ((u.organization ilike '%organization%'))
  and ((u.phone_number ilike '%phonenumber%'))
  and (u.registration_method = :registration_method)
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or (case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'customer'
  and theirs.scope_id = place.customer_id
  and named.name = any('{CUSTOMER.OWNER}'::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'project'
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any('{PROJECT.ADMIN}'::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = :id)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = :id)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id
  limit 10) sized
  limit :id::bigint) cut
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
select c.id as id, c.uuid as uuid, c.name as name, c.native_name as native_name, c.abbreviation as abbreviation, c.id as customer_id, c.image_id as image_id, c.blocked as customer_blocked, c.archived as customer_archived
  from customer c
  where (c.uuid = :uuid::uuid)
  and (("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))) ;
select (select count(*)
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where ((u.agreement_date >= ':agreement_date'::timestamptz)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and ((u.date_joined >= ':date_joined'::timestamptz)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and (((u.job_title ilike '%jobtitle%'))
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((u.modified >= ':modified'::timestamptz)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and (((case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%nativename%'))
  and (((u.organization ilike '%organization%'))
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and (((u.phone_number ilike '%phonenumber%'))
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((u.registration_method = :registration_method)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or (case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'customer'
  and theirs.scope_id = place.customer_id
  and named.name = any('{CUSTOMER.OWNER}'::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'project'
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any('{PROJECT.ADMIN}'::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = :id)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = :id)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"role_name":', coalesce(to_json((held.name)::text)::text, 'null'),
    ',"role":', coalesce(to_json((held.name)::text)::text, 'null'),
    ',"projects":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/projects/' || wire_uuid(member_of.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(member_of.uuid) || '"',
    ',"name":', to_json((member_of.name)::text)::text,
    ',"role_name":', to_json((member_role.name)::text)::text,
    ',"role":', to_json((member_role.name)::text)::text,
    ',"expiration_time":', coalesce('"' || wire_time(member.expiration_time) || '"', 'null')), 2) || '}', ','
  order by member_of.name, member.id) || ']', '[]')
  from live_grant member
  join role member_role on member_role.id = member.role_id
  join project member_of on member_of.id = member.scope_id
  and not member_of.is_removed
  where member.user_id = g.user_id
  and member.scope_type = 'project'
  and member_of.customer_id = place.customer_id),
    ',"expiration_time":', coalesce('"' || wire_time(held.expiration_time) || '"', 'null'),
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select g.id
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join live_grant g
  join "user" u on u.id = g.user_id
  cross join lateral (select case g.scope_type when 'customer' then g.scope_id when 'project' then (select around.customer_id
  from project around
  where around.id = g.scope_id) end as customer_id) place
  where ((u.agreement_date >= ':agreement_date'::timestamptz)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and ((u.date_joined >= ':date_joined'::timestamptz)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and (((u.job_title ilike '%jobtitle%'))
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((u.modified >= ':modified'::timestamptz)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and (((case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%nativename%'))
  and (((u.organization ilike '%organization%'))
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and (((u.phone_number ilike '%phonenumber%'))
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((u.registration_method = :registration_method)
  and (exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id))))
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or (case when (ctx.reads_all
  or not u.is_staff
  or u.id = ctx.actor_id) then u.native_name end) ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'customer'
  and theirs.scope_id = place.customer_id
  and named.name = any('{CUSTOMER.OWNER}'::text[])))
  and (exists (select 1
  from live_grant theirs
  join role named on named.id = theirs.role_id
  where theirs.user_id = g.user_id
  and theirs.scope_type = 'project'
  and theirs.scope_id = any(select inside.id
  from project inside
  where inside.customer_id = place.customer_id)
  and named.name = any('{PROJECT.ADMIN}'::text[])))
  and (((("g"."scope_type" = 'customer'
  and "g"."scope_id" = :id)
  or ("g"."scope_type" = 'project'
  and "g"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed)))
  and not exists (select 1
  from live_grant earlier
  where earlier.user_id = g.user_id
  and earlier.id < g.id
  and (("earlier"."scope_type" = 'customer'
  and "earlier"."scope_id" = :id)
  or ("earlier"."scope_type" = 'project'
  and "earlier"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and person.is_active)))
  order by lower(concat(u.first_name, u.last_name, u.username)), g.id
  limit 10) sized
  limit :id::bigint) cut
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
