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
  and true)
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and true))
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (provider.uuid = :customer::uuid)
  and (held_on.uuid = :offering::uuid)
  and ((held.name ilike '%rolename%'))
  and ((held_on.name ilike '%scopename%'))
  and (false)
  and ((holder.slug ilike '%userslug%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-offering-permissions/' || wire_uuid(g.uuid) || '/' || '"',
    ',"pk":', (g.id)::text,
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"created_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(granter.uuid) || '/' || '"', 'null'),
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(held_on.uuid) || '/' || '"',
    ',"offering_uuid":', '"' || wire_uuid(held_on.uuid) || '"',
    ',"offering_slug":', to_json((held_on.slug)::text)::text,
    ',"offering_name":', to_json((held_on.name)::text)::text,
    ',"role":', '"' || ctx.base || '/api/roles/' || wire_uuid(held.uuid) || '/' || '"',
    ',"role_name":', to_json((held.name)::text)::text,
    ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(holder.uuid) || '/' || '"',
    ',"user_full_name":', to_json((holder.full_name)::text)::text,
    ',"user_native_name":', to_json((holder.native_name)::text)::text,
    ',"user_username":', to_json((holder.username)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"',
    ',"user_email":', to_json((holder.email)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select g.id
  from live_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and true)
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and true))
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (provider.uuid = :customer::uuid)
  and (held_on.uuid = :offering::uuid)
  and ((held.name ilike '%rolename%'))
  and ((held_on.name ilike '%scopename%'))
  and (false)
  and ((holder.slug ilike '%userslug%'))
  order by g.created, g.id
  limit 10) sized
  limit :id::bigint) cut
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
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and "person"."is_active"))
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (provider.uuid = :customer::uuid)
  and (held_on.uuid = :offering::uuid)
  and ((held.name ilike '%rolename%'))
  and ((held_on.name ilike '%scopename%'))
  and (false)
  and ((holder.slug ilike '%userslug%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-offering-permissions/' || wire_uuid(g.uuid) || '/' || '"',
    ',"pk":', (g.id)::text,
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"created_by":', coalesce('"' || ctx.base || '/api/users/' || wire_uuid(granter.uuid) || '/' || '"', 'null'),
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(held_on.uuid) || '/' || '"',
    ',"offering_uuid":', '"' || wire_uuid(held_on.uuid) || '"',
    ',"offering_slug":', to_json((held_on.slug)::text)::text,
    ',"offering_name":', to_json((held_on.name)::text)::text,
    ',"role":', '"' || ctx.base || '/api/roles/' || wire_uuid(held.uuid) || '/' || '"',
    ',"role_name":', to_json((held.name)::text)::text,
    ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(holder.uuid) || '/' || '"',
    ',"user_full_name":', to_json((holder.full_name)::text)::text,
    ',"user_native_name":', to_json((holder.native_name)::text)::text,
    ',"user_username":', to_json((holder.username)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"',
    ',"user_email":', to_json((holder.email)::text)::text), 2) || '}', ','
  order by g.created, g.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select g.id
  from live_grant g
  join offering held_on on held_on.id = g.scope_id
  join customer provider on provider.id = held_on.customer_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  where (g.scope_type = 'offering'
  and exists (select 1
  from offering
  where offering.id = g.scope_id
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and exists (select 1
  from "user" person
  where person.id = g.user_id
  and "person"."is_active"))
  and (g.created >= ':created'::timestamptz)
  and ((holder.full_name ilike '%fullname%'))
  and (g.modified >= ':modified'::timestamptz)
  and ((holder.native_name ilike '%nativename%'))
  and (held.uuid = :role_uuid::uuid)
  and (g.scope_type = :scope_type)
  and (holder.uuid = :user::uuid)
  and (holder.uuid = :user_url::uuid)
  and (holder.username = :username)
  and (provider.uuid = :customer::uuid)
  and (held_on.uuid = :offering::uuid)
  and ((held.name ilike '%rolename%'))
  and ((held_on.name ilike '%scopename%'))
  and (false)
  and ((holder.slug ilike '%userslug%'))
  order by g.created, g.id
  limit 10) sized
  limit :id::bigint) cut
  join live_grant g on g.id = cut.id
  join offering held_on on held_on.id = g.scope_id
  join role held on held.id = g.role_id
  join "user" holder on holder.id = g.user_id
  left join "user" granter on granter.id = g.created_by_id) as page;
