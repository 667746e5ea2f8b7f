-- GET /api/marketplace-provider-resources/{uuid}/team/
-- Generated: npm run gen

-- staff
select r.id, r.uuid, r.name, r.description, r.slug, r.state, r.plan_id, r.limits, r.attributes, r.options as resource_choices, r.backend_id, r.end_date, r.paused, r.downscaled, r.restrict_member_access, r.created, r.end_date_requested_by_id, exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project')) as has_open_order, off.id as offering_id, off.uuid as offering_uuid, off.name as offering_name, off.slug as offering_slug, off.type as offering_type, off.state as offering_state, off.shared, off.billable, off.customer_id as provider_id, off.project_id as offering_project_id, off.parent_id as offering_parent_id, off.plugin_options, off.options, off.resource_options, exists (select 1
  from offering_component bounded
  where bounded.offering_id = off.id
  and (bounded.limit_amount > 0
  or bounded.max_available_limit > 0)) as has_shared_limits, p.id as project_id, p.uuid as project_uuid, p.name as project_name, p.slug as project_slug, p.is_removed, p.start_date as project_start_date, p.end_date as project_end_date, coalesce(p.end_date <= ctx.today, false) as project_expired, coalesce(p.start_date > ctx.today, false) as project_pending, ctx.today, c.id as customer_id, c.uuid as customer_uuid, c.name as customer_name, c.slug as customer_slug, c.abbreviation as customer_abbreviation, c.native_name as customer_native_name, c.blocked, c.archived
  from (select $1::text as base, $2::bigint as actor_id, $3::boolean as is_staff, $4::boolean as is_support, $5::boolean as reads_all, site_day(now(), $6::text) as today) ctx
  cross join resource r
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where r.uuid = $7::uuid ;
select (select count(*)
  from role_grant g
  where g.is_active
  and coalesce(g.expiration_time > now(), true)
  and g.scope_type = 'project'
  and (g.scope_id = $1)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(member.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(member.uuid) || '"', ',"username":', to_json((member.username)::text)::text, ',"full_name":', to_json((member.full_name)::text)::text, ',"email":' || to_json((member.email)::text)::text, ',"role":', to_json((role.name)::text)::text, ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"offering_user_username":', coalesce(to_json((null)::text)::text, 'null'), ',"offering_user_state":', coalesce(to_json((null)::text)::text, 'null')), 2) || '}', ','
  order by member.username, g.id) || ']', '[]')
  from (select $2::text as base, $3::bigint as actor_id, $4::boolean as is_staff, $5::boolean as is_support, $6::boolean as reads_all, site_day(now(), $7::text) as today) ctx
  cross join (select g.id
  from role_grant g
  join "user" member on member.id = g.user_id
  where g.is_active
  and coalesce(g.expiration_time > now(), true)
  and g.scope_type = 'project'
  and (g.scope_id = $8)
  order by member.username, g.id
  limit 10) cut
  join role_grant g on g.id = cut.id
  join "user" member on member.id = g.user_id
  join role on role.id = g.role_id) as page;
