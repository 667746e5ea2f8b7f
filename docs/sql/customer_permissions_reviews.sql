-- GET /api/customer-permissions-reviews/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.moment >= $1::timestamptz
  and nothing.uuid = $2::uuid
  and (nothing.yes)
  and nothing.uuid = $3::uuid) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $4::text as base, $5::bigint as actor_id, $6::boolean as is_staff, $7::boolean as is_support, $8::boolean as reads_all, site_day(now(), $9::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.moment >= $10::timestamptz
  and nothing.uuid = $11::uuid
  and (nothing.yes)
  and nothing.uuid = $12::uuid
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.moment >= $1::timestamptz
  and nothing.uuid = $2::uuid
  and (nothing.yes)
  and nothing.uuid = $3::uuid) as count, ( select coalesce('[' || string_agg('{' || substr('', 2) || '}', ','
  order by nothing.id) || ']', '[]')
  from (select $4::text as base, $5::bigint as actor_id, $6::boolean as is_staff, $7::boolean as is_support, $8::boolean as reads_all, site_day(now(), $9::text) as today) ctx
  cross join (select nothing.id
  from (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing
  where nothing.moment >= $10::timestamptz
  and nothing.uuid = $11::uuid
  and (nothing.yes)
  and nothing.uuid = $12::uuid
  order by nothing.id
  limit 10) cut
  join (select null::bigint as id, null::uuid as uuid, null::text as word, null::boolean as yes, null::timestamptz as moment
  where false) nothing on nothing.id = cut.id ) as page;
