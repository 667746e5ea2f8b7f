-- GET /api/user-permissions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from role_grant g
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
  where (g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
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
  and g.created >= $1::timestamptz
  and (holder.full_name ilike $2)
  and g.modified >= $3::timestamptz
  and (holder.native_name ilike $4)
  and held.uuid = $5::uuid
  and g.scope_type = $6
  and holder.uuid = $7::uuid
  and holder.uuid = $8::uuid
  and holder.username = $9
  and g.expiration_time >= $10::timestamptz
  and held.name = $11
  and (on_customer.name ilike $12
  or on_project.name ilike $13
  or on_offering.name ilike $14
  or scope_customer.name ilike $15)
  and false
  and holder.slug = $16) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_name":', to_json((holder.full_name)::text)::text, ',"user_slug":', to_json((holder.slug)::text)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_username":' || to_json((granter.username)::text)::text, ',"role_name":', to_json((held.name)::text)::text, ',"role_description":', to_json((held.description)::text)::text, ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"', ',"scope_type":', '"' || (g.scope_type) || '"', ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"', ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text, ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"', ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $17::text as base, $18::bigint as actor_id, $19::boolean as is_staff, $20::boolean as is_support, $21::boolean as reads_all, site_day(now(), $22::text) as today) ctx
  cross join (select g.id
  from role_grant g
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
  where (g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
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
  and g.created >= $23::timestamptz
  and (holder.full_name ilike $24)
  and g.modified >= $25::timestamptz
  and (holder.native_name ilike $26)
  and held.uuid = $27::uuid
  and g.scope_type = $28
  and holder.uuid = $29::uuid
  and holder.uuid = $30::uuid
  and holder.username = $31
  and g.expiration_time >= $32::timestamptz
  and held.name = $33
  and (on_customer.name ilike $34
  or on_project.name ilike $35
  or on_offering.name ilike $36
  or scope_customer.name ilike $37)
  and false
  and holder.slug = $38
  order by g.created, g.id
  limit 10) cut
  join role_grant g on g.id = cut.id
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
  from role_grant g
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
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
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
  and g.created >= $2::timestamptz
  and (holder.full_name ilike $3)
  and g.modified >= $4::timestamptz
  and (holder.native_name ilike $5)
  and held.uuid = $6::uuid
  and g.scope_type = $7
  and holder.uuid = $8::uuid
  and holder.uuid = $9::uuid
  and holder.username = $10
  and g.expiration_time >= $11::timestamptz
  and held.name = $12
  and (on_customer.name ilike $13
  or on_project.name ilike $14
  or on_offering.name ilike $15
  or scope_customer.name ilike $16)
  and false
  and holder.slug = $17) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_name":', to_json((holder.full_name)::text)::text, ',"user_slug":', to_json((holder.slug)::text)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_username":' || to_json((granter.username)::text)::text, ',"role_name":', to_json((held.name)::text)::text, ',"role_description":', to_json((held.description)::text)::text, ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"', ',"scope_type":', '"' || (g.scope_type) || '"', ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"', ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text, ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"', ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $18::text as base, $19::bigint as actor_id, $20::boolean as is_staff, $21::boolean as is_support, $22::boolean as reads_all, site_day(now(), $23::text) as today) ctx
  cross join (select g.id
  from role_grant g
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
  where (g.user_id = $24
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
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
  and g.created >= $25::timestamptz
  and (holder.full_name ilike $26)
  and g.modified >= $27::timestamptz
  and (holder.native_name ilike $28)
  and held.uuid = $29::uuid
  and g.scope_type = $30
  and holder.uuid = $31::uuid
  and holder.uuid = $32::uuid
  and holder.username = $33
  and g.expiration_time >= $34::timestamptz
  and held.name = $35
  and (on_customer.name ilike $36
  or on_project.name ilike $37
  or on_offering.name ilike $38
  or scope_customer.name ilike $39)
  and false
  and holder.slug = $40
  order by g.created, g.id
  limit 10) cut
  join role_grant g on g.id = cut.id
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
