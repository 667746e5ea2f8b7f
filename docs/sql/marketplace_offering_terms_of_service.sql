-- GET /api/marketplace-offering-terms-of-service/
-- Generated: npm run gen

-- staff
select (select count(*)
  from offering_terms_of_service terms
  join offering on offering.id = terms.offering_id
  where ((terms.is_active))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and ((terms.requires_reconsent))
  and (terms.version = :version)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(terms.uuid) || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"terms_of_service":', to_json((terms.terms_of_service)::text)::text,
    ',"terms_of_service_link":', to_json((terms.terms_of_service_link)::text)::text,
    ',"version":', to_json((terms.version)::text)::text,
    ',"is_active":', (case when terms.is_active then 'true' when not (terms.is_active) then 'false' end),
    ',"requires_reconsent":', (case when terms.requires_reconsent then 'true' when not (terms.requires_reconsent) then 'false' end),
    ',"grace_period_days":', (terms.grace_period_days)::text,
    ',"user_consent":', coalesce(case when consent.id is not null then '{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(consent.uuid) || '"',
    ',"version":', to_json((consent.version)::text)::text,
    ',"agreement_date":', '"' || wire_time(consent.agreement_date) || '"',
    ',"is_revoked":', (case when consent.revocation_date is not null then 'true' when not (consent.revocation_date is not null) then 'false' end)), 2) || '}' end, 'null'),
    ',"has_user_consent":', (case when coalesce(consent.id is not null
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())), false) then 'true' when not (coalesce(consent.id is not null
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())), false)) then 'false' end),
    ',"created":', '"' || wire_time(terms.created) || '"',
    ',"modified":', '"' || wire_time(terms.modified) || '"'), 2) || '}', ','
  order by terms.created, terms.id) || ']', '[]')
  from (select :id::bigint as actor_id) ctx
  cross join (select id
  from (select terms.id
  from offering_terms_of_service terms
  join offering on offering.id = terms.offering_id
  where ((terms.is_active))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and ((terms.requires_reconsent))
  and (terms.version = :version)
  order by terms.created, terms.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_terms_of_service terms on terms.id = cut.id
  join offering on offering.id = terms.offering_id
  left join user_offering_consent consent on consent.offering_id = terms.offering_id
  and consent.user_id = ctx.actor_id) as page;

-- the owner of an organization
select (select count(*)
  from offering_terms_of_service terms
  join offering on offering.id = terms.offering_id
  where ((exists (select 1
  from offering
  where offering.id = terms.offering_id
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))
  or (terms.is_active
  and offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any(:ids::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any('{}'::bigint[]))
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))))
  or exists (select 1
  from user_offering_consent agreed
  where agreed.offering_id = terms.offering_id
  and agreed.user_id = :id
  and (terms.is_active
  or agreed.version = terms.version))))
  and ((terms.is_active))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and ((terms.requires_reconsent))
  and (terms.version = :version)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(terms.uuid) || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"terms_of_service":', to_json((terms.terms_of_service)::text)::text,
    ',"terms_of_service_link":', to_json((terms.terms_of_service_link)::text)::text,
    ',"version":', to_json((terms.version)::text)::text,
    ',"is_active":', (case when terms.is_active then 'true' when not (terms.is_active) then 'false' end),
    ',"requires_reconsent":', (case when terms.requires_reconsent then 'true' when not (terms.requires_reconsent) then 'false' end),
    ',"grace_period_days":', (terms.grace_period_days)::text,
    ',"user_consent":', coalesce(case when consent.id is not null then '{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(consent.uuid) || '"',
    ',"version":', to_json((consent.version)::text)::text,
    ',"agreement_date":', '"' || wire_time(consent.agreement_date) || '"',
    ',"is_revoked":', (case when consent.revocation_date is not null then 'true' when not (consent.revocation_date is not null) then 'false' end)), 2) || '}' end, 'null'),
    ',"has_user_consent":', (case when coalesce(consent.id is not null
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())), false) then 'true' when not (coalesce(consent.id is not null
  and (consent.revocation_date is null
  and not exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version
  and asked.active_since + make_interval(days => asked.grace_period_days) <= now())), false)) then 'false' end),
    ',"created":', '"' || wire_time(terms.created) || '"',
    ',"modified":', '"' || wire_time(terms.modified) || '"'), 2) || '}', ','
  order by terms.created, terms.id) || ']', '[]')
  from (select :id::bigint as actor_id) ctx
  cross join (select id
  from (select terms.id
  from offering_terms_of_service terms
  join offering on offering.id = terms.offering_id
  where ((exists (select 1
  from offering
  where offering.id = terms.offering_id
  and ((offering.customer_id = any(:ids::bigint[])
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))
  or (terms.is_active
  and offering.state in ('Active', 'Paused')
  and ((offering.shared)
  or (not offering.shared
  and (offering.customer_id = any(:ids::bigint[])
  or offering.customer_id in (select project.customer_id
  from project
  where project.id = any('{}'::bigint[]))
  or offering.project_id = any('{}'::bigint[])
  or offering.id = any('{}'::bigint[]))
  and exists (select 1
  from plan
  where plan.offering_id = coalesce(offering.parent_id, offering.id)
  and not plan.archived
  and exists (select 1
  from (select :id::bigint as actor_id, false::boolean as reads_all) ctx
  cross join (select 1) asked
  where (ctx.reads_all
  or not exists (select 1
  from plan_organization_group kept
  where kept.plan_id = plan.id)
  or exists (select 1
  from plan_organization_group kept
  join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
  where kept.plan_id = plan.id)))))))))
  or exists (select 1
  from user_offering_consent agreed
  where agreed.offering_id = terms.offering_id
  and agreed.user_id = :id
  and (terms.is_active
  or agreed.version = terms.version))))
  and ((terms.is_active))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and ((terms.requires_reconsent))
  and (terms.version = :version)
  order by terms.created, terms.id
  limit 10) sized
  limit :id::bigint) cut
  join offering_terms_of_service terms on terms.id = cut.id
  join offering on offering.id = terms.offering_id
  left join user_offering_consent consent on consent.offering_id = terms.offering_id
  and consent.user_id = ctx.actor_id) as page;
