-- GET /api/user-permissions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
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
  where (case g.scope_type when 'customer' then exists (select
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
  and true) end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_scope.name ilike '%scopename%'))
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
    ',"scope_uuid":' || '"' || wire_uuid(on_scope.uuid) || '"',
    ',"scope_name":' || to_json((on_scope.name)::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select id
  from (select g.id
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
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
  where (case g.scope_type when 'customer' then exists (select
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
  and true) end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_scope.name ilike '%scopename%'))
  and (false)
  and (holder.slug = :user_slug)
  order by g.created, g.id
  limit 10) sized
  limit :id::bigint) cut
  join live_grant g on g.id = cut.id
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
  left join customer scope_customer on scope_customer.id = on_scope.customer_id) as page;

-- the owner of an organization
select (select count(*)
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
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
  where (g.user_id = :id
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
  and true) end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_scope.name ilike '%scopename%'))
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
    ',"scope_uuid":' || '"' || wire_uuid(on_scope.uuid) || '"',
    ',"scope_name":' || to_json((on_scope.name)::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select id
  from (select g.id
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
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
  where (g.user_id = :id
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
  and true) end)
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (g.expiration_time >= ':expiration_time'::timestamptz)
  and (held.name = :role_name)
  and ((on_scope.name ilike '%scopename%'))
  and (false)
  and (holder.slug = :user_slug)
  order by g.created, g.id
  limit 10) sized
  limit :id::bigint) cut
  join live_grant g on g.id = cut.id
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
  left join customer scope_customer on scope_customer.id = on_scope.customer_id) as page;
