// What a plan costs with given limits. Pure arithmetic on decimals (orders.md §1.11); nothing here reads or writes.
// All sums are per unit of the plan, not per month, and become texts of ten places when they are stored.

import { Decimal } from 'decimal.js'
import { valueAt } from '../platform/keyed.ts'
import { monthsBetween } from '../platform/time.ts'
import type { BillingType } from './offering-types.ts'

// Prices have 22 digits and limits up to 10: products of both stay exact.
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })
export type Money = Decimal

export type PricedComponent = {
  type: string
  billing_type: BillingType
  is_prepaid: boolean
  /** Per unit of the component and unit of the plan; a decimal text. */
  price: string
  /** How many units a `fixed` component brings. */
  amount: number
  /** Units of a limit in one unit of the price; 1 but for built-in components. */
  factor: number
}

export type PricedPlan = {
  /** Decimal text: Σ price × amount of the fixed components. */
  unit_price: string
  components: readonly PricedComponent[]
}

export type Limits = { readonly [componentType: string]: number }

/** The days between which a prepaid component is used: `YYYY-MM-DD`; without an end it counts as one month. */
export type Period = { start: string; end: string | null }

const ZERO = new Exact(0)
const sum = (parts: readonly Money[]): Money => parts.reduce((total, part) => total.plus(part), ZERO)

/** A sum as it is stored and sent: ten places. */
export const moneyText = (money: Money): string => money.toFixed(10)

const isLimited = (component: PricedComponent) =>
  component.billing_type === 'limit' || (component.billing_type === 'one' && component.is_prepaid)

/** Price of the limit that was chosen; an unlimited one (-1) is never billed (orders.md §1.7). */
function limitPrice(component: PricedComponent, limits: Limits): Money {
  const limit = Math.max(valueAt(limits, component.type) ?? 0, 0)
  return new Exact(component.price).times(limit).div(component.factor)
}

/** E of orders.md §1.11: the plan with its fixed parts, and what the limits cost. */
export function estimate(plan: PricedPlan, limits: Limits, period?: Period): Money {
  const months = period?.end ? monthsBetween(period.start, period.end) : 1
  const parts = plan.components.filter(isLimited).map((component) => limitPrice(component, limits).times(component.is_prepaid ? months : 1))
  return sum([new Exact(plan.unit_price), ...parts])
}

/** What each component adds to the cost of a new resource, in the plan's order; what is billed by use or on a switch adds nothing yet. */
export function costByComponent(plan: PricedPlan, limits: Limits, period?: Period): { type: string; cost: Money }[] {
  const none = { unit_price: '0' }
  return plan.components.map((component) => {
    const alone = { ...none, components: [component] }
    return { type: component.type, cost: costOfCreation({ ...alone, unit_price: fixedPrice(alone).toString() }, limits, period) }
  })
}

const priceOf = (plan: PricedPlan, billed: (component: PricedComponent) => boolean) =>
  sum(plan.components.filter(billed).map(({ price }) => new Exact(price)))

/** What is charged once, when a resource begins: Σ price over one-time components. */
export const initPrice = (plan: PricedPlan): Money => priceOf(plan, ({ billing_type }) => billing_type === 'one')

/** What is charged when a resource comes to the plan from another: Σ price over components billed on a switch. */
export const switchPrice = (plan: PricedPlan): Money => priceOf(plan, ({ billing_type }) => billing_type === 'few')

/** Σ price × amount of the fixed components: what a plan's `unit_price` must hold. */
export const fixedPrice = (plan: Pick<PricedPlan, 'components'>): Money =>
  sum(plan.components.filter(({ billing_type }) => billing_type === 'fixed').map(({ price, amount }) => new Exact(price).times(amount)))

/** Cost of a Create order. Prepaid one-time components are in the estimate by their limits already. */
export const costOfCreation = (plan: PricedPlan, limits: Limits, period?: Period): Money =>
  estimate(plan, limits, period).plus(priceOf(plan, ({ billing_type, is_prepaid }) => billing_type === 'one' && !is_prepaid))

/** Cost of an Update order that changes the plan; one that changes limits alone costs `estimate`, for no plan is switched. */
export const costOfPlanSwitch = (plan: PricedPlan, limits: Limits): Money => estimate(plan, limits).plus(switchPrice(plan))

/** Cost of an Update order that prolongs prepaid components by `months`; nothing else is charged. */
export const costOfRenewal = (plan: PricedPlan, limits: Limits, months: number): Money =>
  sum(
    plan.components
      .filter((component) => component.is_prepaid && isLimited(component))
      .map((component) => limitPrice(component, limits).times(months)),
  )

// A limit of something paid ahead by months that is raised meanwhile costs by days until the paid time is over.
const DAYS_OF_MONTH = 30

/**
 * What a renewal comes to, by component: the months by which what is paid ahead is prolonged (`costOfRenewal`), and what a raised limit
 * adds: of what is paid ahead for the days that remain of the present term, of the rest for one unit of the plan.
 */
export function renewalByComponent(
  plan: PricedPlan,
  { current, limits, months, remaining_days }: { current: Limits; limits: Limits; months: number; remaining_days: number },
): { components: { component: PricedComponent; total: Money }[]; subscription: Money; change: Money } {
  const parts = plan.components.filter(isLimited).map((component) => {
    const raised = limitPrice(component, limits).minus(limitPrice(component, current))
    return {
      component,
      subscription: component.is_prepaid ? limitPrice(component, limits).times(months) : ZERO,
      change: component.is_prepaid ? raised.times(remaining_days).div(DAYS_OF_MONTH) : raised,
    }
  })
  return {
    components: parts.map(({ component, subscription, change }) => ({ component, total: subscription.plus(change) })),
    subscription: sum(parts.map(({ subscription }) => subscription)),
    change: sum(parts.map(({ change }) => change)),
  }
}
