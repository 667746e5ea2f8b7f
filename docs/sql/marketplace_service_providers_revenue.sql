-- GET /api/marketplace-service-providers/{uuid}/revenue/
-- Generated: npm run gen

-- staff
select sp.id as id, sp.uuid as uuid, sp.image_id as image_id, sp.api_secret_code as api_secret_code, sp.customer_id as customer_id, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (sp.uuid = :uuid::uuid) ;
with computed as materialized (select row_number() over (order by i.month) as id, i.month, sum(item.unit_price * item.quantity) as total
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where ((item.provider_id = :id
  and i.month >= site_month(now(), 'UTC'::text) - interval '1 year'))
  and i.state <> 'canceled'
  and item.resource_id is not null
  group by i.month) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"total":', (trunc(sums.total))::text,
    ',"year":', (extract(year
  from sums.month))::text,
    ',"month":', (extract(month
  from sums.month))::text), 2) || '}', ','
  order by sums.month, sums.id) || ']', '[]')
  from (select id
  from (select sums.id
  from computed sums
  where true
  order by sums.month, sums.id
  limit 10000) sized
  limit :id::bigint) cut
  join computed sums on sums.id = cut.id ) as page;
