// The one approval: whoever or whatever lets an order go on, the consumer, the provider, the agent or the clock, it is asked once
// more whether it can be had (orders.md §7 row 37), and then goes where routing says.
import { sql } from 'kysely'
import type { Config } from '../platform/config.ts'
import { run } from '../platform/db/database.ts'
import { conflict, Refusal } from '../platform/http/errors.ts'
import type { Stamps } from '../platform/states/transition.ts'
import type { Context } from '../platform/wiring.ts'
import { advance } from './execute.ts'
import { reasonAgainst } from './fits.ts'
import type { OrderSubject } from './list.ts'
import { end } from './moves.ts'
import { needsProviderReview } from './policy.ts'
import { afterConsumer, afterProvider, type OrderAction, type RoutingFacts, type Waypoint } from './states.ts'

/** What routing reads of an order (orders.md §2.4). */
const routingOf = (order: OrderSubject, config: Config): RoutingFacts => ({
  project_pending: order.project_pending,
  needsProviderReview: needsProviderReview(order),
  start_pending: config.ENABLE_ORDER_START_DATE && order.starts_later,
})

const ROUTES = {
  approve_by_consumer: afterConsumer,
  project_started: afterConsumer,
  approve_by_provider: afterProvider,
  start_date_reached: afterProvider,
  // The provider's agent takes it in hand, whatever review is still open (T10).
  set_state_executing: () => 'executing',
} as const satisfies { readonly [A in OrderAction]?: (facts: RoutingFacts) => Waypoint }

export type Approval = keyof typeof ROUTES

/**
 * Lets a locked order go on; says where it stands then. 409 with the reason when its offering, its plan or its limits do not
 * allow it any more. An order that is approved as it is placed comes here not: `placeOrder` has checked all of it just before.
 */
export async function approve(context: Context, order: OrderSubject, action: Approval, stamps: Stamps = {}): Promise<Waypoint> {
  const reason = await reasonAgainst(context, order)
  if (reason !== undefined) throw conflict(reason)
  const to = ROUTES[action](routingOf(order, context.config))
  await advance(context, order, action, to, stamps)
  return to
}

const COMMENT_MAX = 255

/** The first text of a refusal's body. */
const textOf = (body: unknown): string => (typeof body === 'object' && body !== null ? textOf(Object.values(body)[0]) : String(body ?? ''))

/**
 * The clock approves. Nobody is there to be told of a refusal and to ask again later, so that a refused order is canceled, with
 * the reason as its `termination_comment`; it would be refused every few minutes otherwise (docs/decisions/0020).
 */
export async function approveByClock(context: Context, order: OrderSubject, action: Approval): Promise<void> {
  await run(context.tx, sql`savepoint approval`)
  try {
    await approve(context, order, action)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await run(context.tx, sql`rollback to savepoint approval`)
    await end(context, order, 'withdraw', { termination_comment: textOf(error.body).slice(0, COMMENT_MAX) })
  }
}
