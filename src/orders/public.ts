// What other modules may use of orders.

export type { Wanted } from './asked.ts'
export { completeOrder, failOrder } from './completion.ts'
export { type Carrying, type Driver, type Drivers, Failed, type Outcome } from './drivers.ts'
export type { OrderSubject } from './list.ts'
export { end as endOrder } from './moves.ts'
export { findOrder, holdOrder } from './queries.ts'
