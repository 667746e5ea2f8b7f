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
