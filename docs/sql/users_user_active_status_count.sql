-- GET /api/users/user_active_status_count/
-- Generated: npm run gen

-- staff
select expected_rows('select u.id
  from "user" u
  where (u.description ilike $1)', '%description%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.email ilike $1)', '%email%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.full_name ilike $1)', '%full-name%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.job_title ilike $1)', '%job-title%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.native_name ilike $1)', '%native-name%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.organization ilike $1)', '%organization%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.phone_number ilike $1)', '%phone-number%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.civil_number ilike $1
  or u.full_name ilike $1
  or u.first_name ilike $1
  or u.last_name ilike $1
  or u.username ilike $1
  or u.email ilike $1)', '%query%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.civil_number ilike $1
  or u.full_name ilike $1
  or u.first_name ilike $1
  or u.last_name ilike $1
  or u.username ilike $1
  or u.email ilike $1)', '%user-keyword%') as n;
with found_0 as materialized (select array(select u.id
  from "user" u
  where (u.description ilike '%description%'::text)) as ids), found_1 as materialized (select array(select u.id
  from "user" u
  where (u.email ilike '%email%'::text)) as ids), found_2 as materialized (select array(select u.id
  from "user" u
  where (u.full_name ilike '%full-name%'::text)) as ids), found_3 as materialized (select array(select u.id
  from "user" u
  where (u.job_title ilike '%job-title%'::text)) as ids), found_4 as materialized (select array(select u.id
  from "user" u
  where (u.native_name ilike '%native-name%'::text)) as ids), found_5 as materialized (select array(select u.id
  from "user" u
  where (u.organization ilike '%organization%'::text)) as ids), found_6 as materialized (select array(select u.id
  from "user" u
  where (u.phone_number ilike '%phone-number%'::text)) as ids), found_7 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike '%query%'::text
  or u.full_name ilike '%query%'::text
  or u.first_name ilike '%query%'::text
  or u.last_name ilike '%query%'::text
  or u.username ilike '%query%'::text
  or u.email ilike '%query%'::text)) as ids), found_8 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike '%user-keyword%'::text
  or u.full_name ilike '%user-keyword%'::text
  or u.first_name ilike '%user-keyword%'::text
  or u.last_name ilike '%user-keyword%'::text
  or u.username ilike '%user-keyword%'::text
  or u.email ilike '%user-keyword%'::text)) as ids), computed as materialized (select row.id, row.status, row.n
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
  and (u.id = any((select ids
  from found_0)::bigint[]))
  and (u.id = any((select ids
  from found_1)::bigint[]))
  and (u.id = any((select ids
  from found_2)::bigint[]))
  and ((u.is_active))
  and ((u.is_staff))
  and (((ctx.reads_all
  and u.is_support)))
  and (u.id = any((select ids
  from found_3)::bigint[]))
  and (u.modified >= ':modified'::timestamptz)
  and (u.id = any((select ids
  from found_4)::bigint[]))
  and (u.id = any((select ids
  from found_5)::bigint[]))
  and (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.role_id = any(array(select r.id
  from role r
  where r.name = any(:organization_roles::text[]))))))
  and (u.id = any((select ids
  from found_6)::bigint[]))
  and (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.role_id = any(array(select r.id
  from role r
  where r.name = any(:project_roles::text[]))))))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = :project_uuid::uuid)))
  and (u.id = any((select ids
  from found_7)::bigint[]))
  and (u.registration_method = :registration_method)
  and (u.id = any((select ids
  from found_8)::bigint[]))
  and (u.username = :username)
  and (u.username = any(:username_list::text[]))) sums
  cross join lateral (values (1, 'active', sums.active), (2, 'inactive', sums.inactive)) row (id, status, n)) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"status":', to_json((counted.status)::text)::text,
    ',"count":', (counted.n)::text), 2) || '}', ','
  order by counted.id) || ']', '[]')
  from (select id
  from (select counted.id
  from computed counted
  where true
  order by counted.id
  limit 10) sized
  limit :id::bigint) cut
  join computed counted on counted.id = cut.id ) as page;
