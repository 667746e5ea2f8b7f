-- GET /api/invoices/{uuid}/stats/
-- Generated: npm run gen

-- staff
select i.id as id, i.uuid as uuid, i.customer_id as customer_id, c.uuid as customer_uuid, c.name as customer_name, i.state as state, i.month::text as month, i.proof_id as proof_id
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.uuid = :uuid::uuid) ;
with computed as materialized (select row_number() over (order by item.offering_id) as id, coalesce(off.name, '') as offering_name, coalesce(category.title, '') as title, coalesce(provider.name, '') as provider_name, provider.uuid as provider_uuid, sum(item.price) as price, sum(tax_of(item.price, i.tax_percent)) as tax
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  left join offering off on off.id = item.offering_id
  left join customer provider on provider.id = item.provider_id
  left join category on category.id = off.category_id
  where (wire_uuid(provider.uuid) = replace(:provider_uuid, '-', ''))
  and ((item.invoice_id = :id))
  group by item.offering_id, off.name, category.title, provider.name, provider.uuid) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"offering_name":', to_json((sums.offering_name)::text)::text,
    ',"aggregated_price":', trim_scale((sums.price)::numeric)::text,
    ',"aggregated_tax":', trim_scale((sums.tax)::numeric)::text,
    ',"aggregated_total":', trim_scale((sums.price + sums.tax)::numeric)::text,
    ',"service_category_title":', to_json((sums.title)::text)::text,
    ',"service_provider_name":', to_json((sums.provider_name)::text)::text,
    ',"service_provider_uuid":', '"' || wire_uuid(sums.provider_uuid) || '"'), 2) || '}', ','
  order by sums.offering_name, sums.id) || ']', '[]')
  from (select id
  from (select sums.id
  from computed sums
  where true
  order by sums.offering_name, sums.id
  limit 10) sized
  limit :id::bigint) cut
  join computed sums on sums.id = cut.id ) as page;

-- the owner of an organization
select i.id as id, i.uuid as uuid, i.customer_id as customer_id, c.uuid as customer_uuid, c.name as customer_name, i.state as state, i.month::text as month, i.proof_id as proof_id
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.uuid = :uuid::uuid)
  and ((i.customer_id = any(array(select unnest(:ids::bigint[]))))) ;
with computed as materialized (select row_number() over (order by item.offering_id) as id, coalesce(off.name, '') as offering_name, coalesce(category.title, '') as title, coalesce(provider.name, '') as provider_name, provider.uuid as provider_uuid, sum(item.price) as price, sum(tax_of(item.price, i.tax_percent)) as tax
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  left join offering off on off.id = item.offering_id
  left join customer provider on provider.id = item.provider_id
  left join category on category.id = off.category_id
  where (wire_uuid(provider.uuid) = replace(:provider_uuid, '-', ''))
  and ((item.invoice_id = :id))
  group by item.offering_id, off.name, category.title, provider.name, provider.uuid) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"offering_name":', to_json((sums.offering_name)::text)::text,
    ',"aggregated_price":', trim_scale((sums.price)::numeric)::text,
    ',"aggregated_tax":', trim_scale((sums.tax)::numeric)::text,
    ',"aggregated_total":', trim_scale((sums.price + sums.tax)::numeric)::text,
    ',"service_category_title":', to_json((sums.title)::text)::text,
    ',"service_provider_name":', to_json((sums.provider_name)::text)::text,
    ',"service_provider_uuid":', '"' || wire_uuid(sums.provider_uuid) || '"'), 2) || '}', ','
  order by sums.offering_name, sums.id) || ']', '[]')
  from (select id
  from (select sums.id
  from computed sums
  where true
  order by sums.offering_name, sums.id
  limit 10) sized
  limit :id::bigint) cut
  join computed sums on sums.id = cut.id ) as page;
