-- GET /api/marketplace-resources/
-- Generated: npm run gen

-- staff
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
with found_0 as materialized (select array(select r.id
  from resource r
  where r.modified >= $1::text::timestamptz) as ids), found_1 as materialized (select array(select r.id
  from resource r
  where (r.name ilike $2::text)) as ids), found_2 as materialized (select array(select ord.resource_id
  from "order" ord
  where ord.state = any(string_to_array($3::text, ','))) as ids), found_3 as materialized (select array(select r.id
  from resource r
  where (r.name ilike $4::text
  or r.slug ilike $5::text
  or r.backend_id ilike $6::text
  or r.effective_id ilike $7::text
  or (r.backend_metadata::text) ilike $8::text)) as ids) select (select count(*)
  from resource r
  where (r.backend_id = $9
  and r.backend_id <> '')
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = $10::uuid))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = $11::numeric)))
  and (r.created >= $12::timestamptz)
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = $13::uuid))))
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = $14::uuid))))
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and (r.project_id = any(array(select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = $15
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id))))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = $16)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = $17)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = $18)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = $19)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = $20::numeric)))
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.name = $21)
  and (r.offering_id = any(array(select id
  from offering
  where uuid = $22::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $23)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.shared, false) = $24)))
  and (r.offering_id = any(array(select id
  from offering
  where slug = any($25::text[]))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.type = $26)))
  and (r.offering_id = any(array(select id
  from offering
  where uuid = any($27::uuid[]))))
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = $28::uuid))))
  and ((r.paused))
  and (r.plan_id = any(array(select id
  from plan
  where uuid = $29::uuid)))
  and (r.project_id = any(array(select p.id
  from project p
  where p.name ilike $30)))
  and (r.project_id = any(array(select id
  from project
  where uuid = $31::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = $32::uuid))))
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = $33)
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.shared
  and exists (select 1
  from live_grant g
  join "user" manager on manager.id = g.user_id
  where g.scope_type = 'offering'
  and g.scope_id = off.id
  and manager.uuid = $34::uuid))))
  and (r.state = any($35::text[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $36)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(',"offering":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/' || '"', ',"offering_name":', to_json((off.name)::text)::text, ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"', ',"offering_description":', to_json((off.description)::text)::text, ',"offering_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_image.uuid) || '/' || '"', ',"offering_thumbnail":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_thumbnail.uuid) || '/' || '"', ',"offering_type":', to_json((off.type)::text)::text, ',"offering_shared":', (case when off.shared then 'true' when not (off.shared) then 'false' end), ',"offering_billable":', (case when off.billable then 'true' when not (off.billable) then 'false' end), ',"offering_plugin_options":', (off.plugin_options)::text, ',"provider_name":', to_json((prv.name)::text)::text, ',"provider_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"provider_slug":', to_json((prv.slug)::text)::text, ',"category_title":', to_json((cat.title)::text)::text, ',"category_uuid":', '"' || wire_uuid(cat.uuid) || '"', ',"category_icon":' || '"' || ctx.base || '/api/media/' || wire_uuid(cat_icon.uuid) || '/' || '"', ',"plan":' || '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"', ',"plan_unit":', coalesce('"' || (plan.unit) || '"', 'null'), ',"plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'), ',"plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'), ',"plan_description":', coalesce(to_json((plan.description)::text)::text, 'null'), ',"attributes":', (r.attributes)::text, ',"limits":', (r.limits)::text, ',"uuid":', '"' || wire_uuid(r.uuid) || '"', ',"created":', '"' || wire_time(r.created) || '"', ',"modified":', '"' || wire_time(r.modified) || '"', ',"url":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', ',"description":', to_json((r.description)::text)::text, ',"state":', '"' || (r.state) || '"', ',"backend_id":', to_json((r.backend_id)::text)::text, ',"effective_id":', to_json((r.effective_id)::text)::text, ',"project":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"', ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"', ',"project_name":', to_json((p.name)::text)::text, ',"project_description":', to_json((p.description)::text)::text, ',"project_end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'), ',"project_end_date_requested_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(project_requester.uuid) || '/' || '"', ',"project_slug":', to_json((p.slug)::text)::text, ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"', ',"customer_name":', to_json((c.name)::text)::text, ',"customer_slug":', to_json((c.slug)::text)::text, ',"offering_slug":', to_json((off.slug)::text)::text, ',"offering_backend_id":', to_json((off.backend_id)::text)::text, ',"offering_customer_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"offering_state":', '"' || (off.state) || '"', ',"parent_offering_uuid":' || '"' || wire_uuid(off_parent.uuid) || '"', ',"parent_offering_name":' || to_json((off_parent.name)::text)::text, ',"parent_offering_slug":' || to_json((off_parent.slug)::text)::text, ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"', ',"parent_name":' || to_json((parent.name)::text)::text), concat(',"backend_metadata":', (r.backend_metadata)::text, ',"is_usage_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')) then 'false' end), ',"is_limit_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')) then 'false' end), ',"name":', to_json((r.name)::text)::text, ',"slug":', to_json((r.slug)::text)::text, ',"current_usages":', (r.current_usages)::text, ',"can_terminate":', (case when (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
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
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false)))) then 'false' end), ',"report":', (coalesce(r.report, '[]'))::text, ',"end_date":', coalesce('"' || (r.end_date)::date || '"', 'null'), ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'), ',"limit_usage":', (select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || trim_scale(((select sum(cu.usage)
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= case oc.limit_period when 'annual' then date_trunc('year', ctx.today) when 'quarterly' then date_trunc('quarter', ctx.today) when 'total' then '-infinity' else date_trunc('month', ctx.today) end))::numeric)::text, ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and exists (select 1
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= case oc.limit_period when 'annual' then date_trunc('year', ctx.today) when 'quarterly' then date_trunc('quarter', ctx.today) when 'total' then '-infinity' else date_trunc('month', ctx.today) end)), ',"renewal_date":', coalesce((select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || '"' || (case oc.limit_period when 'annual' then date_trunc('year', ctx.today) + interval '1 year' when 'quarterly' then date_trunc('quarter', ctx.today) + interval '3 months' else date_trunc('month', ctx.today) + interval '1 month' end)::date || '"', ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and oc.limit_period in ('month', 'quarterly', 'annual')), 'null'), ',"downscaled":', (case when r.downscaled then 'true' when not (r.downscaled) then 'false' end), ',"restrict_member_access":', (case when r.restrict_member_access then 'true' when not (r.restrict_member_access) then 'false' end), ',"paused":', (case when r.paused then 'true' when not (r.paused) then 'false' end), ',"error_message":', to_json((r.error_message)::text)::text, ',"error_traceback":', to_json((r.error_traceback)::text)::text, ',"options":', coalesce((r.options)::text, 'null'), ',"available_actions":', ((select coalesce(jsonb_agg(verb
  order by verb), '[]')
  from unnest(array['switch_plan', 'terminate', 'update_limits', 'update_options']) verb
  where case verb when 'switch_plan' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'customer') @> to_jsonb(c.id), false))) when 'terminate' then (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
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
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'customer') @> to_jsonb(c.id), false))) when 'update_options' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(off.customer_id), false))) end
  and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false)))::text, ',"last_sync":', '"' || wire_time(r.last_sync) || '"', ',"offering_components":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(oc.uuid) || '"', ',"billing_type":', '"' || (oc.billing_type) || '"', ',"type":', to_json((oc.type)::text)::text, ',"name":', to_json((oc.name)::text)::text, ',"description":', to_json((oc.description)::text)::text, ',"measured_unit":', to_json((oc.measured_unit)::text)::text, ',"unit_factor":', (oc.unit_factor)::text, ',"limit_period":', coalesce('"' || (oc.limit_period) || '"', 'null'), ',"limit_amount":', coalesce((oc.limit_amount)::text, 'null'), ',"article_code":', to_json((oc.article_code)::text)::text, ',"max_value":', coalesce((oc.max_value)::text, 'null'), ',"min_value":', coalesce((oc.min_value)::text, 'null'), ',"max_available_limit":', coalesce((oc.max_available_limit)::text, 'null'), ',"is_boolean":', (case when oc.is_boolean then 'true' when not (oc.is_boolean) then 'false' end), ',"default_limit":', coalesce((oc.default_limit)::text, 'null'), ',"factor":', coalesce((null::integer)::text, 'null'), ',"is_builtin":', (case when oc.is_builtin then 'true' when not (oc.is_builtin) then 'false' end), ',"is_prepaid":', (case when oc.is_prepaid then 'true' when not (oc.is_prepaid) then 'false' end), ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = oc.overage_component_id)) || '"', 'null'), ',"min_prepaid_duration":', coalesce((oc.min_prepaid_duration)::text, 'null'), ',"max_prepaid_duration":', coalesce((oc.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by oc.id) || ']', '[]')
  from offering_component oc
  where oc.offering_id = r.offering_id), ',"scope":' || to_json((null)::text)::text, ',"resource_uuid":', coalesce('"' || wire_uuid(null) || '"', 'null'), ',"resource_type":', coalesce(to_json((null)::text)::text, 'null'), ',"username":', coalesce(to_json((null)::text)::text, 'null'), ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(null) || '"', ',"name":', to_json((null)::text)::text, ',"url":', to_json((null)::text)::text), 2) || '}', ','
  order by none) || ']', '[]')
  from generate_series(1, 0) none), ',"service_settings_uuid":' || '"' || wire_uuid(null) || '"', ',"user_requires_reconsent":', (case when false then 'true' when not (false) then 'false' end))), 2) || '}', ','
  order by r.created, r.id) || ']', '[]')
  from (select $37::text as base, $38::jsonb as held, $39::boolean as is_staff, (now() at time zone $40::text)::date as today) ctx
  cross join (select r.id
  from resource r
  where (true)
  and (r.backend_id = $41
  and r.backend_id <> '')
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = $42::uuid))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = $43::numeric)))
  and (r.created >= $44::timestamptz)
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = $45::uuid))))
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = $46::uuid))))
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and (r.project_id = any(array(select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = $47
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id))))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = $48)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = $49)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = $50)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = $51)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = $52::numeric)))
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.name = $53)
  and (r.offering_id = any(array(select id
  from offering
  where uuid = $54::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $55)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.shared, false) = $56)))
  and (r.offering_id = any(array(select id
  from offering
  where slug = any($57::text[]))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.type = $58)))
  and (r.offering_id = any(array(select id
  from offering
  where uuid = any($59::uuid[]))))
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = $60::uuid))))
  and ((r.paused))
  and (r.plan_id = any(array(select id
  from plan
  where uuid = $61::uuid)))
  and (r.project_id = any(array(select p.id
  from project p
  where p.name ilike $62)))
  and (r.project_id = any(array(select id
  from project
  where uuid = $63::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = $64::uuid))))
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = $65)
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.shared
  and exists (select 1
  from live_grant g
  join "user" manager on manager.id = g.user_id
  where g.scope_type = 'offering'
  and g.scope_id = off.id
  and manager.uuid = $66::uuid))))
  and (r.state = any($67::text[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $68)))
  order by r.created, r.id
  limit 10) cut
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
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
with found_0 as materialized (select array(select r.id
  from resource r
  where r.modified >= $1::text::timestamptz) as ids), found_1 as materialized (select array(select r.id
  from resource r
  where (r.name ilike $2::text)) as ids), found_2 as materialized (select array(select ord.resource_id
  from "order" ord
  where ord.state = any(string_to_array($3::text, ','))) as ids), found_3 as materialized (select array(select r.id
  from resource r
  where (r.name ilike $4::text
  or r.slug ilike $5::text
  or r.backend_id ilike $6::text
  or r.effective_id ilike $7::text
  or (r.backend_metadata::text) ilike $8::text)) as ids) select (select count(*)
  from resource r
  where ((r.project_id = any(array(select id
  from project
  where customer_id = any($9::bigint[])))))
  and (r.backend_id = $10
  and r.backend_id <> '')
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = $11::uuid))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = $12::numeric)))
  and (r.created >= $13::timestamptz)
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = $14::uuid))))
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = $15::uuid))))
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and (r.project_id = any(array(select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = $16
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id))))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = $17)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = $18)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = $19)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = $20)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = $21::numeric)))
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.name = $22)
  and (r.offering_id = any(array(select id
  from offering
  where uuid = $23::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $24)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.shared, false) = $25)))
  and (r.offering_id = any(array(select id
  from offering
  where slug = any($26::text[]))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.type = $27)))
  and (r.offering_id = any(array(select id
  from offering
  where uuid = any($28::uuid[]))))
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = $29::uuid))))
  and ((r.paused))
  and (r.plan_id = any(array(select id
  from plan
  where uuid = $30::uuid)))
  and (r.project_id = any(array(select p.id
  from project p
  where p.name ilike $31)))
  and (r.project_id = any(array(select id
  from project
  where uuid = $32::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = $33::uuid))))
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = $34)
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.shared
  and exists (select 1
  from live_grant g
  join "user" manager on manager.id = g.user_id
  where g.scope_type = 'offering'
  and g.scope_id = off.id
  and manager.uuid = $35::uuid))))
  and (r.state = any($36::text[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $37)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(',"offering":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/' || '"', ',"offering_name":', to_json((off.name)::text)::text, ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"', ',"offering_description":', to_json((off.description)::text)::text, ',"offering_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_image.uuid) || '/' || '"', ',"offering_thumbnail":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_thumbnail.uuid) || '/' || '"', ',"offering_type":', to_json((off.type)::text)::text, ',"offering_shared":', (case when off.shared then 'true' when not (off.shared) then 'false' end), ',"offering_billable":', (case when off.billable then 'true' when not (off.billable) then 'false' end), ',"offering_plugin_options":', (off.plugin_options)::text, ',"provider_name":', to_json((prv.name)::text)::text, ',"provider_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"provider_slug":', to_json((prv.slug)::text)::text, ',"category_title":', to_json((cat.title)::text)::text, ',"category_uuid":', '"' || wire_uuid(cat.uuid) || '"', ',"category_icon":' || '"' || ctx.base || '/api/media/' || wire_uuid(cat_icon.uuid) || '/' || '"', ',"plan":' || '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"', ',"plan_unit":', coalesce('"' || (plan.unit) || '"', 'null'), ',"plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'), ',"plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'), ',"plan_description":', coalesce(to_json((plan.description)::text)::text, 'null'), ',"attributes":', (r.attributes)::text, ',"limits":', (r.limits)::text, ',"uuid":', '"' || wire_uuid(r.uuid) || '"', ',"created":', '"' || wire_time(r.created) || '"', ',"modified":', '"' || wire_time(r.modified) || '"', ',"url":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', ',"description":', to_json((r.description)::text)::text, ',"state":', '"' || (r.state) || '"', ',"backend_id":', to_json((r.backend_id)::text)::text, ',"effective_id":', to_json((r.effective_id)::text)::text, ',"project":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"', ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"', ',"project_name":', to_json((p.name)::text)::text, ',"project_description":', to_json((p.description)::text)::text, ',"project_end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'), ',"project_end_date_requested_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(project_requester.uuid) || '/' || '"', ',"project_slug":', to_json((p.slug)::text)::text, ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"', ',"customer_name":', to_json((c.name)::text)::text, ',"customer_slug":', to_json((c.slug)::text)::text, ',"offering_slug":', to_json((off.slug)::text)::text, ',"offering_backend_id":', to_json((off.backend_id)::text)::text, ',"offering_customer_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"offering_state":', '"' || (off.state) || '"', ',"parent_offering_uuid":' || '"' || wire_uuid(off_parent.uuid) || '"', ',"parent_offering_name":' || to_json((off_parent.name)::text)::text, ',"parent_offering_slug":' || to_json((off_parent.slug)::text)::text, ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"', ',"parent_name":' || to_json((parent.name)::text)::text), concat(',"backend_metadata":', (r.backend_metadata)::text, ',"is_usage_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')) then 'false' end), ',"is_limit_based":', (case when exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') then 'true' when not (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')) then 'false' end), ',"name":', to_json((r.name)::text)::text, ',"slug":', to_json((r.slug)::text)::text, ',"current_usages":', (r.current_usages)::text, ',"can_terminate":', (case when (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
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
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.TERMINATE' -> 'customer') @> to_jsonb(off.customer_id), false)))) then 'false' end), ',"report":', (coalesce(r.report, '[]'))::text, ',"end_date":', coalesce('"' || (r.end_date)::date || '"', 'null'), ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'), ',"limit_usage":', (select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || trim_scale(((select sum(cu.usage)
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= case oc.limit_period when 'annual' then date_trunc('year', ctx.today) when 'quarterly' then date_trunc('quarter', ctx.today) when 'total' then '-infinity' else date_trunc('month', ctx.today) end))::numeric)::text, ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and exists (select 1
  from component_usage cu
  where cu.resource_id = r.id
  and cu.component_id = oc.id
  and cu.billing_period >= case oc.limit_period when 'annual' then date_trunc('year', ctx.today) when 'quarterly' then date_trunc('quarter', ctx.today) when 'total' then '-infinity' else date_trunc('month', ctx.today) end)), ',"renewal_date":', coalesce((select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || '"' || (case oc.limit_period when 'annual' then date_trunc('year', ctx.today) + interval '1 year' when 'quarterly' then date_trunc('quarter', ctx.today) + interval '3 months' else date_trunc('month', ctx.today) + interval '1 month' end)::date || '"', ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and oc.limit_period in ('month', 'quarterly', 'annual')), 'null'), ',"downscaled":', (case when r.downscaled then 'true' when not (r.downscaled) then 'false' end), ',"restrict_member_access":', (case when r.restrict_member_access then 'true' when not (r.restrict_member_access) then 'false' end), ',"paused":', (case when r.paused then 'true' when not (r.paused) then 'false' end), ',"error_message":', to_json((r.error_message)::text)::text, ',"options":', coalesce((r.options)::text, 'null'), ',"available_actions":', ((select coalesce(jsonb_agg(verb
  order by verb), '[]')
  from unnest(array['switch_plan', 'terminate', 'update_limits', 'update_options']) verb
  where case verb when 'switch_plan' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_PLAN' -> 'customer') @> to_jsonb(c.id), false))) when 'terminate' then (r.state in ('OK', 'Erred')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
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
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.SET_LIMITS' -> 'customer') @> to_jsonb(c.id), false))) when 'update_options' then (r.state in ('OK')
  and not c.blocked
  and not c.archived
  and not (off.state = 'Unavailable')
  and not exists (select 1
  from "order" open
  where open.resource_id = r.id
  and open.state in ('pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'))
  and (ctx.is_staff
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'project') @> to_jsonb(p.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(c.id), false)
  or coalesce((ctx.held -> 'RESOURCE.UPDATE_OPTIONS' -> 'customer') @> to_jsonb(off.customer_id), false))) end
  and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false)))::text, ',"last_sync":', '"' || wire_time(r.last_sync) || '"', ',"offering_components":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(oc.uuid) || '"', ',"billing_type":', '"' || (oc.billing_type) || '"', ',"type":', to_json((oc.type)::text)::text, ',"name":', to_json((oc.name)::text)::text, ',"description":', to_json((oc.description)::text)::text, ',"measured_unit":', to_json((oc.measured_unit)::text)::text, ',"unit_factor":', (oc.unit_factor)::text, ',"limit_period":', coalesce('"' || (oc.limit_period) || '"', 'null'), ',"limit_amount":', coalesce((oc.limit_amount)::text, 'null'), ',"article_code":', to_json((oc.article_code)::text)::text, ',"max_value":', coalesce((oc.max_value)::text, 'null'), ',"min_value":', coalesce((oc.min_value)::text, 'null'), ',"max_available_limit":', coalesce((oc.max_available_limit)::text, 'null'), ',"is_boolean":', (case when oc.is_boolean then 'true' when not (oc.is_boolean) then 'false' end), ',"default_limit":', coalesce((oc.default_limit)::text, 'null'), ',"factor":', coalesce((null::integer)::text, 'null'), ',"is_builtin":', (case when oc.is_builtin then 'true' when not (oc.is_builtin) then 'false' end), ',"is_prepaid":', (case when oc.is_prepaid then 'true' when not (oc.is_prepaid) then 'false' end), ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = oc.overage_component_id)) || '"', 'null'), ',"min_prepaid_duration":', coalesce((oc.min_prepaid_duration)::text, 'null'), ',"max_prepaid_duration":', coalesce((oc.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by oc.id) || ']', '[]')
  from offering_component oc
  where oc.offering_id = r.offering_id), ',"scope":' || to_json((null)::text)::text, ',"resource_uuid":', coalesce('"' || wire_uuid(null) || '"', 'null'), ',"resource_type":', coalesce(to_json((null)::text)::text, 'null'), ',"username":', coalesce(to_json((null)::text)::text, 'null'), ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(null) || '"', ',"name":', to_json((null)::text)::text, ',"url":', to_json((null)::text)::text), 2) || '}', ','
  order by none) || ']', '[]')
  from generate_series(1, 0) none), ',"service_settings_uuid":' || '"' || wire_uuid(null) || '"', ',"user_requires_reconsent":', (case when false then 'true' when not (false) then 'false' end))), 2) || '}', ','
  order by r.created, r.id) || ']', '[]')
  from (select $38::text as base, $39::jsonb as held, $40::boolean as is_staff, (now() at time zone $41::text)::date as today) ctx
  cross join (select r.id
  from resource r
  where ((r.project_id = any(array(select id
  from project
  where customer_id = any($42::bigint[])))))
  and (r.backend_id = $43
  and r.backend_id <> '')
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.category_id = (select id
  from category
  where uuid = $44::uuid))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id) = $45::numeric)))
  and (r.created >= $46::timestamptz)
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id in (select id
  from customer
  where uuid = $47::uuid))))
  and (r.project_id = any(array(select p.id
  from project p
  where p.customer_id = (select id
  from customer
  where uuid = $48::uuid))))
  and ((r.downscaled))
  and (((r.end_date is not null)))
  and (r.project_id = any(array(select p.id
  from project p
  where exists (select 1
  from live_grant g
  join "user" member on member.id = g.user_id
  where member.username = $49
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id))))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit'), false) = $50)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage'), false) = $51)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')), false) = $52)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce((exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit')), false) = $53)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where (select count(*)
  from offering_component oc
  where oc.offering_id = off.id
  and oc.billing_type = 'limit') = $54::numeric)))
  and (r.id = any((select ids
  from found_0)::bigint[]))
  and (r.id = any((select ids
  from found_1)::bigint[]))
  and (r.name = $55)
  and (r.offering_id = any(array(select id
  from offering
  where uuid = $56::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $57)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.shared, false) = $58)))
  and (r.offering_id = any(array(select id
  from offering
  where slug = any($59::text[]))))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.type = $60)))
  and (r.offering_id = any(array(select id
  from offering
  where uuid = any($61::uuid[]))))
  and (r.id = any((select ids
  from found_2)::bigint[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.parent_id = (select id
  from offering
  where uuid = $62::uuid))))
  and ((r.paused))
  and (r.plan_id = any(array(select id
  from plan
  where uuid = $63::uuid)))
  and (r.project_id = any(array(select p.id
  from project p
  where p.name ilike $64)))
  and (r.project_id = any(array(select id
  from project
  where uuid = $65::uuid)))
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.customer_id = (select id
  from customer
  where uuid = $66::uuid))))
  and (r.id = any((select ids
  from found_3)::bigint[]))
  and ((r.restrict_member_access))
  and ((r.backend_metadata ->> 'runtime_state') = $67)
  and (r.offering_id = any(array(select off.id
  from offering off
  where off.shared
  and exists (select 1
  from live_grant g
  join "user" manager on manager.id = g.user_id
  where g.scope_type = 'offering'
  and g.scope_id = off.id
  and manager.uuid = $68::uuid))))
  and (r.state = any($69::text[]))
  and (r.offering_id = any(array(select off.id
  from offering off
  where coalesce(off.billable, false) = $70)))
  order by r.created, r.id
  limit 10) cut
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
