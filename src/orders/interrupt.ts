// Orders that the server carries out have an end: one that is still at it past what its type allows has failed (T13).
import { sql } from 'kysely'
import { OFFERING_TYPES } from '../offerings/public.ts'
import type { Job } from '../platform/wiring.ts'
import { failOrder } from './completion.ts'
import { forEachOrder } from './due.ts'
import { holdOrder, orderIds } from './queries.ts'

const BOUNDED = OFFERING_TYPES.filter(({ maxExecutionHours }) => maxExecutionHours !== null)
const TYPES = BOUNDED.map(({ key }) => key)
const HOURS = BOUNDED.map(({ maxExecutionHours }) => maxExecutionHours)

const OVERDUE = sql`o.state = 'executing' and exists (
  select from unnest(${TYPES}::text[], ${HOURS}::integer[]) bounded (type, hours) where bounded.type = off.type
    and (select max(t.created) from order_transition t where t.order_id = o.id and t.to_state = 'executing')
      < now() - make_interval(hours => bounded.hours))`

/** Errs what has been executing for too long. Whatever still works at it finds the order ended. */
export const interruptOrders: Job = {
  name: 'orders.interrupt',
  cron: '*/10 * * * *',
  run: (deps, _, attempt) =>
    forEachOrder(deps, {
      job: interruptOrders,
      attempt,
      condition: OVERDUE,
      work: async (context, id) => {
        const { tx, config } = context
        const order = await holdOrder(tx, id, config.TIME_ZONE)
        // It may have ended, or begun anew, before it was locked.
        const [still] = await orderIds(tx, config.TIME_ZONE, sql`o.id = ${id} and ${OVERDUE}`)
        if (!order || still === undefined) return
        await failOrder(context, order, { message: 'Execution has timed out.', traceback: '', told_by: 'server' })
      },
    }),
}
