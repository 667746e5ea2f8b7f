// The states of an order. They stand here, left of orders, because what a resource may do depends on the order that holds it.

export const ORDER_STATES = [
  'pending-consumer',
  'pending-provider',
  'pending-project',
  'pending-start-date',
  'executing',
  'done',
  'erred',
  'canceled',
  'rejected',
] as const

export type OrderState = (typeof ORDER_STATES)[number]

/** States in which an order may be canceled; one that waits for its project too, which the original forbids (orders.md §3.12). */
export const CANCELABLE_STATES = ['pending-consumer', 'pending-provider', 'pending-start-date', 'executing', 'pending-project'] as const
