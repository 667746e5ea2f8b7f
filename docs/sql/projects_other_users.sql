-- GET /api/projects/{uuid}/other_users/
-- Generated: npm run gen

-- staff
select p.id, p.uuid, p.name, p.customer_id, p.is_removed, p.start_date, p.end_date, p.image_id, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where p.uuid = $1::uuid ;
select (select count(*)
  from "user" u
  where u.agreement_date >= $1::timestamptz
  and u.civil_number = $2
  and u.date_joined >= $3::timestamptz
  and (u.description ilike $4)
  and (u.email ilike $5)
  and (u.full_name ilike $6)
  and (u.is_active)
  and (u.job_title ilike $7)
  and u.modified >= $8::timestamptz
  and (u.native_name ilike $9)
  and (u.organization ilike $10)
  and (u.phone_number ilike $11)
  and u.registration_method = $12
  and (u.first_name ilike $13
  or u.last_name ilike $14
  or u.full_name ilike $15
  or u.native_name ilike $16
  or u.username ilike $17
  or u.email ilike $18
  or u.civil_number ilike $19)
  and u.username = $20
  and (u.is_active
  and exists (select 1
  from role_grant theirs
  where theirs.user_id = u.id
  and (theirs.is_active
  and (theirs.expiration_time is null
  or theirs.expiration_time > now())
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $21)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $22
  and not inside.is_removed)))))
  and not exists (select 1
  from role_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $23
  and held.is_active
  and (held.expiration_time is null
  or held.expiration_time > now())))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"native_name":', to_json((u.native_name)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id) || ']', '[]')
  from (select $24::text as base, $25::bigint as actor_id, $26::boolean as is_staff, $27::boolean as is_support, $28::boolean as reads_all, site_day(now(), $29::text) as today) ctx
  cross join (select u.id
  from "user" u
  where u.agreement_date >= $30::timestamptz
  and u.civil_number = $31
  and u.date_joined >= $32::timestamptz
  and (u.description ilike $33)
  and (u.email ilike $34)
  and (u.full_name ilike $35)
  and (u.is_active)
  and (u.job_title ilike $36)
  and u.modified >= $37::timestamptz
  and (u.native_name ilike $38)
  and (u.organization ilike $39)
  and (u.phone_number ilike $40)
  and u.registration_method = $41
  and (u.first_name ilike $42
  or u.last_name ilike $43
  or u.full_name ilike $44
  or u.native_name ilike $45
  or u.username ilike $46
  or u.email ilike $47
  or u.civil_number ilike $48)
  and u.username = $49
  and (u.is_active
  and exists (select 1
  from role_grant theirs
  where theirs.user_id = u.id
  and (theirs.is_active
  and (theirs.expiration_time is null
  or theirs.expiration_time > now())
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $50)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $51
  and not inside.is_removed)))))
  and not exists (select 1
  from role_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $52
  and held.is_active
  and (held.expiration_time is null
  or held.expiration_time > now())))
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id
  limit 10) cut
  join "user" u on u.id = cut.id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select p.id, p.uuid, p.name, p.customer_id, p.is_removed, p.start_date, p.end_date, p.image_id, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where p.uuid = $1::uuid
  and (("p"."id" = any($2::bigint[])
  or "p"."customer_id" = any($3::bigint[]))) ;
select (select count(*)
  from "user" u
  where u.agreement_date >= $1::timestamptz
  and u.civil_number = $2
  and u.date_joined >= $3::timestamptz
  and (u.description ilike $4)
  and (u.email ilike $5)
  and (u.full_name ilike $6)
  and (u.is_active)
  and (u.job_title ilike $7)
  and u.modified >= $8::timestamptz
  and (u.native_name ilike $9)
  and (u.organization ilike $10)
  and (u.phone_number ilike $11)
  and u.registration_method = $12
  and (u.first_name ilike $13
  or u.last_name ilike $14
  or u.full_name ilike $15
  or u.native_name ilike $16
  or u.username ilike $17
  or u.email ilike $18
  or u.civil_number ilike $19)
  and u.username = $20
  and (u.is_active
  and exists (select 1
  from role_grant theirs
  where theirs.user_id = u.id
  and (theirs.is_active
  and (theirs.expiration_time is null
  or theirs.expiration_time > now())
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $21)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $22
  and not inside.is_removed)))))
  and not exists (select 1
  from role_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $23
  and held.is_active
  and (held.expiration_time is null
  or held.expiration_time > now())))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"native_name":', to_json((u.native_name)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id) || ']', '[]')
  from (select $24::text as base, $25::bigint as actor_id, $26::boolean as is_staff, $27::boolean as is_support, $28::boolean as reads_all, site_day(now(), $29::text) as today) ctx
  cross join (select u.id
  from "user" u
  where u.agreement_date >= $30::timestamptz
  and u.civil_number = $31
  and u.date_joined >= $32::timestamptz
  and (u.description ilike $33)
  and (u.email ilike $34)
  and (u.full_name ilike $35)
  and (u.is_active)
  and (u.job_title ilike $36)
  and u.modified >= $37::timestamptz
  and (u.native_name ilike $38)
  and (u.organization ilike $39)
  and (u.phone_number ilike $40)
  and u.registration_method = $41
  and (u.first_name ilike $42
  or u.last_name ilike $43
  or u.full_name ilike $44
  or u.native_name ilike $45
  or u.username ilike $46
  or u.email ilike $47
  or u.civil_number ilike $48)
  and u.username = $49
  and (u.is_active
  and exists (select 1
  from role_grant theirs
  where theirs.user_id = u.id
  and (theirs.is_active
  and (theirs.expiration_time is null
  or theirs.expiration_time > now())
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $50)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $51
  and not inside.is_removed)))))
  and not exists (select 1
  from role_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $52
  and held.is_active
  and (held.expiration_time is null
  or held.expiration_time > now())))
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id
  limit 10) cut
  join "user" u on u.id = cut.id
  left join file image on image.id = u.image_id) as page;
