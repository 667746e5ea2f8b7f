-- GET /api/marketplace-project-estimated-cost-policies/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = $1
  and nothing.uuid = $2::uuid
  and nothing.word = $3
  and nothing.uuid = $4::uuid
  and nothing.word = $5
  and nothing.uuid = $6::uuid) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $7::text as base, $8::bigint as actor_id, $9::boolean as is_staff, $10::boolean as is_support, $11::boolean as reads_all, site_day(now(), $12::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = $13
  and nothing.uuid = $14::uuid
  and nothing.word = $15
  and nothing.uuid = $16::uuid
  and nothing.word = $17
  and nothing.uuid = $18::uuid
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = $1
  and nothing.uuid = $2::uuid
  and nothing.word = $3
  and nothing.uuid = $4::uuid
  and nothing.word = $5
  and nothing.uuid = $6::uuid) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $7::text as base, $8::bigint as actor_id, $9::boolean as is_staff, $10::boolean as is_support, $11::boolean as reads_all, site_day(now(), $12::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = $13
  and nothing.uuid = $14::uuid
  and nothing.word = $15
  and nothing.uuid = $16::uuid
  and nothing.word = $17
  and nothing.uuid = $18::uuid
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
