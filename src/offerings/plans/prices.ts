// What the components of a plan cost, how much of them it brings, and from which amount on they are cheaper.

import { sql } from 'kysely'
import { run } from '../../platform/db/database.ts'
import type { NewEvent } from '../../platform/events/kinds.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, decimal, dictionaryOf, integer, nullable, optional, type Parsed } from '../../platform/http/shapes.ts'
import { valueAt } from '../../platform/keyed.ts'
import { planEvent } from '../events.ts'
import type { Plan } from './list.ts'
import { refreshUnitPrices } from './stored-plans.ts'

export const pricesBody = body('PricesUpdateRequest', { prices: dictionaryOf(decimal({ digits: 22, places: 10, min: 0 })) })
export const quotasBody = body('QuotasUpdateRequest', { quotas: dictionaryOf(integer({ min: 0 })) })
export const discountsBody = body('DiscountsUpdateRequest', {
  discounts: dictionaryOf(
    body({ discount_threshold: optional(nullable(integer({ min: 1 }))), discount_rate: optional(nullable(integer({ min: 0, max: 100 }))) }),
  ),
})

type Component = { id: number; type: string; billing_type: string; amount: number; price: string; future_price: string | null }

const componentsOf = (tx: Call['tx'], planId: number) =>
  run(
    tx,
    sql<Component>`select pc.id, part.type, part.billing_type, pc.amount, trim_scale(pc.price) as price, trim_scale(pc.future_price) as future_price
      from plan_component pc join offering_component part on part.id = pc.component_id where pc.plan_id = ${planId} order by part.id`,
  )

/** The components that may be named; 400 naming the others. */
function refuseUnknown(components: readonly Component[], named: { [type: string]: unknown }): void {
  const unknown = Object.keys(named).filter((type) => !components.some((component) => component.type === type))
  if (unknown.length > 0) throw refused(`Invalid components ${unknown.sort().join(', ')}.`)
}

/**
 * Sets the price of every component: those not named cost nothing. While resources use the plan the prices are those of next
 * month, for this month's bill is fixed (orders.md §5.4).
 */
export async function updatePrices(call: Call<Plan, Parsed<typeof pricesBody>>): Promise<void> {
  const { tx, row, input } = call
  const components = await componentsOf(tx, row.id)
  refuseUnknown(components, input.prices)
  const later = row.resources_count > 0
  const events: NewEvent[] = []
  const changes = components.flatMap((component) => {
    const price = valueAt(input.prices, component.type) ?? '0'
    const before = later ? component.future_price : component.price
    if (price === before) return []
    const type = later ? 'marketplace_plan_component_future_price_updated' : 'marketplace_plan_component_current_price_updated'
    events.push(planEvent(type, row, { component_type: component.type, from: component.price, old_value: before, new_value: price }))
    return [{ id: component.id, price }]
  })
  if (changes.length === 0) return
  await run(
    tx,
    sql`update plan_component set ${sql.raw(later ? 'future_price' : 'price')} = sent.price
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) sent (id bigint, price numeric) where plan_component.id = sent.id`,
  )
  await refreshUnitPrices(tx, row.offering_id)
  await recordEvents(call, events)
}

/** Sets how much of each fixed component the plan brings; of those not named, nothing. */
export async function updateQuotas(call: Call<Plan, Parsed<typeof quotasBody>>): Promise<void> {
  const { tx, row, input } = call
  const components = (await componentsOf(tx, row.id)).filter(({ billing_type }) => billing_type === 'fixed')
  refuseUnknown(components, input.quotas)
  const changes = components
    .map((component) => ({ ...component, sent: valueAt(input.quotas, component.type) ?? 0 }))
    .filter(({ amount, sent }) => amount !== sent)
  if (changes.length === 0) return
  await run(
    tx,
    sql`update plan_component set amount = sent.sent
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) sent (id bigint, sent integer) where plan_component.id = sent.id`,
  )
  await refreshUnitPrices(tx, row.offering_id)
  const events = changes.map(({ type, amount, sent }) =>
    planEvent('marketplace_plan_component_quota_updated', row, { component_type: type, old_value: amount, new_value: sent }),
  )
  await recordEvents(call, events)
}

/** Sets threshold and rate of the components named, as far as sent; the others stay. */
export async function updateDiscounts({ tx, row, input }: Call<Plan, Parsed<typeof discountsBody>>): Promise<void> {
  const components = await componentsOf(tx, row.id)
  refuseUnknown(components, input.discounts)
  const sent = components.flatMap(({ id, type }) => {
    const facts = valueAt(input.discounts, type)
    return facts ? [{ id, facts }] : []
  })
  if (sent.length === 0) return
  const column = (name: string) =>
    sql`case when sent.facts ? ${name} then (sent.facts ->> ${name})::integer else plan_component.${sql.ref(name)} end`
  await run(
    tx,
    sql`update plan_component set discount_threshold = ${column('discount_threshold')}, discount_rate = ${column('discount_rate')}
      from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) sent (id bigint, facts jsonb) where plan_component.id = sent.id`,
  )
}
