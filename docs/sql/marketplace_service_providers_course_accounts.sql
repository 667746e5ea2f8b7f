-- GET /api/marketplace-service-providers/{service_provider_uuid}/course_accounts/
-- Generated: npm run gen

-- staff
select sp.id as id, sp.uuid as uuid, sp.image_id as image_id, sp.api_secret_code as api_secret_code, sp.customer_id as customer_id, customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived
  from service_provider sp
  join customer on customer.id = sp.customer_id
  where (sp.uuid = :uuid::uuid) ;
select (select count(*)
  from course_account account
  join project p on p.id = account.project_id
  left join "user" u on u.id = account.user_id
  where (u.username = :username)
  and ((account.email ilike '%email%'))
  and (account.state = any('{OK}'::text[]))
  and (p.uuid = :project_uuid::uuid)
  and (p.start_date >= :project_start_date_after::date)
  and (p.start_date <= :project_start_date_before::date)
  and (p.end_date >= :project_end_date_after::date)
  and (p.end_date <= :project_end_date_before::date)
  and ((account.user_id in (select id
  from "user"
  where username <> '')
  and account.project_id in (select used.id
  from project used
  where not used.is_removed
  and exists (select
  from resource r
  join offering off on off.id = r.offering_id
  where r.project_id = used.id
  and r.state <> 'Terminated'
  and off.customer_id = :id
  and off.shared))))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-course-accounts/' || wire_uuid(account.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(account.uuid) || '"',
    ',"created":', '"' || wire_time(account.created) || '"',
    ',"modified":', '"' || wire_time(account.modified) || '"',
    ',"project":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_uuid":', '"' || wire_uuid(p.uuid) || '"',
    ',"project_name":', to_json((p.name)::text)::text,
    ',"project_slug":', to_json((p.slug)::text)::text,
    ',"project_start_date":', '"' || (coalesce(p.start_date, (p.created at time zone 'UTC')::date))::date || '"',
    ',"project_end_date":', '"' || (coalesce(p.end_date, '9999-12-31'))::date || '"',
    ',"user_uuid":', '"' || wire_uuid(coalesce(u.uuid, '00000000-0000-0000-0000-000000000000')) || '"',
    ',"username":', to_json((coalesce(u.username, ''))::text)::text,
    ',"customer_uuid":', '"' || wire_uuid(c.uuid) || '"',
    ',"customer_name":', to_json((c.name)::text)::text,
    ',"state":', '"' || (account.state) || '"',
    ',"email":', to_json((account.email)::text)::text,
    ',"description":', to_json((account.description)::text)::text,
    ',"error_message":', to_json((account.error_message)::text)::text,
    ',"error_traceback":', to_json(((case when ctx.is_staff then account.error_traceback else '' end))::text)::text), 2) || '}', ','
  order by account.created, account.id) || ']', '[]')
  from (select 'http://testserver'::text as base, true::boolean as is_staff) ctx
  cross join (select id
  from (select account.id
  from course_account account
  join project p on p.id = account.project_id
  left join "user" u on u.id = account.user_id
  where (u.username = :username)
  and ((account.email ilike '%email%'))
  and (account.state = any('{OK}'::text[]))
  and (p.uuid = :project_uuid::uuid)
  and (p.start_date >= :project_start_date_after::date)
  and (p.start_date <= :project_start_date_before::date)
  and (p.end_date >= :project_end_date_after::date)
  and (p.end_date <= :project_end_date_before::date)
  and ((account.user_id in (select id
  from "user"
  where username <> '')
  and account.project_id in (select used.id
  from project used
  where not used.is_removed
  and exists (select
  from resource r
  join offering off on off.id = r.offering_id
  where r.project_id = used.id
  and r.state <> 'Terminated'
  and off.customer_id = :id
  and off.shared))))
  order by account.created, account.id
  limit 10) sized
  limit :id::bigint) cut
  join course_account account on account.id = cut.id
  join project p on p.id = account.project_id
  join customer c on c.id = p.customer_id
  left join "user" u on u.id = account.user_id) as page;
