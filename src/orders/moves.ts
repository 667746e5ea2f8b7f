// How an order changes its state: the compare-and-set, the line in its history, what becomes of its resource, the events.
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { type Stamps, transition } from '../platform/states/transition.ts'
import type { Context } from '../platform/wiring.ts'
import { withdrawResource } from '../resources/public.ts'
import { callBack } from './callbacks.ts'
import { driverOf } from './drivers.ts'
import { changeEvent, type EventFacts, orderEvent } from './events.ts'
import type { OrderSubject } from './list.ts'
import { mailState } from './notify.ts'
import { type OrderAction, type OrderState, orderStates } from './states.ts'
import { takeBackOrder } from './take-back.ts'

export type MovingOrder = EventFacts & Pick<OrderSubject, 'state' | 'subtype' | 'callback_url' | 'created_by_id'>

/** One step of an order's state, the line in its history that says who took it, and word of it to the order's own address. 409 for the loser of a race. */
export async function moveOrder(
  by: Context,
  order: Pick<OrderSubject, 'id' | 'uuid' | 'state' | 'callback_url' | 'created_by_id'>,
  action: OrderAction,
  to: OrderState,
  stamps: Stamps = {},
): Promise<void> {
  const { tx, actor } = by
  await transition(tx, orderStates, action, order.id, to, stamps)
  await run(
    tx,
    sql`insert into order_transition (order_id, action, from_state, to_state, user_id)
      values (${order.id}, ${action}, ${order.state}, ${to}, ${actor?.id ?? null})`,
  )
  await callBack(by, order, to)
}

export const now = sql`now()`

/** A reviewer refused it, or it was canceled: the order has ended, and its resource is what it was before. */
export async function end(
  by: Context,
  order: OrderSubject,
  action: 'reject_by_consumer' | 'reject_by_provider' | 'cancel' | 'withdraw',
  stamps: Stamps = {},
): Promise<void> {
  const to = action === 'cancel' || action === 'withdraw' ? 'canceled' : 'rejected'
  await moveOrder(by, order, action, to, { completed_at: now, ...stamps })
  await withdrawResource(by.tx, order.resource_id, order.type)
  const type = to === 'canceled' ? 'marketplace_order_terminated' : 'marketplace_order_rejected'
  await recordEvents(by, [orderEvent(type, order), changeEvent('canceled', order)])
  await mailState(by, order, to)
  const driver = driverOf(by.wiring, order.offering_type)
  await driver?.undo?.(by, order)
  if (order.state === 'executing' && driver?.takeBack) await by.jobs.send(by.tx, takeBackOrder, { order_id: order.id })
}
