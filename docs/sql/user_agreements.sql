-- GET /api/user-agreements/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = any($1::text[])
  and nothing.word = $2) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $3::text as base, $4::bigint as actor_id, $5::boolean as is_staff, $6::boolean as is_support, $7::boolean as reads_all, site_day(now(), $8::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = any($9::text[])
  and nothing.word = $10
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = any($1::text[])
  and nothing.word = $2) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $3::text as base, $4::bigint as actor_id, $5::boolean as is_staff, $6::boolean as is_support, $7::boolean as reads_all, site_day(now(), $8::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.word = any($9::text[])
  and nothing.word = $10
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
