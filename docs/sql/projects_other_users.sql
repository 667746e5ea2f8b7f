-- GET /api/projects/{uuid}/other_users/
-- Generated: npm run gen

-- staff
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = $1::uuid) ;
select (select count(*)
  from "user" u
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
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $21)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $22
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $23)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"native_name":', to_json((u.native_name)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id) || ']', '[]')
  from (select $24::text as base) ctx
  cross join (select u.id
  from "user" u
  where (u.agreement_date >= $25::timestamptz)
  and (u.civil_number = $26)
  and (u.date_joined >= $27::timestamptz)
  and ((u.description ilike $28))
  and ((u.email ilike $29))
  and ((u.full_name ilike $30))
  and ((u.is_active))
  and ((u.job_title ilike $31))
  and (u.modified >= $32::timestamptz)
  and ((u.native_name ilike $33))
  and ((u.organization ilike $34))
  and ((u.phone_number ilike $35))
  and (u.registration_method = $36)
  and ((u.first_name ilike $37
  or u.last_name ilike $38
  or u.full_name ilike $39
  or u.native_name ilike $40
  or u.username ilike $41
  or u.email ilike $42
  or u.civil_number ilike $43))
  and (u.username = $44)
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $45)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $46
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $47)))
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id
  limit 10) cut
  join "user" u on u.id = cut.id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = $1::uuid)
  and (("p"."id" = any($2::bigint[])
  or "p"."customer_id" = any($3::bigint[]))) ;
select (select count(*)
  from "user" u
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
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $21)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $22
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $23)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"native_name":', to_json((u.native_name)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id) || ']', '[]')
  from (select $24::text as base) ctx
  cross join (select u.id
  from "user" u
  where (u.agreement_date >= $25::timestamptz)
  and (u.civil_number = $26)
  and (u.date_joined >= $27::timestamptz)
  and ((u.description ilike $28))
  and ((u.email ilike $29))
  and ((u.full_name ilike $30))
  and ((u.is_active))
  and ((u.job_title ilike $31))
  and (u.modified >= $32::timestamptz)
  and ((u.native_name ilike $33))
  and ((u.organization ilike $34))
  and ((u.phone_number ilike $35))
  and (u.registration_method = $36)
  and ((u.first_name ilike $37
  or u.last_name ilike $38
  or u.full_name ilike $39
  or u.native_name ilike $40
  or u.username ilike $41
  or u.email ilike $42
  or u.civil_number ilike $43))
  and (u.username = $44)
  and ((u.is_active
  and exists (select 1
  from live_grant theirs
  where theirs.user_id = u.id
  and (("theirs"."scope_type" = 'customer'
  and "theirs"."scope_id" = $45)
  or ("theirs"."scope_type" = 'project'
  and "theirs"."scope_id" in (select inside.id
  from project inside
  where inside.customer_id = $46
  and not inside.is_removed))))
  and not exists (select 1
  from live_grant held
  where held.user_id = u.id
  and held.scope_type = 'project'
  and held.scope_id = $47)))
  order by lower(concat(u.first_name, u.last_name, u.username)), u.id
  limit 10) cut
  join "user" u on u.id = cut.id
  left join file image on image.id = u.image_id) as page;
