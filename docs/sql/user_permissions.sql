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
  and (g.created >= $1::timestamptz)
  and ((holder.full_name ilike $2))
  and (g.modified >= $3::timestamptz)
  and ((holder.native_name ilike $4))
  and (held.uuid = $5::uuid)
  and (g.scope_type = $6)
  and (holder.uuid = $7::uuid)
  and (holder.uuid = $8::uuid)
  and (holder.username = $9)
  and (g.expiration_time >= $10::timestamptz)
  and (held.name = $11)
  and ((on_customer.name ilike $12
  or on_project.name ilike $13
  or on_offering.name ilike $14
  or scope_customer.name ilike $15))
  and (false)
  and (holder.slug = $16)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_name":', to_json((holder.full_name)::text)::text, ',"user_slug":', to_json((holder.slug)::text)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_username":' || to_json((granter.username)::text)::text, ',"role_name":', to_json((held.name)::text)::text, ',"role_description":', to_json((held.description)::text)::text, ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"', ',"scope_type":', '"' || (g.scope_type) || '"', ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"', ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text, ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"', ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
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
  and (g.created >= $17::timestamptz)
  and ((holder.full_name ilike $18))
  and (g.modified >= $19::timestamptz)
  and ((holder.native_name ilike $20))
  and (held.uuid = $21::uuid)
  and (g.scope_type = $22)
  and (holder.uuid = $23::uuid)
  and (holder.uuid = $24::uuid)
  and (holder.username = $25)
  and (g.expiration_time >= $26::timestamptz)
  and (held.name = $27)
  and ((on_customer.name ilike $28
  or on_project.name ilike $29
  or on_offering.name ilike $30
  or scope_customer.name ilike $31))
  and (false)
  and (holder.slug = $32)
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
  where (g.user_id = $1
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
  and (g.created >= $2::timestamptz)
  and ((holder.full_name ilike $3))
  and (g.modified >= $4::timestamptz)
  and ((holder.native_name ilike $5))
  and (held.uuid = $6::uuid)
  and (g.scope_type = $7)
  and (holder.uuid = $8::uuid)
  and (holder.uuid = $9::uuid)
  and (holder.username = $10)
  and (g.expiration_time >= $11::timestamptz)
  and (held.name = $12)
  and ((on_customer.name ilike $13
  or on_project.name ilike $14
  or on_offering.name ilike $15
  or scope_customer.name ilike $16))
  and (false)
  and (holder.slug = $17)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_name":', to_json((holder.full_name)::text)::text, ',"user_slug":', to_json((holder.slug)::text)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_username":' || to_json((granter.username)::text)::text, ',"role_name":', to_json((held.name)::text)::text, ',"role_description":', to_json((held.description)::text)::text, ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"', ',"scope_type":', '"' || (g.scope_type) || '"', ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"', ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text, ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"', ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
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
  where (g.user_id = $18
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
  and (g.created >= $19::timestamptz)
  and ((holder.full_name ilike $20))
  and (g.modified >= $21::timestamptz)
  and ((holder.native_name ilike $22))
  and (held.uuid = $23::uuid)
  and (g.scope_type = $24)
  and (holder.uuid = $25::uuid)
  and (holder.uuid = $26::uuid)
  and (holder.username = $27)
  and (g.expiration_time >= $28::timestamptz)
  and (held.name = $29)
  and ((on_customer.name ilike $30
  or on_project.name ilike $31
  or on_offering.name ilike $32
  or scope_customer.name ilike $33))
  and (false)
  and (holder.slug = $34)
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
