// That a person has agreed to the terms of service of an offering: to which version, when, and until when.
import { boolean, datetime, described, json, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'
import { TOLD_BY_DEFAULT } from '../told.ts'
import { REQUIRES_RECONSENT } from './standing.ts'

export const CONSENTS_PATH = '/api/marketplace-user-offering-consents/'

// What the offering asks of people (service-providers.md §4.3).
const COLLECTED = `coalesce((select to_jsonb(asked.exposed) from offering_user_attributes asked where asked.offering_id = consent.offering_id),
  '${JSON.stringify(TOLD_BY_DEFAULT)}'::jsonb)`

export const consentView: View = {
  name: 'UserOfferingConsent',
  from: 'user_offering_consent consent',
  alias: 'consent',
  joins: {
    offering: 'join offering on offering.id = consent.offering_id',
    person: 'join "user" person on person.id = consent.user_id',
  },
  fields: {
    uuid: uuid('consent.uuid'),
    user_uuid: uuid('person.uuid'),
    offering_uuid: uuid('offering.uuid'),
    agreement_date: datetime('consent.agreement_date'),
    version: text('consent.version'),
    revocation_date: nullable(datetime('consent.revocation_date')),
    created: datetime('consent.created'),
    user_username: text('person.username'),
    user_full_name: text('person.full_name'),
    user_email: described({ format: 'email' }, text('person.email')),
    offering_name: text('offering.name'),
    offering_slug: text('offering.slug'),
    offering_url: url('/api/marketplace-public-offerings/{}/', 'offering.uuid'),
    modified: datetime('consent.modified'),
    has_consent: boolean('consent.revocation_date is null'),
    requires_reconsent: boolean(REQUIRES_RECONSENT),
    collected_attributes: json(COLLECTED, { type: 'array', items: { type: 'string' } }),
  },
}

/** The answer to giving one, which also says what the offering was called in the request. */
export const givenConsentView: View = {
  ...consentView,
  name: 'UserOfferingConsentCreate',
  fields: { ...consentView.fields, offering: uuid('offering.uuid') },
}
