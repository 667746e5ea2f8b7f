-- GET /api/organization-groups/
-- Generated: npm run gen

-- staff
select (select count(*)
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike '%name%'))
  and (og.name = :name_exact)
  and (parent.uuid = :parent::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(og.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(og.uuid) || '/' || '"',
    ',"name":', to_json((og.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"',
    ',"parent_name":' || to_json((parent.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(parent.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group cog
  where cog.organization_group_id = og.id))::text), 2) || '}', ','
  order by og.name, og.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select og.id
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike '%name%'))
  and (og.name = :name_exact)
  and (parent.uuid = :parent::uuid)
  order by og.name, og.id
  limit 10) sized
  limit :id::bigint) cut
  join organization_group og on og.id = cut.id
  left join organization_group parent on parent.id = og.parent_id) as page;

-- the owner of an organization
select (select count(*)
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike '%name%'))
  and (og.name = :name_exact)
  and (parent.uuid = :parent::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(og.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(og.uuid) || '/' || '"',
    ',"name":', to_json((og.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"',
    ',"parent_name":' || to_json((parent.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(parent.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group cog
  where cog.organization_group_id = og.id))::text), 2) || '}', ','
  order by og.name, og.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select og.id
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike '%name%'))
  and (og.name = :name_exact)
  and (parent.uuid = :parent::uuid)
  order by og.name, og.id
  limit 10) sized
  limit :id::bigint) cut
  join organization_group og on og.id = cut.id
  left join organization_group parent on parent.id = og.parent_id) as page;
