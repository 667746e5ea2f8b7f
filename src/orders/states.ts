// The states of an order and every step between them (orders.md §2.2), and where an approval leads. Pure data and decisions.
import type { StateTable } from '../platform/states/transition.ts'
import { awaiting, OPEN_ORDER_STATES, ORDER_STATES, type OrderState } from '../resources/states.orders.ts'

export type { OrderState }

export type OrderAction =
  | 'approve_by_consumer'
  | 'approve_by_provider'
  | 'project_started'
  | 'start_date_reached'
  | 'reject_by_consumer'
  | 'reject_by_provider'
  | 'cancel'
  | 'withdraw'
  | 'set_state_executing'
  | 'set_state_done'
  | 'set_state_erred'
  | 'retry'

/** Where an order comes to a stand after a review, or goes on to. */
export type Waypoint = 'pending-project' | 'pending-provider' | 'pending-start-date' | 'executing'

export const orderStates: StateTable<OrderState, OrderAction> = {
  table: '"order"',
  states: ORDER_STATES,
  sets: { open: OPEN_ORDER_STATES },
  // Approval on the consumer's behalf happens as the order is made, so that it may begin in any of these (orders.md §2.3).
  initial: ['pending-consumer', 'pending-provider', 'pending-project', 'pending-start-date', 'executing'],
  // An erred order is ended too, but an agent may take it up again.
  final: ['done', 'canceled', 'rejected'],
  actions: {
    approve_by_consumer: {
      from: ['pending-consumer'],
      to: ['pending-project', 'pending-provider', 'pending-start-date', 'executing'],
    },
    approve_by_provider: { from: ['pending-provider'], to: ['pending-start-date', 'executing'] },
    project_started: {
      from: ['pending-project'],
      to: ['pending-provider', 'pending-start-date', 'executing'],
    },
    start_date_reached: { from: ['pending-start-date'], to: ['executing'] },
    reject_by_consumer: { from: ['pending-consumer'], to: ['rejected'] },
    reject_by_provider: { from: ['pending-provider'], to: ['rejected'] },
    // An order that waits for its project may be canceled too, which the original forbids (orders.md §3.12).
    cancel: { from: OPEN_ORDER_STATES, to: ['canceled'] },
    // The system takes back what waits, to terminate the resource instead (T9).
    withdraw: { from: awaiting('consumer', 'provider', 'clock'), to: ['canceled'] },
    set_state_executing: {
      from: ['pending-consumer', 'pending-provider', 'erred'],
      to: ['executing'],
    },
    set_state_done: { from: ['executing'], to: ['done'] },
    set_state_erred: { from: ['executing'], to: ['erred'] },
    retry: { from: ['erred'], to: ['executing'] },
  },
}

export type RoutingFacts = {
  /** The project begins later than today. */
  project_pending: boolean
  needsProviderReview: boolean
  /** The order names a later day, and the site lets orders do so. */
  start_pending: boolean
}

/** Where an order goes once the consumer has approved it; the first that applies (orders.md §2.4). */
export function afterConsumer(facts: RoutingFacts): Waypoint {
  if (facts.project_pending) return 'pending-project'
  if (facts.needsProviderReview) return 'pending-provider'
  return afterProvider(facts)
}

/** Where it goes once the provider has approved it too. */
export function afterProvider({ start_pending }: Pick<RoutingFacts, 'start_pending'>): 'pending-start-date' | 'executing' {
  return start_pending ? 'pending-start-date' : 'executing'
}

/** What the reviewer is told (orders.md §2.4). */
export const REPLIES: { readonly [To in Waypoint]: string } = {
  'pending-project': 'Order is pending project activation.',
  'pending-provider': 'Order is pending provider approval.',
  'pending-start-date': 'Order is pending start date.',
  executing: 'Order has been approved and is being processed.',
}
