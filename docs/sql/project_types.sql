-- GET /api/project-types/
-- Generated: npm run gen

-- staff
select (select count(*)
  from project_type pt
  where ((pt.name ilike '%name%'))
  and (pt.name = :name_exact)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(pt.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/project-types/' || wire_uuid(pt.uuid) || '/' || '"',
    ',"name":', to_json((pt.name)::text)::text,
    ',"description":', to_json((pt.description)::text)::text), 2) || '}', ','
  order by pt.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select pt.id
  from project_type pt
  where ((pt.name ilike '%name%'))
  and (pt.name = :name_exact)
  order by pt.id
  limit 10) sized
  limit :id::bigint) cut
  join project_type pt on pt.id = cut.id ) as page;

-- the owner of an organization
select (select count(*)
  from project_type pt
  where ((pt.name ilike '%name%'))
  and (pt.name = :name_exact)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(pt.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/project-types/' || wire_uuid(pt.uuid) || '/' || '"',
    ',"name":', to_json((pt.name)::text)::text,
    ',"description":', to_json((pt.description)::text)::text), 2) || '}', ','
  order by pt.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select pt.id
  from project_type pt
  where ((pt.name ilike '%name%'))
  and (pt.name = :name_exact)
  order by pt.id
  limit 10) sized
  limit :id::bigint) cut
  join project_type pt on pt.id = cut.id ) as page;
