-- GET /api/users/
-- Generated: npm run gen

-- staff
select (select count(*)
  from (select $1::text as base, $2::bigint as actor_id, $3::boolean as is_staff, $4::boolean as is_support, $5::boolean as reads_all, (now() at time zone $6::text)::date as today) ctx
  cross join "user" u
  where u.agreement_date >= $7::timestamptz
  and (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = $8
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = $9::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = $10::uuid
  and not p.is_removed))
  and u.date_joined >= $11::timestamptz
  and ((case when ctx.reads_all then u.description end) ilike $12)
  and (u.email ilike $13)
  and (u.full_name ilike $14)
  and (u.is_active)
  and (u.is_staff)
  and ((ctx.reads_all
  and u.is_support))
  and (u.job_title ilike $15)
  and u.modified >= $16::timestamptz
  and (u.native_name ilike $17)
  and (u.organization ilike $18)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $19
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($20::text[]))
  and (u.phone_number ilike $21)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $22
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($23::text[]))
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = $24::uuid))
  and (u.full_name ilike $25
  or u.first_name ilike $26
  or u.last_name ilike $27
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $28
  or u.username ilike $29
  or u.email ilike $30)
  and u.registration_method = $31
  and (u.full_name ilike $32
  or u.first_name ilike $33
  or u.last_name ilike $34
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $35
  or u.username ilike $36
  or u.email ilike $37)
  and u.username = $38
  and u.username = any($39::text[])) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"slug":', to_json((u.slug)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"native_name":', to_json((u.native_name)::text)::text, ',"job_title":', to_json((u.job_title)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"phone_number":', to_json((u.phone_number)::text)::text, ',"organization":', to_json((u.organization)::text)::text, ',"civil_number":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((u.civil_number)::text)::text, 'null') end, ',"description":', to_json((u.description)::text)::text, ',"is_staff":', (case when u.is_staff then 'true' when not (u.is_staff) then 'false' end), ',"is_active":', (case when u.is_active then 'true' when not (u.is_active) then 'false' end), ',"is_support":', (case when u.is_support then 'true' when not (u.is_support) then 'false' end), ',"token_lifetime":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce((u.token_lifetime)::text, 'null') end, ',"token_expires_at":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce('"' || wire_time(tok.used + make_interval(secs => u.token_lifetime)) || '"', 'null') end, ',"registration_method":', to_json((u.registration_method)::text)::text, ',"date_joined":', '"' || wire_time(u.date_joined) || '"', ',"agreement_date":', coalesce('"' || wire_time(u.agreement_date) || '"', 'null'), ',"notifications_enabled":', (case when u.notifications_enabled then 'true' when not (u.notifications_enabled) then 'false' end), ',"preferred_language":', to_json((u.preferred_language)::text)::text, ',"permissions":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (select coalesce('[' || string_agg('{' || substr(concat(',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_name":', to_json((holder.full_name)::text)::text, ',"user_slug":', to_json((holder.slug)::text)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_username":' || to_json((granter.username)::text)::text, ',"role_name":', to_json((held.name)::text)::text, ',"role_description":', to_json((held.description)::text)::text, ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"', ',"scope_type":', '"' || (g.scope_type) || '"', ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"', ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text, ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"', ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.id) || ']', '[]')
  from role_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)
  where g.user_id = u.id
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id) when 'service_provider' then exists (select
  from service_provider s
  where s.id = g.scope_id) else false end) end, ',"requested_email":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((requested.email)::text)::text, 'null') end, ',"affiliations":', (u.affiliations)::text, ',"first_name":', to_json((u.first_name)::text)::text, ',"last_name":', to_json((u.last_name)::text)::text, ',"birth_date":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce('"' || (u.attributes ->> 'birth_date')::date || '"', 'null') end, ',"identity_provider_name":', '"Local DB"', ',"identity_provider_label":', '"Local DB"', ',"identity_provider_management_url":', '""', ',"identity_provider_fields":', '[]', ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'), ',"identity_source":', to_json((u.identity_source)::text)::text, ',"has_active_session":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then (case when (tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now())) then 'true' when not ((tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now()))) then 'false' end) end, ',"ip_address":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce(to_json((u.last_ip_address)::text)::text, 'null') end, ',"gender":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce((u.attributes ->> 'gender')::text, 'null') end, ',"personal_title":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'personal_title', ''))::text)::text end, ',"place_of_birth":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'place_of_birth', ''))::text)::text end, ',"country_of_residence":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'country_of_residence', ''))::text)::text end, ',"nationality":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'nationality', ''))::text)::text end, ',"nationalities":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'nationalities', '[]'::jsonb))::text end, ',"organization_country":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_country', ''))::text)::text end, ',"organization_type":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_type', ''))::text)::text end, ',"organization_registry_code":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_registry_code', ''))::text)::text end, ',"eduperson_assurance":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end, ',"is_identity_manager":', (case when u.is_identity_manager then 'true' when not (u.is_identity_manager) then 'false' end), ',"attribute_sources":', '{}', ',"managed_isds":', (coalesce(u.attributes -> 'managed_isds', '[]'::jsonb))::text, ',"active_isds":', '[]'), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from (select $40::text as base, $41::bigint as actor_id, $42::boolean as is_staff, $43::boolean as is_support, $44::boolean as reads_all, (now() at time zone $45::text)::date as today) ctx
  cross join (select u.id
  from (select $46::text as base, $47::bigint as actor_id, $48::boolean as is_staff, $49::boolean as is_support, $50::boolean as reads_all, (now() at time zone $51::text)::date as today) ctx
  cross join "user" u
  where u.agreement_date >= $52::timestamptz
  and (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = $53
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = $54::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = $55::uuid
  and not p.is_removed))
  and u.date_joined >= $56::timestamptz
  and ((case when ctx.reads_all then u.description end) ilike $57)
  and (u.email ilike $58)
  and (u.full_name ilike $59)
  and (u.is_active)
  and (u.is_staff)
  and ((ctx.reads_all
  and u.is_support))
  and (u.job_title ilike $60)
  and u.modified >= $61::timestamptz
  and (u.native_name ilike $62)
  and (u.organization ilike $63)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $64
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($65::text[]))
  and (u.phone_number ilike $66)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $67
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($68::text[]))
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = $69::uuid))
  and (u.full_name ilike $70
  or u.first_name ilike $71
  or u.last_name ilike $72
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $73
  or u.username ilike $74
  or u.email ilike $75)
  and u.registration_method = $76
  and (u.full_name ilike $77
  or u.first_name ilike $78
  or u.last_name ilike $79
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $80
  or u.username ilike $81
  or u.email ilike $82)
  and u.username = $83
  and u.username = any($84::text[])
  order by u.username, u.id
  limit 10) cut
  join "user" u on u.id = cut.id
  left join user_token tok on tok.user_id = u.id
  left join change_email_request requested on requested.user_id = u.id
  left join file image on image.id = u.image_id) as page;

-- the owner of an organization
select (select count(*)
  from (select $1::text as base, $2::bigint as actor_id, $3::boolean as is_staff, $4::boolean as is_support, $5::boolean as reads_all, (now() at time zone $6::text)::date as today) ctx
  cross join "user" u
  where (u.id = $7
  or (u.is_active
  and not u.is_staff
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and ( (g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any($8::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any($9::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any($10::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any($11::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any($12::bigint[])
  or "p"."customer_id" = any($13::bigint[]))))))))
  and u.agreement_date >= $14::timestamptz
  and (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = $15
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = $16::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = $17::uuid
  and not p.is_removed))
  and u.date_joined >= $18::timestamptz
  and ((case when ctx.reads_all then u.description end) ilike $19)
  and (u.email ilike $20)
  and (u.full_name ilike $21)
  and (u.is_active)
  and (u.is_staff)
  and ((ctx.reads_all
  and u.is_support))
  and (u.job_title ilike $22)
  and u.modified >= $23::timestamptz
  and (u.native_name ilike $24)
  and (u.organization ilike $25)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $26
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($27::text[]))
  and (u.phone_number ilike $28)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $29
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($30::text[]))
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = $31::uuid))
  and (u.full_name ilike $32
  or u.first_name ilike $33
  or u.last_name ilike $34
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $35
  or u.username ilike $36
  or u.email ilike $37)
  and u.registration_method = $38
  and (u.full_name ilike $39
  or u.first_name ilike $40
  or u.last_name ilike $41
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $42
  or u.username ilike $43
  or u.email ilike $44)
  and u.username = $45
  and u.username = any($46::text[])) as count, ( select coalesce('[' || string_agg('{' || substr(concat(',"url":', '"' || ctx.base || '/api/users/' || wire_uuid(u.uuid) || '/' || '"', ',"uuid":', '"' || wire_uuid(u.uuid) || '"', ',"username":', to_json((u.username)::text)::text, ',"slug":', to_json((u.slug)::text)::text, ',"full_name":', to_json((u.full_name)::text)::text, ',"native_name":', to_json((u.native_name)::text)::text, ',"job_title":', to_json((u.job_title)::text)::text, ',"email":', to_json((u.email)::text)::text, ',"phone_number":', to_json((u.phone_number)::text)::text, ',"organization":', to_json((u.organization)::text)::text, ',"civil_number":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((u.civil_number)::text)::text, 'null') end, ',"token_lifetime":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce((u.token_lifetime)::text, 'null') end, ',"token_expires_at":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce('"' || wire_time(tok.used + make_interval(secs => u.token_lifetime)) || '"', 'null') end, ',"registration_method":', to_json((u.registration_method)::text)::text, ',"date_joined":', '"' || wire_time(u.date_joined) || '"', ',"agreement_date":', coalesce('"' || wire_time(u.agreement_date) || '"', 'null'), ',"notifications_enabled":', (case when u.notifications_enabled then 'true' when not (u.notifications_enabled) then 'false' end), ',"preferred_language":', to_json((u.preferred_language)::text)::text, ',"permissions":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (select coalesce('[' || string_agg('{' || substr(concat(',"user_uuid":', '"' || wire_uuid(holder.uuid) || '"', ',"user_name":', to_json((holder.full_name)::text)::text, ',"user_slug":', to_json((holder.slug)::text)::text, ',"created":', '"' || wire_time(g.created) || '"', ',"expiration_time":', coalesce('"' || wire_time(g.expiration_time) || '"', 'null'), ',"created_by_full_name":' || to_json((granter.full_name)::text)::text, ',"created_by_username":' || to_json((granter.username)::text)::text, ',"role_name":', to_json((held.name)::text)::text, ',"role_description":', to_json((held.description)::text)::text, ',"role_uuid":', '"' || wire_uuid(held.uuid) || '"', ',"scope_type":', '"' || (g.scope_type) || '"', ',"scope_uuid":' || '"' || wire_uuid(coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)) || '"', ',"scope_name":' || to_json((coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name))::text)::text, ',"customer_uuid":' || '"' || wire_uuid(scope_customer.uuid) || '"', ',"customer_name":' || to_json((scope_customer.name)::text)::text), 2) || '}', ','
  order by g.id) || ']', '[]')
  from role_grant g
  join "user" holder on holder.id = g.user_id
  join role held on held.id = g.role_id
  left join "user" granter on granter.id = g.created_by_id
  left join customer on_customer on g.scope_type = 'customer'
  and on_customer.id = g.scope_id
  left join project on_project on g.scope_type = 'project'
  and on_project.id = g.scope_id
  left join offering on_offering on g.scope_type = 'offering'
  and on_offering.id = g.scope_id
  left join service_provider on_provider on g.scope_type = 'service_provider'
  and on_provider.id = g.scope_id
  left join customer scope_customer on scope_customer.id = coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)
  where g.user_id = u.id
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and case g.scope_type when 'customer' then exists (select
  from customer s
  where s.id = g.scope_id
  and not s.is_removed) when 'project' then exists (select
  from project s
  where s.id = g.scope_id
  and not s.is_removed) when 'offering' then exists (select
  from offering s
  where s.id = g.scope_id) when 'service_provider' then exists (select
  from service_provider s
  where s.id = g.scope_id) else false end) end, ',"requested_email":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce(to_json((requested.email)::text)::text, 'null') end, ',"affiliations":', (u.affiliations)::text, ',"first_name":', to_json((u.first_name)::text)::text, ',"last_name":', to_json((u.last_name)::text)::text, ',"birth_date":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce('"' || (u.attributes ->> 'birth_date')::date || '"', 'null') end, ',"identity_provider_name":', '"Local DB"', ',"identity_provider_label":', '"Local DB"', ',"identity_provider_management_url":', '""', ',"identity_provider_fields":', '[]', ',"image":', coalesce('"' || ctx.base || '/api/media/' || wire_uuid(image.uuid) || '/' || '"', 'null'), ',"identity_source":', to_json((u.identity_source)::text)::text, ',"has_active_session":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then (case when (tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now())) then 'true' when not ((tok.user_id is not null
  and (u.token_lifetime is null
  or tok.used + make_interval(secs => u.token_lifetime) > now()))) then 'false' end) end, ',"ip_address":' || case when (u.id = ctx.actor_id
  or ctx.is_staff) then coalesce(to_json((u.last_ip_address)::text)::text, 'null') end, ',"gender":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then coalesce((u.attributes ->> 'gender')::text, 'null') end, ',"personal_title":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'personal_title', ''))::text)::text end, ',"place_of_birth":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'place_of_birth', ''))::text)::text end, ',"country_of_residence":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'country_of_residence', ''))::text)::text end, ',"nationality":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'nationality', ''))::text)::text end, ',"nationalities":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'nationalities', '[]'::jsonb))::text end, ',"organization_country":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_country', ''))::text)::text end, ',"organization_type":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_type', ''))::text)::text end, ',"organization_registry_code":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then to_json((coalesce(u.attributes ->> 'organization_registry_code', ''))::text)::text end, ',"eduperson_assurance":' || case when (u.id = ctx.actor_id
  or ctx.reads_all) then (coalesce(u.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end), 2) || '}', ','
  order by u.username, u.id) || ']', '[]')
  from (select $47::text as base, $48::bigint as actor_id, $49::boolean as is_staff, $50::boolean as is_support, $51::boolean as reads_all, (now() at time zone $52::text)::date as today) ctx
  cross join (select u.id
  from (select $53::text as base, $54::bigint as actor_id, $55::boolean as is_staff, $56::boolean as is_support, $57::boolean as reads_all, (now() at time zone $58::text)::date as today) ctx
  cross join "user" u
  where (u.id = $59
  or (u.is_active
  and not u.is_staff
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and ( (g.scope_type = 'customer'
  and g.scope_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any($60::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any($61::bigint[])))))
  or (g.scope_type = 'service_provider'
  and g.scope_id in (select sp.id
  from service_provider sp
  where sp.customer_id in (select c.id
  from customer c
  where not c.is_removed
  and ("c"."id" = any($62::bigint[])
  or "c"."id" in (select held.customer_id
  from project held
  where held.id = any($63::bigint[]))))))
  or (g.scope_type = 'project'
  and g.scope_id in (select p.id
  from project p
  where not p.is_removed
  and ("p"."id" = any($64::bigint[])
  or "p"."customer_id" = any($65::bigint[]))))))))
  and u.agreement_date >= $66::timestamptz
  and (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) = $67
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'customer', c.id
  from customer c
  where c.uuid = $68::uuid
  union all select 'project', p.id
  from project p
  join customer c on c.id = p.customer_id
  where c.uuid = $69::uuid
  and not p.is_removed))
  and u.date_joined >= $70::timestamptz
  and ((case when ctx.reads_all then u.description end) ilike $71)
  and (u.email ilike $72)
  and (u.full_name ilike $73)
  and (u.is_active)
  and (u.is_staff)
  and ((ctx.reads_all
  and u.is_support))
  and (u.job_title ilike $74)
  and u.modified >= $75::timestamptz
  and (u.native_name ilike $76)
  and (u.organization ilike $77)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $78
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($79::text[]))
  and (u.phone_number ilike $80)
  and exists (select
  from role_grant g
  join role r on r.id = g.role_id
  where g.user_id = u.id
  and g.scope_type = $81
  and g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and r.name = any($82::text[]))
  and u.id in (select g.user_id
  from role_grant g
  where g.is_active
  and (g.expiration_time is null
  or g.expiration_time > now())
  and (g.scope_type, g.scope_id) in (select 'project', p.id
  from project p
  where p.uuid = $83::uuid))
  and (u.full_name ilike $84
  or u.first_name ilike $85
  or u.last_name ilike $86
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $87
  or u.username ilike $88
  or u.email ilike $89)
  and u.registration_method = $90
  and (u.full_name ilike $91
  or u.first_name ilike $92
  or u.last_name ilike $93
  or (case when (u.id = ctx.actor_id
  or ctx.reads_all) then u.civil_number end) ilike $94
  or u.username ilike $95
  or u.email ilike $96)
  and u.username = $97
  and u.username = any($98::text[])
  order by u.username, u.id
  limit 10) cut
  join "user" u on u.id = cut.id
  left join user_token tok on tok.user_id = u.id
  left join change_email_request requested on requested.user_id = u.id
  left join file image on image.id = u.image_id) as page;
