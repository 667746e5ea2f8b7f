-- GET /api/user-agreements/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = any($1::text[]))
  and (nothing.word = $2)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = any($3::text[]))
  and (nothing.word = $4)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = any($1::text[]))
  and (nothing.word = $2)) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where (nothing.word = any($3::text[]))
  and (nothing.word = $4)
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
