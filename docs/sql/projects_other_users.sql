-- GET /api/projects/{uuid}/other_users/
-- Generated: npm run gen

-- staff
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.image_id as image_id, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = :uuid::uuid) ;
select (select count(*)
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join "user" u
  where ((u.agreement_date >= ':agreement_date'::timestamptz))
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and ((u.date_joined >= ':date_joined'::timestamptz))
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and (((u.job_title ilike '%jobtitle%')))
  and ((u.modified >= ':modified'::timestamptz))
  and ((u.native_name ilike '%nativename%'))
  and (((u.organization ilike '%organization%')))
  and (((u.phone_number ilike '%phonenumber%')))
  and ((u.registration_method = :registration_method))
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or u.native_name ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = :id)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = :id)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select u.id
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join "user" u
  where ((u.agreement_date >= ':agreement_date'::timestamptz))
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and ((u.date_joined >= ':date_joined'::timestamptz))
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and (((u.job_title ilike '%jobtitle%')))
  and ((u.modified >= ':modified'::timestamptz))
  and ((u.native_name ilike '%nativename%'))
  and (((u.organization ilike '%organization%')))
  and (((u.phone_number ilike '%phonenumber%')))
  and ((u.registration_method = :registration_method))
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or u.native_name ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = :id)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = :id)))
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id
  limit 10) sized
  limit :id::bigint) cut
  join "user" u on u.id = cut.id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.image_id as image_id, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = :uuid::uuid)
  and (("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))) ;
select (select count(*)
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join "user" u
  where ((u.agreement_date >= ':agreement_date'::timestamptz)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and ((u.date_joined >= ':date_joined'::timestamptz)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and (((u.job_title ilike '%jobtitle%'))
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.modified >= ':modified'::timestamptz)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.native_name ilike '%nativename%'))
  and (((u.organization ilike '%organization%'))
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and (((u.phone_number ilike '%phonenumber%'))
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.registration_method = :registration_method)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or u.native_name ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = :id)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = :id)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select u.id
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join "user" u
  where ((u.agreement_date >= ':agreement_date'::timestamptz)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and ((u.date_joined >= ':date_joined'::timestamptz)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%fullname%'))
  and ((u.is_active))
  and (((u.job_title ilike '%jobtitle%'))
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.modified >= ':modified'::timestamptz)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.native_name ilike '%nativename%'))
  and (((u.organization ilike '%organization%'))
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and (((u.phone_number ilike '%phonenumber%'))
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.registration_method = :registration_method)
  and ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff)))
  and ((u.first_name ilike '%userkeyword%'
  or u.last_name ilike '%userkeyword%'
  or u.full_name ilike '%userkeyword%'
  or u.native_name ilike '%userkeyword%'
  or u.username ilike '%userkeyword%'
  or u.email ilike '%userkeyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%userkeyword%'))
  and (u.username = :username)
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = :id)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = :id
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = :id)))
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id
  limit 10) sized
  limit :id::bigint) cut
  join "user" u on u.id = cut.id
  left join file image on image.id = u.image_id) as page;
