// An order as it is asked for, before there is one.
import { findOfferingType } from '../offerings/public.ts'
import type { OfferingFacts, OrderKind, OrderSubtype, ProjectFacts } from '../resources/public.ts'

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
  /** What an Update order changes. */
  subtype?: OrderSubtype
  /** What an Update order of options brings. */
  new_options?: Attributes
  /** What a renewal brings: by how much it prolongs, and until when. */
  extension_months?: number
  new_end_date?: string
  attributes: Attributes
  limits: { [type: string]: number }
  /** A file that came with it: the purchase order, where one is asked for. */
  attachment_id?: number
  money: OrderMoney
  start_date?: string | null
  callback_url?: string | null
  request_comment?: string | null
  /** Given by staff; made from names else. */
  slug?: string | undefined
}

/** What of it can be had or not, and may still be changed while the order waits. */
export type Wanted = Pick<AskedOrder, 'type' | 'offering' | 'project' | 'resource' | 'plan_id' | 'attributes' | 'limits' | 'start_date'>

type Attributes = { [key: string]: unknown }

/** The keys by which clients tell an Update order's kind; they say what the order's columns say, whatever is sent. */
export const TELLING_KEYS = [
  'old_limits',
  'old_options',
  'new_options',
  'action',
  'extension_months',
  'old_end_date',
  'new_end_date',
  'renewal_cost',
] as const

/** Whether it brings other limits; a renewal may, and shows the old ones then. */
export const changesLimits = ({ subtype, attributes }: { subtype: OrderSubtype | null; attributes: Attributes }): boolean =>
  subtype === 'update_limits' || (subtype === 'renew' && 'old_limits' in attributes)

/** Attributes as they may be written over those of an order: what tells its kind stays as it is. */
export function withTellingKeys({ type, attributes }: Pick<AskedOrder, 'type' | 'attributes'>, sent: Attributes): Attributes {
  if (type !== 'Update') return sent
  const free = Object.entries(sent).filter(([key]) => !isTelling(key))
  return Object.fromEntries([...free, ...Object.entries(attributes).filter(([key]) => isTelling(key))])
}

/** Those of an order's attributes that answers leave out: who sends back what was read does not take them away. */
export function secretAttributes({
  offering_type,
  attributes,
}: Pick<OfferingFacts, 'offering_type'> & Pick<AskedOrder, 'attributes'>): Attributes {
  const secret = findOfferingType(offering_type)?.secretAttributes ?? []
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => secret.includes(key)))
}

const isTelling = (key: string): boolean => (TELLING_KEYS as readonly string[]).includes(key)
