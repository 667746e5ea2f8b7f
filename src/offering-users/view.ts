// What a person's account at an offering looks like outside (service-providers.md §5.1).
import { REQUIRES_RECONSENT } from '../offerings/public.ts'
import { boolean, datetime, described, nullable, object, oneOf, text, url, uuid, type View } from '../platform/http/view.ts'
import { personFields } from './attributes.ts'
import { OFFERING_USER_STATES } from './states.ts'

export const OFFERING_USERS_PATH = '/api/marketplace-offering-users/'

const HAS_CONSENT = '(consent.id is not null and consent.revocation_date is null)'

const consentData = object(
  { uuid: uuid('consent.uuid'), version: text('consent.version'), agreement_date: datetime('consent.agreement_date') },
  { when: `nullif(${HAS_CONSENT}, false)` },
)

export const offeringUserView: View = {
  name: 'OfferingUser',
  from: 'offering_user ou',
  alias: 'ou',
  joins: {
    offering: 'join offering on offering.id = ou.offering_id',
    provider: 'join customer provider on provider.id = offering.customer_id',
    person: 'join "user" person on person.id = ou.user_id',
    told: 'left join offering_user_attributes told on told.offering_id = ou.offering_id',
    consent: 'left join user_offering_consent consent on consent.offering_id = ou.offering_id and consent.user_id = ou.user_id',
  },
  fields: {
    url: url(`${OFFERING_USERS_PATH}{}/`, 'ou.uuid'),
    uuid: uuid('ou.uuid'),
    user: url('/api/users/{}/', 'person.uuid'),
    user_uuid: uuid('person.uuid'),
    offering: url('/api/marketplace-provider-offerings/{}/', 'offering.uuid'),
    offering_uuid: uuid('offering.uuid'),
    offering_name: text('offering.name'),
    username: nullable(text('ou.username')),
    ...personFields,
    customer_uuid: uuid('provider.uuid'),
    customer_name: text('provider.name'),
    is_restricted: boolean('ou.is_restricted'),
    state: oneOf(OFFERING_USER_STATES, 'ou.state'),
    service_provider_comment: text('ou.service_provider_comment'),
    service_provider_comment_url: described({ format: 'uri' }, text('ou.service_provider_comment_url')),
    has_consent: boolean(HAS_CONSENT),
    requires_reconsent: boolean(REQUIRES_RECONSENT),
    has_compliance_checklist: boolean('offering.compliance_checklist_id is not null'),
    consent_data: nullable(consentData),
    created: datetime('ou.created'),
    modified: datetime('ou.modified'),
  },
}

/** The answer to changing what the provider says of an account. */
export const commentView: View = {
  name: 'OfferingUserServiceProviderComment',
  from: 'offering_user ou',
  alias: 'ou',
  joins: {},
  fields: {
    service_provider_comment: text('ou.service_provider_comment'),
    service_provider_comment_url: described({ format: 'uri' }, text('ou.service_provider_comment_url')),
  },
}
