// What an offering asks its users to agree to, in one version, and what of it the one who asks has agreed to.
import { boolean, datetime, integer, nullable, object, text, url, uuid, type View } from '../../platform/http/view.ts'
import { COUNTS } from '../consents/standing.ts'

export const TERMS_PATH = '/api/marketplace-offering-terms-of-service/'

const userConsent = object(
  {
    uuid: uuid('consent.uuid'),
    version: text('consent.version'),
    agreement_date: datetime('consent.agreement_date'),
    is_revoked: boolean('consent.revocation_date is not null'),
  },
  { when: 'consent.id' },
)

export const termsView: View = {
  name: 'OfferingTermsOfService',
  from: 'offering_terms_of_service terms',
  alias: 'terms',
  joins: {
    offering: 'join offering on offering.id = terms.offering_id',
    provider: 'join customer provider on provider.id = offering.customer_id',
    consent: 'left join user_offering_consent consent on consent.offering_id = terms.offering_id and consent.user_id = ctx.actor_id',
  },
  fields: {
    uuid: uuid('terms.uuid'),
    offering_uuid: uuid('offering.uuid'),
    offering_name: text('offering.name'),
    terms_of_service: text('terms.terms_of_service'),
    terms_of_service_link: text('terms.terms_of_service_link'),
    version: text('terms.version'),
    is_active: boolean('terms.is_active'),
    requires_reconsent: boolean('terms.requires_reconsent'),
    grace_period_days: integer('terms.grace_period_days'),
    user_consent: nullable(userConsent),
    has_user_consent: boolean(`coalesce(consent.id is not null and ${COUNTS}, false)`),
    created: datetime('terms.created'),
    modified: datetime('terms.modified'),
  },
}

/** The answer to making them, which also says what the offering was called in the request. */
export const createdTermsView: View = {
  ...termsView,
  name: 'OfferingTermsOfServiceCreate',
  fields: { ...termsView.fields, offering: url('/api/marketplace-provider-offerings/{}/', 'offering.uuid') },
}
