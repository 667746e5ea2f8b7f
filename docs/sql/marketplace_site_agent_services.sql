-- GET /api/marketplace-site-agent-services/
-- Generated: npm run gen

-- staff
select (select count(*)
  from site_agent_service service
  join site_agent_identity identity on identity.id = service.identity_id
  where (identity.uuid = :identity_uuid::uuid)
  and (service.mode = :mode)
  and (service.modified >= ':modified_after'::timestamptz)
  and (service.modified < ':modified_before'::timestamptz)
  and ((service.last_seen <= now() - interval '24 hours'))
  and ((site_agent_state(service.last_seen) = 'Active'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(service.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-services/' || wire_uuid(service.uuid) || '/' || '"',
    ',"name":', to_json((service.name)::text)::text,
    ',"mode":', coalesce(to_json((service.mode)::text)::text, 'null'),
    ',"state":', '"' || (site_agent_state(service.last_seen)) || '"',
    ',"statistics":', (service.statistics)::text,
    ',"created":', '"' || wire_time(service.created) || '"',
    ',"modified":', '"' || wire_time(service.modified) || '"',
    ',"identity":', '"' || wire_uuid(identity.uuid) || '"',
    ',"identity_name":', to_json((identity.name)::text)::text,
    ',"processors":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(processor.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-processors/' || wire_uuid(processor.uuid) || '/' || '"',
    ',"name":', to_json((processor.name)::text)::text,
    ',"last_run":', coalesce('"' || wire_time(processor.last_run) || '"', 'null'),
    ',"backend_type":', to_json((processor.backend_type)::text)::text,
    ',"backend_version":', coalesce(to_json((processor.backend_version)::text)::text, 'null'),
    ',"created":', '"' || wire_time(processor.created) || '"',
    ',"modified":', '"' || wire_time(processor.modified) || '"'), 2) || '}', ','
  order by processor.name, processor.id) || ']', '[]')
  from site_agent_processor processor
  where processor.service_id = service.id)), 2) || '}', ','
  order by service.name, service.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select service.id
  from site_agent_service service
  join site_agent_identity identity on identity.id = service.identity_id
  where (identity.uuid = :identity_uuid::uuid)
  and (service.mode = :mode)
  and (service.modified >= ':modified_after'::timestamptz)
  and (service.modified < ':modified_before'::timestamptz)
  and ((service.last_seen <= now() - interval '24 hours'))
  and ((site_agent_state(service.last_seen) = 'Active'))
  order by service.name, service.id
  limit 10) sized
  limit :id::bigint) cut
  join site_agent_service service on service.id = cut.id
  join site_agent_identity identity on identity.id = service.identity_id) as page;

-- the owner of an organization
select (select count(*)
  from site_agent_service service
  join site_agent_identity identity on identity.id = service.identity_id
  where (exists (select 1
  from site_agent_identity seen
  join offering on offering.id = seen.offering_id
  where seen.id = service.identity_id
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and (identity.uuid = :identity_uuid::uuid)
  and (service.mode = :mode)
  and (service.modified >= ':modified_after'::timestamptz)
  and (service.modified < ':modified_before'::timestamptz)
  and ((service.last_seen <= now() - interval '24 hours'))
  and ((site_agent_state(service.last_seen) = 'Active'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(service.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-services/' || wire_uuid(service.uuid) || '/' || '"',
    ',"name":', to_json((service.name)::text)::text,
    ',"mode":', coalesce(to_json((service.mode)::text)::text, 'null'),
    ',"state":', '"' || (site_agent_state(service.last_seen)) || '"',
    ',"statistics":', (service.statistics)::text,
    ',"created":', '"' || wire_time(service.created) || '"',
    ',"modified":', '"' || wire_time(service.modified) || '"',
    ',"identity":', '"' || wire_uuid(identity.uuid) || '"',
    ',"identity_name":', to_json((identity.name)::text)::text,
    ',"processors":', (select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(processor.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-processors/' || wire_uuid(processor.uuid) || '/' || '"',
    ',"name":', to_json((processor.name)::text)::text,
    ',"last_run":', coalesce('"' || wire_time(processor.last_run) || '"', 'null'),
    ',"backend_type":', to_json((processor.backend_type)::text)::text,
    ',"backend_version":', coalesce(to_json((processor.backend_version)::text)::text, 'null'),
    ',"created":', '"' || wire_time(processor.created) || '"',
    ',"modified":', '"' || wire_time(processor.modified) || '"'), 2) || '}', ','
  order by processor.name, processor.id) || ']', '[]')
  from site_agent_processor processor
  where processor.service_id = service.id)), 2) || '}', ','
  order by service.name, service.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select service.id
  from site_agent_service service
  join site_agent_identity identity on identity.id = service.identity_id
  where (exists (select 1
  from site_agent_identity seen
  join offering on offering.id = seen.offering_id
  where seen.id = service.identity_id
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and (identity.uuid = :identity_uuid::uuid)
  and (service.mode = :mode)
  and (service.modified >= ':modified_after'::timestamptz)
  and (service.modified < ':modified_before'::timestamptz)
  and ((service.last_seen <= now() - interval '24 hours'))
  and ((site_agent_state(service.last_seen) = 'Active'))
  order by service.name, service.id
  limit 10) sized
  limit :id::bigint) cut
  join site_agent_service service on service.id = cut.id
  join site_agent_identity identity on identity.id = service.identity_id) as page;
