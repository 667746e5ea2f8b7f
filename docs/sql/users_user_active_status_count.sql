-- GET /api/users/user_active_status_count/
-- Generated: npm run gen

-- staff
with computed as materialized (select row.id, row.status, row.n
  from (select count(*) filter (where u.is_active) as active, count(*) filter (where not u.is_active) as inactive
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join "user" u
  where (u.agreement_date >= ':agreement_date'::timestamptz)
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = :civil_number)
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = :customer_uuid::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = :customer_uuid::uuid
  and not p.is_removed)))
  and (u.date_joined >= ':date_joined'::timestamptz)
  and (((case when ctx.reads_all then u.description end) ilike '%description%'))
  and ((u.email ilike '%email%'))
  and ((u.full_name ilike '%full-name%'))
  and ((u.is_active))
  and ((u.is_staff))
  and (((ctx.reads_all
  and u.is_support)))
  and ((u.job_title ilike '%job-title%'))
  and (u.modified >= ':modified'::timestamptz)
  and ((u.native_name ilike '%native-name%'))
  and ((u.organization ilike '%organization%'))
  and (exists (select
  from live_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = 'customer'
  and r.name = any(:organization_roles::text[])))
  and ((u.phone_number ilike '%phone-number%'))
  and (exists (select
  from live_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = 'project'
  and r.name = any(:project_roles::text[])))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = :project_uuid::uuid)))
  and ((u.full_name ilike '%query%'
  or u.first_name ilike '%query%'
  or u.last_name ilike '%query%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%query%'
  or u.username ilike '%query%'
  or u.email ilike '%query%'))
  and (u.registration_method = :registration_method)
  and ((u.full_name ilike '%user-keyword%'
  or u.first_name ilike '%user-keyword%'
  or u.last_name ilike '%user-keyword%'
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike '%user-keyword%'
  or u.username ilike '%user-keyword%'
  or u.email ilike '%user-keyword%'))
  and (u.username = :username)
  and (u.username = any(:username_list::text[]))) sums
  cross join lateral (values (1, 'active', sums.active), (2, 'inactive', sums.inactive)) row (id, status, n)) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"status":', to_json((counted.status)::text)::text,
    ',"count":', (counted.n)::text), 2) || '}', ','
  order by counted.id) || ']', '[]')
  from (select counted.id
  from computed counted
  where true
  order by counted.id
  limit 10) cut
  join computed counted on counted.id = cut.id ) as page;
