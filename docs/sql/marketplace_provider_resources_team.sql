-- GET /api/marketplace-provider-resources/{uuid}/team/
-- Generated: npm run gen

-- staff
select r.id as id, r.uuid as uuid, r.name as name, r.description as description, r.slug as slug, r.state as state, r.plan_id as plan_id, r.limits as limits, r.attributes as attributes, r.options as resource_choices, r.backend_id as backend_id, r.end_date as end_date, r.paused as paused, r.downscaled as downscaled, r.restrict_member_access as restrict_member_access, r.created as created, r.end_date_requested_by_id as end_date_requested_by_id, not exists (select 1
  from offering_component prepaid
  where prepaid.offering_id = off.id
  and prepaid.is_prepaid
  and prepaid.billing_type in ('limit', 'one')) as not_prepaid, exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project')) as has_open_order, (coalesce(off.plugin_options @> '{"service_provider_can_create_offering_user": true}', false)
  and exists (select 1
  from offering_terms_of_service held
  where held.offering_id = off.id
  and held.is_active)
  and not exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = off.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())))) as consent_missing, off.id as offering_id, off.uuid as offering_uuid, off.name as offering_name, off.slug as offering_slug, off.type as offering_type, off.state as offering_state, (off.state = 'Unavailable') as offering_unavailable, off.shared as shared, off.billable as billable, off.customer_id as provider_id, off.project_id as offering_project_id, off.parent_id as offering_parent_id, exists (select 1
  from offering_component bounded
  where bounded.offering_id = off.id
  and (bounded.limit_amount > 0
  or bounded.max_available_limit > 0)) as has_shared_limits, off.plugin_options as plugin_options, off.options as options, off.resource_options as resource_options, p.id as project_id, p.uuid as project_uuid, p.name as project_name, p.slug as project_slug, p.is_removed as is_removed, p.start_date as project_start_date, p.end_date as project_end_date, coalesce(p.end_date <= ctx.today, false) as project_expired, ctx.today as today, coalesce(p.start_date > ctx.today, false) as project_pending, c.id as customer_id, c.uuid as customer_uuid, c.name as customer_name, c.slug as customer_slug, c.abbreviation as customer_abbreviation, c.native_name as customer_native_name, c.blocked as blocked, c.archived as archived
  from (select :id::bigint as actor_id, site_day(now(), 'UTC'::text) as today) ctx
  cross join resource r
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (r.uuid = :uuid::uuid) ;
with computed as materialized (select g.id, g.user_id, g.role_id, g.expiration_time, used.offering_id
  from live_grant g
  join resource used on used.project_id = g.scope_id
  where (g.scope_type = 'project'
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and true))
  and ((used.id = :id))) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(member.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(member.uuid) || '"',
    ',"username":', to_json((member.username)::text)::text,
    ',"full_name":', to_json((member.full_name)::text)::text,
    ',"email":' || to_json((member.email)::text)::text,
    ',"role":', to_json((role.name)::text)::text,
    ',"expiration_time":', coalesce('"' || wire_time(team.expiration_time) || '"', 'null'),
    ',"offering_user_username":', coalesce(to_json((account.username)::text)::text, 'null'),
    ',"offering_user_state":', coalesce(to_json((account.state)::text)::text, 'null')), 2) || '}', ','
  order by member.username, team.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select team.id
  from computed team
  join "user" member on member.id = team.user_id
  where true
  order by member.username, team.id
  limit 10) sized
  limit :id::bigint) cut
  join computed team on team.id = cut.id
  join "user" member on member.id = team.user_id
  join role on role.id = team.role_id
  left join offering_user account on account.user_id = team.user_id
  and account.offering_id = team.offering_id) as page;
