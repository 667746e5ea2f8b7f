-- GET /api/keys/
-- Generated: npm run gen

-- staff
select (select count(*)
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.created >= ':created'::timestamptz)
  and (k.fingerprint_md5 = :fingerprint_md5)
  and (k.fingerprint_sha256 = :fingerprint_sha256)
  and (k.fingerprint_sha512 = :fingerprint_sha512)
  and ((k.is_shared))
  and (k.modified >= ':modified'::timestamptz)
  and ((k.name ilike '%name%'))
  and (k.name = :name_exact)
  and (owner.uuid = :user_uuid::uuid)
  and (k.uuid = :uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(k.uuid) || '"',
    ',"name":', to_json((k.name)::text)::text,
    ',"public_key":', to_json((k.public_key)::text)::text,
    ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text,
    ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text,
    ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"',
    ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end),
    ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.name, k.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select k.id
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.created >= ':created'::timestamptz)
  and (k.fingerprint_md5 = :fingerprint_md5)
  and (k.fingerprint_sha256 = :fingerprint_sha256)
  and (k.fingerprint_sha512 = :fingerprint_sha512)
  and ((k.is_shared))
  and (k.modified >= ':modified'::timestamptz)
  and ((k.name ilike '%name%'))
  and (k.name = :name_exact)
  and (owner.uuid = :user_uuid::uuid)
  and (k.uuid = :uuid::uuid)
  order by k.name, k.id
  limit 10) sized
  limit :id::bigint) cut
  join ssh_key k on k.id = cut.id
  join "user" owner on owner.id = k.user_id) as page;

-- the owner of an organization
select (select count(*)
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.user_id = :id
  or k.is_shared)
  and (k.created >= ':created'::timestamptz)
  and (k.fingerprint_md5 = :fingerprint_md5)
  and (k.fingerprint_sha256 = :fingerprint_sha256)
  and (k.fingerprint_sha512 = :fingerprint_sha512)
  and ((k.is_shared))
  and (k.modified >= ':modified'::timestamptz)
  and ((k.name ilike '%name%'))
  and (k.name = :name_exact)
  and (owner.uuid = :user_uuid::uuid)
  and (k.uuid = :uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(k.uuid) || '"',
    ',"name":', to_json((k.name)::text)::text,
    ',"public_key":', to_json((k.public_key)::text)::text,
    ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text,
    ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text,
    ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"',
    ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end),
    ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.name, k.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select k.id
  from ssh_key k
  join "user" owner on owner.id = k.user_id
  where (k.user_id = :id
  or k.is_shared)
  and (k.created >= ':created'::timestamptz)
  and (k.fingerprint_md5 = :fingerprint_md5)
  and (k.fingerprint_sha256 = :fingerprint_sha256)
  and (k.fingerprint_sha512 = :fingerprint_sha512)
  and ((k.is_shared))
  and (k.modified >= ':modified'::timestamptz)
  and ((k.name ilike '%name%'))
  and (k.name = :name_exact)
  and (owner.uuid = :user_uuid::uuid)
  and (k.uuid = :uuid::uuid)
  order by k.name, k.id
  limit 10) sized
  limit :id::bigint) cut
  join ssh_key k on k.id = cut.id
  join "user" owner on owner.id = k.user_id) as page;
