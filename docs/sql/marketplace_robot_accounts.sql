-- GET /api/marketplace-robot-accounts/
-- Generated: npm run gen

-- staff
select (select count(*)
  from robot_account ra
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  join customer provider on provider.id = off.customer_id
  where (ra.type = :type)
  and (ra.state = 'Requested')
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and ((provider.uuid = :provider_uuid::uuid
  or exists (select
  from service_provider sp
  where sp.customer_id = provider.id
  and sp.uuid = :provider_uuid::uuid)))
  and (ra.created >= ':created'::timestamptz)
  and (ra.modified >= ':modified'::timestamptz)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-robot-accounts/' || wire_uuid(ra.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(ra.uuid) || '"',
    ',"created":', '"' || wire_time(ra.created) || '"',
    ',"modified":', '"' || wire_time(ra.modified) || '"',
    ',"username":', to_json((ra.username)::text)::text,
    ',"description":', to_json((ra.description)::text)::text,
    ',"error_message":', to_json((ra.error_message)::text)::text,
    ',"error_traceback":', to_json((ra.error_traceback)::text)::text,
    ',"state":', '"' || (ra.state) || '"',
    ',"resource":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"',
    ',"type":', to_json((ra.type)::text)::text,
    ',"keys":', (ra.keys)::text,
    ',"backend_id":', to_json((coalesce(ra.backend_id, ''))::text)::text,
    ',"fingerprints":', (ra.fingerprints)::text,
    ',"users":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from robot_account_user member
  join "user" u on u.id = member.user_id
  left join file image on image.id = u.image_id
  where member.robot_account_id = ra.id),
    ',"responsible_user":', coalesce(case when u.id is not null then '{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}' end, 'null'),
    ',"user_keys":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(k.uuid) || '"',
    ',"name":', to_json((k.name)::text)::text,
    ',"public_key":', to_json((k.public_key)::text)::text,
    ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text,
    ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text,
    ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"',
    ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end),
    ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.id) || ']', '[]')
  from robot_account_user member
  join ssh_key k on k.user_id = member.user_id
  join "user" owner on owner.id = k.user_id
  where member.robot_account_id = ra.id),
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"provider_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"provider_name":', to_json((provider.name)::text)::text,
    ',"offering_plugin_options":', (off.plugin_options)::text), 2) || '}', ','
  order by ra.created, ra.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select ra.id
  from robot_account ra
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  join customer provider on provider.id = off.customer_id
  where (ra.type = :type)
  and (ra.state = 'Requested')
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and ((provider.uuid = :provider_uuid::uuid
  or exists (select
  from service_provider sp
  where sp.customer_id = provider.id
  and sp.uuid = :provider_uuid::uuid)))
  and (ra.created >= ':created'::timestamptz)
  and (ra.modified >= ':modified'::timestamptz)
  order by ra.created, ra.id
  limit 10) sized
  limit :id::bigint) cut
  join robot_account ra on ra.id = cut.id
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  join customer provider on provider.id = off.customer_id
  left join "user" u on u.id = ra.responsible_user_id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select (select count(*)
  from robot_account ra
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  join customer provider on provider.id = off.customer_id
  where (exists (select
  from resource r
  where r.id = ra.resource_id
  and (((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  or ((r.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[]))))))))
  and (ra.type = :type)
  and (ra.state = 'Requested')
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and ((provider.uuid = :provider_uuid::uuid
  or exists (select
  from service_provider sp
  where sp.customer_id = provider.id
  and sp.uuid = :provider_uuid::uuid)))
  and (ra.created >= ':created'::timestamptz)
  and (ra.modified >= ':modified'::timestamptz)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-robot-accounts/' || wire_uuid(ra.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(ra.uuid) || '"',
    ',"created":', '"' || wire_time(ra.created) || '"',
    ',"modified":', '"' || wire_time(ra.modified) || '"',
    ',"username":', to_json((ra.username)::text)::text,
    ',"description":', to_json((ra.description)::text)::text,
    ',"error_message":', to_json((ra.error_message)::text)::text,
    ',"error_traceback":', to_json((ra.error_traceback)::text)::text,
    ',"state":', '"' || (ra.state) || '"',
    ',"resource":', '"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"',
    ',"type":', to_json((ra.type)::text)::text,
    ',"keys":', (ra.keys)::text,
    ',"backend_id":', to_json((coalesce(ra.backend_id, ''))::text)::text,
    ',"fingerprints":', (ra.fingerprints)::text,
    ',"users":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from robot_account_user member
  join "user" u on u.id = member.user_id
  left join file image on image.id = u.image_id
  where member.robot_account_id = ra.id),
    ',"responsible_user":', coalesce(case when u.id is not null then '{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null')), 2) || '}' end, 'null'),
    ',"user_keys":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/keys/' || wire_uuid(k.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(k.uuid) || '"',
    ',"name":', to_json((k.name)::text)::text,
    ',"public_key":', to_json((k.public_key)::text)::text,
    ',"fingerprint_md5":', to_json((k.fingerprint_md5)::text)::text,
    ',"fingerprint_sha256":', to_json((k.fingerprint_sha256)::text)::text,
    ',"fingerprint_sha512":', to_json((k.fingerprint_sha512)::text)::text,
    ',"user_uuid":', '"' || wire_uuid(owner.uuid) || '"',
    ',"is_shared":', (case when k.is_shared then 'true' when not (k.is_shared) then 'false' end),
    ',"type":', to_json((k.key_type)::text)::text), 2) || '}', ','
  order by k.id) || ']', '[]')
  from robot_account_user member
  join ssh_key k on k.user_id = member.user_id
  join "user" owner on owner.id = k.user_id
  where member.robot_account_id = ra.id),
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"provider_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"provider_name":', to_json((provider.name)::text)::text,
    ',"offering_plugin_options":', (off.plugin_options)::text), 2) || '}', ','
  order by ra.created, ra.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select ra.id
  from robot_account ra
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  join customer provider on provider.id = off.customer_id
  where (exists (select
  from resource r
  where r.id = ra.resource_id
  and (((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  or ((r.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[]))))))))
  and (ra.type = :type)
  and (ra.state = 'Requested')
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (c.uuid = :customer_uuid::uuid)
  and ((provider.uuid = :provider_uuid::uuid
  or exists (select
  from service_provider sp
  where sp.customer_id = provider.id
  and sp.uuid = :provider_uuid::uuid)))
  and (ra.created >= ':created'::timestamptz)
  and (ra.modified >= ':modified'::timestamptz)
  order by ra.created, ra.id
  limit 10) sized
  limit :id::bigint) cut
  join robot_account ra on ra.id = cut.id
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  join customer provider on provider.id = off.customer_id
  left join "user" u on u.id = ra.responsible_user_id
  left join file image on image.id = u.image_id) as page;
