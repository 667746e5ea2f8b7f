-- GET /api/marketplace-provider-offerings/{uuid}/component_stats/
-- Generated: npm run gen

-- staff
select offering.id as id, offering.uuid as uuid, offering.name as name, offering.type as type, offering.state as state, offering.shared as shared, offering.billable as billable, offering.customer_id as customer_id, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived, offering.category_id as category_id, offering.project_id as project_id, offering.image_id as image_id, offering.thumbnail_id as thumbnail_id, offering.compliance_checklist_id as compliance_checklist_id, offering.plugin_options as plugin_options, offering.options as options, offering.secret_options as secret_options, exists (select 1
  from plan had
  where had.offering_id = offering.id) as has_plans, exists (select 1
  from resource had
  where had.offering_id = offering.id) as has_resources
  from offering
  join customer on customer.id = offering.customer_id
  where (offering.uuid = :uuid::uuid) ;
with computed as materialized (select row_number() over (order by cu.billing_period, oc.id) as id, cu.billing_period, ceil(sum(cu.usage)) as usage, oc.description, oc.measured_unit, oc.type, oc.name
  from component_usage cu
  join offering_component oc on oc.id = cu.component_id
  where (cu.billing_period >= date_trunc('month', :start::date))
  and (cu.billing_period <= date_trunc('month', :end::date))
  and ((oc.offering_id = :id))
  group by cu.billing_period, oc.id) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"period":', to_json((to_char(stat.billing_period, 'YYYY-MM'))::text)::text,
    ',"billing_period":', to_json((stat.billing_period)::text)::text,
    ',"date":', to_json(((stat.billing_period + interval '1 month' - interval '1 day')::date)::text)::text,
    ',"usage":', (stat.usage)::text,
    ',"description":', to_json((stat.description)::text)::text,
    ',"measured_unit":', to_json((stat.measured_unit)::text)::text,
    ',"type":', to_json((stat.type)::text)::text,
    ',"name":', to_json((stat.name)::text)::text), 2) || '}', ','
  order by stat.billing_period, stat.id) || ']', '[]')
  from (select id
  from (select stat.id
  from computed stat
  where true
  order by stat.billing_period, stat.id
  limit 10) sized
  limit :id::bigint) cut
  join computed stat on stat.id = cut.id ) as page;
