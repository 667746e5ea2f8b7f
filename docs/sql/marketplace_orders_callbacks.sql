-- GET /api/marketplace-orders/{uuid}/callbacks/
-- Generated: npm run gen

-- staff
select o.id as id, o.uuid as uuid, o.type as type, o.subtype as subtype, o.new_options as new_options, o.force_destroy as force_destroy, o.extension_months as extension_months, o.new_end_date as new_end_date, o.cost as cost, o.state as state, o.resource_id as resource_id, r.uuid as resource_uuid, r.name as resource_name, o.plan_id as plan_id, o.old_plan_id as old_plan_id, o.attributes as attributes, o.answers as answers, o.limits as limits, o.start_date as start_date, coalesce(o.start_date > ctx.today, false) as starts_later, o.backend_id as backend_id, o.attachment_id as attachment_id, o.provider_message_attachment_id as provider_message_attachment_id, o.consumer_message_attachment_id as consumer_message_attachment_id, o.callback_url as callback_url, o.created_by_id as created_by_id, o.consumer_reviewed_by_id as consumer_reviewed_by_id, o_creator.is_staff as created_by_staff, o_creator.username as created_by_username, o.consumer_reviewed_at as consumer_reviewed_at, off.id as offering_id, off.uuid as offering_uuid, off.name as offering_name, off.slug as offering_slug, off.type as offering_type, off.state as offering_state, (off.state = 'Unavailable') as offering_unavailable, off.shared as shared, off.billable as billable, off.customer_id as provider_id, off.project_id as offering_project_id, off.parent_id as offering_parent_id, exists (select 1
  from offering_component bounded
  where bounded.offering_id = off.id
  and (bounded.limit_amount > 0
  or bounded.max_available_limit > 0)) as has_shared_limits, off.plugin_options as plugin_options, off.options as options, off.resource_options as resource_options, p.id as project_id, p.uuid as project_uuid, p.name as project_name, p.slug as project_slug, p.is_removed as is_removed, p.start_date as project_start_date, p.end_date as project_end_date, coalesce(p.end_date <= ctx.today, false) as project_expired, ctx.today as today, coalesce(p.start_date > ctx.today, false) as project_pending, c.id as customer_id, c.uuid as customer_uuid, c.name as customer_name, c.slug as customer_slug, c.abbreviation as customer_abbreviation, c.native_name as customer_native_name, c.blocked as blocked, c.archived as archived
  from (select site_day(now(), 'UTC'::text) as today) ctx
  cross join "order" o
  join offering off on off.id = o.offering_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  join resource r on r.id = o.resource_id
  join "user" o_creator on o_creator.id = o.created_by_id
  where (o.uuid = :uuid::uuid) ;
select (select count(*)
  from delivery d
  where (d.state = 'waiting')
  and ((d.scope_type = 'order'
  and d.scope_id = :id))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(d.uuid) || '"',
    ',"created":', '"' || wire_time(d.created) || '"',
    ',"url":', to_json((d.url)::text)::text,
    ',"state":', '"' || (d.state) || '"',
    ',"order_state":', '"' || ((d.body::jsonb ->> 'state')) || '"',
    ',"attempts":', (d.attempts)::text), 2) || '}', ','
  order by d.created, d.id) || ']', '[]')
  from (select id
  from (select d.id
  from delivery d
  where (d.state = 'waiting')
  and ((d.scope_type = 'order'
  and d.scope_id = :id))
  order by d.created, d.id
  limit 10) sized
  limit :id::bigint) cut
  join delivery d on d.id = cut.id ) as page;
