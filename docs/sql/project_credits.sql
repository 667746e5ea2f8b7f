-- GET /api/project-credits/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike '%customername%'))
  and (nothing.word = :customer_slug)
  and (nothing.uuid = :customer_uuid::uuid)
  and ((nothing.word ilike '%projectname%'))
  and (nothing.uuid = :project_uuid::uuid)
  and ((nothing.word ilike '%query%'))) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select id
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike '%customername%'))
  and (nothing.word = :customer_slug)
  and (nothing.uuid = :customer_uuid::uuid)
  and ((nothing.word ilike '%projectname%'))
  and (nothing.uuid = :project_uuid::uuid)
  and ((nothing.word ilike '%query%'))
  order by nothing.id
  limit 10) sized
  limit :id::bigint) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike '%customername%'))
  and (nothing.word = :customer_slug)
  and (nothing.uuid = :customer_uuid::uuid)
  and ((nothing.word ilike '%projectname%'))
  and (nothing.uuid = :project_uuid::uuid)
  and ((nothing.word ilike '%query%'))) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select id
  from (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where ((nothing.word ilike '%customername%'))
  and (nothing.word = :customer_slug)
  and (nothing.uuid = :customer_uuid::uuid)
  and ((nothing.word ilike '%projectname%'))
  and (nothing.uuid = :project_uuid::uuid)
  and ((nothing.word ilike '%query%'))
  order by nothing.id
  limit 10) sized
  limit :id::bigint) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
