-- GET /api/user-permissions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)
  where (case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id) when 'service_provider' then exists (select
  from service_provider s
  where s.id = g.scope_id) else false end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%full-name%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%native-name%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_customer.name ilike '%scope-name%'
  or on_project.name ilike '%scope-name%'
  or on_offering.name ilike '%scope-name%'
  or scope_customer.name ilike '%scope-name%'))
  and (false)
  and (holder.slug = :user_slug)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
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
    ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"',
    ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select g.id
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)
  where (case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id) when 'service_provider' then exists (select
  from service_provider s
  where s.id = g.scope_id) else false end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%full-name%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%native-name%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_customer.name ilike '%scope-name%'
  or on_project.name ilike '%scope-name%'
  or on_offering.name ilike '%scope-name%'
  or scope_customer.name ilike '%scope-name%'))
  and (false)
  and (holder.slug = :user_slug)
  order by g.created, g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)) as page;

-- the owner of an organization
select (select count(*)
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)
  where (g.user_id = :id
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id) when 'service_provider' then exists (select
  from service_provider s
  where s.id = g.scope_id) else false end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%full-name%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%native-name%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_customer.name ilike '%scope-name%'
  or on_project.name ilike '%scope-name%'
  or on_offering.name ilike '%scope-name%'
  or scope_customer.name ilike '%scope-name%'))
  and (false)
  and (holder.slug = :user_slug)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
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
    ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"',
    ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select g.id
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)
  where (g.user_id = :id
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id) when 'service_provider' then exists (select
  from service_provider s
  where s.id = g.scope_id) else false end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%full-name%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%native-name%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_customer.name ilike '%scope-name%'
  or on_project.name ilike '%scope-name%'
  or on_offering.name ilike '%scope-name%'
  or scope_customer.name ilike '%scope-name%'))
  and (false)
  and (holder.slug = :user_slug)
  order by g.created, g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)) as page;
