-- GET /api/marketplace-component-user-usages/
-- Generated: npm run gen

-- staff
select (select count(*)
  from component_user_usage share
  join component_usage cu on cu.id = share.component_usage_id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (cu.billing_period = :component_usage__billing_period::date)
  and (c.uuid = :customer_uuid::uuid)
  and (share.date::date >= :date_after::date)
  and (share.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)
  and ((share.username ilike '%username%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(share.uuid) || '"',
    ',"user":' || '"' || ctx.base || '/api/marketplace-offering-users/' || wire_uuid((select ou.uuid
  from offering_user ou
  where ou.offering_id = off.id
  and ou.username = share.username)) || '/' || '"',
    ',"username":', to_json((share.username)::text)::text,
    ',"component_usage":', '"' || ctx.base || '/api/marketplace-component-usages/' || wire_uuid(cu.uuid) || '/' || '"',
    ',"usage":', trim_scale((share.usage)::numeric)::text,
    ',"description":', to_json((share.description)::text)::text,
    ',"created":', '"' || wire_time(share.created) || '"',
    ',"modified":', '"' || wire_time(share.modified) || '"',
    ',"backend_id":', to_json((share.backend_id)::text)::text,
    ',"measured_unit":', to_json((oc.measured_unit)::text)::text,
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"component_type":', to_json((oc.type)::text)::text,
    ',"date":', '"' || wire_time(share.date) || '"',
    ',"billing_period":', '"' || (cu.billing_period)::date || '"'), 2) || '}', ','
  order by share.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select share.id
  from component_user_usage share
  join component_usage cu on cu.id = share.component_usage_id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (cu.billing_period = :component_usage__billing_period::date)
  and (c.uuid = :customer_uuid::uuid)
  and (share.date::date >= :date_after::date)
  and (share.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)
  and ((share.username ilike '%username%'))
  order by share.id
  limit 10) sized
  limit :id::bigint) cut
  join component_user_usage share on share.id = cut.id
  join component_usage cu on cu.id = share.component_usage_id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id) as page;

-- the owner of an organization
select (select count(*)
  from component_user_usage share
  join component_usage cu on cu.id = share.component_usage_id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (exists (select 1
  from component_usage cu
  where cu.id = share.component_usage_id
  and cu.resource_id in (select r.id
  from resource r
  where (((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  or ((r.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[])))))))))
  and (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (cu.billing_period = :component_usage__billing_period::date)
  and (c.uuid = :customer_uuid::uuid)
  and (share.date::date >= :date_after::date)
  and (share.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)
  and ((share.username ilike '%username%'))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(share.uuid) || '"',
    ',"user":' || '"' || ctx.base || '/api/marketplace-offering-users/' || wire_uuid((select ou.uuid
  from offering_user ou
  where ou.offering_id = off.id
  and ou.username = share.username)) || '/' || '"',
    ',"username":', to_json((share.username)::text)::text,
    ',"component_usage":', '"' || ctx.base || '/api/marketplace-component-usages/' || wire_uuid(cu.uuid) || '/' || '"',
    ',"usage":', trim_scale((share.usage)::numeric)::text,
    ',"description":', to_json((share.description)::text)::text,
    ',"created":', '"' || wire_time(share.created) || '"',
    ',"modified":', '"' || wire_time(share.modified) || '"',
    ',"backend_id":', to_json((share.backend_id)::text)::text,
    ',"measured_unit":', to_json((oc.measured_unit)::text)::text,
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"component_type":', to_json((oc.type)::text)::text,
    ',"date":', '"' || wire_time(share.date) || '"',
    ',"billing_period":', '"' || (cu.billing_period)::date || '"'), 2) || '}', ','
  order by share.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select share.id
  from component_user_usage share
  join component_usage cu on cu.id = share.component_usage_id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (exists (select 1
  from component_usage cu
  where cu.id = share.component_usage_id
  and cu.resource_id in (select r.id
  from resource r
  where (((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  or ((r.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[])))))))))
  and (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (cu.billing_period = :component_usage__billing_period::date)
  and (c.uuid = :customer_uuid::uuid)
  and (share.date::date >= :date_after::date)
  and (share.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)
  and ((share.username ilike '%username%'))
  order by share.id
  limit 10) sized
  limit :id::bigint) cut
  join component_user_usage share on share.id = cut.id
  join component_usage cu on cu.id = share.component_usage_id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id) as page;
