-- GET /api/marketplace-site-agent-identities/
-- Generated: npm run gen

-- staff
select (select count(*)
  from site_agent_identity identity
  join offering on offering.id = identity.offering_id
  where (identity.last_restarted >= ':last_restarted'::timestamptz)
  and (identity.name = :name)
  and (offering.uuid = :offering_uuid::uuid)
  and ((not exists (select 1
  from site_agent_service service
  where service.identity_id = identity.id)))
  and (identity.version = :version)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(identity.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-identities/' || wire_uuid(identity.uuid) || '/' || '"',
    ',"offering":', '"' || wire_uuid(offering.uuid) || '"',
    ',"name":', to_json((identity.name)::text)::text,
    ',"version":', coalesce(to_json((identity.version)::text)::text, 'null'),
    ',"dependencies":', (identity.dependencies)::text,
    ',"config_file_path":', coalesce(to_json((identity.config_file_path)::text)::text, 'null'),
    ',"config_file_content":' || case when (ctx.is_staff
  or coalesce((ctx.held -> 'OFFERING.UPDATE_INTEGRATION' -> 'offering') @> to_jsonb(identity.offering_id), false)
  or coalesce((ctx.held -> 'OFFERING.UPDATE_INTEGRATION' -> 'customer') @> to_jsonb(offering.customer_id), false)) then coalesce(to_json((identity.config_file_content)::text)::text, 'null') end,
    ',"last_restarted":', '"' || wire_time(identity.last_restarted) || '"',
    ',"created":', '"' || wire_time(identity.created) || '"',
    ',"modified":', '"' || wire_time(identity.modified) || '"',
    ',"created_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(creator.uuid) || '/' || '"',
    ',"services":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(service.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-services/' || wire_uuid(service.uuid) || '/' || '"',
    ',"name":', to_json((service.name)::text)::text,
    ',"mode":', coalesce(to_json((service.mode)::text)::text, 'null'),
    ',"state":', '"' || (site_agent_state(service.last_seen)) || '"',
    ',"statistics":', (service.statistics)::text,
    ',"created":', '"' || wire_time(service.created) || '"',
    ',"modified":', '"' || wire_time(service.modified) || '"'), 2) || '}', ','
  order by service.name, service.id) || ']', '[]')
  from site_agent_service service
  where service.identity_id = identity.id)), 2) || '}', ','
  order by identity.name, identity.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{"OFFERING.UPDATE_INTEGRATION":{"customer":[],"consumer":[],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, true::boolean as is_staff) ctx
  cross join (select id
  from (select identity.id
  from site_agent_identity identity
  join offering on offering.id = identity.offering_id
  where (identity.last_restarted >= ':last_restarted'::timestamptz)
  and (identity.name = :name)
  and (offering.uuid = :offering_uuid::uuid)
  and ((not exists (select 1
  from site_agent_service service
  where service.identity_id = identity.id)))
  and (identity.version = :version)
  order by identity.name, identity.id
  limit 10) sized
  limit :id::bigint) cut
  join site_agent_identity identity on identity.id = cut.id
  join offering on offering.id = identity.offering_id
  left join "user" creator on creator.id = identity.created_by_id) as page;

-- the owner of an organization
select (select count(*)
  from site_agent_identity identity
  join offering on offering.id = identity.offering_id
  where (exists (select 1
  from offering
  where offering.id = identity.offering_id
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and (identity.last_restarted >= ':last_restarted'::timestamptz)
  and (identity.name = :name)
  and (offering.uuid = :offering_uuid::uuid)
  and ((not exists (select 1
  from site_agent_service service
  where service.identity_id = identity.id)))
  and (identity.version = :version)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(identity.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-identities/' || wire_uuid(identity.uuid) || '/' || '"',
    ',"offering":', '"' || wire_uuid(offering.uuid) || '"',
    ',"name":', to_json((identity.name)::text)::text,
    ',"version":', coalesce(to_json((identity.version)::text)::text, 'null'),
    ',"dependencies":', (identity.dependencies)::text,
    ',"config_file_path":', coalesce(to_json((identity.config_file_path)::text)::text, 'null'),
    ',"config_file_content":' || case when (ctx.is_staff
  or coalesce((ctx.held -> 'OFFERING.UPDATE_INTEGRATION' -> 'offering') @> to_jsonb(identity.offering_id), false)
  or coalesce((ctx.held -> 'OFFERING.UPDATE_INTEGRATION' -> 'customer') @> to_jsonb(offering.customer_id), false)) then coalesce(to_json((identity.config_file_content)::text)::text, 'null') end,
    ',"last_restarted":', '"' || wire_time(identity.last_restarted) || '"',
    ',"created":', '"' || wire_time(identity.created) || '"',
    ',"modified":', '"' || wire_time(identity.modified) || '"',
    ',"created_by":' || '"' || ctx.base || '/api/users/' || wire_uuid(creator.uuid) || '/' || '"',
    ',"services":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(service.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-services/' || wire_uuid(service.uuid) || '/' || '"',
    ',"name":', to_json((service.name)::text)::text,
    ',"mode":', coalesce(to_json((service.mode)::text)::text, 'null'),
    ',"state":', '"' || (site_agent_state(service.last_seen)) || '"',
    ',"statistics":', (service.statistics)::text,
    ',"created":', '"' || wire_time(service.created) || '"',
    ',"modified":', '"' || wire_time(service.modified) || '"'), 2) || '}', ','
  order by service.name, service.id) || ']', '[]')
  from site_agent_service service
  where service.identity_id = identity.id)), 2) || '}', ','
  order by identity.name, identity.id) || ']', '[]')
  from (select 'http://testserver'::text as base, '{"OFFERING.UPDATE_INTEGRATION":{"customer":[2,9,10,11,12],"consumer":[2,9,10,11,12],"service_provider":[],"project":[],"offering":[]}}'::jsonb as held, false::boolean as is_staff) ctx
  cross join (select id
  from (select identity.id
  from site_agent_identity identity
  join offering on offering.id = identity.offering_id
  where (exists (select 1
  from offering
  where offering.id = identity.offering_id
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and (identity.last_restarted >= ':last_restarted'::timestamptz)
  and (identity.name = :name)
  and (offering.uuid = :offering_uuid::uuid)
  and ((not exists (select 1
  from site_agent_service service
  where service.identity_id = identity.id)))
  and (identity.version = :version)
  order by identity.name, identity.id
  limit 10) sized
  limit :id::bigint) cut
  join site_agent_identity identity on identity.id = cut.id
  join offering on offering.id = identity.offering_id
  left join "user" creator on creator.id = identity.created_by_id) as page;
