-- GET /api/users/
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
  or u.email ilike '%userkeyword%'::text)) as ids) select (select count(*)
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join "user" u
  where (true)
  and (u.id = any((select ids
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
  and (u.username = any(:username_list::text[]))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"slug":', to_json((u.slug)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"job_title":', to_json((u.job_title)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"phone_number":', to_json((u.phone_number)::text)::text,
    ',"organization":', to_json((u.organization)::text)::text,
    ',"civil_number":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((u.civil_number)::text)::text, 'null') end,
    ',"description":', to_json((u.description)::text)::text,
    ',"is_staff":', (case when u.is_staff then 'true' when not (u.is_staff) then 'false' end),
    ',"is_active":', (case when u.is_active then 'true' when not (u.is_active) then 'false' end),
    ',"is_support":', (case when u.is_support then 'true' when not (u.is_support) then 'false' end),
    ',"token_lifetime":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce((u.token_lifetime)::text, 'null') end,
    ',"token_expires_at":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce('"' || wire_time(tok.used + make_interval(secs => u.token_lifetime)) || '"', 'null') end,
    ',"registration_method":', to_json((u.registration_method)::text)::text,
    ',"date_joined":', '"' || wire_time(u.date_joined) || '"',
    ',"agreement_date":', coalesce('"' || wire_time(u.agreement_date) || '"', 'null'),
    ',"notifications_enabled":', (case when u.notifications_enabled then 'true' when not (u.notifications_enabled) then 'false' end),
    ',"preferred_language":', to_json((u.preferred_language)::text)::text,
    ',"permissions":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (select coalesce('[' || string_agg('{' || substr(concat(
    ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"',
    ',"user_name":', to_json((holder.full_name)::text)::text,
    ',"user_slug":', to_json((holder.slug)::text)::text,
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"created_by_full_name":' || to_json((granter.full_name)::text)::text,
    ',"created_by_username":' || to_json((granter.username)::text)::text,
    ',"role_name":', to_json((held.name)::text)::text,
    ',"role_description":', to_json((held.description)::text)::text,
    ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"',
    ',"scope_type":', '"' || (g.scope_type) || '"',
    ',"scope_uuid":' || '"' || wire_uuid(on_scope.uuid) || '"',
    ',"scope_name":' || to_json((on_scope.name)::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.id) || ']', '[]')
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join lateral (select s.uuid, s.name as name, s.id as customer_id, not s.is_removed as there
  from customer s
  where g.scope_type = 'customer'
  and s.id = g.scope_id
  union all select s.uuid, s.name as name, s.customer_id as customer_id, not s.is_removed as there
  from project s
  where g.scope_type = 'project'
  and s.id = g.scope_id
  union all select s.uuid, s.name as name, s.customer_id as customer_id, true as there
  from offering s
  where g.scope_type = 'offering'
  and s.id = g.scope_id
  union all select s.uuid, owner.name as name, s.customer_id as customer_id, true as there
  from service_provider s
  join customer owner on owner.id = s.customer_id
  where g.scope_type = 'service_provider'
  and s.id = g.scope_id) on_scope on true
  left join customer scope_customer on scope_customer.id = on_scope.customer_id
  where g.user_id = u.id
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id
  and true) when 'service_provider' then exists (select
  from service_provider s
  join customer owner on owner.id = s.customer_id
  where s.id = g.scope_id
  and true) end) end,
    ',"requested_email":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((requested.email)::text)::text, 'null') end,
    ',"affiliations":', (u.affiliations)::text,
    ',"first_name":', to_json((u.first_name)::text)::text,
    ',"last_name":', to_json((u.last_name)::text)::text,
    ',"birth_date":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce('"' || (u.attributes ->> 'birth_date')::date || '"', 'null') end,
    ',"identity_provider_name":', '"Local DB"',
    ',"identity_provider_label":', '"Local DB"',
    ',"identity_provider_management_url":', '""',
    ',"identity_provider_fields":', '[]',
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"identity_source":', to_json((u.identity_source)::text)::text,
    ',"has_active_session":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then (case when (tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now())) then 'true' when not ((tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now()))) then 'false' end) end,
    ',"ip_address":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce(to_json((u.last_ip_address)::text)::text, 'null') end,
    ',"gender":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce((u.attributes ->> 'gender')::text, 'null') end,
    ',"personal_title":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'personal_title', ''))::text)::text end,
    ',"place_of_birth":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'place_of_birth', ''))::text)::text end,
    ',"country_of_residence":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'country_of_residence', ''))::text)::text end,
    ',"nationality":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'nationality', ''))::text)::text end,
    ',"nationalities":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'nationalities', '[]'::jsonb))::text end,
    ',"organization_country":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_country', ''))::text)::text end,
    ',"organization_type":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_type', ''))::text)::text end,
    ',"organization_registry_code":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_registry_code', ''))::text)::text end,
    ',"eduperson_assurance":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end,
    ',"is_identity_manager":', (case when u.is_identity_manager then 'true' when not (u.is_identity_manager) then 'false' end),
    ',"attribute_sources":', '{}',
    ',"managed_isds":', (coalesce(u.attributes -> 'managed_isds', '[]'::jsonb))::text,
    ',"active_isds":', '[]'), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, true::boolean as is_staff, true::boolean as reads_all) ctx
  cross join (select id
  from (select u.id
  from (select :id::bigint as actor_id, true::boolean as reads_all) ctx
  cross join "user" u
  where (true)
  and (u.id = any((select ids
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
  and (u.username = any(:username_list::text[]))
  order by u.username, u.id
  limit 10) sized
  limit :id::bigint) cut
  join "user" u on u.id = cut.id
  left join user_token tok on tok.user_id = u.id
  left join change_email_request requested on requested.user_id = u.id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select expected_rows('select u.id
  from "user" u
  where u.agreement_date >= $1::timestamptz', ':agreement_date') as n;
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
  where u.date_joined >= ':date_joined'::text::timestamptz) as ids), found_2 as materialized (select array(select u.id
  from "user" u
  where (u.description ilike '%description%'::text)) as ids), found_3 as materialized (select array(select u.id
  from "user" u
  where (u.email ilike '%email%'::text)) as ids), found_4 as materialized (select array(select u.id
  from "user" u
  where (u.full_name ilike '%fullname%'::text)) as ids), found_5 as materialized (select array(select u.id
  from "user" u
  where u.is_active = 'true'::text::boolean) as ids), found_6 as materialized (select array(select u.id
  from "user" u
  where (u.job_title ilike '%jobtitle%'::text)) as ids), found_7 as materialized (select array(select u.id
  from "user" u
  where u.modified >= ':modified'::text::timestamptz) as ids), found_8 as materialized (select array(select u.id
  from "user" u
  where (u.native_name ilike '%nativename%'::text)) as ids), found_9 as materialized (select array(select u.id
  from "user" u
  where (u.organization ilike '%organization%'::text)) as ids), found_10 as materialized (select array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:organization_roles::text, ',')))) as ids), found_11 as materialized (select array(select u.id
  from "user" u
  where (u.phone_number ilike '%phonenumber%'::text)) as ids), found_12 as materialized (select array(select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:project_roles::text, ',')))) as ids), found_13 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike '%query%'::text
  or u.full_name ilike '%query%'::text
  or u.first_name ilike '%query%'::text
  or u.last_name ilike '%query%'::text
  or u.username ilike '%query%'::text
  or u.email ilike '%query%'::text)) as ids), found_14 as materialized (select array(select u.id
  from "user" u
  where u.registration_method = :registration_method::text) as ids), found_15 as materialized (select array(select u.id
  from "user" u
  where (u.civil_number ilike '%userkeyword%'::text
  or u.full_name ilike '%userkeyword%'::text
  or u.first_name ilike '%userkeyword%'::text
  or u.last_name ilike '%userkeyword%'::text
  or u.username ilike '%userkeyword%'::text
  or u.email ilike '%userkeyword%'::text)) as ids) select (select count(*)
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join "user" u
  where ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff))
  and (u.id = any((select ids
  from found_0)::bigint[]))
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
  and not p.is_removed)
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))))))
  and (u.id = any((select ids
  from found_1)::bigint[]))
  and ((((case when ctx.reads_all then u.description end) || '') ilike '%description%'::text))
  and (u.id = any((select ids
  from found_2)::bigint[]))
  and (u.id = any((select ids
  from found_3)::bigint[]))
  and (u.id = any((select ids
  from found_4)::bigint[]))
  and (u.id = any((select ids
  from found_5)::bigint[]))
  and (((case when ctx.reads_all then u.is_staff end)))
  and (((case when ctx.reads_all then u.is_support end)))
  and (u.id = any((select ids
  from found_6)::bigint[]))
  and (u.id = any((select ids
  from found_7)::bigint[]))
  and (u.id = any((select ids
  from found_8)::bigint[]))
  and (u.id = any((select ids
  from found_9)::bigint[]))
  and ((u.id in (select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:organization_roles::text, ',')))
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))) is true)
  and (u.id = any((select ids
  from found_10)::bigint[]))
  and (u.id = any((select ids
  from found_11)::bigint[]))
  and ((u.id in (select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:project_roles::text, ',')))
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))) is true)
  and (u.id = any((select ids
  from found_12)::bigint[]))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = :project_uuid::uuid)
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))))))
  and ((((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) || '') ilike '%query%'::text
  or (u.full_name || '') ilike '%query%'::text
  or (u.first_name || '') ilike '%query%'::text
  or (u.last_name || '') ilike '%query%'::text
  or (u.username || '') ilike '%query%'::text
  or (u.email || '') ilike '%query%'::text))
  and (u.id = any((select ids
  from found_13)::bigint[]))
  and (u.id = any((select ids
  from found_14)::bigint[]))
  and ((((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) || '') ilike '%userkeyword%'::text
  or (u.full_name || '') ilike '%userkeyword%'::text
  or (u.first_name || '') ilike '%userkeyword%'::text
  or (u.last_name || '') ilike '%userkeyword%'::text
  or (u.username || '') ilike '%userkeyword%'::text
  or (u.email || '') ilike '%userkeyword%'::text))
  and (u.id = any((select ids
  from found_15)::bigint[]))
  and (u.username = :username)
  and (u.username = any(:username_list::text[]))) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(u.uuid) || '"',
    ',"username":', to_json((u.username)::text)::text,
    ',"slug":', to_json((u.slug)::text)::text,
    ',"full_name":', to_json((u.full_name)::text)::text,
    ',"native_name":', to_json((u.native_name)::text)::text,
    ',"job_title":', to_json((u.job_title)::text)::text,
    ',"email":', to_json((u.email)::text)::text,
    ',"phone_number":', to_json((u.phone_number)::text)::text,
    ',"organization":', to_json((u.organization)::text)::text,
    ',"civil_number":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((u.civil_number)::text)::text, 'null') end,
    ',"token_lifetime":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce((u.token_lifetime)::text, 'null') end,
    ',"token_expires_at":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce('"' || wire_time(tok.used + make_interval(secs => u.token_lifetime)) || '"', 'null') end,
    ',"registration_method":', to_json((u.registration_method)::text)::text,
    ',"date_joined":', '"' || wire_time(u.date_joined) || '"',
    ',"agreement_date":', coalesce('"' || wire_time(u.agreement_date) || '"', 'null'),
    ',"notifications_enabled":', (case when u.notifications_enabled then 'true' when not (u.notifications_enabled) then 'false' end),
    ',"preferred_language":', to_json((u.preferred_language)::text)::text,
    ',"permissions":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (select coalesce('[' || string_agg('{' || substr(concat(
    ',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"',
    ',"user_name":', to_json((holder.full_name)::text)::text,
    ',"user_slug":', to_json((holder.slug)::text)::text,
    ',"created":', '"' || wire_time(g.created) || '"',
    ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'),
    ',"created_by_full_name":' || to_json((granter.full_name)::text)::text,
    ',"created_by_username":' || to_json((granter.username)::text)::text,
    ',"role_name":', to_json((held.name)::text)::text,
    ',"role_description":', to_json((held.description)::text)::text,
    ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"',
    ',"scope_type":', '"' || (g.scope_type) || '"',
    ',"scope_uuid":' || '"' || wire_uuid(on_scope.uuid) || '"',
    ',"scope_name":' || to_json((on_scope.name)::text)::text,
    ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"',
    ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.id) || ']', '[]')
  from live_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join lateral (select s.uuid, s.name as name, s.id as customer_id, not s.is_removed as there
  from customer s
  where g.scope_type = 'customer'
  and s.id = g.scope_id
  union all select s.uuid, s.name as name, s.customer_id as customer_id, not s.is_removed as there
  from project s
  where g.scope_type = 'project'
  and s.id = g.scope_id
  union all select s.uuid, s.name as name, s.customer_id as customer_id, true as there
  from offering s
  where g.scope_type = 'offering'
  and s.id = g.scope_id
  union all select s.uuid, owner.name as name, s.customer_id as customer_id, true as there
  from service_provider s
  join customer owner on owner.id = s.customer_id
  where g.scope_type = 'service_provider'
  and s.id = g.scope_id) on_scope on true
  left join customer scope_customer on scope_customer.id = on_scope.customer_id
  where g.user_id = u.id
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id
  and true) when 'service_provider' then exists (select
  from service_provider s
  join customer owner on owner.id = s.customer_id
  where s.id = g.scope_id
  and true) end) end,
    ',"requested_email":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((requested.email)::text)::text, 'null') end,
    ',"affiliations":', (u.affiliations)::text,
    ',"first_name":', to_json((u.first_name)::text)::text,
    ',"last_name":', to_json((u.last_name)::text)::text,
    ',"birth_date":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce('"' || (u.attributes ->> 'birth_date')::date || '"', 'null') end,
    ',"identity_provider_name":', '"Local DB"',
    ',"identity_provider_label":', '"Local DB"',
    ',"identity_provider_management_url":', '""',
    ',"identity_provider_fields":', '[]',
    ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'),
    ',"identity_source":', to_json((u.identity_source)::text)::text,
    ',"has_active_session":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then (case when (tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now())) then 'true' when not ((tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now()))) then 'false' end) end,
    ',"ip_address":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce(to_json((u.last_ip_address)::text)::text, 'null') end,
    ',"gender":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce((u.attributes ->> 'gender')::text, 'null') end,
    ',"personal_title":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'personal_title', ''))::text)::text end,
    ',"place_of_birth":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'place_of_birth', ''))::text)::text end,
    ',"country_of_residence":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'country_of_residence', ''))::text)::text end,
    ',"nationality":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'nationality', ''))::text)::text end,
    ',"nationalities":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'nationalities', '[]'::jsonb))::text end,
    ',"organization_country":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_country', ''))::text)::text end,
    ',"organization_type":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_type', ''))::text)::text end,
    ',"organization_registry_code":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_registry_code', ''))::text)::text end,
    ',"eduperson_assurance":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, false::boolean as is_staff, false::boolean as reads_all) ctx
  cross join (select id
  from (select u.id
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join "user" u
  where ((u.id = any(array(select :id::bigint)))
  or (u.id = any(array(select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  union all select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))
  and (u.is_active
  and not u.is_staff))
  and (u.id = any((select ids
  from found_0)::bigint[]))
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
  and not p.is_removed)
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))))))
  and (u.id = any((select ids
  from found_1)::bigint[]))
  and ((((case when ctx.reads_all then u.description end) || '') ilike '%description%'::text))
  and (u.id = any((select ids
  from found_2)::bigint[]))
  and (u.id = any((select ids
  from found_3)::bigint[]))
  and (u.id = any((select ids
  from found_4)::bigint[]))
  and (u.id = any((select ids
  from found_5)::bigint[]))
  and (((case when ctx.reads_all then u.is_staff end)))
  and (((case when ctx.reads_all then u.is_support end)))
  and (u.id = any((select ids
  from found_6)::bigint[]))
  and (u.id = any((select ids
  from found_7)::bigint[]))
  and (u.id = any((select ids
  from found_8)::bigint[]))
  and (u.id = any((select ids
  from found_9)::bigint[]))
  and ((u.id in (select g.user_id
  from live_grant g
  where g.scope_type = 'customer'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:organization_roles::text, ',')))
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))) is true)
  and (u.id = any((select ids
  from found_10)::bigint[]))
  and (u.id = any((select ids
  from found_11)::bigint[]))
  and ((u.id in (select g.user_id
  from live_grant g
  where g.scope_type = 'project'
  and g.role_id in (select r.id
  from role r
  where r.name = any(string_to_array(:project_roles::text, ',')))
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[]))))))) is true)
  and (u.id = any((select ids
  from found_12)::bigint[]))
  and (u.id in (select g.user_id
  from live_grant g
  where (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = :project_uuid::uuid)
  and ((g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any(:ids::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any('{}'::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any('{}'::bigint[])
  or "p"."customer_id" = any(:ids::bigint[])))))))
  and ((((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) || '') ilike '%query%'::text
  or (u.full_name || '') ilike '%query%'::text
  or (u.first_name || '') ilike '%query%'::text
  or (u.last_name || '') ilike '%query%'::text
  or (u.username || '') ilike '%query%'::text
  or (u.email || '') ilike '%query%'::text))
  and (u.id = any((select ids
  from found_13)::bigint[]))
  and (u.id = any((select ids
  from found_14)::bigint[]))
  and ((((case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) || '') ilike '%userkeyword%'::text
  or (u.full_name || '') ilike '%userkeyword%'::text
  or (u.first_name || '') ilike '%userkeyword%'::text
  or (u.last_name || '') ilike '%userkeyword%'::text
  or (u.username || '') ilike '%userkeyword%'::text
  or (u.email || '') ilike '%userkeyword%'::text))
  and (u.id = any((select ids
  from found_15)::bigint[]))
  and (u.username = :username)
  and (u.username = any(:username_list::text[]))
  order by u.username, u.id
  limit 10) sized
  limit :id::bigint) cut
  join "user" u on u.id = cut.id
  left join user_token tok on tok.user_id = u.id
  left join change_email_request requested on requested.user_id = u.id
  left join file image on image.id = u.image_id) as page;
