-- GET /api/marketplace-offering-user-checklist-completions/
-- Generated: npm run gen

-- staff
select (select count(*)
  from checklist_completion completion
  join offering_user ou on ou.id = completion.scope_id
  and completion.scope_type = 'offering_user'
  join offering on offering.id = ou.offering_id
  join "user" person on person.id = ou.user_id
  where (completion.scope_type = 'offering_user'
  and exists (select
  from offering_user ou
  where ou.id = completion.scope_id
  and true))
  and (completion.created >= ':created'::timestamptz)
  and ((completion.is_completed))
  and (completion.modified >= ':modified'::timestamptz)
  and (offering.uuid = :offering_uuid::uuid)
  and (person.uuid = :user_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(completion.uuid) || '"',
    ',"checklist_uuid":', '"' || wire_uuid(checklist.uuid) || '"',
    ',"checklist_name":', to_json((checklist.name)::text)::text,
    ',"checklist_description":', to_json((checklist.description)::text)::text,
    ',"is_completed":', (case when completion.is_completed then 'true' when not (completion.is_completed) then 'false' end),
    ',"completion_percentage":', trim_scale((round((case when completion.visible_questions = 0 then 100 else completion.answered_questions * 100.0 / completion.visible_questions end), 1))::numeric)::text,
    ',"unanswered_required_questions":', (completion.unanswered_required_questions)::text,
    ',"requires_review":', (case when completion.requires_review then 'true' when not (completion.requires_review) then 'false' end),
    ',"reviewed_by":', coalesce((null::bigint)::text, 'null'),
    ',"reviewed_at":', coalesce('"' || wire_time(null::timestamptz) || '"', 'null'),
    ',"review_notes":', to_json(('')::text)::text,
    ',"created":', '"' || wire_time(completion.created) || '"',
    ',"modified":', '"' || wire_time(completion.modified) || '"',
    ',"offering_user":', '{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-offering-users/' || wire_uuid(ou.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(ou.uuid) || '"',
    ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(person.uuid) || '/' || '"',
    ',"user_uuid":', '"' || wire_uuid(person.uuid) || '"',
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"username":', coalesce(to_json((ou.username)::text)::text, 'null'),
    ',"user_username":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['username']) then to_json((person.username)::text)::text end,
    ',"user_full_name":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['full_name']) then to_json((person.full_name)::text)::text end,
    ',"user_first_name":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['full_name']) then to_json((person.first_name)::text)::text end,
    ',"user_last_name":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['full_name']) then to_json((person.last_name)::text)::text end,
    ',"user_email":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['email']) then to_json((person.email)::text)::text end,
    ',"user_phone_number":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['phone_number']) then to_json((person.phone_number)::text)::text end,
    ',"user_organization":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['organization']) then to_json((person.organization)::text)::text end,
    ',"user_job_title":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['job_title']) then to_json((person.job_title)::text)::text end,
    ',"user_affiliations":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['affiliations']) then (person.affiliations)::text end,
    ',"user_gender":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['gender']) then coalesce((person.attributes ->> 'gender')::text, 'null') end,
    ',"user_personal_title":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['personal_title']) then to_json((coalesce(person.attributes ->> 'personal_title', ''))::text)::text end,
    ',"user_place_of_birth":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['place_of_birth']) then to_json((coalesce(person.attributes ->> 'place_of_birth', ''))::text)::text end,
    ',"user_country_of_residence":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['country_of_residence']) then to_json((coalesce(person.attributes ->> 'country_of_residence', ''))::text)::text end,
    ',"user_nationality":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['nationality']) then to_json((coalesce(person.attributes ->> 'nationality', ''))::text)::text end,
    ',"user_nationalities":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['nationalities']) then (coalesce(person.attributes -> 'nationalities', '[]'::jsonb))::text end,
    ',"user_organization_country":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['organization_country']) then to_json((coalesce(person.attributes ->> 'organization_country', ''))::text)::text end,
    ',"user_organization_type":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['organization_type']) then to_json((coalesce(person.attributes ->> 'organization_type', ''))::text)::text end,
    ',"user_eduperson_assurance":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['eduperson_assurance']) then (coalesce(person.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end,
    ',"user_civil_number":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['civil_number']) then coalesce(to_json((person.civil_number)::text)::text, 'null') end,
    ',"user_birth_date":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['birth_date']) then coalesce('"' || (person.attributes ->> 'birth_date')::date || '"', 'null') end,
    ',"user_identity_source":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['identity_source']) then to_json((person.identity_source)::text)::text end,
    ',"user_active_isds":', '[]',
    ',"customer_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"customer_name":', to_json((provider.name)::text)::text,
    ',"is_restricted":', (case when ou.is_restricted then 'true' when not (ou.is_restricted) then 'false' end),
    ',"state":', '"' || (ou.state) || '"',
    ',"service_provider_comment":', to_json((ou.service_provider_comment)::text)::text,
    ',"service_provider_comment_url":', to_json((ou.service_provider_comment_url)::text)::text,
    ',"has_consent":', (case when (consent.id is not null
  and consent.revocation_date is null) then 'true' when not ((consent.id is not null
  and consent.revocation_date is null)) then 'false' end),
    ',"requires_reconsent":', (case when (consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version)) then 'true' when not ((consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))) then 'false' end),
    ',"has_compliance_checklist":', (case when offering.compliance_checklist_id is not null then 'true' when not (offering.compliance_checklist_id is not null) then 'false' end),
    ',"consent_data":', coalesce(case when nullif((consent.id is not null
  and consent.revocation_date is null), false) is not null then '{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(consent.uuid) || '"',
    ',"version":', to_json((consent.version)::text)::text,
    ',"agreement_date":', '"' || wire_time(consent.agreement_date) || '"'), 2) || '}' end, 'null'),
    ',"created":', '"' || wire_time(ou.created) || '"',
    ',"modified":', '"' || wire_time(ou.modified) || '"'), 2) || '}',
    ',"offering_user_uuid":', '"' || wire_uuid(ou.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by completion.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, true::boolean as reads_all) ctx
  cross join (select id
  from (select completion.id
  from checklist_completion completion
  join offering_user ou on ou.id = completion.scope_id
  and completion.scope_type = 'offering_user'
  join offering on offering.id = ou.offering_id
  join "user" person on person.id = ou.user_id
  where (completion.scope_type = 'offering_user'
  and exists (select
  from offering_user ou
  where ou.id = completion.scope_id
  and true))
  and (completion.created >= ':created'::timestamptz)
  and ((completion.is_completed))
  and (completion.modified >= ':modified'::timestamptz)
  and (offering.uuid = :offering_uuid::uuid)
  and (person.uuid = :user_uuid::uuid)
  order by completion.id
  limit 10) sized
  limit :id::bigint) cut
  join checklist_completion completion on completion.id = cut.id
  join checklist on checklist.id = completion.checklist_id
  join offering_user ou on ou.id = completion.scope_id
  and completion.scope_type = 'offering_user'
  join offering on offering.id = ou.offering_id
  join customer provider on provider.id = offering.customer_id
  join "user" person on person.id = ou.user_id
  left join offering_user_attributes told on told.offering_id = ou.offering_id
  left join user_offering_consent consent on consent.offering_id = ou.offering_id
  and consent.user_id = ou.user_id) as page;

-- the owner of an organization
select (select count(*)
  from checklist_completion completion
  join offering_user ou on ou.id = completion.scope_id
  and completion.scope_type = 'offering_user'
  join offering on offering.id = ou.offering_id
  join "user" person on person.id = ou.user_id
  where (completion.scope_type = 'offering_user'
  and exists (select
  from offering_user ou
  where ou.id = completion.scope_id
  and ((ou.user_id = any(array(select :id::bigint)))
  and (ou.offering_id in (select offering.id
  from offering
  where offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and true))
  or (ou.offering_id = any(array(select offering.id
  from offering
  where offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[])))))
  or (ou.user_id = any(array(select u.id
  from "user" u
  where (u.id = any(array(select :id::bigint)))
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
  and not u.is_staff))))
  and (ou.offering_id in (select offering.id
  from offering
  where offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and (offering.customer_id in (select unnest(:ids::bigint[])
  union select project.customer_id
  from project
  where project.id = any('{}'::bigint[]))
  or offering.id in (select asked_of.id
  from offering asked_of
  where exists (select 1
  from (select :id::bigint as actor_id) ctx
  cross join (select 1) asked
  where exists (select 1
  from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.offering_id = asked_of.id)))))))
  and (ou.user_id = :id
  or ou.offering_id in (select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[])))))
  and (completion.created >= ':created'::timestamptz)
  and ((completion.is_completed))
  and (completion.modified >= ':modified'::timestamptz)
  and (offering.uuid = :offering_uuid::uuid)
  and (person.uuid = :user_uuid::uuid)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(completion.uuid) || '"',
    ',"checklist_uuid":', '"' || wire_uuid(checklist.uuid) || '"',
    ',"checklist_name":', to_json((checklist.name)::text)::text,
    ',"checklist_description":', to_json((checklist.description)::text)::text,
    ',"is_completed":', (case when completion.is_completed then 'true' when not (completion.is_completed) then 'false' end),
    ',"completion_percentage":', trim_scale((round((case when completion.visible_questions = 0 then 100 else completion.answered_questions * 100.0 / completion.visible_questions end), 1))::numeric)::text,
    ',"unanswered_required_questions":', (completion.unanswered_required_questions)::text,
    ',"requires_review":', (case when completion.requires_review then 'true' when not (completion.requires_review) then 'false' end),
    ',"reviewed_by":', coalesce((null::bigint)::text, 'null'),
    ',"reviewed_at":', coalesce('"' || wire_time(null::timestamptz) || '"', 'null'),
    ',"review_notes":', to_json(('')::text)::text,
    ',"created":', '"' || wire_time(completion.created) || '"',
    ',"modified":', '"' || wire_time(completion.modified) || '"',
    ',"offering_user":', '{' || substr(concat(
    ',"url":', '"' || ctx.base || '/api/marketplace-offering-users/' || wire_uuid(ou.uuid) || '/' || '"',
    ',"uuid":', '"' || wire_uuid(ou.uuid) || '"',
    ',"user":', '"' || ctx.base || '/api/users/' || wire_uuid(person.uuid) || '/' || '"',
    ',"user_uuid":', '"' || wire_uuid(person.uuid) || '"',
    ',"offering":', '"' || ctx.base || '/api/marketplace-provider-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"username":', coalesce(to_json((ou.username)::text)::text, 'null'),
    ',"user_username":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['username']) then to_json((person.username)::text)::text end,
    ',"user_full_name":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['full_name']) then to_json((person.full_name)::text)::text end,
    ',"user_first_name":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['full_name']) then to_json((person.first_name)::text)::text end,
    ',"user_last_name":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['full_name']) then to_json((person.last_name)::text)::text end,
    ',"user_email":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['email']) then to_json((person.email)::text)::text end,
    ',"user_phone_number":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['phone_number']) then to_json((person.phone_number)::text)::text end,
    ',"user_organization":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['organization']) then to_json((person.organization)::text)::text end,
    ',"user_job_title":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['job_title']) then to_json((person.job_title)::text)::text end,
    ',"user_affiliations":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['affiliations']) then (person.affiliations)::text end,
    ',"user_gender":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['gender']) then coalesce((person.attributes ->> 'gender')::text, 'null') end,
    ',"user_personal_title":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['personal_title']) then to_json((coalesce(person.attributes ->> 'personal_title', ''))::text)::text end,
    ',"user_place_of_birth":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['place_of_birth']) then to_json((coalesce(person.attributes ->> 'place_of_birth', ''))::text)::text end,
    ',"user_country_of_residence":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['country_of_residence']) then to_json((coalesce(person.attributes ->> 'country_of_residence', ''))::text)::text end,
    ',"user_nationality":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['nationality']) then to_json((coalesce(person.attributes ->> 'nationality', ''))::text)::text end,
    ',"user_nationalities":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['nationalities']) then (coalesce(person.attributes -> 'nationalities', '[]'::jsonb))::text end,
    ',"user_organization_country":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['organization_country']) then to_json((coalesce(person.attributes ->> 'organization_country', ''))::text)::text end,
    ',"user_organization_type":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['organization_type']) then to_json((coalesce(person.attributes ->> 'organization_type', ''))::text)::text end,
    ',"user_eduperson_assurance":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['eduperson_assurance']) then (coalesce(person.attributes -> 'eduperson_assurance', '[]'::jsonb))::text end,
    ',"user_civil_number":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['civil_number']) then coalesce(to_json((person.civil_number)::text)::text, 'null') end,
    ',"user_birth_date":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['birth_date']) then coalesce('"' || (person.attributes ->> 'birth_date')::date || '"', 'null') end,
    ',"user_identity_source":' || case when (ctx.reads_all
  or ou.user_id = ctx.actor_id
  or coalesce(told.exposed, array['username', 'full_name', 'email']) @> array['identity_source']) then to_json((person.identity_source)::text)::text end,
    ',"customer_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"customer_name":', to_json((provider.name)::text)::text,
    ',"is_restricted":', (case when ou.is_restricted then 'true' when not (ou.is_restricted) then 'false' end),
    ',"state":', '"' || (ou.state) || '"',
    ',"service_provider_comment":', to_json((ou.service_provider_comment)::text)::text,
    ',"service_provider_comment_url":', to_json((ou.service_provider_comment_url)::text)::text,
    ',"has_consent":', (case when (consent.id is not null
  and consent.revocation_date is null) then 'true' when not ((consent.id is not null
  and consent.revocation_date is null)) then 'false' end),
    ',"requires_reconsent":', (case when (consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version)) then 'true' when not ((consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))) then 'false' end),
    ',"has_compliance_checklist":', (case when offering.compliance_checklist_id is not null then 'true' when not (offering.compliance_checklist_id is not null) then 'false' end),
    ',"consent_data":', coalesce(case when nullif((consent.id is not null
  and consent.revocation_date is null), false) is not null then '{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(consent.uuid) || '"',
    ',"version":', to_json((consent.version)::text)::text,
    ',"agreement_date":', '"' || wire_time(consent.agreement_date) || '"'), 2) || '}' end, 'null'),
    ',"created":', '"' || wire_time(ou.created) || '"',
    ',"modified":', '"' || wire_time(ou.modified) || '"'), 2) || '}',
    ',"offering_user_uuid":', '"' || wire_uuid(ou.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"customer_provider_uuid":', '"' || wire_uuid(provider.uuid) || '"',
    ',"customer_provider_name":', to_json((provider.name)::text)::text), 2) || '}', ','
  order by completion.id) || ']', '[]')
  from (select :id::bigint as actor_id, 'http://testserver'::text as base, false::boolean as reads_all) ctx
  cross join (select id
  from (select completion.id
  from checklist_completion completion
  join offering_user ou on ou.id = completion.scope_id
  and completion.scope_type = 'offering_user'
  join offering on offering.id = ou.offering_id
  join "user" person on person.id = ou.user_id
  where (completion.scope_type = 'offering_user'
  and exists (select
  from offering_user ou
  where ou.id = completion.scope_id
  and ((ou.user_id = any(array(select :id::bigint)))
  and (ou.offering_id in (select offering.id
  from offering
  where offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and true))
  or (ou.offering_id = any(array(select offering.id
  from offering
  where offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and (offering.customer_id = any(:ids::bigint[])
  or offering.id = any('{}'::bigint[])))))
  or (ou.user_id = any(array(select u.id
  from "user" u
  where (u.id = any(array(select :id::bigint)))
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
  and not u.is_staff))))
  and (ou.offering_id in (select offering.id
  from offering
  where offering.plugin_options @> '{"service_provider_can_create_offering_user": true}'
  and (offering.customer_id in (select unnest(:ids::bigint[])
  union select project.customer_id
  from project
  where project.id = any('{}'::bigint[]))
  or offering.id in (select asked_of.id
  from offering asked_of
  where exists (select 1
  from (select :id::bigint as actor_id) ctx
  cross join (select 1) asked
  where exists (select 1
  from offering_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.offering_id = asked_of.id)))))))
  and (ou.user_id = :id
  or ou.offering_id in (select id
  from offering
  where customer_id = any(:ids::bigint[])
  or id = any('{}'::bigint[])))))
  and (completion.created >= ':created'::timestamptz)
  and ((completion.is_completed))
  and (completion.modified >= ':modified'::timestamptz)
  and (offering.uuid = :offering_uuid::uuid)
  and (person.uuid = :user_uuid::uuid)
  order by completion.id
  limit 10) sized
  limit :id::bigint) cut
  join checklist_completion completion on completion.id = cut.id
  join checklist on checklist.id = completion.checklist_id
  join offering_user ou on ou.id = completion.scope_id
  and completion.scope_type = 'offering_user'
  join offering on offering.id = ou.offering_id
  join customer provider on provider.id = offering.customer_id
  join "user" person on person.id = ou.user_id
  left join offering_user_attributes told on told.offering_id = ou.offering_id
  left join user_offering_consent consent on consent.offering_id = ou.offering_id
  and consent.user_id = ou.user_id) as page;
