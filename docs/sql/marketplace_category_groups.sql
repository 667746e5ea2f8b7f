-- GET /api/marketplace-category-groups/
-- Generated: npm run gen

-- staff
select (select count(*)
  from category_group
  where ((category_group.title ilike '%title%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-category-groups/' || wire_uuid(category_group.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(category_group.uuid) || '"',
    ',"title":', to_json((category_group.title)::text)::text,
    ',"description":', to_json((category_group.description)::text)::text,
    ',"icon":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(icon.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by category_group.title, category_group.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select category_group.id
  from category_group
  where ((category_group.title ilike '%title%'))
  order by category_group.title, category_group.id
  limit 10) sized
  limit :id::bigint) cut
  join category_group on category_group.id = cut.id
  left join file icon on icon.id = category_group.icon_id) as page;

-- the owner of an organization
select (select count(*)
  from category_group
  where ((category_group.title ilike '%title%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-category-groups/' || wire_uuid(category_group.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(category_group.uuid) || '"',
    ',"title":', to_json((category_group.title)::text)::text,
    ',"description":', to_json((category_group.description)::text)::text,
    ',"icon":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(icon.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by category_group.title, category_group.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select category_group.id
  from category_group
  where ((category_group.title ilike '%title%'))
  order by category_group.title, category_group.id
  limit 10) sized
  limit :id::bigint) cut
  join category_group on category_group.id = cut.id
  left join file icon on icon.id = category_group.icon_id) as page;
