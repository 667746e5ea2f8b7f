-- GET /api/marketplace-site-agent-processors/
-- Generated: npm run gen

-- staff
select (select count(*)
  from site_agent_processor processor
  join site_agent_service service on service.id = processor.service_id
  where (processor.backend_type = :backend_type)
  and (processor.backend_version = :backend_version)
  and (processor.last_run >= ':last_run'::timestamptz)
  and (processor.last_run < ':last_run_before'::timestamptz)
  and (service.uuid = :service_uuid::uuid)
  and ((processor.last_run <= now() - interval '1 hour'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(processor.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-processors/' || wire_uuid(processor.uuid) || '/' || '"',
    ',"name":', to_json((processor.name)::text)::text,
    ',"last_run":', coalesce('"' || wire_time(processor.last_run) || '"', 'null'),
    ',"backend_type":', to_json((processor.backend_type)::text)::text,
    ',"backend_version":', coalesce(to_json((processor.backend_version)::text)::text, 'null'),
    ',"created":', '"' || wire_time(processor.created) || '"',
    ',"modified":', '"' || wire_time(processor.modified) || '"',
    ',"service":', '"' || wire_uuid(service.uuid) || '"',
    ',"service_name":', to_json((service.name)::text)::text), 2) || '}', ','
  order by processor.name, processor.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select processor.id
  from site_agent_processor processor
  join site_agent_service service on service.id = processor.service_id
  where (processor.backend_type = :backend_type)
  and (processor.backend_version = :backend_version)
  and (processor.last_run >= ':last_run'::timestamptz)
  and (processor.last_run < ':last_run_before'::timestamptz)
  and (service.uuid = :service_uuid::uuid)
  and ((processor.last_run <= now() - interval '1 hour'))
  order by processor.name, processor.id
  limit 10) sized
  limit :id::bigint) cut
  join site_agent_processor processor on processor.id = cut.id
  join site_agent_service service on service.id = processor.service_id) as page;

-- the owner of an organization
select (select count(*)
  from site_agent_processor processor
  join site_agent_service service on service.id = processor.service_id
  where (exists (select 1
  from site_agent_service serving
  join site_agent_identity seen on seen.id = serving.identity_id
  join offering on offering.id = seen.offering_id
  where serving.id = processor.service_id
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and (processor.backend_type = :backend_type)
  and (processor.backend_version = :backend_version)
  and (processor.last_run >= ':last_run'::timestamptz)
  and (processor.last_run < ':last_run_before'::timestamptz)
  and (service.uuid = :service_uuid::uuid)
  and ((processor.last_run <= now() - interval '1 hour'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(processor.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/marketplace-site-agent-processors/' || wire_uuid(processor.uuid) || '/' || '"',
    ',"name":', to_json((processor.name)::text)::text,
    ',"last_run":', coalesce('"' || wire_time(processor.last_run) || '"', 'null'),
    ',"backend_type":', to_json((processor.backend_type)::text)::text,
    ',"backend_version":', coalesce(to_json((processor.backend_version)::text)::text, 'null'),
    ',"created":', '"' || wire_time(processor.created) || '"',
    ',"modified":', '"' || wire_time(processor.modified) || '"',
    ',"service":', '"' || wire_uuid(service.uuid) || '"',
    ',"service_name":', to_json((service.name)::text)::text), 2) || '}', ','
  order by processor.name, processor.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select processor.id
  from site_agent_processor processor
  join site_agent_service service on service.id = processor.service_id
  where (exists (select 1
  from site_agent_service serving
  join site_agent_identity seen on seen.id = serving.identity_id
  join offering on offering.id = seen.offering_id
  where serving.id = processor.service_id
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[]))))
  and (processor.backend_type = :backend_type)
  and (processor.backend_version = :backend_version)
  and (processor.last_run >= ':last_run'::timestamptz)
  and (processor.last_run < ':last_run_before'::timestamptz)
  and (service.uuid = :service_uuid::uuid)
  and ((processor.last_run <= now() - interval '1 hour'))
  order by processor.name, processor.id
  limit 10) sized
  limit :id::bigint) cut
  join site_agent_processor processor on processor.id = cut.id
  join site_agent_service service on service.id = processor.service_id) as page;
