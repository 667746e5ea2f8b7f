// What another system was asked for, on behalf of an order that was canceled meanwhile, is taken back there.
import type { Job } from '../platform/wiring.ts'
import { driverOf } from './drivers.ts'
import { findOrder } from './queries.ts'

/** Asks the driver of a canceled order to take back what it did. Safe to run twice, as the driver's part must be. */
export const takeBackOrder: Job<{ order_id: number }> = {
  name: 'orders.take-back',
  retryLimit: 12,
  run: async (deps, { order_id }, attempt) => {
    const order = await findOrder(deps.db, order_id, deps.config.TIME_ZONE)
    if (order?.state === 'canceled') await driverOf(deps.wiring, order.offering_type)?.takeBack?.(order, { ...deps, attempt })
  },
}
