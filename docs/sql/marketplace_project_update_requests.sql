-- GET /api/marketplace-project-update-requests/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.uuid = $1::uuid
  and nothing.uuid = $2::uuid
  and nothing.uuid = $3::uuid
  and nothing.uuid = $4::uuid
  and nothing.word = any($5::text[])) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $6::text as base, $7::bigint as actor_id, $8::boolean as is_staff, $9::boolean as is_support, $10::boolean as reads_all, site_day(now(), $11::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.uuid = $12::uuid
  and nothing.uuid = $13::uuid
  and nothing.uuid = $14::uuid
  and nothing.uuid = $15::uuid
  and nothing.word = any($16::text[])
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.uuid = $1::uuid
  and nothing.uuid = $2::uuid
  and nothing.uuid = $3::uuid
  and nothing.uuid = $4::uuid
  and nothing.word = any($5::text[])) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $6::text as base, $7::bigint as actor_id, $8::boolean as is_staff, $9::boolean as is_support, $10::boolean as reads_all, site_day(now(), $11::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.uuid = $12::uuid
  and nothing.uuid = $13::uuid
  and nothing.uuid = $14::uuid
  and nothing.uuid = $15::uuid
  and nothing.word = any($16::text[])
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
