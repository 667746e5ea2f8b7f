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
  where (cu.billing_period = $1::date)
  and (extract(month
  from cu.billing_period) = $2::numeric)
  and (extract(year
  from cu.billing_period) = $3::numeric)
  and (c.uuid = $4::uuid)
  and (cu.date::date >= $5::date)
  and (cu.date::date <= $6::date)
  and (off.uuid = $7::uuid)
  and (p.uuid = $8::uuid)
  and (r.uuid = $9::uuid)
  and (r.uuid = $10::uuid)
  and (oc.type = $11)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(cu.uuid) || '"', ',"created":', '"' || wire_time(cu.created) || '"', ',"description":', to_json((cu.description)::text)::text, ',"type":', to_json((oc.type)::text)::text, ',"name":', to_json((oc.name)::text)::text, ',"measured_unit":', to_json((oc.measured_unit)::text)::text, ',"usage":', trim_scale((cu.usage)::numeric)::text, ',"date":', '"' || wire_time(cu.date) || '"', ',"recurring":', (case when cu.recurring then 'true' when not (cu.recurring) then 'false' end), ',"resource_name":', to_json((r.name)::text)::text, ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"', ',"offering_name":', to_json((off.name)::text)::text, ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"', ',"project_name":', to_json((p.name)::text)::text, ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"', ',"customer_name":', to_json((c.name)::text)::text, ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"', ',"billing_period":', '"' || (cu.billing_period)::date || '"', ',"modified_by":', coalesce((cu.modified_by_id)::text, 'null')), 2) || '}', ','
  order by cu.date desc, oc.type, cu.id) || ']', '[]')
  from (select cu.id
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (cu.billing_period = $12::date)
  and (extract(month
  from cu.billing_period) = $13::numeric)
  and (extract(year
  from cu.billing_period) = $14::numeric)
  and (c.uuid = $15::uuid)
  and (cu.date::date >= $16::date)
  and (cu.date::date <= $17::date)
  and (off.uuid = $18::uuid)
  and (p.uuid = $19::uuid)
  and (r.uuid = $20::uuid)
  and (r.uuid = $21::uuid)
  and (oc.type = $22)
  order by cu.date desc, oc.type, cu.id
  limit 10) cut
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
  where (cu.resource_id in ( select seen.id
  from resource seen
  join project on project.id = seen.project_id
  join offering on offering.id = seen.offering_id
  where seen.project_id = any($1::bigint[])
  or project.customer_id = any($2::bigint[])
  or offering.customer_id = any($3::bigint[])
  or offering.id = any($4::bigint[])))
  and (cu.billing_period = $5::date)
  and (extract(month
  from cu.billing_period) = $6::numeric)
  and (extract(year
  from cu.billing_period) = $7::numeric)
  and (c.uuid = $8::uuid)
  and (cu.date::date >= $9::date)
  and (cu.date::date <= $10::date)
  and (off.uuid = $11::uuid)
  and (p.uuid = $12::uuid)
  and (r.uuid = $13::uuid)
  and (r.uuid = $14::uuid)
  and (oc.type = $15)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(cu.uuid) || '"', ',"created":', '"' || wire_time(cu.created) || '"', ',"description":', to_json((cu.description)::text)::text, ',"type":', to_json((oc.type)::text)::text, ',"name":', to_json((oc.name)::text)::text, ',"measured_unit":', to_json((oc.measured_unit)::text)::text, ',"usage":', trim_scale((cu.usage)::numeric)::text, ',"date":', '"' || wire_time(cu.date) || '"', ',"recurring":', (case when cu.recurring then 'true' when not (cu.recurring) then 'false' end), ',"resource_name":', to_json((r.name)::text)::text, ',"resource_uuid":', '"' || wire_uuid(r.uuid) || '"', ',"offering_name":', to_json((off.name)::text)::text, ',"offering_uuid":', '"' || wire_uuid(off.uuid) || '"', ',"project_name":', to_json((p.name)::text)::text, ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"', ',"customer_name":', to_json((c.name)::text)::text, ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"', ',"billing_period":', '"' || (cu.billing_period)::date || '"', ',"modified_by":', coalesce((cu.modified_by_id)::text, 'null')), 2) || '}', ','
  order by cu.date desc, oc.type, cu.id) || ']', '[]')
  from (select cu.id
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id
  where (cu.resource_id in ( select seen.id
  from resource seen
  join project on project.id = seen.project_id
  join offering on offering.id = seen.offering_id
  where seen.project_id = any($16::bigint[])
  or project.customer_id = any($17::bigint[])
  or offering.customer_id = any($18::bigint[])
  or offering.id = any($19::bigint[])))
  and (cu.billing_period = $20::date)
  and (extract(month
  from cu.billing_period) = $21::numeric)
  and (extract(year
  from cu.billing_period) = $22::numeric)
  and (c.uuid = $23::uuid)
  and (cu.date::date >= $24::date)
  and (cu.date::date <= $25::date)
  and (off.uuid = $26::uuid)
  and (p.uuid = $27::uuid)
  and (r.uuid = $28::uuid)
  and (r.uuid = $29::uuid)
  and (oc.type = $30)
  order by cu.date desc, oc.type, cu.id
  limit 10) cut
  join component_usage cu on cu.id = cut.id
  join offering_component oc on oc.id = cu.component_id
  join resource r on r.id = cu.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  join customer c on c.id = p.customer_id) as page;
