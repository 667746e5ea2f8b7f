-- GET /api/marketplace-offering-permissions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from role_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and true))
  and g.created >= $1::timestamptz
  and provider.uuid = $2::uuid
  and (holder.full_name ilike $3)
  and g.modified >= $4::timestamptz
  and (holder.native_name ilike $5)
  and held_on.uuid = $6::uuid
  and (held.name ilike $7)
  and held.uuid = $8::uuid
  and (held_on.name ilike $9)
  and g.scope_type = $10
  and false
  and holder.uuid = $11::uuid
  and (holder.slug ilike $12)
  and holder.uuid = $13::uuid
  and holder.username = $14) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/marketplace-offering-permissions/' || wire_uuid(g.uuid) || '/' || '"', ',"pk":', (g.id)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(granter.uuid) || '/' || '"', 'null'), ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(held_on.uuid) || '/' || '"', ',"offering_uuid":', '"' || wire_uuid(held_on.uuid) || '"', ',"offering_slug":', to_json((held_on.slug)::text)::text, ',"offering_name":', to_json((held_on.name)::text)::text, ',"role":', '"' || ctx.base || '/api/roles/' || wire_uuid(held.uuid) || '/' || '"', ',"role_name":', to_json((held.name)::text)::text, ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(holder.uuid) || '/' || '"', ',"user_full_name":', to_json((holder.full_name)::text)::text, ',"user_native_name":', to_json((holder.native_name)::text)::text, ',"user_username":', to_json((holder.username)::text)::text, ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_email":', to_json((holder.email)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $15::text as base, $16::bigint as actor_id, $17::boolean as is_staff, $18::boolean as is_support, $19::boolean as reads_all, (now() at time zone $20::text)::date as today) ctx
  cross join (select g.id
  from role_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and true))
  and g.created >= $21::timestamptz
  and provider.uuid = $22::uuid
  and (holder.full_name ilike $23)
  and g.modified >= $24::timestamptz
  and (holder.native_name ilike $25)
  and held_on.uuid = $26::uuid
  and (held.name ilike $27)
  and held.uuid = $28::uuid
  and (held_on.name ilike $29)
  and g.scope_type = $30
  and false
  and holder.uuid = $31::uuid
  and (holder.slug ilike $32)
  and holder.uuid = $33::uuid
  and holder.username = $34
  order by g.created, g.id
  limit 10) cut
  join role_grant g on g.id = cut.id
  join offering held_on on held_on.id = g.scope_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  left join "user" granter on granter.id = g.created_by_id) as page;

-- the owner of an organization
select (select count(*)
  from role_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and ((offering.customer_id = any($1::bigint[])
  or offering.project_id = any($2::bigint[])
  or offering.id = any($3::bigint[])))))
  and g.created >= $4::timestamptz
  and provider.uuid = $5::uuid
  and (holder.full_name ilike $6)
  and g.modified >= $7::timestamptz
  and (holder.native_name ilike $8)
  and held_on.uuid = $9::uuid
  and (held.name ilike $10)
  and held.uuid = $11::uuid
  and (held_on.name ilike $12)
  and g.scope_type = $13
  and false
  and holder.uuid = $14::uuid
  and (holder.slug ilike $15)
  and holder.uuid = $16::uuid
  and holder.username = $17) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/marketplace-offering-permissions/' || wire_uuid(g.uuid) || '/' || '"', ',"pk":', (g.id)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(granter.uuid) || '/' || '"', 'null'), ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(held_on.uuid) || '/' || '"', ',"offering_uuid":', '"' || wire_uuid(held_on.uuid) || '"', ',"offering_slug":', to_json((held_on.slug)::text)::text, ',"offering_name":', to_json((held_on.name)::text)::text, ',"role":', '"' || ctx.base || '/api/roles/' || wire_uuid(held.uuid) || '/' || '"', ',"role_name":', to_json((held.name)::text)::text, ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(holder.uuid) || '/' || '"', ',"user_full_name":', to_json((holder.full_name)::text)::text, ',"user_native_name":', to_json((holder.native_name)::text)::text, ',"user_username":', to_json((holder.username)::text)::text, ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_email":', to_json((holder.email)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $18::text as base, $19::bigint as actor_id, $20::boolean as is_staff, $21::boolean as is_support, $22::boolean as reads_all, (now() at time zone $23::text)::date as today) ctx
  cross join (select g.id
  from role_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and ((offering.customer_id = any($24::bigint[])
  or offering.project_id = any($25::bigint[])
  or offering.id = any($26::bigint[])))))
  and g.created >= $27::timestamptz
  and provider.uuid = $28::uuid
  and (holder.full_name ilike $29)
  and g.modified >= $30::timestamptz
  and (holder.native_name ilike $31)
  and held_on.uuid = $32::uuid
  and (held.name ilike $33)
  and held.uuid = $34::uuid
  and (held_on.name ilike $35)
  and g.scope_type = $36
  and false
  and holder.uuid = $37::uuid
  and (holder.slug ilike $38)
  and holder.uuid = $39::uuid
  and holder.username = $40
  order by g.created, g.id
  limit 10) cut
  join role_grant g on g.id = cut.id
  join offering held_on on held_on.id = g.scope_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  left join "user" granter on granter.id = g.created_by_id) as page;
