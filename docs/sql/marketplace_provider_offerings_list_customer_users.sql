-- GET /api/marketplace-provider-offerings/{uuid}/list_customer_users/
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
select (select count(*)
  from "user" u
  where ((u.id in (select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select used_in.id
  from (select :id::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated'
  group by kept.project_id having sum(kept.n) > 0)
  and not used_in.is_removed))))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['username'])
  or (true
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.username)::text)::text end,
    ',"slug":' || case when ctx.reads_all then to_json((u.slug)::text)::text end,
    ',"full_name":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['full_name'])
  or (true
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.full_name)::text)::text end,
    ',"native_name":' || case when ctx.reads_all then to_json((u.native_name)::text)::text end,
    ',"job_title":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['job_title'])
  or (false
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.job_title)::text)::text end,
    ',"email":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['email'])
  or (true
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.email)::text)::text end,
    ',"phone_number":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['phone_number'])
  or (false
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.phone_number)::text)::text end,
    ',"organization":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['organization'])
  or (false
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.organization)::text)::text end,
    ',"civil_number":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((u.civil_number)::text)::text, 'null') end,
    ',"description":', to_json((u.description)::text)::text,
    ',"is_staff":', (case when u.is_staff then 'true' when not (u.is_staff) then 'false' end),
    ',"is_active":', (case when u.is_active then 'true' when not (u.is_active) then 'false' end),
    ',"is_support":', (case when u.is_support then 'true' when not (u.is_support) then 'false' end),
    ',"token_lifetime":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce((u.token_lifetime)::text, 'null') end,
    ',"token_expires_at":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce('"' || wire_time(tok.used + make_interval(secs => u.token_lifetime)) || '"', 'null') end,
    ',"registration_method":' || case when ctx.reads_all then to_json((u.registration_method)::text)::text end,
    ',"date_joined":' || case when ctx.reads_all then '"' || wire_time(u.date_joined) || '"' end,
    ',"agreement_date":' || case when ctx.reads_all then coalesce('"' || wire_time(u.agreement_date) || '"', 'null') end,
    ',"notifications_enabled":' || case when ctx.reads_all then (case when u.notifications_enabled then 'true' when not (u.notifications_enabled) then 'false' end) end,
    ',"preferred_language":' || case when ctx.reads_all then to_json((u.preferred_language)::text)::text end,
    ',"permissions":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (select coalesce('[' || string_agg('{' || substr(concat(
    ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"',
    ',"user_name":', to_json((holder.full_name)::text)::text,
    ',"user_slug":', to_json((holder.slug)::text)::text,
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"created_by_full_name":' || to_json((granter.full_name)::text)::text,
    ',"created_by_username":' || to_json((granter.username)::text)::text,
    ',"role_name":', to_json((held.name)::text)::text,
    ',"role_description":', to_json((held.description)::text)::text,
    ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"',
    ',"scope_type":', '"' || (g.scope_type) || '"',
    ',"scope_uuid":' || '"' || wire_uuid(on_scope.uuid) || '"',
    ',"scope_name":' || to_json((on_scope.name)::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.id) || ']', '[]')
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join lateral (select s.uuid, s.name as name, s.id as customer_id, not s.is_removed as there
  from customer s
  where g.scope_type = 'customer'
  and s.id = g.scope_id
  union all select s.uuid, s.name as name, s.customer_id as customer_id, not s.is_removed as there
  from project s
  where g.scope_type = 'project'
  and s.id = g.scope_id
  union all select s.uuid, s.name as name, s.customer_id as customer_id, true as there
  from offering s
  where g.scope_type = 'offering'
  and s.id = g.scope_id
  union all select s.uuid, owner.name as name, s.customer_id as customer_id, true as there
  from service_provider s
  join customer owner on owner.id = s.customer_id
  where g.scope_type = 'service_provider'
  and s.id = g.scope_id) on_scope on true
  left join customer scope_customer on scope_customer.id = on_scope.customer_id
  where g.user_id = u.id
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id
  and true) when 'service_provider' then exists (select
  from service_provider s
  join customer owner on owner.id = s.customer_id
  where s.id = g.scope_id
  and true) end) end,
    ',"requested_email":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((requested.email)::text)::text, 'null') end,
    ',"affiliations":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['affiliations'])
  or (false
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then (u.affiliations)::text end,
    ',"first_name":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['full_name'])
  or (true
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.first_name)::text)::text end,
    ',"last_name":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['full_name'])
  or (true
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.last_name)::text)::text end,
    ',"birth_date":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce('"' || (u.attributes ->> 'birth_date')::date || '"', 'null') end,
    ',"identity_provider_name":' || case when ctx.reads_all then '"Local DB"' end,
    ',"identity_provider_label":' || case when ctx.reads_all then '"Local DB"' end,
    ',"identity_provider_management_url":' || case when ctx.reads_all then '""' end,
    ',"identity_provider_fields":' || case when ctx.reads_all then '[]' end,
    ',"image":' || case when ctx.reads_all then coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null') end,
    ',"identity_source":' || case when (ctx.reads_all
  or exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and coalesce(asked.exposed, array['username', 'full_name', 'email']) @> array['identity_source'])
  or (false
  and not exists (select
  from offering
  left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids)
  or offering.customer_id = any(ctx.provided_ids))
  and offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'))) then to_json((u.identity_source)::text)::text end,
    ',"has_active_session":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then (case when (tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now())) then 'true' when not ((tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now()))) then 'false' end) end,
    ',"ip_address":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce(to_json((u.last_ip_address)::text)::text, 'null') end,
    ',"gender":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce((u.attributes ->> 'gender')::text, 'null') end,
    ',"personal_title":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'personal_title', ''))::text)::text end,
    ',"place_of_birth":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'place_of_birth', ''))::text)::text end,
    ',"country_of_residence":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'country_of_residence', ''))::text)::text end,
    ',"nationality":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'nationality', ''))::text)::text end,
    ',"nationalities":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'nationalities', '[]'::jsonb))::text end,
    ',"organization_country":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_country', ''))::text)::text end,
    ',"organization_type":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_type', ''))::text)::text end,
    ',"organization_registry_code":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_registry_code', ''))::text)::text end,
    ',"eduperson_assurance":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end,
    ',"is_identity_manager":', (case when u.is_identity_manager then 'true' when not (u.is_identity_manager) then 'false' end),
    ',"attribute_sources":', '{}',
    ',"managed_isds":', (coalesce(u.attributes -> 'managed_isds', '[]'::jsonb))::text,
    ',"active_isds":', '[]'), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, '{}'::bigint[] as customer_ids, true::boolean as is_staff, '{}'::bigint[] as provided_ids, true::boolean as reads_all) ctx
  cross join (select id
  from (select u.id
  from "user" u
  where ((u.id in (select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select used_in.id
  from (select :id::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated'
  group by kept.project_id having sum(kept.n) > 0)
  and not used_in.is_removed))))
  order by u.username, u.id
  limit 10) sized
  limit :id::bigint) cut
  join "user" u on u.id = cut.id
  left join user_token tok on tok.user_id = u.id
  left join change_email_request requested on requested.user_id = u.id
  left join file image on image.id = u.image_id) as page;
