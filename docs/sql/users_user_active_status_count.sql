-- GET /api/users/user_active_status_count/
-- Generated: npm run gen

-- staff
select expected_rows('select u.id
  from "user" u
  where u.agreement_date >= $1::timestamptz', ':agreement_date') as n;
select expected_rows('select u.id
  from "user" u
  where u.civil_number = $1', :civil_number) as n;
select expected_rows('select u.id
  from "user" u
  where u.date_joined >= $1::timestamptz', ':date_joined') as n;
select expected_rows('select u.id
  from "user" u
  where (u.description ilike $1)', '%description%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.email ilike $1)', '%email%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.full_name ilike $1)', '%fullname%') as n;
select expected_rows('select u.id
  from "user" u
  where u.is_active = $1::boolean', 'true') as n;
select expected_rows('select u.id
  from "user" u
  where u.is_staff = $1::boolean', 'true') as n;
select expected_rows('select u.id
  from "user" u
  where u.is_support = $1::boolean', 'true') as n;
select expected_rows('select u.id
  from "user" u
  where (u.job_title ilike $1)', '%jobtitle%') as n;
select expected_rows('select u.id
  from "user" u
  where u.modified >= $1::timestamptz', ':modified') as n;
select expected_rows('select u.id
  from "user" u
  where (u.native_name ilike $1)', '%nativename%') as n;
select expected_rows('select u.id
  from "user" u
  where (u.organization ilike $1)', '%organization%') as n;
select expected_rows('select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array($1, ',')))', :organization_roles) as n;
select expected_rows('select u.id
  from "user" u
  where (u.phone_number ilike $1)', '%phonenumber%') as n;
select expected_rows('select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array($1, ',')))', :project_roles) as n;
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
  where u.registration_method = $1', :registration_method) as n;
select expected_rows('select u.id
  from "user" u
  where (u.civil_number ilike $1
  or u.full_name ilike $1
  or u.first_name ilike $1
  or u.last_name ilike $1
  or u.username ilike $1
  or u.email ilike $1)', '%userkeyword%') as n;
with found_0 as materialized (select array(select u.id
  from "user" u
  where u.agreement_date >= ':agreement_date'::text::timestamptz) as ids), found_1 as materialized (select array(select u.id
  from "user" u
  where u.civil_number = :civil_number::text) as ids), found_2 as materialized (select array(select u.id
  from "user" u
  where u.date_joined >= ':date_joined'::text::timestamptz) as ids), found_3 as materialized (select array(select u.id
  from "user" u
  where (u.description ilike '%description%'::text)) as ids), found_4 as materialized (select array(select u.id
  from "user" u
  where (u.email ilike '%email%'::text)) as ids), found_5 as materialized (select array(select u.id
  from "user" u
  where (u.full_name ilike '%fullname%'::text)) as ids), found_6 as materialized (select array(select u.id
  from "user" u
  where u.is_active = 'true'::text::boolean) as ids), found_7 as materialized (select array(select u.id
  from "user" u
  where u.is_staff = 'true'::text::boolean) as ids), found_8 as materialized (select array(select u.id
  from "user" u
  where u.is_support = 'true'::text::boolean) as ids), found_9 as materialized (select array(select u.id
  from "user" u
  where (u.job_title ilike '%jobtitle%'::text)) as ids), found_10 as materialized (select array(select u.id
  from "user" u
  where u.modified >= ':modified'::text::timestamptz) as ids), found_11 as materialized (select array(select u.id
  from "user" u
  where (u.native_name ilike '%nativename%'::text)) as ids), found_12 as materialized (select array(select u.id
  from "user" u
  where (u.organization ilike '%organization%'::text)) as ids), found_13 as materialized (select array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:organization_roles::text, ',')))) as ids), found_14 as materialized (select array(select u.id
  from "user" u
  where (u.phone_number ilike '%phonenumber%'::text)) as ids), found_15 as materialized (select array(select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:project_roles::text, ',')))) as ids), found_16 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike '%query%'::text
  or u.full_name ilike '%query%'::text
  or u.first_name ilike '%query%'::text
  or u.last_name ilike '%query%'::text
  or u.username ilike '%query%'::text
  or u.email ilike '%query%'::text)) as ids), found_17 as materialized (select array(select u.id
  from "user" u
  where u.registration_method = :registration_method::text) as ids), found_18 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike '%userkeyword%'::text
  or u.full_name ilike '%userkeyword%'::text
  or u.first_name ilike '%userkeyword%'::text
  or u.last_name ilike '%userkeyword%'::text
  or u.username ilike '%userkeyword%'::text
  or u.email ilike '%userkeyword%'::text)) as ids), computed as materialized (select row.id, row.status, row.n
  from (select count(*) filter (where u.is_active) as active, count(*) filter (where not u.is_active) as inactive
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join "user" u
  where (u.id = any((select ids
  from found_0)::bigint[]))
  and (u.id = any((select ids
  from found_1)::bigint[]))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = :customer_uuid::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = :customer_uuid::uuid
  and not p.is_removed)
  and true))
  and (u.id = any((select ids
  from found_2)::bigint[]))
  and (u.id = any((select ids
  from found_3)::bigint[]))
  and (u.id = any((select ids
  from found_4)::bigint[]))
  and (u.id = any((select ids
  from found_5)::bigint[]))
  and (u.id = any((select ids
  from found_6)::bigint[]))
  and (u.id = any((select ids
  from found_7)::bigint[]))
  and (u.id = any((select ids
  from found_8)::bigint[]))
  and (u.id = any((select ids
  from found_9)::bigint[]))
  and (u.id = any((select ids
  from found_10)::bigint[]))
  and (u.id = any((select ids
  from found_11)::bigint[]))
  and (u.id = any((select ids
  from found_12)::bigint[]))
  and (u.id = any((select ids
  from found_13)::bigint[]))
  and (u.id = any((select ids
  from found_14)::bigint[]))
  and (u.id = any((select ids
  from found_15)::bigint[]))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = :project_uuid::uuid)
  and true))
  and (u.id = any((select ids
  from found_16)::bigint[]))
  and (u.id = any((select ids
  from found_17)::bigint[]))
  and (u.id = any((select ids
  from found_18)::bigint[]))
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
