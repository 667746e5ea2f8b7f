// What becomes of a request: the provider accepts it, or it is rejected, by either side (booking.md §7).
import { sql } from 'kysely'
import { completeOrder, endOrder, findOrder, type OrderSubject } from '../orders/public.ts'
import { run } from '../platform/db/database.ts'
import { refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, json, optional, type Parsed, text } from '../platform/http/shapes.ts'
import { followOrder } from '../resources/public.ts'
import { book, nowOf } from './driver.ts'
import { followInCalendar } from './google/calendars.ts'
import type { Booking } from './list.ts'
import { mailBooking } from './notify.ts'
import { mayDecideForProvider } from './policy.ts'
import { requireWithdrawable, rulesOf } from './rules.ts'
import { firstBegin, placeSlots } from './slots.ts'

export const rejectBody = body('BookingRejectRequest', { comment: optional(text({ max: 255, blank: true })) })

export const rescheduleBody = body('BookingRescheduleRequest', { schedules: optional(json()) })

const unable = (why: string) => refused(`Unable to complete action because ${why}.`)

/** The order of a request whose resource is held. */
async function requestOf({ tx, row, config }: Call<Booking, unknown>): Promise<OrderSubject> {
  const [first, second] = await run(
    tx,
    sql<{
      id: number
    }>`select id from "order" where resource_id = ${row.id} and type = 'Create' and state = 'executing' order by id limit 2`,
  )
  if (second) throw unable('multiple related orders are found')
  const order = first && (await findOrder(tx, first.id, config.TIME_ZONE))
  if (!order) throw unable('related order is not found')
  return order
}

export async function acceptBooking(call: Call<Booking>): Promise<void> {
  await completeOrder(call, await requestOf(call))
  await followInCalendar(call, call.row.offering_id)
  await mailBooking(call, call.row.id, 'accepted')
}

export async function rejectBooking(call: Call<Booking, Parsed<typeof rejectBody>>): Promise<void> {
  const { tx, row, actor, input } = call
  const order = await requestOf(call)
  const provides = mayDecideForProvider(actor, row)
  if (!provides) requireWithdrawable(rulesOf(row.plugin_options), await firstBegin(tx, row.id), nowOf())
  const { comment = '' } = input
  await endOrder(
    call,
    order,
    'cancel',
    comment === '' ? {} : { [provides ? 'provider_rejection_comment' : 'termination_comment']: comment },
  )
  await followInCalendar(call, row.offering_id)
  await mailBooking(call, row.id, 'rejected', comment)
}

/** Other periods in place of those that are held, under the rules of ordering; what was decided about the booking stays decided. */
export async function rescheduleBooking(call: Call<Booking, Parsed<typeof rescheduleBody>>): Promise<number> {
  const { tx, row, input } = call
  const attributes = { ...row.attributes, schedules: input.schedules }
  // A request that waits for the consumer is changed as its order.
  if (row.state === 'Creating') await requestOf(call)
  await book(call, { offering: row, project: row, resource: row, attributes })
  await placeSlots(tx, row.id)
  await followOrder(tx, row.id, { attributes })
  await followInCalendar(call, row.offering_id)
  await mailBooking(call, row.id, 'moved')
  return row.id
}
