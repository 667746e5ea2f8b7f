-- GET /api/marketplace-support-requests/
-- Generated: npm run gen

-- staff
select (select count(*)
  from support_request sr
  join "order" o on o.id = sr.order_id
  join offering off on off.id = o.offering_id
  join resource r on r.id = o.resource_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  where (sr.state = any('{open}'::text[]))
  and (o.uuid = :order_uuid::uuid)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and ((r.name ilike '%resourcename%'))
  and (sr.created >= ':created'::timestamptz)
  and (sr.created < ':created_before'::timestamptz)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(sr.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-support-requests/' || wire_uuid(sr.uuid) || '/' || '"',
    ',"key":', to_json((('REQ-' || sr.id))::text)::text,
    ',"created":', '"' || wire_time(sr.created) || '"',
    ',"modified":', '"' || wire_time(sr.modified) || '"',
    ',"state":', '"' || (sr.state) || '"',
    ',"answer":', to_json((sr.answer)::text)::text,
    ',"answered_at":', coalesce('"' || wire_time(sr.answered_at) || '"', 'null'),
    ',"answered_by_uuid":' || '"' || wire_uuid(answerer.uuid) || '"',
    ',"answered_by_full_name":' || to_json((answerer.full_name)::text)::text,
    ',"order":', '"' || ctx.base || '/api/marketplace-orders/' || wire_uuid(o.uuid) || '/' || '"',
    ',"order_uuid":', '"' || wire_uuid(o.uuid) || '"',
    ',"order_type":', '"' || (o.type) || '"',
    ',"attributes":', ((case off.type when 'Marketplace.Script' then o.attributes - array['password', 'user_password', 'token'] else o.attributes end))::text,
    ',"limits":', (o.limits)::text,
    ',"request_comment":', coalesce(to_json((o.request_comment)::text)::text, 'null'),
    ',"created_by_full_name":', to_json((creator.full_name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"comments":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(said.uuid) || '"',
    ',"created":', '"' || wire_time(said.created) || '"',
    ',"text":', to_json((said.text)::text)::text,
    ',"author_full_name":' || to_json((author.full_name)::text)::text), 2) || '}', ','
  order by said.created, said.id) || ']', '[]')
  from support_comment said
  left join "user" author on author.id = said.user_id
  where said.request_id = sr.id)), 2) || '}', ','
  order by sr.created, sr.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select sr.id
  from support_request sr
  join "order" o on o.id = sr.order_id
  join offering off on off.id = o.offering_id
  join resource r on r.id = o.resource_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  where (sr.state = any('{open}'::text[]))
  and (o.uuid = :order_uuid::uuid)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and ((r.name ilike '%resourcename%'))
  and (sr.created >= ':created'::timestamptz)
  and (sr.created < ':created_before'::timestamptz)
  order by sr.created, sr.id
  limit 10) sized
  limit :id::bigint) cut
  join support_request sr on sr.id = cut.id
  join "order" o on o.id = sr.order_id
  join offering off on off.id = o.offering_id
  join resource r on r.id = o.resource_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  join "user" creator on creator.id = o.created_by_id
  left join "user" answerer on answerer.id = sr.answered_by_id) as page;

-- the owner of an organization
select (select count(*)
  from support_request sr
  join "order" o on o.id = sr.order_id
  join offering off on off.id = o.offering_id
  join resource r on r.id = o.resource_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  where (exists (select
  from "order" o
  where o.id = sr.order_id
  and ((o.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))
  or (o.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])))))))
  and (sr.state = any('{open}'::text[]))
  and (o.uuid = :order_uuid::uuid)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and ((r.name ilike '%resourcename%'))
  and (sr.created >= ':created'::timestamptz)
  and (sr.created < ':created_before'::timestamptz)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(sr.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-support-requests/' || wire_uuid(sr.uuid) || '/' || '"',
    ',"key":', to_json((('REQ-' || sr.id))::text)::text,
    ',"created":', '"' || wire_time(sr.created) || '"',
    ',"modified":', '"' || wire_time(sr.modified) || '"',
    ',"state":', '"' || (sr.state) || '"',
    ',"answer":', to_json((sr.answer)::text)::text,
    ',"answered_at":', coalesce('"' || wire_time(sr.answered_at) || '"', 'null'),
    ',"answered_by_uuid":' || '"' || wire_uuid(answerer.uuid) || '"',
    ',"answered_by_full_name":' || to_json((answerer.full_name)::text)::text,
    ',"order":', '"' || ctx.base || '/api/marketplace-orders/' || wire_uuid(o.uuid) || '/' || '"',
    ',"order_uuid":', '"' || wire_uuid(o.uuid) || '"',
    ',"order_type":', '"' || (o.type) || '"',
    ',"attributes":', ((case off.type when 'Marketplace.Script' then o.attributes - array['password', 'user_password', 'token'] else o.attributes end))::text,
    ',"limits":', (o.limits)::text,
    ',"request_comment":', coalesce(to_json((o.request_comment)::text)::text, 'null'),
    ',"created_by_full_name":', to_json((creator.full_name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"comments":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(said.uuid) || '"',
    ',"created":', '"' || wire_time(said.created) || '"',
    ',"text":', to_json((said.text)::text)::text,
    ',"author_full_name":' || to_json((author.full_name)::text)::text), 2) || '}', ','
  order by said.created, said.id) || ']', '[]')
  from support_comment said
  left join "user" author on author.id = said.user_id
  where said.request_id = sr.id)), 2) || '}', ','
  order by sr.created, sr.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select sr.id
  from support_request sr
  join "order" o on o.id = sr.order_id
  join offering off on off.id = o.offering_id
  join resource r on r.id = o.resource_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  where (exists (select
  from "order" o
  where o.id = sr.order_id
  and ((o.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))
  or (o.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])))))))
  and (sr.state = any('{open}'::text[]))
  and (o.uuid = :order_uuid::uuid)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and ((r.name ilike '%resourcename%'))
  and (sr.created >= ':created'::timestamptz)
  and (sr.created < ':created_before'::timestamptz)
  order by sr.created, sr.id
  limit 10) sized
  limit :id::bigint) cut
  join support_request sr on sr.id = cut.id
  join "order" o on o.id = sr.order_id
  join offering off on off.id = o.offering_id
  join resource r on r.id = o.resource_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  join "user" creator on creator.id = o.created_by_id
  left join "user" answerer on answerer.id = sr.answered_by_id) as page;
