-- GET /api/admin-announcements/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $1)
  and (nothing.yes)
  and nothing.word = any($2::text[])) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $3::text as base, $4::bigint as actor_id, $5::boolean as is_staff, $6::boolean as is_support, $7::boolean as reads_all, site_day(now(), $8::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $9)
  and (nothing.yes)
  and nothing.word = any($10::text[])
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $1)
  and (nothing.yes)
  and nothing.word = any($2::text[])) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $3::text as base, $4::bigint as actor_id, $5::boolean as is_staff, $6::boolean as is_support, $7::boolean as reads_all, site_day(now(), $8::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word ilike $9)
  and (nothing.yes)
  and nothing.word = any($10::text[])
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
