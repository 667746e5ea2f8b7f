-- GET /api/booking-feeds/
-- Generated: npm run gen

-- staff
select (select count(*)
  from booking_feed f
  where (f.user_id = :id)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(f.uuid) || '"',
    ',"created":', '"' || wire_time(f.created) || '"',
    ',"offering_uuid":' || '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":' || to_json((offering.name)::text)::text,
    ',"resource_uuid":' || '"' || wire_uuid(r.uuid) || '"',
    ',"resource_name":' || to_json((r.name)::text)::text), 2) || '}', ','
  order by f.created, f.id) || ']', '[]')
  from (select id
  from (select f.id
  from booking_feed f
  where (f.user_id = :id)
  order by f.created, f.id
  limit 10) sized
  limit :id::bigint) cut
  join booking_feed f on f.id = cut.id
  left join offering on offering.id = f.offering_id
  left join resource r on r.id = f.resource_id) as page;

-- the owner of an organization
select (select count(*)
  from booking_feed f
  where (f.user_id = :id)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(f.uuid) || '"',
    ',"created":', '"' || wire_time(f.created) || '"',
    ',"offering_uuid":' || '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":' || to_json((offering.name)::text)::text,
    ',"resource_uuid":' || '"' || wire_uuid(r.uuid) || '"',
    ',"resource_name":' || to_json((r.name)::text)::text), 2) || '}', ','
  order by f.created, f.id) || ']', '[]')
  from (select id
  from (select f.id
  from booking_feed f
  where (f.user_id = :id)
  order by f.created, f.id
  limit 10) sized
  limit :id::bigint) cut
  join booking_feed f on f.id = cut.id
  left join offering on offering.id = f.offering_id
  left join resource r on r.id = f.resource_id) as page;
