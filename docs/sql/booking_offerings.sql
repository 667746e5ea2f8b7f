-- GET /api/booking-offerings/
-- Generated: npm run gen

-- staff
select (select count(*)
  from offering
  where (offering.type = 'Marketplace.Booking'
  and true)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"created":', '"' || wire_time(offering.created) || '"',
    ',"name":', to_json((offering.name)::text)::text,
    ',"slug":', to_json((offering.slug)::text)::text,
    ',"description":', to_json((offering.description)::text)::text,
    ',"full_description":', to_json((offering.full_description)::text)::text,
    ',"privacy_policy_link":', to_json((offering.privacy_policy_link)::text)::text,
    ',"access_url":', to_json((offering.access_url)::text)::text,
    ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(endpoint.uuid) || '"',
    ',"name":', to_json((endpoint.name)::text)::text,
    ',"url":', to_json((endpoint.url)::text)::text), 2) || '}', ','
  order by endpoint.name, endpoint.id) || ']', '[]')
  from offering_endpoint endpoint
  where endpoint.offering_id = offering.id),
    ',"software_catalogs":', '[]',
    ',"partitions":', '[]',
    ',"roles":', '[]',
    ',"customer":', coalesce('"' || ctx.base || '/api/customers/' || wire_uuid(customer.uuid) || '/' || '"', 'null'),
    ',"customer_uuid":', coalesce('"' || wire_uuid(customer.uuid) || '"', 'null'),
    ',"customer_name":', coalesce(to_json((customer.name)::text)::text, 'null'),
    ',"project":', coalesce('"' || ctx.base || '/api/projects/' || wire_uuid(project.uuid) || '/' || '"', 'null'),
    ',"project_uuid":', coalesce('"' || wire_uuid(project.uuid) || '"', 'null'),
    ',"project_name":', coalesce(to_json((project.name)::text)::text, 'null'),
    ',"category":', '"' || ctx.base || '/api/marketplace-categories/' || wire_uuid(category.uuid) || '/' || '"',
    ',"category_uuid":', '"' || wire_uuid(category.uuid) || '"',
    ',"category_title":', to_json((category.title)::text)::text,
    ',"attributes":', (case when offering.type = 'Marketplace.Booking' then schedules_at(offering.attributes, now()) else offering.attributes end)::text,
    ',"options":', (offering.options)::text,
    ',"resource_options":', (offering.resource_options)::text,
    ',"components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(component.uuid) || '"',
    ',"billing_type":', '"' || (component.billing_type) || '"',
    ',"type":', to_json((component.type)::text)::text,
    ',"name":', to_json((component.name)::text)::text,
    ',"description":', to_json((component.description)::text)::text,
    ',"measured_unit":', to_json((component.measured_unit)::text)::text,
    ',"unit_factor":', (component.unit_factor)::text,
    ',"limit_period":', coalesce('"' || (component.limit_period) || '"', 'null'),
    ',"limit_amount":', coalesce((component.limit_amount)::text, 'null'),
    ',"article_code":', to_json((component.article_code)::text)::text,
    ',"max_value":', coalesce((component.max_value)::text, 'null'),
    ',"min_value":', coalesce((component.min_value)::text, 'null'),
    ',"max_available_limit":', coalesce((component.max_available_limit)::text, 'null'),
    ',"is_boolean":', (case when component.is_boolean then 'true' when not (component.is_boolean) then 'false' end),
    ',"default_limit":', coalesce((component.default_limit)::text, 'null'),
    ',"factor":', coalesce((null::integer)::text, 'null'),
    ',"is_builtin":', (case when component.is_builtin then 'true' when not (component.is_builtin) then 'false' end),
    ',"is_prepaid":', (case when component.is_prepaid then 'true' when not (component.is_prepaid) then 'false' end),
    ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = component.overage_component_id)) || '"', 'null'),
    ',"min_prepaid_duration":', coalesce((component.min_prepaid_duration)::text, 'null'),
    ',"max_prepaid_duration":', coalesce((component.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by component.id) || ']', '[]')
  from offering_component component
  where component.offering_id = offering.id),
    ',"plugin_options":', (offering.plugin_options)::text,
    ',"state":', '"' || (offering.state) || '"',
    ',"vendor_details":', to_json((offering.vendor_details)::text)::text,
    ',"getting_started":', to_json((offering.getting_started)::text)::text,
    ',"integration_guide":', to_json((offering.integration_guide)::text)::text,
    ',"thumbnail":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(thumbnail.uuid) || '/' || '"', 'null'),
    ',"order_count":', ((select coalesce(sum(kept.n), 0)
  from order_counted kept
  where kept.grain = 'offering_id'
  and kept.offering_id = offering.id))::text,
    ',"plans":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(offering.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"name":', to_json((plan.name)::text)::text,
    ',"description":', to_json((plan.description)::text)::text,
    ',"article_code":', to_json((plan.article_code)::text)::text,
    ',"max_amount":', coalesce((plan.max_amount)::text, 'null'),
    ',"archived":', (case when plan.archived then 'true' when not (plan.archived) then 'false' end),
    ',"is_active":', (case when plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount then 'true' when not (plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount) then 'false' end),
    ',"unit_price":', '"' || (plan.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (plan.unit) || '"',
    ',"init_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'one'))::numeric)::text,
    ',"switch_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'few'))::numeric)::text,
    ',"backend_id":', to_json((plan.backend_id)::text)::text,
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(plan_group.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group.uuid) || '/' || '"',
    ',"name":', to_json((plan_group.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(plan_group_above.uuid) || '"',
    ',"parent_name":' || to_json((plan_group_above.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group_above.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group member
  where member.organization_group_id = plan_group.id))::text), 2) || '}', ','
  order by plan_group.name, plan_group.id) || ']', '[]')
  from plan_organization_group plan_member
  join organization_group plan_group on plan_group.id = plan_member.organization_group_id
  left join organization_group plan_group_above on plan_group_above.id = plan_group.parent_id
  where plan_member.plan_id = plan.id),
    ',"components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"type":', to_json((plan_kind.type)::text)::text,
    ',"name":', to_json((plan_kind.name)::text)::text,
    ',"measured_unit":', to_json((plan_kind.measured_unit)::text)::text,
    ',"amount":', (plan_part.amount)::text,
    ',"price":', '"' || (plan_part.price)::numeric(32, 10) || '"',
    ',"future_price":', coalesce('"' || (plan_part.future_price)::numeric(32, 10) || '"', 'null'),
    ',"discount_threshold":', coalesce((plan_part.discount_threshold)::text, 'null'),
    ',"discount_rate":', coalesce((plan_part.discount_rate)::text, 'null')), 2) || '}', ','
  order by plan_kind.id) || ']', '[]')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || '"' || (plan_part.price)::numeric(32, 10) || '"', ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"future_prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.future_price)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_part.future_price is not null),
    ',"quotas":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.amount)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"resources_count":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text,
    ',"plan_type":', to_json(((select case when count(distinct plan_kind.billing_type) > 1 then 'mixed' else coalesce(min(case plan_kind.billing_type when 'usage' then 'usage-based' when 'one' then 'one-time' when 'few' then 'on-plan-switch' else plan_kind.billing_type end), 'fixed') end
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id))::text)::text,
    ',"minimal_price":', trim_scale((plan.unit_price + (select coalesce(sum(case plan_kind.billing_type when 'one' then plan_part.price else plan_part.price * greatest(coalesce(plan_kind.min_value, 0), 0) end), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type in ('one', 'limit')))::numeric)::text), 2) || '}', ','
  order by plan.name, plan.id) || ']', '[]')
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id))),
    ',"type":', to_json((offering.type)::text)::text,
    ',"shared":', (case when offering.shared then 'true' when not (offering.shared) then 'false' end),
    ',"billable":', (case when offering.billable then 'true' when not (offering.billable) then 'false' end),
    ',"screenshots":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"name":', to_json((screenshot.name)::text)::text,
    ',"uuid":', '"' || wire_uuid(screenshot.uuid) || '"',
    ',"description":', to_json((screenshot.description)::text)::text,
    ',"image":', '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"',
    ',"thumbnail":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"created":', '"' || wire_time(screenshot.created) || '"'), 2) || '}', ','
  order by screenshot.created, screenshot.id) || ']', '[]')
  from offering_screenshot screenshot
  join file image on image.id = screenshot.image_id
  where screenshot.offering_id = offering.id),
    ',"files":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"name":', to_json((attached.name)::text)::text,
    ',"created":', '"' || wire_time(attached.created) || '"',
    ',"file":', '"' || ctx.base || '/api/media/' || wire_uuid(file.uuid) || '/' || '"'), 2) || '}', ','
  order by attached.created, attached.id) || ']', '[]')
  from offering_file attached
  join file on file.id = attached.file_id
  where attached.offering_id = offering.id),
    ',"scope":' || to_json((null)::text)::text,
    ',"scope_uuid":', coalesce(to_json((null)::text)::text, 'null'),
    ',"scope_name":', coalesce(to_json((null)::text)::text, 'null'),
    ',"scope_state":', coalesce(to_json((null)::text)::text, 'null'),
    ',"scope_error_message":', coalesce(to_json((null)::text)::text, 'null'),
    ',"quotas":', '[]',
    ',"paused_reason":'), concat(to_json((offering.paused_reason)::text)::text,
    ',"datacite_doi":', to_json((offering.datacite_doi)::text)::text,
    ',"citation_count":', '-1',
    ',"latitude":', coalesce(trim_scale((offering.latitude)::numeric)::text, 'null'),
    ',"longitude":', coalesce(trim_scale((offering.longitude)::numeric)::text, 'null'),
    ',"country":', '"' || (offering.country) || '"',
    ',"backend_id":', to_json((offering.backend_id)::text)::text,
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(allowed.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(allowed.uuid) || '/' || '"',
    ',"name":', to_json((allowed.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(above.uuid) || '"',
    ',"parent_name":' || to_json((above.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(above.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group member
  where member.organization_group_id = allowed.id))::text), 2) || '}', ','
  order by allowed.name, allowed.id) || ']', '[]')
  from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  left join organization_group above on above.id = allowed.parent_id
  where allowing.offering_id = offering.id),
    ',"tags":', '[]',
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"total_customers":', coalesce(((select count(distinct used_in.customer_id)
  from project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state in ('OK', 'Updating', 'Terminating')
  group by kept.project_id having sum(kept.n) > 0)))::text, 'null'),
    ',"total_cost":', coalesce((null::bigint)::text, 'null'),
    ',"total_cost_estimated":', coalesce((null::bigint)::text, 'null'),
    ',"parent_description":', coalesce(to_json((parent.description)::text)::text, 'null'),
    ',"parent_uuid":', coalesce('"' || wire_uuid(parent.uuid) || '"', 'null'),
    ',"parent_name":', coalesce(to_json((parent.name)::text)::text, 'null'),
    ',"backend_metadata":', (offering.backend_metadata)::text,
    ',"has_compliance_requirements":', (case when offering.compliance_checklist_id is not null then 'true' when not (offering.compliance_checklist_id is not null) then 'false' end),
    ',"billing_type_classification":', to_json((coalesce((select case when bool_and(billed.billing_type = 'limit') then 'limit_only' when bool_and(billed.billing_type = 'usage') then 'usage_only' else 'mixed' end
  from offering_component billed
  where billed.offering_id = offering.id), 'mixed'))::text)::text,
    ',"compliance_checklist":', coalesce(to_json((null)::text)::text, 'null'),
    ',"google_calendar_is_public":', coalesce((case when (case when offering.type = 'Marketplace.Booking' then calendar.public end) then 'true' when not ((case when offering.type = 'Marketplace.Booking' then calendar.public end)) then 'false' end), 'null'),
    ',"google_calendar_link":', coalesce(to_json((case when calendar.public
  and calendar.backend_id is not null then 'https://calendar.google.com/calendar/embed?src=' || replace(calendar.backend_id, '@', '%40') end)::text)::text, 'null'),
    ',"user_has_consent":', (case when exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = offering.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now()))) then 'true' when not (exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = offering.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())))) then 'false' end),
    ',"is_accessible":', (case when (ctx.reads_all
  or not exists (select 1
  from offering_organization_group kept
  where kept.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.offering_id = offering.id)) then 'true' when not ((ctx.reads_all
  or not exists (select 1
  from offering_organization_group kept
  where kept.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.offering_id = offering.id))) then 'false' end),
    ',"promotion_campaigns":', '[]',
    ',"secret_options":' || (null::jsonb)::text,
    ',"service_attributes":', (offering.service_attributes)::text,
    ',"googlecalendar":' || case when google.id is not null then '{' || substr(concat(
    ',"backend_id":', coalesce(to_json((google.backend_id)::text)::text, 'null'),
    ',"public":', (case when google.public then 'true' when not (google.public) then 'false' end),
    ',"http_link":' || to_json(((case when google.public
  and google.backend_id is not null then 'https://calendar.google.com/calendar/embed?src=' || replace(google.backend_id, '@', '%40') end))::text)::text), 2) || '}' end)), 2) || '}', ','
  order by offering.name, offering.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, true::boolean as reads_all) ctx
  cross join (select id
  from (select offering.id
  from offering
  where (offering.type = 'Marketplace.Booking'
  and true)
  order by offering.name, offering.id
  limit 10) sized
  limit :id::bigint) cut
  join offering on offering.id = cut.id
  join customer on customer.id = offering.customer_id
  join category on category.id = offering.category_id
  left join project on project.id = offering.project_id
  left join offering parent on parent.id = offering.parent_id
  left join file image on image.id = offering.image_id
  left join file thumbnail on thumbnail.id = offering.thumbnail_id
  left join google_calendar calendar on calendar.offering_id = offering.id
  left join google_calendar google on google.offering_id = offering.id) as page;

-- the owner of an organization
select (select count(*)
  from offering
  where (offering.type = 'Marketplace.Booking'
  and offering.customer_id = any(:ids::bigint[]))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"created":', '"' || wire_time(offering.created) || '"',
    ',"name":', to_json((offering.name)::text)::text,
    ',"slug":', to_json((offering.slug)::text)::text,
    ',"description":', to_json((offering.description)::text)::text,
    ',"full_description":', to_json((offering.full_description)::text)::text,
    ',"privacy_policy_link":', to_json((offering.privacy_policy_link)::text)::text,
    ',"access_url":', to_json((offering.access_url)::text)::text,
    ',"endpoints":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(endpoint.uuid) || '"',
    ',"name":', to_json((endpoint.name)::text)::text,
    ',"url":', to_json((endpoint.url)::text)::text), 2) || '}', ','
  order by endpoint.name, endpoint.id) || ']', '[]')
  from offering_endpoint endpoint
  where endpoint.offering_id = offering.id),
    ',"software_catalogs":', '[]',
    ',"partitions":', '[]',
    ',"roles":', '[]',
    ',"customer":', coalesce('"' || ctx.base || '/api/customers/' || wire_uuid(customer.uuid) || '/' || '"', 'null'),
    ',"customer_uuid":', coalesce('"' || wire_uuid(customer.uuid) || '"', 'null'),
    ',"customer_name":', coalesce(to_json((customer.name)::text)::text, 'null'),
    ',"project":', coalesce('"' || ctx.base || '/api/projects/' || wire_uuid(project.uuid) || '/' || '"', 'null'),
    ',"project_uuid":', coalesce('"' || wire_uuid(project.uuid) || '"', 'null'),
    ',"project_name":', coalesce(to_json((project.name)::text)::text, 'null'),
    ',"category":', '"' || ctx.base || '/api/marketplace-categories/' || wire_uuid(category.uuid) || '/' || '"',
    ',"category_uuid":', '"' || wire_uuid(category.uuid) || '"',
    ',"category_title":', to_json((category.title)::text)::text,
    ',"attributes":', (case when offering.type = 'Marketplace.Booking' then schedules_at(offering.attributes, now()) else offering.attributes end)::text,
    ',"options":', (offering.options)::text,
    ',"resource_options":', (offering.resource_options)::text,
    ',"components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(component.uuid) || '"',
    ',"billing_type":', '"' || (component.billing_type) || '"',
    ',"type":', to_json((component.type)::text)::text,
    ',"name":', to_json((component.name)::text)::text,
    ',"description":', to_json((component.description)::text)::text,
    ',"measured_unit":', to_json((component.measured_unit)::text)::text,
    ',"unit_factor":', (component.unit_factor)::text,
    ',"limit_period":', coalesce('"' || (component.limit_period) || '"', 'null'),
    ',"limit_amount":', coalesce((component.limit_amount)::text, 'null'),
    ',"article_code":', to_json((component.article_code)::text)::text,
    ',"max_value":', coalesce((component.max_value)::text, 'null'),
    ',"min_value":', coalesce((component.min_value)::text, 'null'),
    ',"max_available_limit":', coalesce((component.max_available_limit)::text, 'null'),
    ',"is_boolean":', (case when component.is_boolean then 'true' when not (component.is_boolean) then 'false' end),
    ',"default_limit":', coalesce((component.default_limit)::text, 'null'),
    ',"factor":', coalesce((null::integer)::text, 'null'),
    ',"is_builtin":', (case when component.is_builtin then 'true' when not (component.is_builtin) then 'false' end),
    ',"is_prepaid":', (case when component.is_prepaid then 'true' when not (component.is_prepaid) then 'false' end),
    ',"overage_component":', coalesce('"' || wire_uuid((select overage.uuid
  from offering_component overage
  where overage.id = component.overage_component_id)) || '"', 'null'),
    ',"min_prepaid_duration":', coalesce((component.min_prepaid_duration)::text, 'null'),
    ',"max_prepaid_duration":', coalesce((component.max_prepaid_duration)::text, 'null')), 2) || '}', ','
  order by component.id) || ']', '[]')
  from offering_component component
  where component.offering_id = offering.id),
    ',"plugin_options":', (offering.plugin_options)::text,
    ',"state":', '"' || (offering.state) || '"',
    ',"vendor_details":', to_json((offering.vendor_details)::text)::text,
    ',"getting_started":', to_json((offering.getting_started)::text)::text,
    ',"integration_guide":', to_json((offering.integration_guide)::text)::text,
    ',"thumbnail":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(thumbnail.uuid) || '/' || '"', 'null'),
    ',"order_count":', ((select coalesce(sum(kept.n), 0)
  from order_counted kept
  where kept.grain = 'offering_id'
  and kept.offering_id = offering.id))::text,
    ',"plans":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(offering.uuid) || '/plans/' || wire_uuid(plan.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(plan.uuid) || '"',
    ',"name":', to_json((plan.name)::text)::text,
    ',"description":', to_json((plan.description)::text)::text,
    ',"article_code":', to_json((plan.article_code)::text)::text,
    ',"max_amount":', coalesce((plan.max_amount)::text, 'null'),
    ',"archived":', (case when plan.archived then 'true' when not (plan.archived) then 'false' end),
    ',"is_active":', (case when plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount then 'true' when not (plan.max_amount is null
  or (select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated') < plan.max_amount) then 'false' end),
    ',"unit_price":', '"' || (plan.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (plan.unit) || '"',
    ',"init_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'one'))::numeric)::text,
    ',"switch_price":', trim_scale(((select coalesce(sum(plan_part.price), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type = 'few'))::numeric)::text,
    ',"backend_id":', to_json((plan.backend_id)::text)::text,
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(plan_group.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group.uuid) || '/' || '"',
    ',"name":', to_json((plan_group.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(plan_group_above.uuid) || '"',
    ',"parent_name":' || to_json((plan_group_above.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(plan_group_above.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group member
  where member.organization_group_id = plan_group.id))::text), 2) || '}', ','
  order by plan_group.name, plan_group.id) || ']', '[]')
  from plan_organization_group plan_member
  join organization_group plan_group on plan_group.id = plan_member.organization_group_id
  left join organization_group plan_group_above on plan_group_above.id = plan_group.parent_id
  where plan_member.plan_id = plan.id),
    ',"components":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"type":', to_json((plan_kind.type)::text)::text,
    ',"name":', to_json((plan_kind.name)::text)::text,
    ',"measured_unit":', to_json((plan_kind.measured_unit)::text)::text,
    ',"amount":', (plan_part.amount)::text,
    ',"price":', '"' || (plan_part.price)::numeric(32, 10) || '"',
    ',"future_price":', coalesce('"' || (plan_part.future_price)::numeric(32, 10) || '"', 'null'),
    ',"discount_threshold":', coalesce((plan_part.discount_threshold)::text, 'null'),
    ',"discount_rate":', coalesce((plan_part.discount_rate)::text, 'null')), 2) || '}', ','
  order by plan_kind.id) || ']', '[]')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || '"' || (plan_part.price)::numeric(32, 10) || '"', ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"future_prices":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.future_price)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_part.future_price is not null),
    ',"quotas":', (select coalesce('{' || string_agg(to_json((plan_kind.type)::text)::text || ':' || trim_scale((plan_part.amount)::numeric)::text, ','
  order by plan_kind.type) || '}', '{}')
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id),
    ',"resources_count":', ((select coalesce(sum(kept.n), 0)
  from resource_counted kept
  where kept.grain = 'plan_id'
  and kept.plan_id = plan.id
  and kept.state <> 'Terminated'))::text,
    ',"plan_type":', to_json(((select case when count(distinct plan_kind.billing_type) > 1 then 'mixed' else coalesce(min(case plan_kind.billing_type when 'usage' then 'usage-based' when 'one' then 'one-time' when 'few' then 'on-plan-switch' else plan_kind.billing_type end), 'fixed') end
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id))::text)::text,
    ',"minimal_price":', trim_scale((plan.unit_price + (select coalesce(sum(case plan_kind.billing_type when 'one' then plan_part.price else plan_part.price * greatest(coalesce(plan_kind.min_value, 0), 0) end), 0)
  from plan_component plan_part
  join offering_component plan_kind on plan_kind.id = plan_part.component_id
  where plan_part.plan_id = plan.id
  and plan_kind.billing_type in ('one', 'limit')))::numeric)::text), 2) || '}', ','
  order by plan.name, plan.id) || ']', '[]')
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id))),
    ',"type":', to_json((offering.type)::text)::text,
    ',"shared":', (case when offering.shared then 'true' when not (offering.shared) then 'false' end),
    ',"billable":', (case when offering.billable then 'true' when not (offering.billable) then 'false' end),
    ',"screenshots":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"name":', to_json((screenshot.name)::text)::text,
    ',"uuid":', '"' || wire_uuid(screenshot.uuid) || '"',
    ',"description":', to_json((screenshot.description)::text)::text,
    ',"image":', '"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"',
    ',"thumbnail":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"created":', '"' || wire_time(screenshot.created) || '"'), 2) || '}', ','
  order by screenshot.created, screenshot.id) || ']', '[]')
  from offering_screenshot screenshot
  join file image on image.id = screenshot.image_id
  where screenshot.offering_id = offering.id),
    ',"files":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"name":', to_json((attached.name)::text)::text,
    ',"created":', '"' || wire_time(attached.created) || '"',
    ',"file":', '"' || ctx.base || '/api/media/' || wire_uuid(file.uuid) || '/' || '"'), 2) || '}', ','
  order by attached.created, attached.id) || ']', '[]')
  from offering_file attached
  join file on file.id = attached.file_id
  where attached.offering_id = offering.id),
    ',"scope":' || to_json((null)::text)::text,
    ',"scope_uuid":', coalesce(to_json((null)::text)::text, 'null'),
    ',"scope_name":', coalesce(to_json((null)::text)::text, 'null'),
    ',"scope_state":', coalesce(to_json((null)::text)::text, 'null'),
    ',"scope_error_message":', coalesce(to_json((null)::text)::text, 'null'),
    ',"quotas":', '[]',
    ',"paused_reason":'), concat(to_json((offering.paused_reason)::text)::text,
    ',"datacite_doi":', to_json((offering.datacite_doi)::text)::text,
    ',"citation_count":', '-1',
    ',"latitude":', coalesce(trim_scale((offering.latitude)::numeric)::text, 'null'),
    ',"longitude":', coalesce(trim_scale((offering.longitude)::numeric)::text, 'null'),
    ',"country":', '"' || (offering.country) || '"',
    ',"backend_id":', to_json((offering.backend_id)::text)::text,
    ',"organization_groups":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(allowed.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/organization-groups/' || wire_uuid(allowed.uuid) || '/' || '"',
    ',"name":', to_json((allowed.name)::text)::text,
    ',"parent_uuid":' || '"' || wire_uuid(above.uuid) || '"',
    ',"parent_name":' || to_json((above.name)::text)::text,
    ',"parent":', coalesce('"' || ctx.base || '/api/organization-groups/' || wire_uuid(above.uuid) || '/' || '"', 'null'),
    ',"customers_count":', ((select count(*)
  from customer_organization_group member
  where member.organization_group_id = allowed.id))::text), 2) || '}', ','
  order by allowed.name, allowed.id) || ']', '[]')
  from offering_organization_group allowing
  join organization_group allowed on allowed.id = allowing.organization_group_id
  left join organization_group above on above.id = allowed.parent_id
  where allowing.offering_id = offering.id),
    ',"tags":', '[]',
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"total_customers":', coalesce(((select count(distinct used_in.customer_id)
  from project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state in ('OK', 'Updating', 'Terminating')
  group by kept.project_id having sum(kept.n) > 0)))::text, 'null'),
    ',"total_cost":', coalesce((null::bigint)::text, 'null'),
    ',"total_cost_estimated":', coalesce((null::bigint)::text, 'null'),
    ',"parent_description":', coalesce(to_json((parent.description)::text)::text, 'null'),
    ',"parent_uuid":', coalesce('"' || wire_uuid(parent.uuid) || '"', 'null'),
    ',"parent_name":', coalesce(to_json((parent.name)::text)::text, 'null'),
    ',"backend_metadata":', (offering.backend_metadata)::text,
    ',"has_compliance_requirements":', (case when offering.compliance_checklist_id is not null then 'true' when not (offering.compliance_checklist_id is not null) then 'false' end),
    ',"billing_type_classification":', to_json((coalesce((select case when bool_and(billed.billing_type = 'limit') then 'limit_only' when bool_and(billed.billing_type = 'usage') then 'usage_only' else 'mixed' end
  from offering_component billed
  where billed.offering_id = offering.id), 'mixed'))::text)::text,
    ',"compliance_checklist":', coalesce(to_json((null)::text)::text, 'null'),
    ',"google_calendar_is_public":', coalesce((case when (case when offering.type = 'Marketplace.Booking' then calendar.public end) then 'true' when not ((case when offering.type = 'Marketplace.Booking' then calendar.public end)) then 'false' end), 'null'),
    ',"google_calendar_link":', coalesce(to_json((case when calendar.public
  and calendar.backend_id is not null then 'https://calendar.google.com/calendar/embed?src=' || replace(calendar.backend_id, '@', '%40') end)::text)::text, 'null'),
    ',"user_has_consent":', (case when exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = offering.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now()))) then 'true' when not (exists (select 1
  from user_offering_consent consent
  where consent.user_id = ctx.actor_id
  and consent.offering_id = offering.id
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())))) then 'false' end),
    ',"is_accessible":', (case when (ctx.reads_all
  or not exists (select 1
  from offering_organization_group kept
  where kept.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.offering_id = offering.id)) then 'true' when not ((ctx.reads_all
  or not exists (select 1
  from offering_organization_group kept
  where kept.offering_id = offering.id)
  or exists (select 1
  from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.offering_id = offering.id))) then 'false' end),
    ',"promotion_campaigns":', '[]',
    ',"secret_options":' || (null::jsonb)::text,
    ',"service_attributes":', (offering.service_attributes)::text,
    ',"googlecalendar":' || case when google.id is not null then '{' || substr(concat(
    ',"backend_id":', coalesce(to_json((google.backend_id)::text)::text, 'null'),
    ',"public":', (case when google.public then 'true' when not (google.public) then 'false' end),
    ',"http_link":' || to_json(((case when google.public
  and google.backend_id is not null then 'https://calendar.google.com/calendar/embed?src=' || replace(google.backend_id, '@', '%40') end))::text)::text), 2) || '}' end)), 2) || '}', ','
  order by offering.name, offering.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, false::boolean as reads_all) ctx
  cross join (select id
  from (select offering.id
  from offering
  where (offering.type = 'Marketplace.Booking'
  and offering.customer_id = any(:ids::bigint[]))
  order by offering.name, offering.id
  limit 10) sized
  limit :id::bigint) cut
  join offering on offering.id = cut.id
  join customer on customer.id = offering.customer_id
  join category on category.id = offering.category_id
  left join project on project.id = offering.project_id
  left join offering parent on parent.id = offering.parent_id
  left join file image on image.id = offering.image_id
  left join file thumbnail on thumbnail.id = offering.thumbnail_id
  left join google_calendar calendar on calendar.offering_id = offering.id
  left join google_calendar google on google.offering_id = offering.id) as page;
