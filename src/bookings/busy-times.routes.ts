// Time that a provider keeps for itself: nobody books it, and whoever has booked there before stays (booking.md §13).
import { sql } from 'kysely'
import { type ProviderOffering, providedOfferings, providerOfferings } from '../offerings/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { run } from '../platform/db/database.ts'
import { type Api, create, destroy, detail, list } from '../platform/http/api.ts'
import { type Collection, findSubject } from '../platform/http/collection.ts'
import { int, type RowOf } from '../platform/http/columns.ts'
import { forbidden, invalid } from '../platform/http/errors.ts'
import { before, choiceIs, since, uuidIs } from '../platform/http/filters.ts'
import type { Call } from '../platform/http/operation.ts'
import { right } from '../platform/http/rights.ts'
import { body, datetime as moment, type Parsed, uuid, withDefault, text as words } from '../platform/http/shapes.ts'
import { datetime, oneOf, text, url, uuid as uuidField, type View } from '../platform/http/view.ts'
import type { Asked } from '../platform/http/who.ts'

const SOURCES = ['calendar', 'provider'] as const

const busyView: View = {
  name: 'BookingBusyTime',
  from: 'booking_busy b',
  alias: 'b',
  joins: { offering: 'join offering on offering.id = b.offering_id' },
  fields: {
    uuid: uuidField('b.uuid'),
    url: url('/api/booking-busy-times/{}/', 'b.uuid'),
    created: datetime('b.created'),
    offering_uuid: uuidField('offering.uuid'),
    offering_name: text('offering.name'),
    source: oneOf(SOURCES, 'b.source'),
    start: datetime('b.start'),
    end: datetime('b."end"'),
    comment: text('b.comment'),
  },
}

const BUSY = { id: int('b.id'), offering_id: int('b.offering_id'), customer_id: int('offering.customer_id') }
type BusyTime = RowOf<typeof BUSY>

const busyTimes: Collection<BusyTime> = {
  path: '/api/booking-busy-times/',
  name: 'booking_busy_times',
  model: 'BookingBusyTime',
  view: busyView,
  visible: (actor: Actor | undefined) => {
    if (!actor) return 'none'
    if (readsAll(actor)) return 'all'
    const provided = providedOfferings(actor)
    return provided ? { where: sql`b.offering_id in (${provided})` } : 'none'
  },
  filters: {
    offering_uuid: uuidIs('offering.uuid'),
    source: choiceIs(SOURCES, 'b.source'),
    since: since('b.start'),
    before: before('b.start'),
  },
  orderings: { start: 'b.start', created: 'b.created' },
  defaultOrder: ['start'],
  subject: BUSY,
}

const PERMISSION = 'OFFERING.UPDATE_ATTRIBUTES'
const mayKeep = right(PERMISSION, ['offering', 'id'], ['customer', 'customer_id'])
const mayFree = right(PERMISSION, ['offering', 'offering_id'], ['customer', 'customer_id'])

export const busyBody = body('BookingBusyTimeRequest', {
  offering_uuid: uuid(),
  start: moment(),
  end: moment(),
  comment: withDefault(words({ max: 255, blank: true }), ''),
})
type Input = Parsed<typeof busyBody>

/** The offering that is named, if the caller may keep time of it. */
async function offeringOf({
  tx,
  actor,
  viewer,
  input,
}: Pick<Asked<undefined, Input>, 'tx' | 'actor' | 'viewer' | 'input'>): Promise<ProviderOffering> {
  const offering = await findSubject(tx, providerOfferings, viewer, input.offering_uuid)
  if (offering?.type !== 'Marketplace.Booking') throw invalid({ offering_uuid: ['Object does not exist.'] })
  if (!mayKeep(actor, offering)) throw forbidden()
  return offering
}

async function keepBusy(call: Call<undefined, Input>): Promise<number> {
  const { tx, input } = call
  const offering = await offeringOf(call)
  if (Date.parse(input.end) <= Date.parse(input.start)) throw invalid({ end: ['It must lie after start.'] })
  const [made] = await run(
    tx,
    sql<{ id: number }>`insert into booking_busy (offering_id, source, start, "end", comment)
      values (${offering.id}, 'provider', ${input.start}::timestamptz, ${input.end}::timestamptz, ${input.comment}) returning id`,
  )
  if (!made) throw new Error('No busy time was made')
  return made.id
}

async function free({ tx, row }: Call<BusyTime>): Promise<void> {
  await run(tx, sql`delete from booking_busy where id = ${row.id}`)
}

export function busyTimeRoutes(api: Api): void {
  list(api, busyTimes, { summary: 'Time of booking offerings that cannot be booked, though nobody has' })
  detail(api, busyTimes)
  create(api, busyTimes, {
    summary: 'Keep time of a booking offering',
    permission: 'whom its command lets',
    lets: offeringOf,
    body: busyBody,
    run: keepBusy,
  })
  destroy(api, busyTimes, { summary: 'Let time be booked again; what a calendar says comes back with it', permission: mayFree, run: free })
}
