// The states of an order. They stand here, left of orders, because what a resource may do depends on the order that holds it.
// A state is told about once, in this table; lists of states anywhere else are drawn from it.

type OrderStateFacts = {
  /** Whose move it is while the order is open, that is: while it holds its resource and no other order may be made; null once it has ended. */
  awaits: 'consumer' | 'provider' | 'clock' | 'execution' | null
  /** Its place when lists are ordered by state: that of the field's own codes (orders.md §3.3). */
  rank: number
}

export const ORDER_STATE_FACTS = {
  'pending-consumer': { awaits: 'consumer', rank: 1 },
  'pending-provider': { awaits: 'provider', rank: 7 },
  'pending-start-date': { awaits: 'clock', rank: 9 },
  executing: { awaits: 'execution', rank: 2 },
  'pending-project': { awaits: 'clock', rank: 8 },
  done: { awaits: null, rank: 3 },
  erred: { awaits: null, rank: 4 },
  canceled: { awaits: null, rank: 5 },
  rejected: { awaits: null, rank: 6 },
} as const satisfies { readonly [state: string]: OrderStateFacts }

export type OrderState = keyof typeof ORDER_STATE_FACTS

export const ORDER_STATES = Object.keys(ORDER_STATE_FACTS) as readonly OrderState[]

/** The states in which an order waits for one of those. */
export const awaiting = (...whom: readonly OrderStateFacts['awaits'][]): readonly OrderState[] =>
  ORDER_STATES.filter((state) => whom.includes(ORDER_STATE_FACTS[state].awaits))

/** States of an order that holds its resource. The index order_in_progress_key names the same ones. */
export const OPEN_ORDER_STATES = ORDER_STATES.filter((state) => ORDER_STATE_FACTS[state].awaits !== null)
