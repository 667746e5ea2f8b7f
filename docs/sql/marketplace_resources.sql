-- GET /api/marketplace-resources/
-- Generated: npm run gen

-- staff
select (select count(*)
  from resource r
  join offering off on off.id = r.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  left join offering off_parent on off_parent.id = off.parent_id
  where r.backend_id = $1
  and cat.uuid = $2::uuid
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id) = $3::numeric
  and r.created >= $4::timestamptz
  and c.uuid = $5::uuid
  and c.uuid = $6::uuid
  and (r.downscaled)
  and ((r.end_date is not null))
  and exists (select 1
  from role_grant g
  join "user" member on member.id = g.user_id
  where member.username = $7
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id)))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage'))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')))
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') = $8::numeric
  and r.modified >= $9::timestamptz
  and (r.name ilike $10)
  and r.name = $11
  and off.uuid = $12::uuid
  and (off.billable)
  and (off.shared)
  and off.slug = any($13::text[])
  and off.type = $14
  and off.uuid = any($15::uuid[])
  and exists (select 1
  from "order" ord
  where ord.resource_id = r.id
  and ord.state = any($16::text[]))
  and off_parent.uuid = $17::uuid
  and (r.paused)
  and r.plan_id = (select id
  from plan
  where uuid = $18::uuid)
  and (p.name ilike $19)
  and r.project_id = (select id
  from project
  where uuid = $20::uuid)
  and prv.uuid = $21::uuid
  and (r.name ilike $22
  or r.slug ilike $23
  or r.backend_id ilike $24
  or r.effective_id ilike $25
  or r.backend_metadata::text ilike $26)
  and (r.restrict_member_access)
  and (r.backend_metadata ->> 'runtime_state') = $27
  and r.offering_id in (select managed.id
  from offering managed
  join role_grant g on g.scope_type = 'offering'
  and g.scope_id = managed.id
  join "user" manager on manager.id = g.user_id
  where managed.shared
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and manager.uuid = $28::uuid)
  and r.state = any($29::text[])
  and (off.billable)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(',"offering":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/' || '"', ',"offering_name":', to_json((off.name)::text)::text, ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"', ',"offering_description":', to_json((off.description)::text)::text, ',"offering_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_image.uuid) || '/' || '"', ',"offering_thumbnail":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_thumbnail.uuid) || '/' || '"', ',"offering_type":', to_json((off.type)::text)::text, ',"offering_shared":', (case when off.shared then 'true' when not (off.shared) then 'false' end), ',"offering_billable":', (case when off.billable then 'true' when not (off.billable) then 'false' end), ',"offering_plugin_options":', (off.plugin_options)::text, ',"provider_name":', to_json((prv.name)::text)::text, ',"provider_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"provider_slug":', to_json((prv.slug)::text)::text, ',"category_title":', to_json((cat.title)::text)::text, ',"category_uuid":', '"' || wire_uuid(cat.uuid) || '"', ',"category_icon":' || '"' || ctx.base || '/api/media/' || wire_uuid(cat_icon.uuid) || '/' || '"', ',"plan":' || '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"', ',"plan_unit":', coalesce('"' || (plan.unit) || '"', 'null'), ',"plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'), ',"plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'), ',"plan_description":', coalesce(to_json((plan.description)::text)::text, 'null'), ',"attributes":', (r.attributes)::text, ',"limits":', (r.limits)::text, ',"uuid":', '"' || wire_uuid(r.uuid) || '"', ',"created":', '"' || wire_time(r.created) || '"', ',"modified":', '"' || wire_time(r.modified) || '"', ',"url":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', ',"description":', to_json((r.description)::text)::text, ',"state":', '"' || (r.state) || '"', ',"backend_id":', to_json((r.backend_id)::text)::text, ',"effective_id":', to_json((r.effective_id)::text)::text, ',"project":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"', ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"', ',"project_name":', to_json((p.name)::text)::text, ',"project_description":', to_json((p.description)::text)::text, ',"project_end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'), ',"project_end_date_requested_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(project_requester.uuid) || '/' || '"', ',"project_slug":', to_json((p.slug)::text)::text, ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"', ',"customer_name":', to_json((c.name)::text)::text, ',"customer_slug":', to_json((c.slug)::text)::text, ',"offering_slug":', to_json((off.slug)::text)::text, ',"offering_backend_id":', to_json((off.backend_id)::text)::text, ',"offering_customer_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"offering_state":', '"' || (off.state) || '"', ',"parent_offering_uuid":' || '"' || wire_uuid(off_parent.uuid) || '"', ',"parent_offering_name":' || to_json((off_parent.name)::text)::text, ',"parent_offering_slug":' || to_json((off_parent.slug)::text)::text, ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"', ',"parent_name":' || to_json((parent.name)::text)::text), concat(',"backend_metadata":', (r.backend_metadata)::text, ',"is_usage_based":', (case when exists (select 1
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
  and oc.billing_type = 'limit')) then 'false' end), ',"name":', to_json((r.name)::text)::text, ',"slug":', to_json((r.slug)::text)::text, ',"current_usages":', (case when r.current_usages_month = date_trunc('month', ctx.today::timestamp)::date then r.current_usages else '{}' end)::text, ',"can_terminate":', (case when (r.state in ('OK', 'Erred')
  and not c.blocked
  and not exists (select 1
  from "order" held
  where held.resource_id = r.id
  and held.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or exists ( select 1
  from role_grant g
  join role_permission rp on rp.role_id = g.role_id
  and rp.permission = 'RESOURCE.TERMINATE'
  left join service_provider sp on g.scope_type = 'service_provider'
  and sp.id = g.scope_id
  where g.user_id = ctx.actor_id
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = r.project_id)
  or (g.scope_type = 'customer'
  and g.scope_id in (c.id, prv.id))
  or sp.customer_id = prv.id)))) then 'true' when not ((r.state in ('OK', 'Erred')
  and not c.blocked
  and not exists (select 1
  from "order" held
  where held.resource_id = r.id
  and held.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or exists ( select 1
  from role_grant g
  join role_permission rp on rp.role_id = g.role_id
  and rp.permission = 'RESOURCE.TERMINATE'
  left join service_provider sp on g.scope_type = 'service_provider'
  and sp.id = g.scope_id
  where g.user_id = ctx.actor_id
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = r.project_id)
  or (g.scope_type = 'customer'
  and g.scope_id in (c.id, prv.id))
  or sp.customer_id = prv.id))))) then 'false' end), ',"report":', (coalesce(r.report, '[]'))::text, ',"end_date":', coalesce('"' || (r.end_date)::date || '"', 'null'), ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'), ',"limit_usage":', (select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || trim_scale(((select sum(cu.usage)
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
  and cu.billing_period >= period_start(oc.limit_period, ctx.today))), ',"renewal_date":', coalesce((select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || '"' || ((period_start(nullif(oc.limit_period, 'total'), ctx.today) + case oc.limit_period when 'annual' then interval '1 year' when 'quarterly' then interval '3 months' else interval '1 month' end)::date)::date || '"', ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and oc.limit_period in ('month', 'quarterly', 'annual')), 'null'), ',"downscaled":', (case when r.downscaled then 'true' when not (r.downscaled) then 'false' end), ',"restrict_member_access":', (case when r.restrict_member_access then 'true' when not (r.restrict_member_access) then 'false' end), ',"paused":', (case when r.paused then 'true' when not (r.paused) then 'false' end), ',"error_message":', to_json((r.error_message)::text)::text, ',"error_traceback":', to_json((r.error_traceback)::text)::text, ',"options":', coalesce((r.options)::text, 'null'), ',"available_actions":', ((select coalesce(jsonb_agg(verb
  order by verb), '[]')
  from unnest(array['switch_plan', 'terminate', 'update_limits', 'update_options']) verb
  where case verb when 'switch_plan' then r.state in ('OK') when 'terminate' then r.state in ('OK', 'Erred') when 'update_limits' then r.state in ('OK') when 'update_options' then r.state in ('OK') end
  and not exists (select 1
  from "order" held
  where held.resource_id = r.id
  and held.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false)))::text, ',"last_sync":', '"' || wire_time(r.last_sync) || '"', ',"offering_components":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(oc.uuid) || '"', ',"billing_type":', '"' || (oc.billing_type) || '"', ',"type":', to_json((oc.type)::text)::text, ',"name":', to_json((oc.name)::text)::text, ',"description":', to_json((oc.description)::text)::text, ',"measured_unit":', to_json((oc.measured_unit)::text)::text, ',"unit_factor":', (oc.unit_factor)::text, ',"limit_period":', coalesce('"' || (oc.limit_period) || '"', 'null'), ',"limit_amount":', coalesce((oc.limit_amount)::text, 'null'), ',"article_code":', to_json((oc.article_code)::text)::text, ',"max_value":', coalesce((oc.max_value)::text, 'null'), ',"min_value":', coalesce((oc.min_value)::text, 'null'), ',"max_available_limit":', coalesce((oc.max_available_limit)::text, 'null'), ',"is_boolean":', (case when oc.is_boolean then 'true' when not (oc.is_boolean) then 'false' end), ',"default_limit":', coalesce((oc.default_limit)::text, 'null'), ',"factor":', coalesce((null::integer)::text, 'null'), ',"is_builtin":', (case when oc.is_builtin then 'true' when not (oc.is_builtin) then 'false' end), ',"is_prepaid":', (case when oc.is_prepaid then 'true' when not (oc.is_prepaid) then 'false' end), ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = oc.overage_component_id)) || '"', 'null'), ',"min_prepaid_duration":', coalesce((oc.min_prepaid_duration)::text, 'null'), ',"max_prepaid_duration":', coalesce((oc.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by oc.id) || ']', '[]')
  from offering_component oc
  where oc.offering_id = r.offering_id), ',"scope":' || to_json((null)::text)::text, ',"resource_uuid":', coalesce('"' || wire_uuid(null) || '"', 'null'), ',"resource_type":', coalesce(to_json((null)::text)::text, 'null'), ',"username":', coalesce(to_json((null)::text)::text, 'null'), ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(null) || '"', ',"name":', to_json((null)::text)::text, ',"url":', to_json((null)::text)::text), 2) || '}', ','
  order by none) || ']', '[]')
  from generate_series(1, 0) none), ',"service_settings_uuid":' || '"' || wire_uuid(null) || '"', ',"user_requires_reconsent":', (case when false then 'true' when not (false) then 'false' end))), 2) || '}', ','
  order by r.created, r.id) || ']', '[]')
  from (select $30::text as base, $31::bigint as actor_id, $32::boolean as is_staff, $33::boolean as is_support, $34::boolean as reads_all, site_day(now(), $35::text) as today) ctx
  cross join (select r.id
  from resource r
  join offering off on off.id = r.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  left join offering off_parent on off_parent.id = off.parent_id
  where r.backend_id = $36
  and cat.uuid = $37::uuid
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id) = $38::numeric
  and r.created >= $39::timestamptz
  and c.uuid = $40::uuid
  and c.uuid = $41::uuid
  and (r.downscaled)
  and ((r.end_date is not null))
  and exists (select 1
  from role_grant g
  join "user" member on member.id = g.user_id
  where member.username = $42
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id)))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage'))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')))
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') = $43::numeric
  and r.modified >= $44::timestamptz
  and (r.name ilike $45)
  and r.name = $46
  and off.uuid = $47::uuid
  and (off.billable)
  and (off.shared)
  and off.slug = any($48::text[])
  and off.type = $49
  and off.uuid = any($50::uuid[])
  and exists (select 1
  from "order" ord
  where ord.resource_id = r.id
  and ord.state = any($51::text[]))
  and off_parent.uuid = $52::uuid
  and (r.paused)
  and r.plan_id = (select id
  from plan
  where uuid = $53::uuid)
  and (p.name ilike $54)
  and r.project_id = (select id
  from project
  where uuid = $55::uuid)
  and prv.uuid = $56::uuid
  and (r.name ilike $57
  or r.slug ilike $58
  or r.backend_id ilike $59
  or r.effective_id ilike $60
  or r.backend_metadata::text ilike $61)
  and (r.restrict_member_access)
  and (r.backend_metadata ->> 'runtime_state') = $62
  and r.offering_id in (select managed.id
  from offering managed
  join role_grant g on g.scope_type = 'offering'
  and g.scope_id = managed.id
  join "user" manager on manager.id = g.user_id
  where managed.shared
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and manager.uuid = $63::uuid)
  and r.state = any($64::text[])
  and (off.billable)
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
select (select count(*)
  from resource r
  join offering off on off.id = r.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  left join offering off_parent on off_parent.id = off.parent_id
  where (r.project_id = any(array(select id
  from project
  where customer_id = any($1::bigint[]))))
  and r.backend_id = $2
  and cat.uuid = $3::uuid
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id) = $4::numeric
  and r.created >= $5::timestamptz
  and c.uuid = $6::uuid
  and c.uuid = $7::uuid
  and (r.downscaled)
  and ((r.end_date is not null))
  and exists (select 1
  from role_grant g
  join "user" member on member.id = g.user_id
  where member.username = $8
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id)))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage'))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')))
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') = $9::numeric
  and r.modified >= $10::timestamptz
  and (r.name ilike $11)
  and r.name = $12
  and off.uuid = $13::uuid
  and (off.billable)
  and (off.shared)
  and off.slug = any($14::text[])
  and off.type = $15
  and off.uuid = any($16::uuid[])
  and exists (select 1
  from "order" ord
  where ord.resource_id = r.id
  and ord.state = any($17::text[]))
  and off_parent.uuid = $18::uuid
  and (r.paused)
  and r.plan_id = (select id
  from plan
  where uuid = $19::uuid)
  and (p.name ilike $20)
  and r.project_id = (select id
  from project
  where uuid = $21::uuid)
  and prv.uuid = $22::uuid
  and (r.name ilike $23
  or r.slug ilike $24
  or r.backend_id ilike $25
  or r.effective_id ilike $26
  or r.backend_metadata::text ilike $27)
  and (r.restrict_member_access)
  and (r.backend_metadata ->> 'runtime_state') = $28
  and r.offering_id in (select managed.id
  from offering managed
  join role_grant g on g.scope_type = 'offering'
  and g.scope_id = managed.id
  join "user" manager on manager.id = g.user_id
  where managed.shared
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and manager.uuid = $29::uuid)
  and r.state = any($30::text[])
  and (off.billable)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(',"offering":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/' || '"', ',"offering_name":', to_json((off.name)::text)::text, ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"', ',"offering_description":', to_json((off.description)::text)::text, ',"offering_image":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_image.uuid) || '/' || '"', ',"offering_thumbnail":' || '"' || ctx.base || '/api/media/' || wire_uuid(off_thumbnail.uuid) || '/' || '"', ',"offering_type":', to_json((off.type)::text)::text, ',"offering_shared":', (case when off.shared then 'true' when not (off.shared) then 'false' end), ',"offering_billable":', (case when off.billable then 'true' when not (off.billable) then 'false' end), ',"offering_plugin_options":', (off.plugin_options)::text, ',"provider_name":', to_json((prv.name)::text)::text, ',"provider_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"provider_slug":', to_json((prv.slug)::text)::text, ',"category_title":', to_json((cat.title)::text)::text, ',"category_uuid":', '"' || wire_uuid(cat.uuid) || '"', ',"category_icon":' || '"' || ctx.base || '/api/media/' || wire_uuid(cat_icon.uuid) || '/' || '"', ',"plan":' || '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(off.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"', ',"plan_unit":', coalesce('"' || (plan.unit) || '"', 'null'), ',"plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'), ',"plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'), ',"plan_description":', coalesce(to_json((plan.description)::text)::text, 'null'), ',"attributes":', (r.attributes)::text, ',"limits":', (r.limits)::text, ',"uuid":', '"' || wire_uuid(r.uuid) || '"', ',"created":', '"' || wire_time(r.created) || '"', ',"modified":', '"' || wire_time(r.modified) || '"', ',"url":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', ',"description":', to_json((r.description)::text)::text, ',"state":', '"' || (r.state) || '"', ',"backend_id":', to_json((r.backend_id)::text)::text, ',"effective_id":', to_json((r.effective_id)::text)::text, ',"project":', '"' || ctx.base || '/api/projects/' || wire_uuid(p.uuid) || '/' || '"', ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"', ',"project_name":', to_json((p.name)::text)::text, ',"project_description":', to_json((p.description)::text)::text, ',"project_end_date":', coalesce('"' || (p.end_date)::date || '"', 'null'), ',"project_end_date_requested_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(project_requester.uuid) || '/' || '"', ',"project_slug":', to_json((p.slug)::text)::text, ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"', ',"customer_name":', to_json((c.name)::text)::text, ',"customer_slug":', to_json((c.slug)::text)::text, ',"offering_slug":', to_json((off.slug)::text)::text, ',"offering_backend_id":', to_json((off.backend_id)::text)::text, ',"offering_customer_uuid":', '"' || wire_uuid(prv.uuid) || '"', ',"offering_state":', '"' || (off.state) || '"', ',"parent_offering_uuid":' || '"' || wire_uuid(off_parent.uuid) || '"', ',"parent_offering_name":' || to_json((off_parent.name)::text)::text, ',"parent_offering_slug":' || to_json((off_parent.slug)::text)::text, ',"parent_uuid":' || '"' || wire_uuid(parent.uuid) || '"', ',"parent_name":' || to_json((parent.name)::text)::text), concat(',"backend_metadata":', (r.backend_metadata)::text, ',"is_usage_based":', (case when exists (select 1
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
  and oc.billing_type = 'limit')) then 'false' end), ',"name":', to_json((r.name)::text)::text, ',"slug":', to_json((r.slug)::text)::text, ',"current_usages":', (case when r.current_usages_month = date_trunc('month', ctx.today::timestamp)::date then r.current_usages else '{}' end)::text, ',"can_terminate":', (case when (r.state in ('OK', 'Erred')
  and not c.blocked
  and not exists (select 1
  from "order" held
  where held.resource_id = r.id
  and held.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or exists ( select 1
  from role_grant g
  join role_permission rp on rp.role_id = g.role_id
  and rp.permission = 'RESOURCE.TERMINATE'
  left join service_provider sp on g.scope_type = 'service_provider'
  and sp.id = g.scope_id
  where g.user_id = ctx.actor_id
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = r.project_id)
  or (g.scope_type = 'customer'
  and g.scope_id in (c.id, prv.id))
  or sp.customer_id = prv.id)))) then 'true' when not ((r.state in ('OK', 'Erred')
  and not c.blocked
  and not exists (select 1
  from "order" held
  where held.resource_id = r.id
  and held.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and (ctx.is_staff
  or exists ( select 1
  from role_grant g
  join role_permission rp on rp.role_id = g.role_id
  and rp.permission = 'RESOURCE.TERMINATE'
  left join service_provider sp on g.scope_type = 'service_provider'
  and sp.id = g.scope_id
  where g.user_id = ctx.actor_id
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = r.project_id)
  or (g.scope_type = 'customer'
  and g.scope_id in (c.id, prv.id))
  or sp.customer_id = prv.id))))) then 'false' end), ',"report":', (coalesce(r.report, '[]'))::text, ',"end_date":', coalesce('"' || (r.end_date)::date || '"', 'null'), ',"end_date_requested_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(requester.uuid) || '/' || '"', 'null'), ',"limit_usage":', (select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || trim_scale(((select sum(cu.usage)
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
  and cu.billing_period >= period_start(oc.limit_period, ctx.today))), ',"renewal_date":', coalesce((select coalesce('{' || string_agg(to_json((oc.type)::text)::text || ':' || '"' || ((period_start(nullif(oc.limit_period, 'total'), ctx.today) + case oc.limit_period when 'annual' then interval '1 year' when 'quarterly' then interval '3 months' else interval '1 month' end)::date)::date || '"', ','
  order by oc.type) || '}', '{}')
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'
  and oc.limit_period in ('month', 'quarterly', 'annual')), 'null'), ',"downscaled":', (case when r.downscaled then 'true' when not (r.downscaled) then 'false' end), ',"restrict_member_access":', (case when r.restrict_member_access then 'true' when not (r.restrict_member_access) then 'false' end), ',"paused":', (case when r.paused then 'true' when not (r.paused) then 'false' end), ',"error_message":', to_json((r.error_message)::text)::text, ',"options":', coalesce((r.options)::text, 'null'), ',"available_actions":', ((select coalesce(jsonb_agg(verb
  order by verb), '[]')
  from unnest(array['switch_plan', 'terminate', 'update_limits', 'update_options']) verb
  where case verb when 'switch_plan' then r.state in ('OK') when 'terminate' then r.state in ('OK', 'Erred') when 'update_limits' then r.state in ('OK') when 'update_options' then r.state in ('OK') end
  and not exists (select 1
  from "order" held
  where held.resource_id = r.id
  and held.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'))
  and not coalesce(off.plugin_options -> 'disabled_resource_actions' ? verb, false)))::text, ',"last_sync":', '"' || wire_time(r.last_sync) || '"', ',"offering_components":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(oc.uuid) || '"', ',"billing_type":', '"' || (oc.billing_type) || '"', ',"type":', to_json((oc.type)::text)::text, ',"name":', to_json((oc.name)::text)::text, ',"description":', to_json((oc.description)::text)::text, ',"measured_unit":', to_json((oc.measured_unit)::text)::text, ',"unit_factor":', (oc.unit_factor)::text, ',"limit_period":', coalesce('"' || (oc.limit_period) || '"', 'null'), ',"limit_amount":', coalesce((oc.limit_amount)::text, 'null'), ',"article_code":', to_json((oc.article_code)::text)::text, ',"max_value":', coalesce((oc.max_value)::text, 'null'), ',"min_value":', coalesce((oc.min_value)::text, 'null'), ',"max_available_limit":', coalesce((oc.max_available_limit)::text, 'null'), ',"is_boolean":', (case when oc.is_boolean then 'true' when not (oc.is_boolean) then 'false' end), ',"default_limit":', coalesce((oc.default_limit)::text, 'null'), ',"factor":', coalesce((null::integer)::text, 'null'), ',"is_builtin":', (case when oc.is_builtin then 'true' when not (oc.is_builtin) then 'false' end), ',"is_prepaid":', (case when oc.is_prepaid then 'true' when not (oc.is_prepaid) then 'false' end), ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = oc.overage_component_id)) || '"', 'null'), ',"min_prepaid_duration":', coalesce((oc.min_prepaid_duration)::text, 'null'), ',"max_prepaid_duration":', coalesce((oc.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by oc.id) || ']', '[]')
  from offering_component oc
  where oc.offering_id = r.offering_id), ',"scope":' || to_json((null)::text)::text, ',"resource_uuid":', coalesce('"' || wire_uuid(null) || '"', 'null'), ',"resource_type":', coalesce(to_json((null)::text)::text, 'null'), ',"username":', coalesce(to_json((null)::text)::text, 'null'), ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(null) || '"', ',"name":', to_json((null)::text)::text, ',"url":', to_json((null)::text)::text), 2) || '}', ','
  order by none) || ']', '[]')
  from generate_series(1, 0) none), ',"service_settings_uuid":' || '"' || wire_uuid(null) || '"', ',"user_requires_reconsent":', (case when false then 'true' when not (false) then 'false' end))), 2) || '}', ','
  order by r.created, r.id) || ']', '[]')
  from (select $31::text as base, $32::bigint as actor_id, $33::boolean as is_staff, $34::boolean as is_support, $35::boolean as reads_all, site_day(now(), $36::text) as today) ctx
  cross join (select id
  from (select row.*
  from (select unnest(array(select id
  from project
  where customer_id = any($37::bigint[]))) as id) own
  cross join lateral ( select r.id, r.created as k0, r.id as k1
  from resource r
  join offering off on off.id = r.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  left join offering off_parent on off_parent.id = off.parent_id
  where r.project_id = own.id
  and r.backend_id = $38
  and cat.uuid = $39::uuid
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id) = $40::numeric
  and r.created >= $41::timestamptz
  and c.uuid = $42::uuid
  and c.uuid = $43::uuid
  and (r.downscaled)
  and ((r.end_date is not null))
  and exists (select 1
  from role_grant g
  join "user" member on member.id = g.user_id
  where member.username = $44
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and ((g.scope_type = 'project'
  and g.scope_id = p.id)
  or (g.scope_type = 'customer'
  and g.scope_id = p.customer_id)))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit'))
  and (exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage'))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')))
  and ((exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'usage')
  and not exists (select 1
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit')))
  and (select count(*)
  from offering_component oc
  where oc.offering_id = r.offering_id
  and oc.billing_type = 'limit') = $45::numeric
  and r.modified >= $46::timestamptz
  and (r.name ilike $47)
  and r.name = $48
  and off.uuid = $49::uuid
  and (off.billable)
  and (off.shared)
  and off.slug = any($50::text[])
  and off.type = $51
  and off.uuid = any($52::uuid[])
  and exists (select 1
  from "order" ord
  where ord.resource_id = r.id
  and ord.state = any($53::text[]))
  and off_parent.uuid = $54::uuid
  and (r.paused)
  and r.plan_id = (select id
  from plan
  where uuid = $55::uuid)
  and (p.name ilike $56)
  and r.project_id = (select id
  from project
  where uuid = $57::uuid)
  and prv.uuid = $58::uuid
  and (r.name ilike $59
  or r.slug ilike $60
  or r.backend_id ilike $61
  or r.effective_id ilike $62
  or r.backend_metadata::text ilike $63)
  and (r.restrict_member_access)
  and (r.backend_metadata ->> 'runtime_state') = $64
  and r.offering_id in (select managed.id
  from offering managed
  join role_grant g on g.scope_type = 'offering'
  and g.scope_id = managed.id
  join "user" manager on manager.id = g.user_id
  where managed.shared
  and g.is_active
  and coalesce(g.expiration_time > now(), true)
  and manager.uuid = $65::uuid)
  and r.state = any($66::text[])
  and (off.billable)
  order by r.created, r.id
  limit 10 + $67::bigint) row) seen
  order by k0, k1
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
