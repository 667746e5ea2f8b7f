-- GET /api/keys/
-- Generated: npm run gen

-- staff
select (select count(*)
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where k.created >= $1::timestamptz
  and k.fingerprint_md5 = $2
  and k.fingerprint_sha256 = $3
  and k.fingerprint_sha512 = $4
  and (k.is_shared)
  and k.modified >= $5::timestamptz
  and (k.name ilike $6)
  and k.name = $7
  and owner.uuid = $8::uuid
  and k.uuid = $9::uuid) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(k.uuid) || '"', ',"name":', to_json((k.name)::text)::text, ',"public_key":', to_json((k.public_key)::text)::text, ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text, ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text, ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text, ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"', ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end), ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.name, k.id) || ']', '[]')
  from (select $10::text as base, $11::bigint as actor_id, $12::boolean as is_staff, $13::boolean as is_support, $14::boolean as reads_all, site_day(now(), $15::text) as today) ctx
  cross join (select k.id
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where k.created >= $16::timestamptz
  and k.fingerprint_md5 = $17
  and k.fingerprint_sha256 = $18
  and k.fingerprint_sha512 = $19
  and (k.is_shared)
  and k.modified >= $20::timestamptz
  and (k.name ilike $21)
  and k.name = $22
  and owner.uuid = $23::uuid
  and k.uuid = $24::uuid
  order by k.name, k.id
  limit 10) cut
  join ssh_key k on k.id = cut.id
  join "user" owner on owner.id = k.user_id) as page;

-- the owner of an organization
select (select count(*)
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.user_id = $1
  or k.is_shared)
  and k.created >= $2::timestamptz
  and k.fingerprint_md5 = $3
  and k.fingerprint_sha256 = $4
  and k.fingerprint_sha512 = $5
  and (k.is_shared)
  and k.modified >= $6::timestamptz
  and (k.name ilike $7)
  and k.name = $8
  and owner.uuid = $9::uuid
  and k.uuid = $10::uuid) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(k.uuid) || '"', ',"name":', to_json((k.name)::text)::text, ',"public_key":', to_json((k.public_key)::text)::text, ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text, ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text, ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text, ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"', ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end), ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.name, k.id) || ']', '[]')
  from (select $11::text as base, $12::bigint as actor_id, $13::boolean as is_staff, $14::boolean as is_support, $15::boolean as reads_all, site_day(now(), $16::text) as today) ctx
  cross join (select k.id
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.user_id = $17
  or k.is_shared)
  and k.created >= $18::timestamptz
  and k.fingerprint_md5 = $19
  and k.fingerprint_sha256 = $20
  and k.fingerprint_sha512 = $21
  and (k.is_shared)
  and k.modified >= $22::timestamptz
  and (k.name ilike $23)
  and k.name = $24
  and owner.uuid = $25::uuid
  and k.uuid = $26::uuid
  order by k.name, k.id
  limit 10) cut
  join ssh_key k on k.id = cut.id
  join "user" owner on owner.id = k.user_id) as page;
