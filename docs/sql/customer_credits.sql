-- GET /api/customer-credits/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $1)
  and nothing.word = $2
  and nothing.uuid = $3::uuid
  and (nothing.word ilike $4)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $5::text as base, $6::bigint as actor_id, $7::boolean as is_staff, $8::boolean as is_support, $9::boolean as reads_all, site_day(now(), $10::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $11)
  and nothing.word = $12
  and nothing.uuid = $13::uuid
  and (nothing.word ilike $14)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $1)
  and nothing.word = $2
  and nothing.uuid = $3::uuid
  and (nothing.word ilike $4)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $5::text as base, $6::bigint as actor_id, $7::boolean as is_staff, $8::boolean as is_support, $9::boolean as reads_all, site_day(now(), $10::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $11)
  and nothing.word = $12
  and nothing.uuid = $13::uuid
  and (nothing.word ilike $14)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
