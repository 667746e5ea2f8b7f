// From the last approval to the end: an order that may be carried out is handed to a job in the same transaction, and the
// job to the driver of the offering's type.
import { recordEvents } from '../platform/events/record.ts'
import type { Stamps } from '../platform/states/transition.ts'
import { type Context, inTransaction, type Job } from '../platform/wiring.ts'
import { completeOrder, failOrder } from './completion.ts'
import { findDriver, type Outcome } from './drivers.ts'
import { orderEvent } from './events.ts'
import { type MovingOrder, moveOrder } from './moves.ts'
import { mailFor } from './notify.ts'
import { findOrder } from './queries.ts'
import type { OrderAction, Waypoint } from './states.ts'

const NO_PROCESSOR = 'Skipping order processing because processor is not found.'

type Ending = { outcome: Outcome } | { error: { message: string; traceback: string } }

const failed = (error: unknown): Ending => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { error: { message, traceback: stack ?? '' } }
}

/** Carries out an executing order. Run again it finds the order ended, and does nothing. */
export const executeOrder: Job<{ order_id: number }> = {
  name: 'orders.execute',
  run: async (deps, { order_id }) => {
    const { db, config } = deps
    const order = await findOrder(db, order_id, config.TIME_ZONE)
    if (order?.state !== 'executing') return
    const driver = findDriver(order.offering_type)
    // No transaction is held open while another system is asked.
    const ending: Ending = driver
      ? await driver(order).then((outcome) => ({ outcome }), failed)
      : { error: { message: NO_PROCESSOR, traceback: '' } }
    if ('outcome' in ending && ending.outcome === 'waiting') return

    await inTransaction(deps, async (by) => {
      const locked = await findOrder(by.tx, order_id, config.TIME_ZONE, { lock: true })
      // Somebody ended it meanwhile: canceled, or the provider was faster.
      if (locked?.state !== 'executing') return
      if ('error' in ending) await failOrder(by, locked, { ...ending.error, told_by: 'server' })
      else await completeOrder(by, locked)
    })
  },
}

/** An order was approved, or what it waited for has come: it stands in `to` now, and is carried out if that is `executing`. */
export async function advance(by: Context, order: MovingOrder, action: OrderAction, to: Waypoint, stamps: Stamps = {}): Promise<void> {
  await moveOrder(by, order, action, to, stamps)
  const mail = mailFor(to)
  if (mail) await by.jobs.send(by.tx, mail.job, { order_id: order.id, state: mail.state })
  if (to === 'executing') await handOver(by, order)
}

/** Tells that the order is carried out now, and enqueues that. */
async function handOver(by: Context, order: MovingOrder): Promise<void> {
  await recordEvents(by, [orderEvent('marketplace_order_approved', order)])
  await by.jobs.send(by.tx, executeOrder, { order_id: order.id })
}
