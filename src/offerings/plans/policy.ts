// Who may do what with a plan, and what must hold of it before (orders.md §5.4).
import type { Actor } from '../../platform/auth/actor.ts'
import { may } from '../../platform/auth/actor.ts'
import { refused } from '../../platform/http/errors.ts'
import type { Plan } from './list.ts'

type Provided = { customer_id: number }

/** Types whose plans are another server's: they are taken over from there and not changed here. */
const REMOTE_TYPES: readonly string[] = ['Waldur.RemoteOffering']

export const mayCreatePlan = (actor: Actor, offering: Provided) => may(actor, 'OFFERING.CREATE_PLAN', [['customer', offering.customer_id]])
export const mayUpdatePlan = (actor: Actor, plan: Provided) => may(actor, 'OFFERING.UPDATE_PLAN', [['customer', plan.customer_id]])
export const mayArchivePlan = (actor: Actor, plan: Provided) => may(actor, 'OFFERING.ARCHIVE_PLAN', [['customer', plan.customer_id]])

export function isNotUsed({ is_used }: Plan): void {
  if (is_used) throw refused('It is not possible to update plan because it is used by resources.')
}

export function isNotArchived({ archived }: Plan): void {
  if (archived) throw refused('Plan is already archived.')
}

export function isOwnPlan({ offering_type }: Plan): void {
  if (REMOTE_TYPES.includes(offering_type)) throw refused('It is not possible to update plan for this offering type.')
}
