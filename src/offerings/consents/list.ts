// Everybody sees the own consents; staff and support those of all.
import { sql } from 'kysely'
import { readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { flag, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { REQUIRES_RECONSENT } from './standing.ts'
import { CONSENTS_PATH, consentView } from './view.ts'

/** What operations decide on, and what events tell. */
export const CONSENT = {
  id: int('consent.id'),
  uuid: uuid('consent.uuid'),
  version: str('consent.version'),
  is_revoked: bool('(consent.revocation_date is not null)'),
  user_id: int('consent.user_id'),
  user_uuid: uuid('person.uuid'),
  user_username: str('person.username'),
  user_full_name: str('person.full_name'),
  offering_id: int('consent.offering_id'),
  offering_uuid: uuid('offering.uuid'),
  offering_name: str('offering.name'),
  /** The version that holds now. */
  active_version: orNull(
    str('(select held.version from offering_terms_of_service held where held.offering_id = consent.offering_id and held.is_active)'),
  ),
}
export type Consent = RowOf<typeof CONSENT>

export const consents: Collection<Consent> = {
  path: CONSENTS_PATH,
  name: 'marketplace_user_offering_consents',
  model: 'UserOfferingConsent',
  view: consentView,
  visible: (actor) => (!actor ? 'none' : readsAll(actor) ? 'all' : { where: sql`consent.user_id = ${actor.id}` }),
  filters: {
    has_consent: flag('consent.revocation_date is null'),
    offering: urlOf(['/api/marketplace-public-offerings/{uuid}/', '/api/marketplace-provider-offerings/{uuid}/'], 'offering.uuid'),
    offering_uuid: uuidIs('offering.uuid'),
    requires_reconsent: flag(REQUIRES_RECONSENT),
    user: urlOf(['/api/users/{uuid}/'], 'person.uuid'),
    user_uuid: uuidIs('person.uuid'),
    version: textIs('consent.version'),
  },
  orderings: {
    agreement_date: 'consent.agreement_date',
    created: 'consent.created',
    modified: 'consent.modified',
    revocation_date: 'consent.revocation_date',
  },
  defaultOrder: ['-agreement_date'],
  subject: CONSENT,
}
