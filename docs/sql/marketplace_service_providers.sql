-- GET /api/marketplace-service-providers/
-- Generated: npm run gen

-- staff
select (select count(*)
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (customer.uuid = :customer::uuid)
  and ((customer.name ilike '%customerkeyword%'
  or customer.abbreviation ilike '%customerkeyword%'
  or customer.native_name ilike '%customerkeyword%'))
  and (customer.uuid = :customer_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-service-providers/' || wire_uuid(sp.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(sp.uuid) || '"',
    ',"created":', '"' || wire_time(sp.created) || '"',
    ',"description":', to_json((sp.description)::text)::text,
    ',"enable_notifications":', (case when sp.enable_notifications then 'true' when not (sp.enable_notifications) then 'false' end),
    ',"customer":', '"' || ctx.base || '/api/customers/' || wire_uuid(customer.uuid) || '/' || '"',
    ',"customer_name":', to_json((customer.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(customer.uuid) || '"',
    ',"customer_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(customer_image.uuid) || '/' || '"',
    ',"customer_abbreviation":', to_json((customer.abbreviation)::text)::text,
    ',"customer_slug":', to_json((customer.slug)::text)::text,
    ',"customer_native_name":', to_json((customer.native_name)::text)::text,
    ',"customer_country":', to_json((customer.country)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
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
  from customer_organization_group belonging
  join organization_group og on og.id = belonging.organization_group_id
  left join organization_group parent on parent.id = og.parent_id
  where belonging.customer_id = sp.customer_id),
    ',"offering_count":', ((select count(*)
  from offering offered
  where offered.customer_id = sp.customer_id
  and offered.state in ('Active', 'Paused', 'Unavailable')))::text), 2) || '}', ','
  order by customer.name, sp.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select sp.id
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (customer.uuid = :customer::uuid)
  and ((customer.name ilike '%customerkeyword%'
  or customer.abbreviation ilike '%customerkeyword%'
  or customer.native_name ilike '%customerkeyword%'))
  and (customer.uuid = :customer_uuid::uuid)
  order by customer.name, sp.id
  limit 10) sized
  limit :id::bigint) cut
  join service_provider sp on sp.id = cut.id
  join customer on customer.id = sp.customer_id
  left join file customer_image on customer_image.id = customer.image_id
  left join file image on image.id = sp.image_id) as page;

-- the owner of an organization
select (select count(*)
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (customer.uuid = :customer::uuid)
  and ((customer.name ilike '%customerkeyword%'
  or customer.abbreviation ilike '%customerkeyword%'
  or customer.native_name ilike '%customerkeyword%'))
  and (customer.uuid = :customer_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-service-providers/' || wire_uuid(sp.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(sp.uuid) || '"',
    ',"created":', '"' || wire_time(sp.created) || '"',
    ',"description":', to_json((sp.description)::text)::text,
    ',"enable_notifications":', (case when sp.enable_notifications then 'true' when not (sp.enable_notifications) then 'false' end),
    ',"customer":', '"' || ctx.base || '/api/customers/' || wire_uuid(customer.uuid) || '/' || '"',
    ',"customer_name":', to_json((customer.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(customer.uuid) || '"',
    ',"customer_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(customer_image.uuid) || '/' || '"',
    ',"customer_abbreviation":', to_json((customer.abbreviation)::text)::text,
    ',"customer_slug":', to_json((customer.slug)::text)::text,
    ',"customer_native_name":', to_json((customer.native_name)::text)::text,
    ',"customer_country":', to_json((customer.country)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
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
  from customer_organization_group belonging
  join organization_group og on og.id = belonging.organization_group_id
  left join organization_group parent on parent.id = og.parent_id
  where belonging.customer_id = sp.customer_id),
    ',"offering_count":', ((select count(*)
  from offering offered
  where offered.customer_id = sp.customer_id
  and offered.state in ('Active', 'Paused', 'Unavailable')))::text), 2) || '}', ','
  order by customer.name, sp.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select sp.id
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (customer.uuid = :customer::uuid)
  and ((customer.name ilike '%customerkeyword%'
  or customer.abbreviation ilike '%customerkeyword%'
  or customer.native_name ilike '%customerkeyword%'))
  and (customer.uuid = :customer_uuid::uuid)
  order by customer.name, sp.id
  limit 10) sized
  limit :id::bigint) cut
  join service_provider sp on sp.id = cut.id
  join customer on customer.id = sp.customer_id
  left join file customer_image on customer_image.id = customer.image_id
  left join file image on image.id = sp.image_id) as page;
