-- GET /api/project-credits/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $1)
  and nothing.word = $2
  and nothing.uuid = $3::uuid
  and (nothing.word ilike $4)
  and nothing.uuid = $5::uuid
  and (nothing.word ilike $6)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $7::text as base, $8::bigint as actor_id, $9::boolean as is_staff, $10::boolean as is_support, $11::boolean as reads_all, site_day(now(), $12::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $13)
  and nothing.word = $14
  and nothing.uuid = $15::uuid
  and (nothing.word ilike $16)
  and nothing.uuid = $17::uuid
  and (nothing.word ilike $18)
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
  and (nothing.word ilike $4)
  and nothing.uuid = $5::uuid
  and (nothing.word ilike $6)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $7::text as base, $8::bigint as actor_id, $9::boolean as is_staff, $10::boolean as is_support, $11::boolean as reads_all, site_day(now(), $12::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $13)
  and nothing.word = $14
  and nothing.uuid = $15::uuid
  and (nothing.word ilike $16)
  and nothing.uuid = $17::uuid
  and (nothing.word ilike $18)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
