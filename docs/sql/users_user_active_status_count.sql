-- GET /api/users/user_active_status_count/
-- Generated: npm run gen

-- staff
with computed as materialized (select row.id, row.status, row.n
  from (select count(*) filter (where u.is_active) as active, count(*) filter (where not u.is_active) as inactive
  from (select $1::bigint as actor_id, $2::boolean as reads_all) ctx
  cross join "user" u
  where (u.agreement_date >= $3::timestamptz)
  and ((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = $4)
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = $5::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = $6::uuid
  and not p.is_removed)))
  and (u.date_joined >= $7::timestamptz)
  and (((case when ctx.reads_all then u.description end) ilike $8))
  and ((u.email ilike $9))
  and ((u.full_name ilike $10))
  and ((u.is_active))
  and ((u.is_staff))
  and (((ctx.reads_all
  and u.is_support)))
  and ((u.job_title ilike $11))
  and (u.modified >= $12::timestamptz)
  and ((u.native_name ilike $13))
  and ((u.organization ilike $14))
  and (exists (select
  from live_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $15
  and r.name = any($16::text[])))
  and ((u.phone_number ilike $17))
  and (exists (select
  from live_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $18
  and r.name = any($19::text[])))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = $20::uuid)))
  and ((u.full_name ilike $21
  or u.first_name ilike $22
  or u.last_name ilike $23
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $24
  or u.username ilike $25
  or u.email ilike $26))
  and (u.registration_method = $27)
  and ((u.full_name ilike $28
  or u.first_name ilike $29
  or u.last_name ilike $30
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $31
  or u.username ilike $32
  or u.email ilike $33))
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
