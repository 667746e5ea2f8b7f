// Limits that a customer chooses for a resource, against what the offering's components allow (orders.md §1.7). Only what
// the components alone decide; whether other resources leave enough is summed by orders in SQL.

import type { FieldErrors } from '../platform/http/errors.ts'
import { emptyRecord, valueAt } from '../platform/keyed.ts'
import type { BillingType, LimitPeriod } from './offering-types.ts'
import type { Limits } from './prices.ts'

export type LimitedComponent = {
  type: string
  billing_type: BillingType
  is_prepaid: boolean
  limit_period: LimitPeriod | null
  /** Sum over all resources in the period that must not be exceeded. */
  limit_amount: number | null
  /** Bounds of one resource's limit, inclusive; 0 and null bind nothing. */
  min_value: number | null
  max_value: number | null
  /** Sum over all resources that must not be reached. */
  max_available_limit: number | null
}

/** `fields` is a 400 by field everywhere; `rule` goes under non_field_errors of a body, or stands alone for an action. */
export type LimitsProblem = { fields: FieldErrors } | { rule: string }

/** A limit that never ends; it is never billed. */
export const UNLIMITED = -1

/** Whether a resource may carry a limit for the component. */
export const takesLimit = ({ billing_type, is_prepaid }: Pick<LimitedComponent, 'billing_type' | 'is_prepaid'>): boolean =>
  billing_type === 'limit' || (billing_type === 'one' && is_prepaid)

/** The refusal of limits for an offering whose type has none (orders.md §1.7 step 1). */
export const limitsNotSupported: FieldErrors = { limits: ['Limits update is not supported for this resource.'] }

/** What is wrong with the limits of one resource: unknown types, negative numbers, bounds; the first that is found. */
export function checkLimits(components: readonly LimitedComponent[], limits: Limits): LimitsProblem | undefined {
  const known = new Map(components.filter(takesLimit).map((component) => [component.type, component]))
  const unknown = Object.keys(limits).filter((type) => !known.has(type))
  if (unknown.length > 0) return { fields: { limits: [`Invalid types: ${unknown.join(', ')}`] } }

  const negative: FieldErrors = emptyRecord()
  for (const [type, value] of Object.entries(limits)) {
    const least = lowestLimit(known.get(type) as LimitedComponent)
    if (value < least) negative[type] = [`Ensure this value is greater than or equal to ${least}.`]
  }
  if (Object.keys(negative).length > 0) return { fields: { limits: negative } }

  // In the order of the offering's components, so that the same limits are always refused for the same reason.
  for (const { type, min_value, max_value } of known.values()) {
    const value = valueAt(limits, type)
    if (value === undefined || value === UNLIMITED) continue
    if (max_value && value > max_value) return { rule: `The limit ${value} value cannot be more than ${max_value}.` }
    if (min_value && value < min_value) return { rule: `The limit ${value} value cannot be less than ${min_value}.` }
  }
  return undefined
}

/** Unlimited is allowed only where nothing bounds the component from above. */
const lowestLimit = ({ max_value, limit_amount, max_available_limit }: LimitedComponent): number =>
  max_value || limit_amount || max_available_limit ? 0 : UNLIMITED

const PERIOD_NAMES: { readonly [Period in LimitPeriod]: string } = {
  month: 'Monthly',
  quarterly: 'Quarterly',
  annual: 'Annual',
  total: 'Total',
}

/** The text for limits that together exceed `limit_amount` in its period (step 4). */
export const periodLimitExceeded = ({ limit_period, limit_amount }: LimitedComponent): string =>
  `${PERIOD_NAMES[limit_period ?? 'month']} limit exceeds threshold ${limit_amount}.`

/** The text for limits that would use up what the provider has (step 5). `used` is the sum over the other resources; the total must stay below. */
export const availableLimitReached = ({ type, max_available_limit }: LimitedComponent, used: number): string =>
  `Requested ${type} cannot be provisioned due to offering safety limit. You can allocate up to ${Math.max((max_available_limit ?? 0) - used - 1, 0)} of ${type}.`
