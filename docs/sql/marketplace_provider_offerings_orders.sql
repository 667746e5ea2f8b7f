-- GET /api/marketplace-provider-offerings/{uuid}/orders/
-- Generated: npm run gen

-- staff
select offering.id as id, offering.uuid as uuid, offering.name as name, offering.type as type, offering.state as state, offering.shared as shared, offering.billable as billable, offering.customer_id as customer_id, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived, offering.category_id as category_id, offering.project_id as project_id, offering.image_id as image_id, offering.thumbnail_id as thumbnail_id, offering.compliance_checklist_id as compliance_checklist_id, offering.plugin_options as plugin_options, offering.options as options, offering.secret_options as secret_options, exists (select 1
  from plan had
  where had.offering_id = offering.id) as has_plans, exists (select 1
  from resource had
  where had.offering_id = offering.id) as has_resources
  from offering
  join customer on customer.id = offering.customer_id
  where (offering.uuid = :uuid::uuid) ;
select expected_rows('select o.id
  from "order" o
  where o.modified >= $1::timestamptz', ':modified') as n;
select expected_rows('select o.id
  from "order" o
  where o.modified < $1::timestamptz', ':modified_before') as n;
select expected_rows('select o.id
  from "order" o
  where (o.slug ilike $1
  or (o.attributes ->> 'name') ilike $1)
  union all select o.id
  from "order" o
  where o.resource_id in (select r.id
  from resource r
  where (r.name ilike $1))
  union all select o.id
  from "order" o
  where o.project_id in (select p.id
  from project p
  where (p.name ilike $1))', '%query%') as n;
select expected_rows('select o.id
  from "order" o
  where o.type = any(string_to_array($1, ','))', 'Create') as n;
with found_0 as materialized (select array(select o.id
  from "order" o
  where o.modified >= ':modified'::text::timestamptz) as ids), found_1 as materialized (select array(select o.id
  from "order" o
  where o.modified < ':modified_before'::text::timestamptz) as ids), found_2 as materialized (select array(select o.id
  from "order" o
  where (o.slug ilike '%query%'::text
  or (o.attributes ->> 'name') ilike '%query%'::text)
  union all select o.id
  from "order" o
  where o.resource_id = any(array(select r.id
  from resource r
  where (r.name ilike '%query%'::text)))
  union all select o.id
  from "order" o
  where o.project_id = any(array(select p.id
  from project p
  where (p.name ilike '%query%'::text)))) as ids), found_3 as materialized (select array(select o.id
  from "order" o
  where o.type = any(string_to_array('Create'::text, ','))) as ids) select (select count(*)
  from "order" o
  join project p on p.id = o.project_id
  join resource r on r.id = o.resource_id
  where (true)
  and (o.state = 'pending-consumer')
  and (o.state = 'pending-provider')
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.category_id = (select id
  from category
  where uuid = :category_uuid::uuid))) is true)
  and (o.created >= ':created'::timestamptz)
  and (o.created < ':created_before'::timestamptz)
  and ((o.project_id in (select picked.id
  from project picked
  where picked.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid))) is true)
  and (o.id = any((select ids
  from found_0)::bigint[]))
  and (o.id = any((select ids
  from found_1)::bigint[]))
  and ((o.offering_id in (select id
  from offering
  where uuid = :offering::uuid)) is true)
  and ((o.offering_id in (select id
  from offering
  where slug = any(:offering_slug::text[]))) is true)
  and ((o.offering_id in (select id
  from offering
  where type = any(:offering_type::text[]))) is true)
  and ((o.offering_id in (select id
  from offering
  where uuid = :offering_uuid::uuid)) is true)
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.parent_id = (select id
  from offering
  where uuid = :parent_offering_uuid::uuid))) is true)
  and ((o.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.customer_id = (select id
  from customer
  where uuid = :provider_uuid::uuid))) is true)
  and (o.id = any((select ids
  from found_2)::bigint[]))
  and ((o.resource_id in (select id
  from resource
  where uuid = :resource::uuid)) is true)
  and ((o.resource_id in (select id
  from resource
  where name = :resource_name)) is true)
  and ((o.resource_id in (select id
  from resource
  where uuid = :resource_uuid::uuid)) is true)
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.shared
  and picked.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and (true)))) is true)
  and (o.state = any('{pending-consumer}'::text[]))
  and (o.id = any((select ids
  from found_3)::bigint[]))
  and ((o.offering_id = :id))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(concat(
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
    ',"attributes":', ((case off.type when 'Marketplace.Script' then o.attributes - array['password', 'user_password', 'token'] else o.attributes end))::text,
    ',"limits":', (o.limits)::text,
    ',"uuid":', '"' || wire_uuid(o.uuid) || '"',
    ',"created":', '"' || wire_time(o.created) || '"',
    ',"modified":', '"' || wire_time(o.modified) || '"',
    ',"resource_uuid":', coalesce('null', 'null'),
    ',"resource_type":', coalesce('null', 'null'),
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"cost":', coalesce('"' || (o.cost)::numeric(32, 10) || '"', 'null'),
    ',"state":', '"' || (o.state) || '"',
    ',"output":', to_json((o.output)::text)::text,
    ',"marketplace_resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"error_message":', to_json((o.error_message)::text)::text,
    ',"error_traceback":', to_json((o.error_traceback)::text)::text,
    ',"callback_url":', coalesce(to_json((o.callback_url)::text)::text, 'null'),
    ',"completed_at":', coalesce('"' || wire_time(o.completed_at) || '"', 'null'),
    ',"request_comment":', coalesce(to_json((o.request_comment)::text)::text, 'null'),
    ',"attachment":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(o_attachment.uuid) || '/' || '"', 'null'),
    ',"type":', '"' || (o.type) || '"',
    ',"start_date":', coalesce('"' || (o.start_date)::date || '"', 'null'),
    ',"slug":', to_json((o.slug)::text)::text,
    ',"url":', '"' || ctx.base || '/api/marketplace-orders/' || wire_uuid(o.uuid) || '/' || '"',
    ',"consumer_reviewed_by":', coalesce(to_json((o_consumer.username)::text)::text, 'null'),
    ',"consumer_reviewed_by_full_name":', coalesce(to_json((o_consumer.full_name)::text)::text, 'null'),
    ',"consumer_reviewed_by_username":', coalesce(to_json((o_consumer.username)::text)::text, 'null'),
    ',"consumer_reviewed_at":', coalesce('"' || wire_time(o.consumer_reviewed_at) || '"', 'null')), concat(
    ',"provider_reviewed_by":', coalesce(to_json((o_provider.username)::text)::text, 'null'),
    ',"provider_reviewed_by_full_name":', coalesce(to_json((o_provider.full_name)::text)::text, 'null'),
    ',"provider_reviewed_by_username":', coalesce(to_json((o_provider.username)::text)::text, 'null'),
    ',"provider_reviewed_at":', coalesce('"' || wire_time(o.provider_reviewed_at) || '"', 'null'),
    ',"created_by_username":', to_json((o_creator.username)::text)::text,
    ',"created_by_full_name":', to_json((o_creator.full_name)::text)::text,
    ',"created_by_civil_number":', coalesce(to_json((o_creator.civil_number)::text)::text, 'null'),
    ',"created_by_email":', coalesce(to_json((o_creator.email)::text)::text, 'null'),
    ',"created_by_organization":', coalesce(to_json((o_creator.organization)::text)::text, 'null'),
    ',"created_by_organization_registry_code":', coalesce('null', 'null'),
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_slug":', to_json((c.slug)::text)::text,
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_description":', to_json((p.description)::text)::text,
    ',"project_slug":', to_json((p.slug)::text)::text,
    ',"old_plan_name":', coalesce(to_json((o_old_plan.name)::text)::text, 'null'),
    ',"new_plan_name":', coalesce(to_json((plan.name)::text)::text, 'null'),
    ',"old_plan_uuid":', coalesce('"' || wire_uuid(o_old_plan.uuid) || '"', 'null'),
    ',"new_plan_uuid":', coalesce('"' || wire_uuid(plan.uuid) || '"', 'null'),
    ',"old_cost_estimate":' || '"' || (o.old_cost_estimate)::numeric(32, 10) || '"',
    ',"new_cost_estimate":', coalesce('"' || (o.cost)::numeric(32, 10) || '"', 'null'),
    ',"can_terminate":', (case when (o.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project')
  and off.type in ('Marketplace.Basic', 'Support.OfferingTemplate')) then 'true' when not ((o.state in ('pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project')
  and off.type in ('Marketplace.Basic', 'Support.OfferingTemplate'))) then 'false' end),
    ',"fixed_price":', trim_scale((o.fixed_price)::numeric)::text,
    ',"activation_price":', trim_scale((o.activation_price)::numeric)::text,
    ',"termination_comment":', coalesce(to_json((o.termination_comment)::text)::text, 'null'),
    ',"backend_id":', to_json((o.backend_id)::text)::text,
    ',"order_subtype":', coalesce(to_json((o.subtype)::text)::text, 'null'),
    ',"provider_message":', to_json((o.provider_message)::text)::text,
    ',"provider_message_url":', to_json((o.provider_message_url)::text)::text,
    ',"provider_message_attachment":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(o_provider_file.uuid) || '/' || '"', 'null'),
    ',"consumer_message":', to_json((o.consumer_message)::text)::text,
    ',"consumer_message_attachment":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(o_consumer_file.uuid) || '/' || '"', 'null'),
    ',"consumer_rejection_comment":', to_json((o.consumer_rejection_comment)::text)::text,
    ',"provider_rejection_comment":', to_json((o.provider_rejection_comment)::text)::text,
    ',"issue":', coalesce(case when o_issue.id is not null then '{' || substr(concat(
    ',"key":', to_json((('REQ-' || o_issue.id))::text)::text,
    ',"uuid":', '"' || wire_uuid(o_issue.uuid) || '"'), 2) || '}' end, 'null'))), 2) || '}', ','
  order by o.created, o.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select o.id
  from "order" o
  join project p on p.id = o.project_id
  join resource r on r.id = o.resource_id
  where (true)
  and (o.state = 'pending-consumer')
  and (o.state = 'pending-provider')
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.category_id = (select id
  from category
  where uuid = :category_uuid::uuid))) is true)
  and (o.created >= ':created'::timestamptz)
  and (o.created < ':created_before'::timestamptz)
  and ((o.project_id in (select picked.id
  from project picked
  where picked.customer_id = (select id
  from customer
  where uuid = :customer_uuid::uuid))) is true)
  and (o.id = any((select ids
  from found_0)::bigint[]))
  and (o.id = any((select ids
  from found_1)::bigint[]))
  and ((o.offering_id in (select id
  from offering
  where uuid = :offering::uuid)) is true)
  and ((o.offering_id in (select id
  from offering
  where slug = any(:offering_slug::text[]))) is true)
  and ((o.offering_id in (select id
  from offering
  where type = any(:offering_type::text[]))) is true)
  and ((o.offering_id in (select id
  from offering
  where uuid = :offering_uuid::uuid)) is true)
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.parent_id = (select id
  from offering
  where uuid = :parent_offering_uuid::uuid))) is true)
  and ((o.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.customer_id = (select id
  from customer
  where uuid = :provider_uuid::uuid))) is true)
  and (o.id = any((select ids
  from found_2)::bigint[]))
  and ((o.resource_id in (select id
  from resource
  where uuid = :resource::uuid)) is true)
  and ((o.resource_id in (select id
  from resource
  where name = :resource_name)) is true)
  and ((o.resource_id in (select id
  from resource
  where uuid = :resource_uuid::uuid)) is true)
  and ((o.offering_id in (select picked.id
  from offering picked
  where picked.shared
  and picked.id in (select offering.id
  from offering
  join live_grant held on held.scope_type = 'offering'
  and held.scope_id = offering.id
  join role on role.id = held.role_id
  join "user" manager on manager.id = held.user_id
  where (manager.uuid = :service_manager_uuid::uuid)
  and (true)))) is true)
  and (o.state = any('{pending-consumer}'::text[]))
  and (o.id = any((select ids
  from found_3)::bigint[]))
  and ((o.offering_id = :id))
  order by o.created, o.id
  limit 10) sized
  limit :id::bigint) cut
  join "order" o on o.id = cut.id
  join offering off on off.id = o.offering_id
  join customer prv on prv.id = off.customer_id
  join category cat on cat.id = off.category_id
  left join file off_image on off_image.id = off.image_id
  left join file off_thumbnail on off_thumbnail.id = off.thumbnail_id
  left join file cat_icon on cat_icon.id = cat.icon_id
  join project p on p.id = o.project_id
  join customer c on c.id = p.customer_id
  left join plan plan on plan.id = o.plan_id
  join resource r on r.id = o.resource_id
  left join plan o_old_plan on o_old_plan.id = o.old_plan_id
  join "user" o_creator on o_creator.id = o.created_by_id
  left join "user" o_consumer on o_consumer.id = o.consumer_reviewed_by_id
  left join "user" o_provider on o_provider.id = o.provider_reviewed_by_id
  left join file o_attachment on o_attachment.id = o.attachment_id
  left join file o_provider_file on o_provider_file.id = o.provider_message_attachment_id
  left join file o_consumer_file on o_consumer_file.id = o.consumer_message_attachment_id
  left join support_request o_issue on o_issue.order_id = o.id) as page;
