-- GET /api/invoice-items/costs/
-- Generated: npm run gen

-- staff
with computed as materialized (select row_number() over (order by i.month) as id, i.month, sum(item.price) as price, sum(tax_of(item.price, i.tax_percent)) as tax
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where ((item.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and i.state <> 'canceled'
  group by i.month) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"price":', trim_scale((sums.price)::numeric)::text,
    ',"year":', (extract(year
  from sums.month))::text,
    ',"month":', (extract(month
  from sums.month))::text), 2) || '}', ','
  order by sums.month desc, sums.id desc) || ']', '[]')
  from (select id
  from (select sums.id
  from computed sums
  where true
  order by sums.month desc, sums.id desc
  limit 10) sized
  limit :id::bigint) cut
  join computed sums on sums.id = cut.id ) as page;

-- the owner of an organization
select count(*) as n
  from (select item.id
  from invoice_item item
  where item.project_id = any(array(select id
  from project
  where uuid = :project_uuid::uuid))
  limit :id::bigint) rows_behind;
with found_0 as materialized (select array(select item.id
  from invoice_item item
  where item.project_id = any(array(select id
  from project
  where uuid = :project_uuid::uuid))) as ids), computed as materialized (select row_number() over (order by i.month) as id, i.month, sum(item.price) as price, sum(tax_of(item.price, i.tax_percent)) as tax
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where ((item.customer_id = any(array(select unnest(:ids::bigint[]))))
  or (item.provider_id = any(array(select unnest(:ids::bigint[])))))
  and (item.id = any((select ids
  from found_0)::bigint[]))
  and i.state <> 'canceled'
  group by i.month) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"price":', trim_scale((sums.price)::numeric)::text,
    ',"year":', (extract(year
  from sums.month))::text,
    ',"month":', (extract(month
  from sums.month))::text), 2) || '}', ','
  order by sums.month desc, sums.id desc) || ']', '[]')
  from (select id
  from (select sums.id
  from computed sums
  where true
  order by sums.month desc, sums.id desc
  limit 10) sized
  limit :id::bigint) cut
  join computed sums on sums.id = cut.id ) as page;
