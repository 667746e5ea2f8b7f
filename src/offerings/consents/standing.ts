// Which consents count. A consent to another version than the active one counts on, unless the active terms ask for consent again:
// then it counts until their grace period is over.

const ASKED_AGAIN = `from offering_terms_of_service asked where asked.offering_id = consent.offering_id and asked.is_active
  and asked.requires_reconsent and asked.version <> consent.version`

const GRACE_IS_OVER = 'asked.active_since + make_interval(days => asked.grace_period_days) <= now()'

/** SQL over `consent`, a row of user_offering_consent: it was given, and another version asks for it again. */
export const REQUIRES_RECONSENT = `(consent.revocation_date is null and exists (select 1 ${ASKED_AGAIN}))`

/** SQL over `consent`: it asks for it again, and has waited long enough. */
export const IS_OUTDATED = `(consent.revocation_date is null and exists (select 1 ${ASKED_AGAIN} and ${GRACE_IS_OVER}))`

/** SQL over `consent`: it counts. */
export const COUNTS = `(consent.revocation_date is null and not exists (select 1 ${ASKED_AGAIN} and ${GRACE_IS_OVER}))`

/** SQL: the consents of the one who asks to the terms of the offering with that id. */
export const ownConsents = (offeringId: string): string =>
  `from user_offering_consent consent where consent.user_id = ctx.actor_id and consent.offering_id = ${offeringId}`

/** SQL: the one who asks has agreed to the terms of the offering. */
export const hasConsent = (offeringId: string): string => `exists (select 1 ${ownConsents(offeringId)} and ${COUNTS})`

/** SQL: the offering has terms that hold now. */
export const hasActiveTerms = (offeringId: string): string =>
  `exists (select 1 from offering_terms_of_service held where held.offering_id = ${offeringId} and held.is_active)`

/** SQL over an alias of `offering`: it keeps accounts of people, has terms that hold, and the one who asks has not agreed to them. */
export const consentMissing = (offering: string): string =>
  `(coalesce(${offering}.plugin_options @> '{"service_provider_can_create_offering_user": true}', false)
    and ${hasActiveTerms(`${offering}.id`)} and not ${hasConsent(`${offering}.id`)})`

/** SQL: the one who asks has agreed to terms of the offering, and is asked to again. */
export const reconsentAsked = (offeringId: string): string => `exists (select 1 ${ownConsents(offeringId)} and ${REQUIRES_RECONSENT})`
