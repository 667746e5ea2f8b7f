// Orders of booking offerings. Time is taken in the transaction in which an order is placed, and let go in the one in which it is refused;
// in between the provider accepts or rejects the booking that it became.
import { sql } from 'kysely'
import { completeOrder, type Driver, type OrderSubject, type Wanted } from '../orders/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { refused } from '../platform/http/errors.ts'
import type { Context } from '../platform/wiring.ts'
import { followInCalendar } from './google/calendars.ts'
import { mailBooking } from './notify.ts'
import { openingFor, openingsIn, readWindows, zoneOf } from './openings.ts'
import { firstOverlap, hullOf, outsideSchedule, type Period, readPeriods, taken } from './periods.ts'
import { mayDecideForProvider } from './policy.ts'
import { requireQuota } from './quota.ts'
import { faultOf, type Rules, requireWithdrawable, rulesOf } from './rules.ts'
import { dropSlots, firstBegin, keepNames, placeSlots, refusalOf, releaseSlots, takeSlots } from './slots.ts'

export const BOOKING = 'Marketplace.Booking'

type Attributes = { readonly [key: string]: unknown }

export const nowOf = (): bigint => BigInt(Date.now()) * 1_000_000n

async function attributesOf(tx: Tx, offeringId: number): Promise<Attributes> {
  const [row] = await run(tx, sql<{ attributes: Attributes }>`select attributes from offering where id = ${offeringId}`)
  return row?.attributes ?? {}
}

/** Every period must lie in an opening of the offering, and be as its rules want it. */
function requireOpen(attributes: Attributes, rules: Rules, periods: readonly Period[], now: bigint): void {
  const openings = openingsIn(readWindows(attributes), hullOf(periods), rules.enforced)
  for (const period of periods) {
    const opening = period.to > period.from ? openingFor(openings, period) : undefined
    if (!opening) throw outsideSchedule(period)
    const fault = faultOf(rules, opening, period, now)
    if (fault) throw fault
  }
}

/** What is booked, by whom for where. */
export type Asked = Pick<Wanted, 'offering' | 'project' | 'resource' | 'attributes'>

/** Whether an order of which some periods are taken has the others, or none. */
const takesWhatFits = ({ attributes }: Asked): boolean => attributes.on_conflict === 'skip'

/** Takes the periods that attributes ask for, in place of those that the resource holds; 400 with the first reason why not. */
export async function book(context: Context, wanted: Asked): Promise<void> {
  const { tx } = context
  const { offering, resource, attributes } = wanted
  const now = nowOf()
  const periods = readPeriods(attributes.schedules, now)
  const rules = rulesOf(offering.plugin_options)
  const own = await attributesOf(tx, offering.offering_id)
  requireOpen(own, rules, periods, now)
  const twice = firstOverlap(periods)
  if (twice) throw taken(twice)
  const before = await dropSlots(tx, resource.id)
  const holder = { resource_id: resource.id, offering_id: offering.offering_id }
  const left = await takeSlots(tx, holder, rules, periods)
  if (left.length === periods.length || (left.length > 0 && !takesWhatFits(wanted))) throw await refusalOf(tx, offering.offering_id, left)
  await keepNames(tx, resource.id, before)
  await requireQuota(context, wanted, rules, zoneOf(own, context.config.TIME_ZONE))
}

/** A consumer who gives a booking up does so in time; whoever decides for the provider may at any time, and so may the clock. */
async function requireGiveUp({ tx, actor }: Context, { offering, resource }: Wanted): Promise<void> {
  if (!actor || mayDecideForProvider(actor, offering)) return
  requireWithdrawable(rulesOf(offering.plugin_options), await firstBegin(tx, resource.id), nowOf())
}

async function begin(by: Context, order: OrderSubject): Promise<void> {
  if (order.type === 'Terminate') await releaseSlots(by.tx, order.resource_id)
  if (order.type !== 'Update') await followInCalendar(by, order.offering_id)
  // What is changed beside its periods, and its end, need nobody: they are done at once.
  if (order.type !== 'Create') return completeOrder(by, order)
  await placeSlots(by.tx, order.resource_id)
  if (!rulesOf(order.plugin_options).autoAccept) return mailBooking(by, order.resource_id, 'requested')
  await completeOrder(by, order)
  await mailBooking(by, order.resource_id, 'accepted')
}

export const bookingDriver: Driver = {
  check: async (context, wanted) => {
    if (wanted.type === 'Create') await book(context, wanted)
    if (wanted.type === 'Restore') throw refused('A booking that has ended is not restored: its time may be somebody else’s by now.')
    if (wanted.type === 'Terminate') await requireGiveUp(context, wanted)
  },
  begin,
  undo: async ({ tx }, order) => {
    if (order.type === 'Create') await releaseSlots(tx, order.resource_id)
  },
  resumable: false,
}
