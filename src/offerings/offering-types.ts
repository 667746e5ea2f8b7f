// What can be sold: one entry for each type of offering that can really be ordered (orders.md §1.4). Pure facts, read by
// orders (who reviews, which verbs work), by resources (whether limits may change) and by the list of plugins.
// A further type is one more entry here and a driver (orders/drivers.ts) in the module that sells it.

export type BillingType = 'fixed' | 'usage' | 'limit' | 'one' | 'few'
export const BILLING_TYPES = ['fixed', 'usage', 'limit', 'one', 'few'] as const satisfies readonly BillingType[]

export type LimitPeriod = 'month' | 'quarterly' | 'annual' | 'total'
export const LIMIT_PERIODS = ['month', 'quarterly', 'annual', 'total'] as const satisfies readonly LimitPeriod[]

/** A component that every offering of the type has; a provider can neither add one of its key nor remove it. */
export type BuiltinComponent = {
  type: string
  name: string
  measured_unit: string
  billing_type: BillingType
  /** How many units of a limit make one unit of the price: 1024 for memory kept in MB and priced per GB. */
  factor: number
}

export type OfferingType = {
  /** As it travels: `Marketplace.Basic`. */
  key: string
  /** For people. */
  label: string
  components: readonly BuiltinComponent[]
  /** Whether orders may carry limits and limits may be changed later. */
  supportsLimits: boolean
  /** Whether a person of the provider must approve each order, staff's own included; `unless` an option that is on when nothing is said. */
  providerReview: 'always' | 'never' | { unless: string }
  /** The verbs on orders that the type supports; the others answer 405. */
  orderVerbs: { cancel: boolean; set_state_executing: boolean; set_state_done: boolean; set_state_erred: boolean }
  /** Keys of an order's attributes that answers never show. */
  secretAttributes: readonly string[]
  /** Hours after which an order that is still carried out has failed; null where people or an agent end it, in their own time. */
  maxExecutionHours: number | null
}

const TYPES = [
  {
    key: 'Marketplace.Basic',
    label: 'Marketplace basic service',
    components: [],
    supportsLimits: true,
    providerReview: 'always',
    orderVerbs: { cancel: true, set_state_executing: false, set_state_done: true, set_state_erred: false },
    secretAttributes: [],
    maxExecutionHours: null,
  },
  {
    key: 'Support.OfferingTemplate',
    label: 'Request-based item',
    components: [],
    supportsLimits: true,
    providerReview: 'never',
    orderVerbs: { cancel: true, set_state_executing: false, set_state_done: true, set_state_erred: false },
    secretAttributes: [],
    maxExecutionHours: null,
  },
  {
    key: 'Marketplace.Script',
    label: 'Custom scripts',
    components: [],
    supportsLimits: true,
    providerReview: { unless: 'auto_approve_marketplace_script' },
    orderVerbs: { cancel: false, set_state_executing: false, set_state_done: false, set_state_erred: false },
    // What a script needs to know, and nobody needs to read again.
    secretAttributes: ['password', 'user_password', 'token'],
    maxExecutionHours: 2,
  },
  {
    key: 'Marketplace.Slurm',
    label: 'SLURM remote allocation',
    components: [],
    supportsLimits: true,
    providerReview: 'always',
    orderVerbs: { cancel: false, set_state_executing: true, set_state_done: true, set_state_erred: true },
    secretAttributes: [],
    maxExecutionHours: null,
  },
  {
    key: 'Marketplace.Booking',
    label: 'Booking',
    components: [],
    supportsLimits: true,
    // The provider answers the booking, not its order.
    providerReview: 'never',
    orderVerbs: { cancel: false, set_state_executing: false, set_state_done: false, set_state_erred: false },
    secretAttributes: [],
    maxExecutionHours: null,
  },
] as const satisfies readonly OfferingType[]

/** Every type that can be ordered, in the order in which they are listed. */
export const OFFERING_TYPES: readonly OfferingType[] = TYPES

const byKey = new Map(OFFERING_TYPES.map((type) => [type.key, type]))

/** Whether a person of the provider must approve an order of the type; an unknown type goes on, to fail when it is carried out. */
export function reviewedByProvider(key: string, pluginOptions: { readonly [option: string]: unknown }): boolean {
  const review = findOfferingType(key)?.providerReview ?? 'never'
  return typeof review === 'object' ? pluginOptions[review.unless] === false : review === 'always'
}

/** The facts of a type; undefined for one that this server does not know, whose orders can only fail (orders.md §1.4). */
export const findOfferingType = (key: string): OfferingType | undefined => byKey.get(key)

/** Whether limits of resources of the type may be set and changed; an unknown type has none. */
export const supportsLimits = (key: string): boolean => findOfferingType(key)?.supportsLimits ?? false

/** The factor of a component's price: 1 for all but built-in ones. */
export const factorOf = (typeKey: string, componentType: string): number =>
  findOfferingType(typeKey)?.components.find((component) => component.type === componentType)?.factor ?? 1
