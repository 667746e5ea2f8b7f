-- GET /api/keys/
-- Generated: npm run gen

-- staff
select (select count(*)
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.created >= $1::timestamptz)
  and (k.fingerprint_md5 = $2)
  and (k.fingerprint_sha256 = $3)
  and (k.fingerprint_sha512 = $4)
  and ((k.is_shared))
  and (k.modified >= $5::timestamptz)
  and ((k.name ilike $6))
  and (k.name = $7)
  and (owner.uuid = $8::uuid)
  and (k.uuid = $9::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(k.uuid) || '"', ',"name":', to_json((k.name)::text)::text, ',"public_key":', to_json((k.public_key)::text)::text, ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text, ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text, ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text, ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"', ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end), ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.name, k.id) || ']', '[]')
  from (select $10::text as base) ctx
  cross join (select k.id
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.created >= $11::timestamptz)
  and (k.fingerprint_md5 = $12)
  and (k.fingerprint_sha256 = $13)
  and (k.fingerprint_sha512 = $14)
  and ((k.is_shared))
  and (k.modified >= $15::timestamptz)
  and ((k.name ilike $16))
  and (k.name = $17)
  and (owner.uuid = $18::uuid)
  and (k.uuid = $19::uuid)
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
  and (k.created >= $2::timestamptz)
  and (k.fingerprint_md5 = $3)
  and (k.fingerprint_sha256 = $4)
  and (k.fingerprint_sha512 = $5)
  and ((k.is_shared))
  and (k.modified >= $6::timestamptz)
  and ((k.name ilike $7))
  and (k.name = $8)
  and (owner.uuid = $9::uuid)
  and (k.uuid = $10::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(k.uuid) || '"', ',"name":', to_json((k.name)::text)::text, ',"public_key":', to_json((k.public_key)::text)::text, ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text, ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text, ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text, ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"', ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end), ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.name, k.id) || ']', '[]')
  from (select $11::text as base) ctx
  cross join (select k.id
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.user_id = $12
  or k.is_shared)
  and (k.created >= $13::timestamptz)
  and (k.fingerprint_md5 = $14)
  and (k.fingerprint_sha256 = $15)
  and (k.fingerprint_sha512 = $16)
  and ((k.is_shared))
  and (k.modified >= $17::timestamptz)
  and ((k.name ilike $18))
  and (k.name = $19)
  and (owner.uuid = $20::uuid)
  and (k.uuid = $21::uuid)
  order by k.name, k.id
  limit 10) cut
  join ssh_key k on k.id = cut.id
  join "user" owner on owner.id = k.user_id) as page;
