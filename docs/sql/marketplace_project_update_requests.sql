-- GET /api/marketplace-project-update-requests/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.uuid = $1::uuid)
  and (nothing.uuid = $2::uuid)
  and (nothing.uuid = $3::uuid)
  and (nothing.uuid = $4::uuid)
  and (nothing.word = any($5::text[]))) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.uuid = $6::uuid)
  and (nothing.uuid = $7::uuid)
  and (nothing.uuid = $8::uuid)
  and (nothing.uuid = $9::uuid)
  and (nothing.word = any($10::text[]))
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.uuid = $1::uuid)
  and (nothing.uuid = $2::uuid)
  and (nothing.uuid = $3::uuid)
  and (nothing.uuid = $4::uuid)
  and (nothing.word = any($5::text[]))) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.uuid = $6::uuid)
  and (nothing.uuid = $7::uuid)
  and (nothing.uuid = $8::uuid)
  and (nothing.uuid = $9::uuid)
  and (nothing.word = any($10::text[]))
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
