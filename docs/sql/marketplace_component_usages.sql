-- GET /api/marketplace-component-usages/
-- Generated: npm run gen

-- staff
select (select count(*)
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (cu.billing_period = :billing_period::date)
  and (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (c.uuid = :customer_uuid::uuid)
  and (cu.date::date >= :date_after::date)
  and (cu.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(cu.uuid) || '"',
    ',"created":', '"' || wire_time(cu.created) || '"',
    ',"description":', to_json((cu.description)::text)::text,
    ',"type":', to_json((oc.type)::text)::text,
    ',"name":', to_json((oc.name)::text)::text,
    ',"measured_unit":', to_json((oc.measured_unit)::text)::text,
    ',"usage":', trim_scale((cu.usage)::numeric)::text,
    ',"date":', '"' || wire_time(cu.date) || '"',
    ',"recurring":', (case when cu.recurring then 'true' when not (cu.recurring) then 'false' end),
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"billing_period":', '"' || (cu.billing_period)::date || '"',
    ',"modified_by":', coalesce((cu.modified_by_id)::text, 'null')), 2) || '}', ','
  order by cu.date desc, oc.type, cu.id) || ']', '[]')
  from (select id
  from (select cu.id
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (cu.billing_period = :billing_period::date)
  and (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (c.uuid = :customer_uuid::uuid)
  and (cu.date::date >= :date_after::date)
  and (cu.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)
  order by cu.date desc, oc.type, cu.id
  limit 10) sized
  limit :id::bigint) cut
  join component_usage cu on cu.id = cut.id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id) as page;

-- the owner of an organization
select (select count(*)
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (cu.resource_id in (select r.id
  from resource r
  where (((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  or ((r.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[]))))))))
  and (cu.billing_period = :billing_period::date)
  and (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (c.uuid = :customer_uuid::uuid)
  and (cu.date::date >= :date_after::date)
  and (cu.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(cu.uuid) || '"',
    ',"created":', '"' || wire_time(cu.created) || '"',
    ',"description":', to_json((cu.description)::text)::text,
    ',"type":', to_json((oc.type)::text)::text,
    ',"name":', to_json((oc.name)::text)::text,
    ',"measured_unit":', to_json((oc.measured_unit)::text)::text,
    ',"usage":', trim_scale((cu.usage)::numeric)::text,
    ',"date":', '"' || wire_time(cu.date) || '"',
    ',"recurring":', (case when cu.recurring then 'true' when not (cu.recurring) then 'false' end),
    ',"resource_name":', to_json((r.name)::text)::text,
    ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"',
    ',"offering_name":', to_json((off.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"billing_period":', '"' || (cu.billing_period)::date || '"',
    ',"modified_by":', coalesce((cu.modified_by_id)::text, 'null')), 2) || '}', ','
  order by cu.date desc, oc.type, cu.id) || ']', '[]')
  from (select id
  from (select cu.id
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (cu.resource_id in (select r.id
  from resource r
  where (((r.project_id = any(array(select id
  from project
  where customer_id = any(:ids::bigint[])))))
  or ((r.offering_id = any(array(select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[]))))))))
  and (cu.billing_period = :billing_period::date)
  and (extract(month
  from cu.billing_period) = :billing_period_month::numeric)
  and (extract(year
  from cu.billing_period) = :billing_period_year::numeric)
  and (c.uuid = :customer_uuid::uuid)
  and (cu.date::date >= :date_after::date)
  and (cu.date::date <= :date_before::date)
  and (off.uuid = :offering_uuid::uuid)
  and (p.uuid = :project_uuid::uuid)
  and (r.uuid = :resource::uuid)
  and (r.uuid = :resource_uuid::uuid)
  and (oc.type = :type)
  order by cu.date desc, oc.type, cu.id
  limit 10) sized
  limit :id::bigint) cut
  join component_usage cu on cu.id = cut.id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id) as page;
