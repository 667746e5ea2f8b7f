-- GET /api/marketplace-provider-offerings/{uuid}/importable_resources/
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
  from importable_resource importable
  where ((importable.offering_id = :id
  and not exists (select 1
  from resource known
  where known.offering_id = importable.offering_id
  and known.backend_id = importable.backend_id
  and known.backend_id <> ''
  and known.state <> 'Terminated')))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"backend_id":', to_json((importable.backend_id)::text)::text,
    ',"name":', to_json((importable.name)::text)::text,
    ',"type":', to_json((importable.type)::text)::text,
    ',"description":', to_json((importable.description)::text)::text), 2) || '}', ','
  order by importable.backend_id, importable.id) || ']', '[]')
  from (select id
  from (select importable.id
  from importable_resource importable
  where ((importable.offering_id = :id
  and not exists (select 1
  from resource known
  where known.offering_id = importable.offering_id
  and known.backend_id = importable.backend_id
  and known.backend_id <> ''
  and known.state <> 'Terminated')))
  order by importable.backend_id, importable.id
  limit 10) sized
  limit :id::bigint) cut
  join importable_resource importable on importable.id = cut.id ) as page;
