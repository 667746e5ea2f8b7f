// What happens to orders by the clock: those whose day has come go on.
import { type RawBuilder, sql } from 'kysely'
import { type AnyJob, inTransaction, type Job, type JobDeps } from '../platform/wiring.ts'
import { endResources } from './end-of-life.ts'
import { advance, executeOrder } from './execute.ts'
import type { OrderSubject } from './list.ts'
import { NOTIFY_JOBS } from './notify.ts'
import { findOrder, orderIds } from './queries.ts'
import { routingOf } from './review.ts'
import { afterConsumer, afterProvider, type OrderAction, type Waypoint } from './states.ts'

/**
 * Moves the orders that `condition` picks to where `to` says, each in a transaction of its own. An order that somebody moved
 * meanwhile, or that must wait on after all, is left alone.
 */
async function promote(
  deps: JobDeps,
  condition: RawBuilder<unknown>,
  action: OrderAction,
  from: string,
  to: (order: OrderSubject) => Waypoint,
) {
  const { db, config } = deps
  for (const id of await orderIds(db, config.TIME_ZONE, condition)) {
    await inTransaction(deps, async (context) => {
      const order = await findOrder(context.tx, id, config.TIME_ZONE, { lock: true })
      if (order?.state !== from) return
      const next = to(order)
      if (next !== from) await advance(context, order, action, next)
    })
  }
}

/** A project's start date has come, or was taken away (T4): the review of the consumer is not asked again. */
const promoteStartedProjects: Job = {
  name: 'orders.promote-started-projects',
  cron: '*/10 * * * *',
  run: (deps) =>
    promote(
      deps,
      sql`o.state = 'pending-project' and coalesce(p.start_date <= ctx.today, true)`,
      'project_started',
      'pending-project',
      (order) => afterConsumer(routingOf(order, deps.config)),
    ),
}

/** The day that an order names has come (T5), or the site does not let orders name days any more. */
const promoteStartDates: Job = {
  name: 'orders.promote-start-dates',
  cron: '*/10 * * * *',
  run: (deps) =>
    promote(
      deps,
      sql`o.state = 'pending-start-date' and (coalesce(o.start_date <= ctx.today, true) or not ${deps.config.ENABLE_ORDER_START_DATE}::boolean)`,
      'start_date_reached',
      'pending-start-date',
      (order) => afterProvider(routingOf(order, deps.config)),
    ),
}

const STUCK_AFTER = '15 minutes'

/** Orders that the server carries out by itself and that still are not ended are enqueued once more: their job got lost. */
const resumeStuckOrders: Job = {
  name: 'orders.resume-stuck',
  cron: '*/15 * * * *',
  run: async (deps) => {
    const { db, config, jobs } = deps
    const stuck = await orderIds(
      db,
      config.TIME_ZONE,
      sql`o.state = 'executing' and o.modified < now() - ${STUCK_AFTER}::interval and off.type <> 'Marketplace.Slurm'`,
    )
    for (const order_id of stuck) await inTransaction(deps, ({ tx }) => jobs.send(tx, executeOrder, { order_id }))
  },
}

export const ORDER_JOBS: readonly AnyJob[] = [
  executeOrder,
  ...NOTIFY_JOBS,
  promoteStartedProjects,
  promoteStartDates,
  endResources,
  resumeStuckOrders,
]
