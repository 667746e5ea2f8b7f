-- GET /api/marketplace-service-providers/{uuid}/robot_account_customers/
-- Generated: npm run gen

-- staff
select sp.id as id, sp.uuid as uuid, sp.image_id as image_id, sp.api_secret_code as api_secret_code, sp.customer_id as customer_id, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (sp.uuid = :uuid::uuid) ;
select (select count(*)
  from customer owner
  where ((owner.name ilike '%customername%'))
  and ((owner.id in (select p.customer_id
  from robot_account ra
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  where off.customer_id = :id
  and ra.state in ('OK', 'Requested deletion'))))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"name":', to_json((owner.name)::text)::text,
    ',"uuid":', '"' || wire_uuid(owner.uuid) || '"'), 2) || '}', ','
  order by owner.name, owner.id) || ']', '[]')
  from (select id
  from (select owner.id
  from customer owner
  where ((owner.name ilike '%customername%'))
  and ((owner.id in (select p.customer_id
  from robot_account ra
  join resource r on r.id = ra.resource_id
  join offering off on off.id = r.offering_id
  join project p on p.id = r.project_id
  where off.customer_id = :id
  and ra.state in ('OK', 'Requested deletion'))))
  order by owner.name, owner.id
  limit 10) sized
  limit :id::bigint) cut
  join customer owner on owner.id = cut.id ) as page;
