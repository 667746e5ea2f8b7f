-- GET /api/marketplace-provider-offerings/{uuid}/customers/
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
select (select count(*)
  from customer
  where ((customer.id in (select used_in.customer_id
  from (select :id::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated'
  group by kept.project_id having sum(kept.n) > 0))))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(customer.uuid) || '"',
    ',"name":', to_json((customer.name)::text)::text,
    ',"slug":', to_json((customer.slug)::text)::text,
    ',"abbreviation":', to_json((customer.abbreviation)::text)::text,
    ',"phone_number":', to_json((customer.phone_number)::text)::text,
    ',"email":', to_json((customer.email)::text)::text), 2) || '}', ','
  order by customer.name, customer.id) || ']', '[]')
  from (select id
  from (select customer.id
  from customer
  where ((customer.id in (select used_in.customer_id
  from (select :id::bigint as id) offering
  cross join project used_in
  where used_in.id in (select kept.project_id
  from resource_counted kept
  where kept.grain = 'project_id,offering_id'
  and kept.offering_id = offering.id
  and kept.state <> 'Terminated'
  group by kept.project_id having sum(kept.n) > 0))))
  order by customer.name, customer.id
  limit 10) sized
  limit :id::bigint) cut
  join customer on customer.id = cut.id ) as page;
