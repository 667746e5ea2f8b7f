-- GET /api/marketplace-offering-permissions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from live_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and true))
  and (g.created >= $1::timestamptz)
  and ((holder.full_name ilike $2))
  and (g.modified >= $3::timestamptz)
  and ((holder.native_name ilike $4))
  and (held.uuid = $5::uuid)
  and (g.scope_type = $6)
  and (holder.uuid = $7::uuid)
  and (holder.uuid = $8::uuid)
  and (holder.username = $9)
  and (provider.uuid = $10::uuid)
  and (held_on.uuid = $11::uuid)
  and ((held.name ilike $12))
  and ((held_on.name ilike $13))
  and (false)
  and ((holder.slug ilike $14))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/marketplace-offering-permissions/' || wire_uuid(g.uuid) || '/' || '"', ',"pk":', (g.id)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(granter.uuid) || '/' || '"', 'null'), ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(held_on.uuid) || '/' || '"', ',"offering_uuid":', '"' || wire_uuid(held_on.uuid) || '"', ',"offering_slug":', to_json((held_on.slug)::text)::text, ',"offering_name":', to_json((held_on.name)::text)::text, ',"role":', '"' || ctx.base || '/api/roles/' || wire_uuid(held.uuid) || '/' || '"', ',"role_name":', to_json((held.name)::text)::text, ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(holder.uuid) || '/' || '"', ',"user_full_name":', to_json((holder.full_name)::text)::text, ',"user_native_name":', to_json((holder.native_name)::text)::text, ',"user_username":', to_json((holder.username)::text)::text, ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_email":', to_json((holder.email)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $15::text as base) ctx
  cross join (select g.id
  from live_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and true))
  and (g.created >= $16::timestamptz)
  and ((holder.full_name ilike $17))
  and (g.modified >= $18::timestamptz)
  and ((holder.native_name ilike $19))
  and (held.uuid = $20::uuid)
  and (g.scope_type = $21)
  and (holder.uuid = $22::uuid)
  and (holder.uuid = $23::uuid)
  and (holder.username = $24)
  and (provider.uuid = $25::uuid)
  and (held_on.uuid = $26::uuid)
  and ((held.name ilike $27))
  and ((held_on.name ilike $28))
  and (false)
  and ((holder.slug ilike $29))
  order by g.created, g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join offering held_on on held_on.id = g.scope_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  left join "user" granter on granter.id = g.created_by_id) as page;

-- the owner of an organization
select (select count(*)
  from live_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and ((offering.customer_id = any($1::bigint[])
  or offering.project_id = any($2::bigint[])
  or offering.id = any($3::bigint[])))))
  and (g.created >= $4::timestamptz)
  and ((holder.full_name ilike $5))
  and (g.modified >= $6::timestamptz)
  and ((holder.native_name ilike $7))
  and (held.uuid = $8::uuid)
  and (g.scope_type = $9)
  and (holder.uuid = $10::uuid)
  and (holder.uuid = $11::uuid)
  and (holder.username = $12)
  and (provider.uuid = $13::uuid)
  and (held_on.uuid = $14::uuid)
  and ((held.name ilike $15))
  and ((held_on.name ilike $16))
  and (false)
  and ((holder.slug ilike $17))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/marketplace-offering-permissions/' || wire_uuid(g.uuid) || '/' || '"', ',"pk":', (g.id)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(granter.uuid) || '/' || '"', 'null'), ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(held_on.uuid) || '/' || '"', ',"offering_uuid":', '"' || wire_uuid(held_on.uuid) || '"', ',"offering_slug":', to_json((held_on.slug)::text)::text, ',"offering_name":', to_json((held_on.name)::text)::text, ',"role":', '"' || ctx.base || '/api/roles/' || wire_uuid(held.uuid) || '/' || '"', ',"role_name":', to_json((held.name)::text)::text, ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(holder.uuid) || '/' || '"', ',"user_full_name":', to_json((holder.full_name)::text)::text, ',"user_native_name":', to_json((holder.native_name)::text)::text, ',"user_username":', to_json((holder.username)::text)::text, ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_email":', to_json((holder.email)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select $18::text as base) ctx
  cross join (select g.id
  from live_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and ((offering.customer_id = any($19::bigint[])
  or offering.project_id = any($20::bigint[])
  or offering.id = any($21::bigint[])))))
  and (g.created >= $22::timestamptz)
  and ((holder.full_name ilike $23))
  and (g.modified >= $24::timestamptz)
  and ((holder.native_name ilike $25))
  and (held.uuid = $26::uuid)
  and (g.scope_type = $27)
  and (holder.uuid = $28::uuid)
  and (holder.uuid = $29::uuid)
  and (holder.username = $30)
  and (provider.uuid = $31::uuid)
  and (held_on.uuid = $32::uuid)
  and ((held.name ilike $33))
  and ((held_on.name ilike $34))
  and (false)
  and ((holder.slug ilike $35))
  order by g.created, g.id
  limit 10) cut
  join live_grant g on g.id = cut.id
  join offering held_on on held_on.id = g.scope_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  left join "user" granter on granter.id = g.created_by_id) as page;
