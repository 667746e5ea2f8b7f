-- GET /api/events/
-- Generated: npm run gen

-- staff
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.image_id as image_id, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = :scope::uuid) ;

-- the owner of an organization
select p.id as id, p.uuid as uuid, p.name as name, p.customer_id as customer_id, p.is_removed as is_removed, p.image_id as image_id, p.start_date as start_date, p.end_date as end_date, c.uuid as customer_uuid, c.name as customer_name, c.native_name as customer_native_name, c.abbreviation as customer_abbreviation, c.blocked as customer_blocked, c.archived as customer_archived
  from project p
  join customer c on c.id = p.customer_id
  where (p.uuid = :scope::uuid)
  and (("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))) ;
