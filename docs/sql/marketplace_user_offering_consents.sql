-- GET /api/marketplace-user-offering-consents/
-- Generated: npm run gen

-- staff
select (select count(*)
  from user_offering_consent consent
  join offering on offering.id = consent.offering_id
  join "user" person on person.id = consent.user_id
  where ((consent.revocation_date is null))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and (((consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))))
  and (person.uuid = :user::uuid)
  and (person.uuid = :user_uuid::uuid)
  and (consent.version = :version)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(consent.uuid) || '"',
    ',"user_uuid":', '"' || wire_uuid(person.uuid) || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"agreement_date":', '"' || wire_time(consent.agreement_date) || '"',
    ',"version":', to_json((consent.version)::text)::text,
    ',"revocation_date":', coalesce('"' || wire_time(consent.revocation_date) || '"', 'null'),
    ',"created":', '"' || wire_time(consent.created) || '"',
    ',"user_username":', to_json((person.username)::text)::text,
    ',"user_full_name":', to_json((person.full_name)::text)::text,
    ',"user_email":', to_json((person.email)::text)::text,
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"offering_slug":', to_json((offering.slug)::text)::text,
    ',"offering_url":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"modified":', '"' || wire_time(consent.modified) || '"',
    ',"has_consent":', (case when consent.revocation_date is null then 'true' when not (consent.revocation_date is null) then 'false' end),
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
    ',"collected_attributes":', (coalesce((select to_jsonb(asked.exposed)
  from offering_user_attributes asked
  where asked.offering_id = consent.offering_id), '["username","full_name","email"]'::jsonb))::text), 2) || '}', ','
  order by consent.agreement_date desc, consent.id desc) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select consent.id
  from user_offering_consent consent
  join offering on offering.id = consent.offering_id
  join "user" person on person.id = consent.user_id
  where ((consent.revocation_date is null))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and (((consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))))
  and (person.uuid = :user::uuid)
  and (person.uuid = :user_uuid::uuid)
  and (consent.version = :version)
  order by consent.agreement_date desc, consent.id desc
  limit 10) sized
  limit :id::bigint) cut
  join user_offering_consent consent on consent.id = cut.id
  join offering on offering.id = consent.offering_id
  join "user" person on person.id = consent.user_id) as page;

-- the owner of an organization
select (select count(*)
  from user_offering_consent consent
  join offering on offering.id = consent.offering_id
  join "user" person on person.id = consent.user_id
  where (consent.user_id = :id)
  and ((consent.revocation_date is null))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and (((consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))))
  and (person.uuid = :user::uuid)
  and (person.uuid = :user_uuid::uuid)
  and (consent.version = :version)) as count, ( select coalesce('[' || string_agg('{' || substr(concat(
    ',"uuid":', '"' || wire_uuid(consent.uuid) || '"',
    ',"user_uuid":', '"' || wire_uuid(person.uuid) || '"',
    ',"offering_uuid":', '"' || wire_uuid(offering.uuid) || '"',
    ',"agreement_date":', '"' || wire_time(consent.agreement_date) || '"',
    ',"version":', to_json((consent.version)::text)::text,
    ',"revocation_date":', coalesce('"' || wire_time(consent.revocation_date) || '"', 'null'),
    ',"created":', '"' || wire_time(consent.created) || '"',
    ',"user_username":', to_json((person.username)::text)::text,
    ',"user_full_name":', to_json((person.full_name)::text)::text,
    ',"user_email":', to_json((person.email)::text)::text,
    ',"offering_name":', to_json((offering.name)::text)::text,
    ',"offering_slug":', to_json((offering.slug)::text)::text,
    ',"offering_url":', '"' || ctx.base || '/api/marketplace-public-offerings/' || wire_uuid(offering.uuid) || '/' || '"',
    ',"modified":', '"' || wire_time(consent.modified) || '"',
    ',"has_consent":', (case when consent.revocation_date is null then 'true' when not (consent.revocation_date is null) then 'false' end),
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
    ',"collected_attributes":', (coalesce((select to_jsonb(asked.exposed)
  from offering_user_attributes asked
  where asked.offering_id = consent.offering_id), '["username","full_name","email"]'::jsonb))::text), 2) || '}', ','
  order by consent.agreement_date desc, consent.id desc) || ']', '[]')
  from (select 'http://testserver'::text as base) ctx
  cross join (select id
  from (select consent.id
  from user_offering_consent consent
  join offering on offering.id = consent.offering_id
  join "user" person on person.id = consent.user_id
  where (consent.user_id = :id)
  and ((consent.revocation_date is null))
  and (offering.uuid = :offering::uuid)
  and (offering.uuid = :offering_uuid::uuid)
  and (((consent.revocation_date is null
  and exists (select 1
  from offering_terms_of_service asked
  where asked.offering_id = consent.offering_id
  and asked.is_active
  and asked.requires_reconsent
  and asked.version <> consent.version))))
  and (person.uuid = :user::uuid)
  and (person.uuid = :user_uuid::uuid)
  and (consent.version = :version)
  order by consent.agreement_date desc, consent.id desc
  limit 10) sized
  limit :id::bigint) cut
  join user_offering_consent consent on consent.id = cut.id
  join offering on offering.id = consent.offering_id
  join "user" person on person.id = consent.user_id) as page;
