// Booking offerings with their calendars, and service providers with their Google accounts (booking.md §2.4, §8.1).
import { sql } from 'kysely'
import { publicOfferingView } from '../../offerings/public.ts'
import { type Actor, hasRole, liveGrants, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { flag } from '../../platform/http/filters.ts'
import { absent, boolean, json, nullable, object, text, url, type View } from '../../platform/http/view.ts'
import { serviceProviderView } from '../../service-providers/view.ts'

const PUBLIC_LINK = `(case when google.public and google.backend_id is not null
  then 'https://calendar.google.com/calendar/embed?src=' || replace(google.backend_id, '@', '%40') end)`

export const bookingOfferingView: View = {
  ...publicOfferingView,
  name: 'BookingOffering',
  joins: { ...publicOfferingView.joins, google: 'left join google_calendar google on google.offering_id = offering.id' },
  fields: {
    ...publicOfferingView.fields,
    // Who owns an offering is shown what its provider is.
    secret_options: absent(json('null::jsonb')),
    service_attributes: json('offering.service_attributes'),
    googlecalendar: absent(
      object(
        { backend_id: nullable(text('google.backend_id')), public: boolean('google.public'), http_link: absent(text(PUBLIC_LINK)) },
        { when: 'google.id' },
      ),
    ),
  },
}

const OFFERING = { id: int('offering.id'), uuid: uuid('offering.uuid'), name: str('offering.name') }
export type BookingOffering = RowOf<typeof OFFERING>

/** Organizations that the actor owns. */
const owned = (actor: Actor): number[] =>
  liveGrants(actor)
    .filter((grant) => grant.scope_type === 'customer' && grant.role === 'CUSTOMER.OWNER')
    .map((grant) => grant.scope_id)

export const bookingOfferings: Collection<BookingOffering> = {
  path: '/api/booking-offerings/',
  name: 'booking_offerings',
  model: 'Offering',
  view: bookingOfferingView,
  visible: (actor) => {
    if (!actor) return 'none'
    const whose = actor.is_staff ? sql`true` : sql`offering.customer_id = any(${owned(actor)}::bigint[])`
    return { where: sql`offering.type = 'Marketplace.Booking' and ${whose}` }
  },
  filters: {},
  orderings: { name: 'offering.name' },
  defaultOrder: ['name'],
  subject: OFFERING,
}

const SEALED = `(case when credential.id is not null then '***' else '' end)`

const googleAuthView: View = {
  ...serviceProviderView,
  name: 'GoogleCredentials',
  joins: {
    ...serviceProviderView.joins,
    credential: 'left join google_credential credential on credential.service_provider_id = sp.id',
  },
  fields: {
    ...serviceProviderView.fields,
    // Whether there are any is told, and never what they are.
    calendar_token: text(SEALED),
    calendar_refresh_token: text(SEALED),
    google_auth_url: url('/api/google-auth/{}/authorize/', 'sp.uuid'),
  },
}

const PROVIDER = { id: int('sp.id'), uuid: uuid('sp.uuid'), customer_id: int('sp.customer_id') }
export type GoogleProvider = RowOf<typeof PROVIDER>

/** Whoever has a role in the organization, or on its service provider. */
export const googleProviders: Collection<GoogleProvider> = {
  path: '/api/google-auth/',
  name: 'google_auth',
  model: 'ServiceProvider',
  view: googleAuthView,
  visible: (actor) => {
    if (!actor) return 'none'
    if (readsAll(actor)) return 'all'
    const ids = liveGrants(actor).flatMap(({ scope_type, scope_id, customer_id }) =>
      scope_type === 'customer' ? [scope_id] : scope_type === 'service_provider' && customer_id !== null ? [customer_id] : [],
    )
    return { where: sql`sp.customer_id = any(${ids}::bigint[])` }
  },
  filters: { has_credentials: flag('credential.id is not null') },
  orderings: { customer_name: 'customer.name' },
  defaultOrder: ['customer_name'],
  subject: PROVIDER,
}

/** Who decides about the provider: staff, and those who own or manage it. */
export const mayAuthorize = (actor: Actor, { customer_id }: GoogleProvider): boolean =>
  actor.is_staff || ['CUSTOMER.OWNER', 'CUSTOMER.MANAGER'].some((role) => hasRole(actor, role, [['customer', customer_id]]))
