-- GET /api/marketplace-project-estimated-cost-policies/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = $1)
  and (nothing.uuid = $2::uuid)
  and (nothing.word = $3)
  and (nothing.uuid = $4::uuid)
  and (nothing.word = $5)
  and (nothing.uuid = $6::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = $7)
  and (nothing.uuid = $8::uuid)
  and (nothing.word = $9)
  and (nothing.uuid = $10::uuid)
  and (nothing.word = $11)
  and (nothing.uuid = $12::uuid)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = $1)
  and (nothing.uuid = $2::uuid)
  and (nothing.word = $3)
  and (nothing.uuid = $4::uuid)
  and (nothing.word = $5)
  and (nothing.uuid = $6::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = $7)
  and (nothing.uuid = $8::uuid)
  and (nothing.word = $9)
  and (nothing.uuid = $10::uuid)
  and (nothing.word = $11)
  and (nothing.uuid = $12::uuid)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
