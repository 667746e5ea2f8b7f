-- GET /api/users/user_active_status_count/
-- Generated: npm run gen

-- staff
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
select expected_rows($1, $2) as n;
with found_0 as materialized (select array(select u.id
  from "user" u
  where (u.description ilike $1::text)) as ids), found_1 as materialized (select array(select u.id
  from "user" u
  where (u.email ilike $2::text)) as ids), found_2 as materialized (select array(select u.id
  from "user" u
  where (u.full_name ilike $3::text)) as ids), found_3 as materialized (select array(select u.id
  from "user" u
  where (u.job_title ilike $4::text)) as ids), found_4 as materialized (select array(select u.id
  from "user" u
  where (u.native_name ilike $5::text)) as ids), found_5 as materialized (select array(select u.id
  from "user" u
  where (u.organization ilike $6::text)) as ids), found_6 as materialized (select array(select u.id
  from "user" u
  where (u.phone_number ilike $7::text)) as ids), found_7 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike $8::text
  or u.full_name ilike $9::text
  or u.first_name ilike $10::text
  or u.last_name ilike $11::text
  or u.username ilike $12::text
  or u.email ilike $13::text)) as ids), found_8 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike $14::text
  or u.full_name ilike $15::text
  or u.first_name ilike $16::text
  or u.last_name ilike $17::text
  or u.username ilike $18::text
  or u.email ilike $19::text)) as ids), computed as materialized (select row.id, row.status, row.n
  from (select count(*) filter (where u.is_active) as active, count(*) filter (where not u.is_active) as inactive
  from (select $20::bigint as actor_id, $21::boolean as reads_all) ctx
  cross join "user" u
  where (u.agreement_date >= $22::timestamptz)
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = $23)
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = $24::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = $25::uuid
  and not p.is_removed)))
  and (u.date_joined >= $26::timestamptz)
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
  and (u.modified >= $27::timestamptz)
  and (u.id = any((select ids
  from found_4)::bigint[]))
  and (u.id = any((select ids
  from found_5)::bigint[]))
  and (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = $28
  and g.role_id = any(array(select r.id
  from role r
  where r.name = any($29::text[]))))))
  and (u.id = any((select ids
  from found_6)::bigint[]))
  and (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = $30
  and g.role_id = any(array(select r.id
  from role r
  where r.name = any($31::text[]))))))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = $32::uuid)))
  and (u.id = any((select ids
  from found_7)::bigint[]))
  and (u.registration_method = $33)
  and (u.id = any((select ids
  from found_8)::bigint[]))
  and (u.username = $34)
  and (u.username = any($35::text[]))) sums
  cross join lateral (values (1, 'active', sums.active), (2, 'inactive', sums.inactive)) row (id, status, n)) select (select count(*)
  from computed) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"status":', to_json((counted.status)::text)::text, ',"count":', (counted.n)::text), 2) || '}', ','
  order by counted.id) || ']', '[]')
  from (select counted.id
  from computed counted
  where true
  order by counted.id
  limit 10) cut
  join computed counted on counted.id = cut.id ) as page;
