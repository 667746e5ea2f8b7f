// An order as it is asked for, before there is one.
import type { OfferingFacts, OrderKind, ProjectFacts } from '../resources/public.ts'

/** Money of an order, as decimal texts; null where there is no plan. */
export type OrderMoney = { cost: string | null; old_cost_estimate: string | null; fixed_price: string; activation_price: string }

export const FREE: OrderMoney = { cost: null, old_cost_estimate: null, fixed_price: '0', activation_price: '0' }

export type AskedOrder = {
  type: OrderKind
  offering: OfferingFacts
  project: ProjectFacts
  resource: { id: number; uuid: string; name: string }
  plan_id: number | null
  old_plan_id?: number | null
  attributes: { [key: string]: unknown }
  limits: { [type: string]: number }
  money: OrderMoney
  start_date?: string | null
  callback_url?: string | null
  request_comment?: string | null
  /** Given by staff; made from names else. */
  slug?: string | undefined
}

/** What of it can be had or not, and may still be changed while the order waits. */
export type Wanted = Pick<AskedOrder, 'type' | 'offering' | 'project' | 'resource' | 'plan_id' | 'attributes' | 'limits' | 'start_date'>

/** What an Update order changes. */
export function changeOf({ type, attributes }: Pick<AskedOrder, 'type' | 'attributes'>): 'options' | 'limits' | 'plan' | undefined {
  if (type !== 'Update') return undefined
  if ('new_options' in attributes) return 'options'
  return 'old_limits' in attributes ? 'limits' : 'plan'
}
