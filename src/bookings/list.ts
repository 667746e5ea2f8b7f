// Bookings as a list: resources of booking offerings, with the filters of resources (booking.md §5).
import { sql } from 'kysely'
import type { Collection } from '../platform/http/collection.ts'
import { bool, int, orNull, type RowOf } from '../platform/http/columns.ts'
import { type Filter, own, readFlag, requireUuid } from '../platform/http/filters.ts'
import { keysOf, lookedUp } from '../platform/http/search.ts'
import { consumerResources, RESOURCE_LOCK, RESOURCE_SUBJECT } from '../resources/public.ts'
import { visibleBookings } from './policy.ts'
import { bookingRowView, bookingView } from './view.ts'

export const BOOKING_SUBJECT = {
  ...RESOURCE_SUBJECT,
  created_by_id: orNull(int('made.created_by_id')),
  has_executing_order: bool(`exists (select from "order" running where running.resource_id = r.id and running.type = 'Create'
    and running.state = 'executing')`),
}
export type Booking = RowOf<typeof BOOKING_SUBJECT>

const CONNECTED = `select r.id from resource r where r.project_id in (select id from project where customer_id = (select id from customer where uuid = $1::uuid))
  union select r.id from resource r where r.offering_id in (select id from offering where type = 'Marketplace.Booking'
    and customer_id = (select id from customer where uuid = $1::uuid))`

/** Of an offering that leads to HEAppE. */
const lexis: Filter = keysOf({ type: 'boolean' }, 'r.offering_id', (value) => {
  const wanted = readFlag(value)
  return wanted === undefined ? undefined : sql`select id from offering where (plugin_options ? 'heappe_url') = ${wanted}`
})

/** The organization uses it, or provides it. */
const connected: Filter = lookedUp(
  CONNECTED,
  own(
    { type: 'string', format: 'uuid' },
    (value) => sql`(select id from customer where uuid = ${requireUuid(value)}::uuid) in (p.customer_id, off.customer_id)`,
    'p.customer_id off.customer_id',
  ),
  (values) => requireUuid(values.at(-1) as string),
)

export const bookings: Collection<Booking> = {
  path: '/api/booking-resources/',
  name: 'booking_resources',
  model: 'Resource',
  view: bookingRowView,
  detailView: bookingView,
  visible: visibleBookings,
  filters: { ...consumerResources.filters, connected_customer_uuid: connected, lexis_links_supported: lexis },
  orderings: {
    name: 'r.name',
    created: 'r.created',
    schedules: 'first_period_start(r.attributes)',
    // All are of one type, so that their names tell them apart.
    type: 'r.name',
  },
  defaultOrder: ['name'],
  walked: ['created', 'schedules'],
  ...(consumerResources.counts && { counts: consumerResources.counts }),
  subject: BOOKING_SUBJECT,
  lock: RESOURCE_LOCK,
}
