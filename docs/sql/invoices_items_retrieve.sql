-- GET /api/invoices/{uuid}/items/
-- Generated: npm run gen

-- staff
select i.id as id, i.uuid as uuid, i.customer_id as customer_id, c.uuid as customer_uuid, c.name as customer_name, i.state as state, i.month::text as month, i.proof_id as proof_id
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.uuid = :uuid::uuid) ;
select (select count(*)
  from invoice_item item
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  left join offering off on off.id = item.offering_id
  left join customer provider on provider.id = item.provider_id
  where (item.price >= 0)
  and (wire_uuid(off.uuid) = replace(lower(:offering_uuid), '-', ''))
  and (wire_uuid(p.uuid) = replace(lower(:project_uuid), '-', ''))
  and (wire_uuid(provider.uuid) = replace(lower(:provider_uuid), '-', ''))
  and ((item.name ilike '%query%'
  or p.name ilike '%query%'
  or r.name ilike '%query%'
  or off.name ilike '%query%'))
  and ((item.invoice_id = :id))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(item.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/invoice-items/' || wire_uuid(item.uuid) || '/' || '"',
    ',"name":', to_json((item.name)::text)::text,
    ',"price":', trim_scale((item.price)::numeric)::text,
    ',"tax":', '"' || (tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"total":', '"' || (item.price + tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"unit_price":', '"' || (item.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (item.unit) || '"',
    ',"factor":', (1)::text,
    ',"measured_unit":', to_json((item.measured_unit)::text)::text,
    ',"start":', '"' || wire_time(item.start) || '"',
    ',"end":', '"' || wire_time(item."end") || '"',
    ',"article_code":', to_json((item.article_code)::text)::text,
    ',"project_name":', to_json((coalesce(p.name, ''))::text)::text,
    ',"project_uuid":', coalesce('"' || wire_uuid(p.uuid) || '"', 'null'),
    ',"quantity":', '"' || (item.quantity)::numeric(32, 10) || '"',
    ',"details":', (item.details)::text,
    ',"resource":', coalesce('"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', 'null'),
    ',"resource_uuid":' || '"' || wire_uuid(coalesce(r.uuid, (item.details ->> 'resource_uuid')::uuid)) || '"',
    ',"resource_name":', to_json((coalesce(r.name, (item.details ->> 'resource_name'), ''))::text)::text,
    ',"billing_type":', to_json((item.billing_type)::text)::text,
    ',"backend_uuid":', coalesce('"' || wire_uuid(null::uuid) || '"', 'null'),
    ',"credit":', (case when false then 'true' when not (false) then 'false' end)), 2) || '}', ','
  order by item.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select item.id
  from invoice_item item
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  left join offering off on off.id = item.offering_id
  left join customer provider on provider.id = item.provider_id
  where (item.price >= 0)
  and (wire_uuid(off.uuid) = replace(lower(:offering_uuid), '-', ''))
  and (wire_uuid(p.uuid) = replace(lower(:project_uuid), '-', ''))
  and (wire_uuid(provider.uuid) = replace(lower(:provider_uuid), '-', ''))
  and ((item.name ilike '%query%'
  or p.name ilike '%query%'
  or r.name ilike '%query%'
  or off.name ilike '%query%'))
  and ((item.invoice_id = :id))
  order by item.id
  limit 10000) sized
  limit :id::bigint) cut
  join invoice_item item on item.id = cut.id
  join invoice i on i.id = item.invoice_id
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id) as page;

-- the owner of an organization
select i.id as id, i.uuid as uuid, i.customer_id as customer_id, c.uuid as customer_uuid, c.name as customer_name, i.state as state, i.month::text as month, i.proof_id as proof_id
  from invoice i
  join customer c on c.id = i.customer_id
  where (i.uuid = :uuid::uuid)
  and ((i.customer_id = any(array(select unnest(:ids::bigint[]))))) ;
select (select count(*)
  from invoice_item item
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  left join offering off on off.id = item.offering_id
  left join customer provider on provider.id = item.provider_id
  where (item.price >= 0)
  and (wire_uuid(off.uuid) = replace(lower(:offering_uuid), '-', ''))
  and (wire_uuid(p.uuid) = replace(lower(:project_uuid), '-', ''))
  and (wire_uuid(provider.uuid) = replace(lower(:provider_uuid), '-', ''))
  and ((item.name ilike '%query%'
  or p.name ilike '%query%'
  or r.name ilike '%query%'
  or off.name ilike '%query%'))
  and ((item.invoice_id = :id))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(item.uuid) || '"',
    ',"url":', '"' || ctx.base || '/api/invoice-items/' || wire_uuid(item.uuid) || '/' || '"',
    ',"name":', to_json((item.name)::text)::text,
    ',"price":', trim_scale((item.price)::numeric)::text,
    ',"tax":', '"' || (tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"total":', '"' || (item.price + tax_of(item.price, i.tax_percent))::numeric(32, 2) || '"',
    ',"unit_price":', '"' || (item.unit_price)::numeric(32, 10) || '"',
    ',"unit":', '"' || (item.unit) || '"',
    ',"factor":', (1)::text,
    ',"measured_unit":', to_json((item.measured_unit)::text)::text,
    ',"start":', '"' || wire_time(item.start) || '"',
    ',"end":', '"' || wire_time(item."end") || '"',
    ',"article_code":', to_json((item.article_code)::text)::text,
    ',"project_name":', to_json((coalesce(p.name, ''))::text)::text,
    ',"project_uuid":', coalesce('"' || wire_uuid(p.uuid) || '"', 'null'),
    ',"quantity":', '"' || (item.quantity)::numeric(32, 10) || '"',
    ',"details":', (item.details)::text,
    ',"resource":', coalesce('"' || ctx.base || '/api/marketplace-resources/' || wire_uuid(r.uuid) || '/' || '"', 'null'),
    ',"resource_uuid":' || '"' || wire_uuid(coalesce(r.uuid, (item.details ->> 'resource_uuid')::uuid)) || '"',
    ',"resource_name":', to_json((coalesce(r.name, (item.details ->> 'resource_name'), ''))::text)::text,
    ',"billing_type":', to_json((item.billing_type)::text)::text,
    ',"backend_uuid":', coalesce('"' || wire_uuid(null::uuid) || '"', 'null'),
    ',"credit":', (case when false then 'true' when not (false) then 'false' end)), 2) || '}', ','
  order by item.id) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select item.id
  from invoice_item item
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id
  left join offering off on off.id = item.offering_id
  left join customer provider on provider.id = item.provider_id
  where (item.price >= 0)
  and (wire_uuid(off.uuid) = replace(lower(:offering_uuid), '-', ''))
  and (wire_uuid(p.uuid) = replace(lower(:project_uuid), '-', ''))
  and (wire_uuid(provider.uuid) = replace(lower(:provider_uuid), '-', ''))
  and ((item.name ilike '%query%'
  or p.name ilike '%query%'
  or r.name ilike '%query%'
  or off.name ilike '%query%'))
  and ((item.invoice_id = :id))
  order by item.id
  limit 10000) sized
  limit :id::bigint) cut
  join invoice_item item on item.id = cut.id
  join invoice i on i.id = item.invoice_id
  left join project p on p.id = item.project_id
  left join resource r on r.id = item.resource_id) as page;
