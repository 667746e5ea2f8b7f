// Who may do what with a plan, and what must hold of it before (orders.md §5.4).
import { refused } from '../../platform/http/errors.ts'
import { right } from '../../platform/http/rights.ts'
import type { Plan } from './list.ts'

/** Types whose plans are another server's: they are taken over from there and not changed here. */
const REMOTE_TYPES: readonly string[] = ['Waldur.RemoteOffering']

const PROVIDER = ['customer', 'customer_id'] as const

export const mayCreatePlan = right('OFFERING.CREATE_PLAN', PROVIDER)
export const mayUpdatePlan = right('OFFERING.UPDATE_PLAN', PROVIDER)
export const mayArchivePlan = right('OFFERING.ARCHIVE_PLAN', PROVIDER)

export function isNotUsed({ is_used }: Plan): void {
  if (is_used) throw refused('It is not possible to update plan because it is used by resources.')
}

export function isNotArchived({ archived }: Plan): void {
  if (archived) throw refused('Plan is already archived.')
}

export function isOwnPlan({ offering_type }: Plan): void {
  if (REMOTE_TYPES.includes(offering_type)) throw refused('It is not possible to update plan for this offering type.')
}
