-- GET /api/marketplace-resources/
-- Generated: npm run gen

-- staff
select expected_rows('select r.id
  from resource r
  where r.modified >= $1::timestamptz', ':modified') as n;
select expected_rows('select r.id
  from resource r
  where (r.name ilike $1)', '%name%') as n;
select expected_rows('select ord.resource_id
  from "order" ord
  where ord.state = any(string_to_array($1, ','))', 'pending-consumer') as n;
select expected_rows('select r.id
  from resource r
  where (r.name ilike $1
  or r.slug ilike $1
  or r.backend_id ilike $1
  or r.effective_id ilike $1
  or (r.backend_metadata::text) ilike $1)', '%query%') as n;
with found_0 as materialized (select array(select r.id
  from resource r
  where r.modified >= ':modified'::text::timestamptz) as ids), found_1 as materialized (select array(select r.id
  from resource r
  where (r.name ilike '%name%'::text)) as ids), found_2 as materialized (select array(select ord.resource_id
  from "order" ord
  where ord.state = any(string_to_array('pending-consumer'::text, ','))) as ids), found_3 as materialized (select array(select r.id
  from resource r
  where (r.name ilike '%query%'::text
  or r.slug ilike '%query%'::text
  or r.backend_id ilike '%query%'::text
  or r.effective_id ilike '%query%'::text
  or (r.backend_metadata::text) ilike '%query%'::text)) as ids) select (select count(*)
  from resource r
  where (true)
  and (r.backend_id = :backend_id
  and r.backend_id <> '')
  and ((r.offering_id in (select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = :category_uuid::uuid))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = :component_count::numeric)) is true)
  and (r.created >= ':created'::timestamptz)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = :customer::uuid))) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid))) is true)
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and ((r.project_id in (select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = :visible_to_username
  and true
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id
  and true))))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = :limit_component_count::numeric)) is true)
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.name = :name_exact)
  and ((r.offering_id in (select id
  from offering
  where uuid = :offering::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.shared, false) = true)) is true)
  and ((r.offering_id in (select id
  from offering
  where slug = any(:offering_slug::text[]))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.type = :offering_type)) is true)
  and ((r.offering_id in (select id
  from offering
  where uuid = any(:offering_uuid::uuid[]))) is true)
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and ((r.offering_id in (select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = :parent_offering_uuid::uuid))) is true)
  and ((r.paused))
  and ((r.plan_id in (select id
  from plan
  where uuid = :plan_uuid::uuid)) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.name ilike '%projectname%')) is true)
  and ((r.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = :provider_uuid::uuid))) is true)
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = :runtime_state)
  and ((r.offering_id in (select off.id
  from offering off
  where off.shared
  and off.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and (true)))) is true)
  and (r.state = any('{Creating}'::text[]))
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
    ',"offering":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/' || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"offering_description":', to_json((off.description)::text)::text,
    ',"offering_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_image.uuid) || '/' || '"',
    ',"offering_thumbnail":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_thumbnail.uuid) || '/' || '"',
    ',"offering_type":', to_json((off.type)::text)::text,
    ',"offering_shared":', (case when off.shared then 'true' when not (off.shared) then 'false' end),
    ',"offering_billable":', (case when off.billable then 'true' when not (off.billable) then 'false' end),
    ',"offering_plugin_options":', (off.plugin_options)::text,
    ',"provider_name":', to_json((prv.name)::text)::text,
    ',"provider_uuid":', '"' || wire_uuid(prv.uuid) || '"',
    ',"provider_slug":', to_json((prv.slug)::text)::text,
    ',"category_title":', to_json((cat.title)::text)::text,
    ',"category_uuid":', '"' || wire_uuid(cat.uuid) || '"',
    ',"category_icon":' || '"' || ctx.base || '/api/media/' || wire_uuid(cat_icon.uuid) || '/' || '"',
    ',"plan":' || '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"',
    ',"plan_unit":', coalesce('"' || (plan.unit) || '"', 'null'),
    ',"plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'),
    ',"plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'),
    ',"plan_description":', coalesce(to_json((plan.description)::text)::text, 'null'),
    ',"username":', coalesce(to_json(((select ou.username
  from offering_user ou
  where ou.offering_id = r.offering_id
  and ou.user_id = ctx.actor_id
  and ou.state <> 'Deleted'))::text)::text, 'null'),
    ',"user_requires_reconsent":', (case when exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = r.offering_id
  and (consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))) then 'true' when not (exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = r.offering_id
  and (consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version)))) then 'false' end),
    ',"attributes":', ((case off.type when 'Marketplace.Script' then r.attributes - array['password', 'user_password', 'token'] else r.attributes end))::text,
    ',"limits":', (r.limits)::text,
    ',"uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"created":', '"' || wire_time(r.created) || '"',
    ',"modified":', '"' || wire_time(r.modified) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"',
    ',"description":', to_json((r.description)::text)::text,
    ',"state":', '"' || (r.state) || '"',
    ',"backend_id":', to_json((r.backend_id)::text)::text,
    ',"effective_id":', to_json((r.effective_id)::text)::text,
    ',"project":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"',
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_description":', to_json((p.description)::text)::text,
    ',"project_end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'),
    ',"project_end_date_requested_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(project_requester.uuid) || '/' || '"',
    ',"project_slug":', to_json((p.slug)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_slug":', to_json((c.slug)::text)::text,
    ',"offering_slug":', to_json((off.slug)::text)::text,
    ',"offering_backend_id":', to_json((off.backend_id)::text)::text,
    ',"offering_customer_uuid":', '"' || wire_uuid(prv.uuid) || '"',
    ',"offering_state":', '"' || (off.state) || '"',
    ',"parent_offering_uuid":' || '"' || wire_uuid(off_parent.uuid) || '"'), concat(
    ',"parent_offering_name":' || to_json((off_parent.name)::text)::text,
    ',"parent_offering_slug":' || to_json((off_parent.slug)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"',
    ',"parent_name":' || to_json((parent.name)::text)::text,
    ',"backend_metadata":', (r.backend_metadata)::text,
    ',"is_usage_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')) then 'false' end),
    ',"is_limit_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')) then 'false' end),
    ',"name":', to_json((r.name)::text)::text,
    ',"slug":', to_json((r.slug)::text)::text,
    ',"current_usages":', (case when r.current_usages_month = period_start('month', ctx.today) then r.current_usages else '{}' end)::text,
    ',"can_terminate":', (case when (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false))) then 'true' when not ((r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false)))) then 'false' end),
    ',"report":', (coalesce(r.report, '[]'))::text,
    ',"end_date":', coalesce('"' || (r.end_date)::date || '"', 'null'),
    ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'),
    ',"limit_usage":', (select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || trim_scale(((select sum(cu.usage)
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= period_start(oc.limit_period, ctx.today)))::numeric)::text, ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and exists (select 1
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= period_start(oc.limit_period, ctx.today))),
    ',"renewal_date":', coalesce((select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || '"' || ((period_start(nullif(oc.limit_period, 'total'), ctx.today) + case oc.limit_period when 'annual' then interval '1 year' when 'quarterly' then interval '3 months' else interval '1 month' end)::date)::date || '"', ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and oc.limit_period in ('month', 'quarterly', 'annual')), 'null'),
    ',"downscaled":', (case when r.downscaled then 'true' when not (r.downscaled) then 'false' end),
    ',"restrict_member_access":', (case when r.restrict_member_access then 'true' when not (r.restrict_member_access) then 'false' end),
    ',"paused":', (case when r.paused then 'true' when not (r.paused) then 'false' end),
    ',"error_message":', to_json((r.error_message)::text)::text,
    ',"error_traceback":', to_json((r.error_traceback)::text)::text,
    ',"options":', coalesce((r.options)::text, 'null'),
    ',"available_actions":', ((select coalesce(jsonb_agg(verb
  order by verb), '[]')
  from unnest(array['renew', 'switch_plan', 'terminate', 'update_limits', 'update_options']) verb
  where case verb when 'renew' then (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and not not exists (select 1
  from offering_component prepaid
  where prepaid.offering_id = off.id
  and prepaid.is_prepaid
  and prepaid.billing_type in ('limit', 'one'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'customer') @> to_jsonb(c.id), false))) when 'switch_plan' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'customer') @> to_jsonb(c.id), false))) when 'terminate' then (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false))) when 'update_limits' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'customer') @> to_jsonb(c.id), false))) when 'update_options' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(off.customer_id), false))) end
  and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false)))::text,
    ',"last_sync":', '"' || wire_time(r.last_sync) || '"',
    ',"offering_components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(oc.uuid) || '"',
    ',"billing_type":', '"' || (oc.billing_type) || '"',
    ',"type":', to_json((oc.type)::text)::text,
    ',"name":', to_json((oc.name)::text)::text,
    ',"description":', to_json((oc.description)::text)::text,
    ',"measured_unit":', to_json((oc.measured_unit)::text)::text,
    ',"unit_factor":', (oc.unit_factor)::text,
    ',"limit_period":', coalesce('"' || (oc.limit_period) || '"', 'null'),
    ',"limit_amount":', coalesce((oc.limit_amount)::text, 'null'),
    ',"article_code":', to_json((oc.article_code)::text)::text,
    ',"max_value":', coalesce((oc.max_value)::text, 'null'),
    ',"min_value":', coalesce((oc.min_value)::text, 'null'),
    ',"max_available_limit":', coalesce((oc.max_available_limit)::text, 'null'),
    ',"is_boolean":', (case when oc.is_boolean then 'true' when not (oc.is_boolean) then 'false' end),
    ',"default_limit":', coalesce((oc.default_limit)::text, 'null'),
    ',"factor":', coalesce((null::integer)::text, 'null'),
    ',"is_builtin":', (case when oc.is_builtin then 'true' when not (oc.is_builtin) then 'false' end),
    ',"is_prepaid":', (case when oc.is_prepaid then 'true' when not (oc.is_prepaid) then 'false' end),
    ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = oc.overage_component_id)) || '"', 'null'),
    ',"min_prepaid_duration":', coalesce((oc.min_prepaid_duration)::text, 'null'),
    ',"max_prepaid_duration":', coalesce((oc.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by oc.id) || ']', '[]')
  from offering_component oc
  where oc.offering_id = r.offering_id),
    ',"scope":' || to_json((null)::text)::text,
    ',"resource_uuid":', coalesce('"' || wire_uuid(null) || '"', 'null'),
    ',"resource_type":', coalesce(to_json((null)::text)::text, 'null'),
    ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(null) || '"',
    ',"name":', to_json((null)::text)::text,
    ',"url":', to_json((null)::text)::text), 2) || '}', ','
  order by none) || ']', '[]')
  from generate_series(1, 0) none),
    ',"service_settings_uuid":' || '"' || wire_uuid(null) || '"')), 2) || '}', ','
  order by r.created, r.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, '{"RESOURCE.SET_LIMITS":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]},"RESOURCE.SET_PLAN":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]},"RESOURCE.TERMINATE":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]},"RESOURCE.UPDATE_OPTIONS":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, true::boolean as is_staff, site_day(now(), 'UTC'::text) as today) ctx
  cross join (select id
  from (select r.id
  from resource r
  where (true)
  and (r.backend_id = :backend_id
  and r.backend_id <> '')
  and ((r.offering_id in (select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = :category_uuid::uuid))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = :component_count::numeric)) is true)
  and (r.created >= ':created'::timestamptz)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = :customer::uuid))) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid))) is true)
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and ((r.project_id in (select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = :visible_to_username
  and true
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id
  and true))))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = :limit_component_count::numeric)) is true)
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.name = :name_exact)
  and ((r.offering_id in (select id
  from offering
  where uuid = :offering::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.shared, false) = true)) is true)
  and ((r.offering_id in (select id
  from offering
  where slug = any(:offering_slug::text[]))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.type = :offering_type)) is true)
  and ((r.offering_id in (select id
  from offering
  where uuid = any(:offering_uuid::uuid[]))) is true)
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and ((r.offering_id in (select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = :parent_offering_uuid::uuid))) is true)
  and ((r.paused))
  and ((r.plan_id in (select id
  from plan
  where uuid = :plan_uuid::uuid)) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.name ilike '%projectname%')) is true)
  and ((r.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = :provider_uuid::uuid))) is true)
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = :runtime_state)
  and ((r.offering_id in (select off.id
  from offering off
  where off.shared
  and off.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and (true)))) is true)
  and (r.state = any('{Creating}'::text[]))
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)
  order by r.created, r.id
  limit 10) sized
  limit :id::bigint) cut
  join resource r on r.id = cut.id
  join offering off on off.id = r.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  left join file off_image on off_image.id = off.image_id
  left join file off_thumbnail on off_thumbnail.id = off.thumbnail_id
  left join file cat_icon on cat_icon.id = cat.icon_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  left join plan plan on plan.id = r.plan_id
  left join offering off_parent on off_parent.id = off.parent_id
  left join resource parent on parent.id = r.parent_id
  left join "user" requester on requester.id = r.end_date_requested_by_id
  left join "user" project_requester on project_requester.id = p.end_date_requested_by_id) as page;

-- the owner of an organization
select count(*) as n
  from (select r.id
  from resource r
  where r.offering_id = any(array(select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = :category_uuid::uuid)))
  limit :id::bigint) rows_behind;
select expected_rows('select r.id
  from resource r
  where r.modified >= $1::timestamptz', ':modified') as n;
select expected_rows('select r.id
  from resource r
  where (r.name ilike $1)', '%name%') as n;
select expected_rows('select ord.resource_id
  from "order" ord
  where ord.state = any(string_to_array($1, ','))', 'pending-consumer') as n;
select expected_rows('select r.id
  from resource r
  where (r.name ilike $1
  or r.slug ilike $1
  or r.backend_id ilike $1
  or r.effective_id ilike $1
  or (r.backend_metadata::text) ilike $1)', '%query%') as n;
with found_0 as materialized (select array(select r.id
  from resource r
  where r.offering_id = any(array(select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = :category_uuid::uuid)))) as ids), found_1 as materialized (select array(select r.id
  from resource r
  where r.modified >= ':modified'::text::timestamptz) as ids), found_2 as materialized (select array(select r.id
  from resource r
  where (r.name ilike '%name%'::text)) as ids), found_3 as materialized (select array(select ord.resource_id
  from "order" ord
  where ord.state = any(string_to_array('pending-consumer'::text, ','))) as ids), found_4 as materialized (select array(select r.id
  from resource r
  where (r.name ilike '%query%'::text
  or r.slug ilike '%query%'::text
  or r.backend_id ilike '%query%'::text
  or r.effective_id ilike '%query%'::text
  or (r.backend_metadata::text) ilike '%query%'::text)) as ids) select (select count(*)
  from resource r
  where ((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  and (r.backend_id = :backend_id
  and r.backend_id <> '')
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = :component_count::numeric)) is true)
  and (r.created >= ':created'::timestamptz)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = :customer::uuid))) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid))) is true)
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and ((r.project_id in (select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = :visible_to_username
  and "member"."is_active"
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id
  and g.scope_id in (select c.id
  from customer c
  where (true)
  and (("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))))))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = :limit_component_count::numeric)) is true)
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and (r.name = :name_exact)
  and ((r.offering_id in (select id
  from offering
  where uuid = :offering::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.shared, false) = true)) is true)
  and ((r.offering_id in (select id
  from offering
  where slug = any(:offering_slug::text[]))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.type = :offering_type)) is true)
  and ((r.offering_id in (select id
  from offering
  where uuid = any(:offering_uuid::uuid[]))) is true)
  and (exists (select 1
  from "order" ord
  where ord.resource_id = r.id
  and (ord.state = any('{pending-consumer}'::text[]))
  and ((ord.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))
  or (ord.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])))))))
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.offering_id in (select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = :parent_offering_uuid::uuid))) is true)
  and ((r.paused))
  and ((r.plan_id in (select id
  from plan
  where uuid = :plan_uuid::uuid)) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.name ilike '%projectname%')) is true)
  and ((r.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = :provider_uuid::uuid))) is true)
  and (r.id = any((select ids
  from found_4)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = :runtime_state)
  and ((r.offering_id in (select off.id
  from offering off
  where off.shared
  and off.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and ("manager"."is_active")
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))) is true)
  and (r.state = any('{Creating}'::text[]))
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
    ',"offering":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/' || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"offering_description":', to_json((off.description)::text)::text,
    ',"offering_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_image.uuid) || '/' || '"',
    ',"offering_thumbnail":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_thumbnail.uuid) || '/' || '"',
    ',"offering_type":', to_json((off.type)::text)::text,
    ',"offering_shared":', (case when off.shared then 'true' when not (off.shared) then 'false' end),
    ',"offering_billable":', (case when off.billable then 'true' when not (off.billable) then 'false' end),
    ',"offering_plugin_options":', (off.plugin_options)::text,
    ',"provider_name":', to_json((prv.name)::text)::text,
    ',"provider_uuid":', '"' || wire_uuid(prv.uuid) || '"',
    ',"provider_slug":', to_json((prv.slug)::text)::text,
    ',"category_title":', to_json((cat.title)::text)::text,
    ',"category_uuid":', '"' || wire_uuid(cat.uuid) || '"',
    ',"category_icon":' || '"' || ctx.base || '/api/media/' || wire_uuid(cat_icon.uuid) || '/' || '"',
    ',"plan":' || '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"',
    ',"plan_unit":', coalesce('"' || (plan.unit) || '"', 'null'),
    ',"plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'),
    ',"plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'),
    ',"plan_description":', coalesce(to_json((plan.description)::text)::text, 'null'),
    ',"username":', coalesce(to_json(((select ou.username
  from offering_user ou
  where ou.offering_id = r.offering_id
  and ou.user_id = ctx.actor_id
  and ou.state <> 'Deleted'))::text)::text, 'null'),
    ',"user_requires_reconsent":', (case when exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = r.offering_id
  and (consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))) then 'true' when not (exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = r.offering_id
  and (consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version)))) then 'false' end),
    ',"attributes":', ((case off.type when 'Marketplace.Script' then r.attributes - array['password', 'user_password', 'token'] else r.attributes end))::text,
    ',"limits":', (r.limits)::text,
    ',"uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"created":', '"' || wire_time(r.created) || '"',
    ',"modified":', '"' || wire_time(r.modified) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"',
    ',"description":', to_json((r.description)::text)::text,
    ',"state":', '"' || (r.state) || '"',
    ',"backend_id":', to_json((r.backend_id)::text)::text,
    ',"effective_id":', to_json((r.effective_id)::text)::text,
    ',"project":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"',
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_description":', to_json((p.description)::text)::text,
    ',"project_end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'),
    ',"project_end_date_requested_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(project_requester.uuid) || '/' || '"',
    ',"project_slug":', to_json((p.slug)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_slug":', to_json((c.slug)::text)::text,
    ',"offering_slug":', to_json((off.slug)::text)::text,
    ',"offering_backend_id":', to_json((off.backend_id)::text)::text,
    ',"offering_customer_uuid":', '"' || wire_uuid(prv.uuid) || '"',
    ',"offering_state":', '"' || (off.state) || '"',
    ',"parent_offering_uuid":' || '"' || wire_uuid(off_parent.uuid) || '"'), concat(
    ',"parent_offering_name":' || to_json((off_parent.name)::text)::text,
    ',"parent_offering_slug":' || to_json((off_parent.slug)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"',
    ',"parent_name":' || to_json((parent.name)::text)::text,
    ',"backend_metadata":', (r.backend_metadata)::text,
    ',"is_usage_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')) then 'false' end),
    ',"is_limit_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')) then 'false' end),
    ',"name":', to_json((r.name)::text)::text,
    ',"slug":', to_json((r.slug)::text)::text,
    ',"current_usages":', (case when r.current_usages_month = period_start('month', ctx.today) then r.current_usages else '{}' end)::text,
    ',"can_terminate":', (case when (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false))) then 'true' when not ((r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false)))) then 'false' end),
    ',"report":', (coalesce(r.report, '[]'))::text,
    ',"end_date":', coalesce('"' || (r.end_date)::date || '"', 'null'),
    ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'),
    ',"limit_usage":', (select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || trim_scale(((select sum(cu.usage)
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= period_start(oc.limit_period, ctx.today)))::numeric)::text, ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and exists (select 1
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= period_start(oc.limit_period, ctx.today))),
    ',"renewal_date":', coalesce((select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || '"' || ((period_start(nullif(oc.limit_period, 'total'), ctx.today) + case oc.limit_period when 'annual' then interval '1 year' when 'quarterly' then interval '3 months' else interval '1 month' end)::date)::date || '"', ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and oc.limit_period in ('month', 'quarterly', 'annual')), 'null'),
    ',"downscaled":', (case when r.downscaled then 'true' when not (r.downscaled) then 'false' end),
    ',"restrict_member_access":', (case when r.restrict_member_access then 'true' when not (r.restrict_member_access) then 'false' end),
    ',"paused":', (case when r.paused then 'true' when not (r.paused) then 'false' end),
    ',"error_message":', to_json((r.error_message)::text)::text,
    ',"options":', coalesce((r.options)::text, 'null'),
    ',"available_actions":', ((select coalesce(jsonb_agg(verb
  order by verb), '[]')
  from unnest(array['renew', 'switch_plan', 'terminate', 'update_limits', 'update_options']) verb
  where case verb when 'renew' then (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and not not exists (select 1
  from offering_component prepaid
  where prepaid.offering_id = off.id
  and prepaid.is_prepaid
  and prepaid.billing_type in ('limit', 'one'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'customer') @> to_jsonb(c.id), false))) when 'switch_plan' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'customer') @> to_jsonb(c.id), false))) when 'terminate' then (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false))) when 'update_limits' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'customer') @> to_jsonb(c.id), false))) when 'update_options' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(off.customer_id), false))) end
  and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false)))::text,
    ',"last_sync":', '"' || wire_time(r.last_sync) || '"',
    ',"offering_components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(oc.uuid) || '"',
    ',"billing_type":', '"' || (oc.billing_type) || '"',
    ',"type":', to_json((oc.type)::text)::text,
    ',"name":', to_json((oc.name)::text)::text,
    ',"description":', to_json((oc.description)::text)::text,
    ',"measured_unit":', to_json((oc.measured_unit)::text)::text,
    ',"unit_factor":', (oc.unit_factor)::text,
    ',"limit_period":', coalesce('"' || (oc.limit_period) || '"', 'null'),
    ',"limit_amount":', coalesce((oc.limit_amount)::text, 'null'),
    ',"article_code":', to_json((oc.article_code)::text)::text,
    ',"max_value":', coalesce((oc.max_value)::text, 'null'),
    ',"min_value":', coalesce((oc.min_value)::text, 'null'),
    ',"max_available_limit":', coalesce((oc.max_available_limit)::text, 'null'),
    ',"is_boolean":', (case when oc.is_boolean then 'true' when not (oc.is_boolean) then 'false' end),
    ',"default_limit":', coalesce((oc.default_limit)::text, 'null'),
    ',"factor":', coalesce((null::integer)::text, 'null'),
    ',"is_builtin":', (case when oc.is_builtin then 'true' when not (oc.is_builtin) then 'false' end),
    ',"is_prepaid":', (case when oc.is_prepaid then 'true' when not (oc.is_prepaid) then 'false' end),
    ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = oc.overage_component_id)) || '"', 'null'),
    ',"min_prepaid_duration":', coalesce((oc.min_prepaid_duration)::text, 'null'),
    ',"max_prepaid_duration":', coalesce((oc.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by oc.id) || ']', '[]')
  from offering_component oc
  where oc.offering_id = r.offering_id),
    ',"scope":' || to_json((null)::text)::text,
    ',"resource_uuid":', coalesce('"' || wire_uuid(null) || '"', 'null'),
    ',"resource_type":', coalesce(to_json((null)::text)::text, 'null'),
    ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(null) || '"',
    ',"name":', to_json((null)::text)::text,
    ',"url":', to_json((null)::text)::text), 2) || '}', ','
  order by none) || ']', '[]')
  from generate_series(1, 0) none),
    ',"service_settings_uuid":' || '"' || wire_uuid(null) || '"')), 2) || '}', ','
  order by r.created, r.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, '{"RESOURCE.SET_LIMITS":{"customer":[2,9,10,11,12],"consumer":[2,9,10,11,12],"service_provider":[],"project":[],"offering":[]},"RESOURCE.SET_PLAN":{"customer":[2,9,10,11,12],"consumer":[2,9,10,11,12],"service_provider":[],"project":[],"offering":[]},"RESOURCE.TERMINATE":{"customer":[2,9,10,11,12],"consumer":[2,9,10,11,12],"service_provider":[],"project":[],"offering":[]},"RESOURCE.UPDATE_OPTIONS":{"customer":[2,9,10,11,12],"consumer":[2,9,10,11,12],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, false::boolean as is_staff, site_day(now(), 'UTC'::text) as today) ctx
  cross join (select id
  from (select r.id
  from resource r
  where ((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  and (r.backend_id = :backend_id
  and r.backend_id <> '')
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = :component_count::numeric)) is true)
  and (r.created >= ':created'::timestamptz)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = :customer::uuid))) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid))) is true)
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and ((r.project_id in (select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = :visible_to_username
  and "member"."is_active"
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id
  and g.scope_id in (select c.id
  from customer c
  where (true)
  and (("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))))))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = :limit_component_count::numeric)) is true)
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and (r.name = :name_exact)
  and ((r.offering_id in (select id
  from offering
  where uuid = :offering::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.shared, false) = true)) is true)
  and ((r.offering_id in (select id
  from offering
  where slug = any(:offering_slug::text[]))) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.type = :offering_type)) is true)
  and ((r.offering_id in (select id
  from offering
  where uuid = any(:offering_uuid::uuid[]))) is true)
  and (exists (select 1
  from "order" ord
  where ord.resource_id = r.id
  and (ord.state = any('{pending-consumer}'::text[]))
  and ((ord.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[]))))
  or (ord.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])))))))
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.offering_id in (select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = :parent_offering_uuid::uuid))) is true)
  and ((r.paused))
  and ((r.plan_id in (select id
  from plan
  where uuid = :plan_uuid::uuid)) is true)
  and ((r.project_id in (select p.id
  from project p
  where p.name ilike '%projectname%')) is true)
  and ((r.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((r.offering_id in (select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = :provider_uuid::uuid))) is true)
  and (r.id = any((select ids
  from found_4)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = :runtime_state)
  and ((r.offering_id in (select off.id
  from offering off
  where off.shared
  and off.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and ("manager"."is_active")
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[])))))) is true)
  and (r.state = any('{Creating}'::text[]))
  and ((r.offering_id in (select off.id
  from offering off
  where coalesce(off.billable, false) = true)) is true)
  order by r.created, r.id
  limit 10) sized
  limit :id::bigint) cut
  join resource r on r.id = cut.id
  join offering off on off.id = r.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  left join file off_image on off_image.id = off.image_id
  left join file off_thumbnail on off_thumbnail.id = off.thumbnail_id
  left join file cat_icon on cat_icon.id = cat.icon_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  left join plan plan on plan.id = r.plan_id
  left join offering off_parent on off_parent.id = off.parent_id
  left join resource parent on parent.id = r.parent_id
  left join "user" requester on requester.id = r.end_date_requested_by_id
  left join "user" project_requester on project_requester.id = p.end_date_requested_by_id) as page;
