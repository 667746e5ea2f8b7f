-- GET /api/invoice-items/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select
  from (select
  from (select distinct unnest(array(select id
  from customer
  where uuid = :customer_uuid::uuid)) as id) own
  cross join lateral (select
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where (item.customer_id = own.id)
  and (:credit_uuid::uuid is null)
  and ((item.customer_id in (select id
  from customer
  where uuid = :customer_uuid::uuid)) is true)
  and ((item.invoice_id in (select id
  from invoice
  where uuid = :invoice_uuid::uuid)) is true)
  and (extract(month
  from i.month) = :month::numeric)
  and ((item.offering_id in (select id
  from offering
  where uuid = :offering_uuid::uuid)) is true)
  and ((item.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((item.resource_id in (select id
  from resource
  where uuid = :resource_uuid::uuid)) is true)
  and (extract(month
  from i.month) >= :start_month::numeric)
  and (extract(year
  from i.month) >= :start_year::numeric)
  and (extract(year
  from i.month) = :year::numeric) offset 0) row) seen ) counted) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"invoice":', '"' || ctx.base || '/api/invoices/' || wire_uuid(i.uuid) || '/' || '"',
    ',"resource":', coalesce('"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', 'null'),
    ',"uuid":', '"' || wire_uuid(item.uuid) || '"',
    ',"article_code":', to_json((item.article_code)::text)::text,
    ',"unit_price":', '"' || (item.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (item.unit) || '"',
    ',"quantity":', '"' || (item.quantity)::numeric(32, 10) || '"',
    ',"measured_unit":', to_json((item.measured_unit)::text)::text,
    ',"name":', to_json((item.name)::text)::text,
    ',"start":', '"' || wire_time(item.start) || '"',
    ',"end":', '"' || wire_time(item."end") || '"',
    ',"price":', trim_scale((item.price)::numeric)::text,
    ',"details":', (item.details)::text,
    ',"offering_uuid":', '"' || wire_uuid(coalesce(off.uuid, (item.details ->> 'offering_uuid')::uuid)) || '"',
    ',"offering_name":', coalesce(to_json((coalesce(off.name, (item.details ->> 'offering_name')))::text)::text, 'null'),
    ',"offering_component_type":', coalesce(to_json(((item.details ->> 'offering_component_type'))::text)::text, 'null'),
    ',"project_uuid":', coalesce('"' || wire_uuid(p.uuid) || '"', 'null'),
    ',"project_name":', to_json((coalesce(p.name, ''))::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text), 2) || '}', ','
  order by item.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select id
  from (select row.*
  from (select unnest(array(select id
  from customer
  where uuid = :customer_uuid::uuid)) as id) own
  cross join lateral (select *
  from (select item.id, item.id as k0
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where (item.customer_id = own.id)
  and (:credit_uuid::uuid is null)
  and ((item.customer_id in (select id
  from customer
  where uuid = :customer_uuid::uuid)) is true)
  and ((item.invoice_id in (select id
  from invoice
  where uuid = :invoice_uuid::uuid)) is true)
  and (extract(month
  from i.month) = :month::numeric)
  and ((item.offering_id in (select id
  from offering
  where uuid = :offering_uuid::uuid)) is true)
  and ((item.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((item.resource_id in (select id
  from resource
  where uuid = :resource_uuid::uuid)) is true)
  and (extract(month
  from i.month) >= :start_month::numeric)
  and (extract(year
  from i.month) >= :start_year::numeric)
  and (extract(year
  from i.month) = :year::numeric) offset 0) all_of_it
  order by k0
  limit :id::bigint + :id::bigint) row) seen
  order by k0
  limit 10) sized
  limit :id::bigint) cut
  join invoice_item item on item.id = cut.id
  join invoice i on i.id = item.invoice_id
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  join customer c on c.id = item.customer_id
  left join offering off on off.id = item.offering_id) as page;

-- the owner of an organization
select count(*) as n
  from (select item.id
  from invoice_item item
  where item.customer_id = any(array(select id
  from customer
  where uuid = :customer_uuid::uuid))
  limit :id::bigint) rows_behind;
with found_0 as materialized (select array(select item.id
  from invoice_item item
  where item.customer_id = any(array(select id
  from customer
  where uuid = :customer_uuid::uuid))) as ids) select (select count(*)
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where ((item.customer_id = any(array(select unnest(:ids::bigint[]))))
  or (item.provider_id = any(array(select unnest(:ids::bigint[])))))
  and (:credit_uuid::uuid is null)
  and (item.id = any((select ids
  from found_0)::bigint[]))
  and ((item.invoice_id in (select id
  from invoice
  where uuid = :invoice_uuid::uuid)) is true)
  and (extract(month
  from i.month) = :month::numeric)
  and ((item.offering_id in (select id
  from offering
  where uuid = :offering_uuid::uuid)) is true)
  and ((item.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((item.resource_id in (select id
  from resource
  where uuid = :resource_uuid::uuid)) is true)
  and (extract(month
  from i.month) >= :start_month::numeric)
  and (extract(year
  from i.month) >= :start_year::numeric)
  and (extract(year
  from i.month) = :year::numeric)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"invoice":', '"' || ctx.base || '/api/invoices/' || wire_uuid(i.uuid) || '/' || '"',
    ',"resource":', coalesce('"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', 'null'),
    ',"uuid":', '"' || wire_uuid(item.uuid) || '"',
    ',"article_code":', to_json((item.article_code)::text)::text,
    ',"unit_price":', '"' || (item.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (item.unit) || '"',
    ',"quantity":', '"' || (item.quantity)::numeric(32, 10) || '"',
    ',"measured_unit":', to_json((item.measured_unit)::text)::text,
    ',"name":', to_json((item.name)::text)::text,
    ',"start":', '"' || wire_time(item.start) || '"',
    ',"end":', '"' || wire_time(item."end") || '"',
    ',"price":', trim_scale((item.price)::numeric)::text,
    ',"details":', (item.details)::text,
    ',"offering_uuid":', '"' || wire_uuid(coalesce(off.uuid, (item.details ->> 'offering_uuid')::uuid)) || '"',
    ',"offering_name":', coalesce(to_json((coalesce(off.name, (item.details ->> 'offering_name')))::text)::text, 'null'),
    ',"offering_component_type":', coalesce(to_json(((item.details ->> 'offering_component_type'))::text)::text, 'null'),
    ',"project_uuid":', coalesce('"' || wire_uuid(p.uuid) || '"', 'null'),
    ',"project_name":', to_json((coalesce(p.name, ''))::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text), 2) || '}', ','
  order by item.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select item.id
  from invoice_item item
  join invoice i on i.id = item.invoice_id
  where ((item.customer_id = any(array(select unnest(:ids::bigint[]))))
  or (item.provider_id = any(array(select unnest(:ids::bigint[])))))
  and (:credit_uuid::uuid is null)
  and (item.id = any((select ids
  from found_0)::bigint[]))
  and ((item.invoice_id in (select id
  from invoice
  where uuid = :invoice_uuid::uuid)) is true)
  and (extract(month
  from i.month) = :month::numeric)
  and ((item.offering_id in (select id
  from offering
  where uuid = :offering_uuid::uuid)) is true)
  and ((item.project_id in (select id
  from project
  where uuid = :project_uuid::uuid)) is true)
  and ((item.resource_id in (select id
  from resource
  where uuid = :resource_uuid::uuid)) is true)
  and (extract(month
  from i.month) >= :start_month::numeric)
  and (extract(year
  from i.month) >= :start_year::numeric)
  and (extract(year
  from i.month) = :year::numeric)
  order by item.id
  limit 10) sized
  limit :id::bigint) cut
  join invoice_item item on item.id = cut.id
  join invoice i on i.id = item.invoice_id
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  join customer c on c.id = item.customer_id
  left join offering off on off.id = item.offering_id) as page;
