-- GET /api/customer-credits/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike $1))
  and (nothing.word = $2)
  and (nothing.uuid = $3::uuid)
  and ((nothing.word ilike $4))) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike $5))
  and (nothing.word = $6)
  and (nothing.uuid = $7::uuid)
  and ((nothing.word ilike $8))
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike $1))
  and (nothing.word = $2)
  and (nothing.uuid = $3::uuid)
  and ((nothing.word ilike $4))) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike $5))
  and (nothing.word = $6)
  and (nothing.uuid = $7::uuid)
  and ((nothing.word ilike $8))
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
