-- GET /api/marketplace-provider-offerings/{uuid}/list_customer_service_accounts/
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
  from service_account account
  where ((account.customer_id in (select customer_id
  from project
  where id in (select used.id
  from project used
  where not used.is_removed
  and exists (select
  from resource r
  join offering off on off.id = r.offering_id
  where r.project_id = used.id
  and r.state <> 'Terminated'
  and off.id = :id)))))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-customer-service-accounts/' || wire_uuid(account.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(account.uuid) || '"',
    ',"created":', '"' || wire_time(account.created) || '"',
    ',"modified":', '"' || wire_time(account.modified) || '"',
    ',"username":', to_json((account.username)::text)::text,
    ',"description":', to_json((account.description)::text)::text,
    ',"error_message":', to_json((account.error_message)::text)::text,
    ',"error_traceback":', to_json(((case when ctx.is_staff then account.error_traceback else '' end))::text)::text,
    ',"state":', '"' || (account.state) || '"',
    ',"token":', coalesce(to_json((null::text)::text)::text, 'null'),
    ',"email":', to_json((account.email)::text)::text,
    ',"expires_at":', coalesce(to_json((null::text)::text)::text, 'null'),
    ',"preferred_identifier":', to_json((account.preferred_identifier)::text)::text,
    ',"customer":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text), 2) || '}', ','
  order by account.created, account.id) || ']', '[]')
  from (select 'http://testserver'::text as base, true::boolean as is_staff) ctx
  cross join (select id
  from (select account.id
  from service_account account
  where ((account.customer_id in (select customer_id
  from project
  where id in (select used.id
  from project used
  where not used.is_removed
  and exists (select
  from resource r
  join offering off on off.id = r.offering_id
  where r.project_id = used.id
  and r.state <> 'Terminated'
  and off.id = :id)))))
  order by account.created, account.id
  limit 10) sized
  limit :id::bigint) cut
  join service_account account on account.id = cut.id
  join customer c on c.id = account.customer_id) as page;
