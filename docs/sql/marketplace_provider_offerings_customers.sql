-- GET /api/marketplace-provider-offerings/{uuid}/customers/
-- Generated: npm run gen

-- staff
select offering.id, offering.uuid, offering.name, offering.type, offering.state, offering.shared, offering.billable, offering.customer_id, offering.category_id, offering.project_id, offering.image_id, offering.thumbnail_id, offering.plugin_options, offering.options, offering.secret_options, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived, exists (select 1
  from plan had
  where had.offering_id = offering.id) as has_plans, exists (select 1
  from resource had
  where had.offering_id = offering.id) as has_resources
  from offering
  join customer on customer.id = offering.customer_id
  where offering.uuid = $1::uuid ;
select (select count(*)
  from customer
  where (customer.id in (select used_in.customer_id
  from (select $1::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated' group by kept.project_id having sum(kept.n) > 0)))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"uuid":', '"' || wire_uuid(customer.uuid) || '"', ',"name":', to_json((customer.name)::text)::text, ',"slug":', to_json((customer.slug)::text)::text, ',"abbreviation":', to_json((customer.abbreviation)::text)::text, ',"phone_number":', to_json((customer.phone_number)::text)::text, ',"email":', to_json((customer.email)::text)::text), 2) || '}', ','
  order by customer.name, customer.id) || ']', '[]')
  from (select $2::text as base, $3::bigint as actor_id, $4::boolean as is_staff, $5::boolean as is_support, $6::boolean as reads_all, (now() at time zone $7::text)::date as today) ctx
  cross join (select customer.id
  from customer
  where (customer.id in (select used_in.customer_id
  from (select $8::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated' group by kept.project_id having sum(kept.n) > 0)))
  order by customer.name, customer.id
  limit 10) cut
  join customer on customer.id = cut.id ) as page;
