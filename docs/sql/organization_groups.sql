-- GET /api/organization-groups/
-- Generated: npm run gen

-- staff
select (select count(*)
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike $1))
  and (og.name = $2)
  and (parent.uuid = $3::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(og.uuid) || '"', ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(og.uuid) || '/' || '"', ',"name":', to_json((og.name)::text)::text, ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"', ',"parent_name":' || to_json((parent.name)::text)::text, ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(parent.uuid) || '/' || '"', 'null'), ',"customers_count":', ((select count(*)
  from customer_organization_group cog
  where cog.organization_group_id = og.id))::text), 2) || '}', ','
  order by og.name, og.id) || ']', '[]')
  from (select $4::text as base) ctx
  cross join (select og.id
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike $5))
  and (og.name = $6)
  and (parent.uuid = $7::uuid)
  order by og.name, og.id
  limit 10) cut
  join organization_group og on og.id = cut.id
  left join organization_group parent on parent.id = og.parent_id) as page;

-- the owner of an organization
select (select count(*)
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike $1))
  and (og.name = $2)
  and (parent.uuid = $3::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(og.uuid) || '"', ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(og.uuid) || '/' || '"', ',"name":', to_json((og.name)::text)::text, ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"', ',"parent_name":' || to_json((parent.name)::text)::text, ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(parent.uuid) || '/' || '"', 'null'), ',"customers_count":', ((select count(*)
  from customer_organization_group cog
  where cog.organization_group_id = og.id))::text), 2) || '}', ','
  order by og.name, og.id) || ']', '[]')
  from (select $4::text as base) ctx
  cross join (select og.id
  from organization_group og
  left join organization_group parent on parent.id = og.parent_id
  where ((og.name ilike $5))
  and (og.name = $6)
  and (parent.uuid = $7::uuid)
  order by og.name, og.id
  limit 10) cut
  join organization_group og on og.id = cut.id
  left join organization_group parent on parent.id = og.parent_id) as page;
