-- GET /api/marketplace-provider-offerings/{uuid}/costs/
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
with computed as materialized (select row_number() over (order by i.month) as id, i.month, sum(item.price) as price, sum(tax_of(item.price, i.tax_percent)) as tax
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where (i.month >= date_trunc('month', :start::date))
  and (i.month <= date_trunc('month', :end::date))
  and ((item.offering_id = :id))
  and i.state <> 'canceled'
  group by i.month) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"period":', to_json((to_char(sums.month, 'YYYY-MM'))::text)::text,
    ',"price":', trim_scale((sums.price)::numeric)::text,
    ',"tax":', trim_scale((sums.tax)::numeric)::text,
    ',"total":', trim_scale((sums.price + sums.tax)::numeric)::text), 2) || '}', ','
  order by sums.month, sums.id) || ']', '[]')
  from (select id
  from (select sums.id
  from computed sums
  where true
  order by sums.month, sums.id
  limit 10) sized
  limit :id::bigint) cut
  join computed sums on sums.id = cut.id ) as page;
