-- GET /api/booking-busy-times/
-- Generated: npm run gen

-- staff
select (select count(*)
  from booking_busy b
  join offering on offering.id = b.offering_id
  where (offering.uuid = :offering_uuid::uuid)
  and (b.source = 'calendar')
  and (b.start >= ':since'::timestamptz)
  and (b.start < ':before'::timestamptz)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(b.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/booking-busy-times/' || wire_uuid(b.uuid) || '/' || '"',
    ',"created":', '"' || wire_time(b.created) || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"source":', '"' || (b.source) || '"',
    ',"start":', '"' || wire_time(b.start) || '"',
    ',"end":', '"' || wire_time(b."end") || '"',
    ',"comment":', to_json((b.comment)::text)::text), 2) || '}', ','
  order by b.start, b.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select b.id
  from booking_busy b
  join offering on offering.id = b.offering_id
  where (offering.uuid = :offering_uuid::uuid)
  and (b.source = 'calendar')
  and (b.start >= ':since'::timestamptz)
  and (b.start < ':before'::timestamptz)
  order by b.start, b.id
  limit 10) sized
  limit :id::bigint) cut
  join booking_busy b on b.id = cut.id
  join offering on offering.id = b.offering_id) as page;

-- the owner of an organization
select (select count(*)
  from booking_busy b
  join offering on offering.id = b.offering_id
  where (b.offering_id in (select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[])))
  and (offering.uuid = :offering_uuid::uuid)
  and (b.source = 'calendar')
  and (b.start >= ':since'::timestamptz)
  and (b.start < ':before'::timestamptz)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(b.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/booking-busy-times/' || wire_uuid(b.uuid) || '/' || '"',
    ',"created":', '"' || wire_time(b.created) || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"source":', '"' || (b.source) || '"',
    ',"start":', '"' || wire_time(b.start) || '"',
    ',"end":', '"' || wire_time(b."end") || '"',
    ',"comment":', to_json((b.comment)::text)::text), 2) || '}', ','
  order by b.start, b.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select b.id
  from booking_busy b
  join offering on offering.id = b.offering_id
  where (b.offering_id in (select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[])))
  and (offering.uuid = :offering_uuid::uuid)
  and (b.source = 'calendar')
  and (b.start >= ':since'::timestamptz)
  and (b.start < ':before'::timestamptz)
  order by b.start, b.id
  limit 10) sized
  limit :id::bigint) cut
  join booking_busy b on b.id = cut.id
  join offering on offering.id = b.offering_id) as page;
