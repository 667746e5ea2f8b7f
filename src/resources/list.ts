// Resources as two lists: those somebody uses, and those somebody provides. Same rows, filters and orderings; what
// differs is who sees what (orders.md §5.5, §5.6).
import { type RawBuilder, sql } from 'kysely'
import { customers, isShown, usedResources } from '../core/public.ts'
import { managedOfferings, providedOfferings } from '../offerings/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import type { KeptCounts } from '../platform/counts/kept.ts'
import type { Collection, Lock } from '../platform/http/collection.ts'
import { type Visibility, visibleCondition } from '../platform/http/cut.ts'
import {
  accepted,
  allOf,
  type Condition,
  choiceAmong,
  containing,
  type Filter,
  flag,
  numberIs,
  own,
  readFlag,
  requireUuid,
  since,
  textIs,
  uuidInPath,
  uuidsIn,
} from '../platform/http/filters.ts'
import { amongKeys, keysNamed, keysOf, rangeOf, rechecked, textFound, urlOfKey, uuidOr, walkedBy } from '../platform/http/search.ts'
import { seenRows } from '../platform/http/sight.ts'
import type { JsonSchema } from '../platform/http/view.ts'
import { visibleOrders } from './order-sight.ts'
import { ORDER_STATES } from './states.orders.ts'
import { RESOURCE_STATES } from './states.ts'
import { RESOURCE_SUBJECT, type ResourceSubject } from './subject.ts'
import { resourceRowView, resourceView } from './view.ts'

/** Staff and support see all; others what is provided. */
function providedBy(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  const ids = providedOfferings(actor)
  return ids ? { arms: [{ column: 'offering_id', ids }] } : 'none'
}

const UUID = { type: 'string', format: 'uuid' }

/** The key of a row of another table by the uuid sent, compared with a column of the resource: indexes of that column serve it. */
export const keyIs = (column: string, table: string): Filter =>
  keysOf(UUID, column, (value) => sql`select id from ${sql.raw(table)} where uuid = ${requireUuid(value)}::uuid`)

/** Resources of the offerings, or in the projects, that a query picks. */
type Picking<T> = (value: string, actor: Actor | undefined) => T
const offeringsWhere = (schema: JsonSchema, condition: Picking<RawBuilder<unknown> | undefined>): Filter =>
  keysOf(schema, 'r.offering_id', (value, actor) => {
    const picked = condition(value, actor)
    return picked && sql`select off.id from offering off where ${picked}`
  })
const projectsWhere = (schema: JsonSchema, condition: Picking<RawBuilder<unknown>>): Filter =>
  keysOf(schema, 'r.project_id', (value, actor) => sql`select p.id from project p where ${condition(value, actor)}`)
const idOf = (table: string, value: string) => sql`(select id from ${sql.raw(table)} where uuid = ${requireUuid(value)}::uuid)`

/** A yes/no filter about the resource's offering. */
const offeringFlag = (predicate: string): Filter =>
  offeringsWhere({ type: 'boolean' }, (value) => {
    const wanted = readFlag(value)
    return wanted === undefined ? undefined : sql`coalesce(${sql.raw(predicate)}, false) = ${wanted}`
  })

const components = (condition: string) =>
  `exists (select 1 from offering_component oc where oc.offering_id = off.id and oc.billing_type ${condition})`
const countIs = (condition: string): Filter => {
  const number = numberIs(`(select count(*) from offering_component oc where oc.offering_id = off.id${condition})`)
  return offeringsWhere(number.schema, (value) => number.condition([value], undefined))
}

const texts = textFound('resource r', [
  { table: 'resource r', columns: ['r.name', 'r.slug', 'r.backend_id', 'r.effective_id', '(r.backend_metadata::text)'] },
])

/** A uuid finds the resource that has it; any other text is looked for in its names (orders.md §5.5). */
const search = uuidOr(texts, (hex, value) => sql`(r.uuid = ${hex}::uuid or (r.backend_id = ${value} and r.backend_id <> ''))`)

/** Over the alias `ord`: an order in such a state that the caller sees. */
const isIn = (values: readonly string[], actor: Actor | undefined): Condition =>
  allOf([sql`ord.state = any(${[...values]}::text[])`, visibleCondition('ord', visibleOrders(actor))])
const inState = (values: readonly string[], actor: Actor | undefined): Condition =>
  sql`exists (select 1 from "order" ord where ord.resource_id = r.id and ${isIn(values, actor)})`
const HAVING_ORDERS = `select ord.resource_id from "order" ord where ord.state = any(string_to_array($1, ','))`
const stateOfOrder = choiceAmong(ORDER_STATES, 'r.id')
/** Resources one of whose orders is in such a state. */
const orderState: Filter = rechecked({
  ...stateOfOrder,
  condition: (values, actor) => stateOfOrder.condition(values, actor) && inState(values, actor),
  found: (values) => ({ ids: HAVING_ORDERS, expected: HAVING_ORDERS, value: values.join(), ahead: true, counted: true }),
})

/**
 * Projects in which the user of that name holds a role, which whoever sees a resource there is shown (`team`), or in whose
 * organization, as far as the caller sees that.
 */
const visibleTo = (username: string, actor: Actor | undefined): Condition =>
  sql`exists (select 1 from live_grant g join "user" member on member.id = g.user_id where member.username = ${username}
    and ${isShown(actor, 'member')} and ((g.scope_type = 'project' and g.scope_id = p.id) or (g.scope_type = 'customer' and g.scope_id = p.customer_id
      and ${actor && readsAll(actor) ? sql`true` : sql`g.scope_id in (${seenRows(customers, actor, 'id', sql`true`)})`})))`

/** What is asked about a resource's offering. */
const OFFERING_FILTERS = [
  'billable',
  'category_uuid',
  'component_count',
  'limit_based',
  'limit_component_count',
  'offering',
  'offering_billable',
  'offering_shared',
  'offering_slug',
  'offering_type',
  'offering_uuid',
  'only_limit_based',
  'only_usage_based',
  'parent_offering_uuid',
  'provider_uuid',
  'service_manager_uuid',
  'usage_based',
]

const filters: { [name: string]: Filter } = {
  backend_id: own({ type: 'string' }, (value) => sql`r.backend_id = ${value} and r.backend_id <> ''`, 'r.backend_id'),
  category_uuid: offeringsWhere(UUID, (value) => sql`off.category_id = ${idOf('category', value)}`),
  component_count: countIs(''),
  created: since('r.created'),
  customer: projectsWhere(
    { type: 'string', format: 'uri' },
    (value) => sql`p.customer_id in (select id from customer where uuid = ${uuidInPath('/api/customers/{uuid}/', value) ?? null}::uuid)`,
  ),
  customer_uuid: projectsWhere(UUID, (value) => sql`p.customer_id = ${idOf('customer', value)}`),
  downscaled: flag('r.downscaled'),
  has_terminate_date: flag('(r.end_date is not null)'),
  // What these ask about does not exist here: backing objects, LEXIS links.
  is_attached: accepted({ type: 'boolean' }),
  lexis_links_supported: accepted({ type: 'boolean' }),
  visible_to_providers: accepted({ type: 'boolean' }),
  visible_to_username: projectsWhere({ type: 'string' }, visibleTo),
  limit_based: offeringFlag(components("= 'limit'")),
  usage_based: offeringFlag(components("= 'usage'")),
  only_limit_based: offeringFlag(`(${components("= 'limit'")} and not ${components("= 'usage'")})`),
  only_usage_based: offeringFlag(`(${components("= 'usage'")} and not ${components("= 'limit'")})`),
  limit_component_count: countIs(" and oc.billing_type = 'limit'"),
  modified: rangeOf('resource r', 'r.modified', '>=', since('r.modified')),
  name: textFound('resource r', [{ table: 'resource r', columns: ['r.name'] }]),
  name_exact: textIs('r.name'),
  offering: urlOfKey(
    ['/api/marketplace-public-offerings/{uuid}/', '/api/marketplace-provider-offerings/{uuid}/'],
    'r.offering_id',
    'offering',
  ),
  offering_billable: offeringFlag('off.billable'),
  offering_shared: offeringFlag('off.shared'),
  offering_slug: keysNamed('r.offering_id', 'offering', 'slug'),
  offering_type: offeringsWhere({ type: 'string' }, (value) => sql`off.type = ${value}`),
  offering_uuid: amongKeys(UUID, 'r.offering_id', (values) => {
    const wanted = uuidsIn(values)
    return wanted.length > 0 ? sql`select id from offering where uuid = any(${wanted}::uuid[])` : undefined
  }),
  order_state: orderState,
  parent_offering_uuid: offeringsWhere(UUID, (value) => sql`off.parent_id = ${idOf('offering', value)}`),
  paused: flag('r.paused'),
  plan_uuid: keyIs('r.plan_id', 'plan'),
  project_name: projectsWhere({ type: 'string' }, (value) => sql`p.name ilike ${containing(value)}`),
  project_uuid: keyIs('r.project_id', 'project'),
  provider_uuid: offeringsWhere(UUID, (value) => sql`off.customer_id = ${idOf('customer', value)}`),
  query: search,
  restrict_member_access: flag('r.restrict_member_access'),
  runtime_state: textIs("(r.backend_metadata ->> 'runtime_state')"),
  service_manager_uuid: offeringsWhere(
    UUID,
    (value, actor) => sql`off.shared and off.id in (${managedOfferings(actor, requireUuid(value))})`,
  ),
  state: walkedBy('r.state', choiceAmong(RESOURCE_STATES, 'r.state'), true),
  // Asked by the pages of the field, though not in the contract (clients.md §3).
  billable: offeringFlag('off.billable'),
}

/** What `keep_counts('resource_count', …)` of the migrations keeps. */
const counts: KeptCounts = {
  view: 'resource_counted',
  filters: {
    ...Object.fromEntries(['state', 'paused', 'downscaled', 'restrict_member_access', 'has_terminate_date'].map((name) => [name, []])),
    ...Object.fromEntries(['is_attached', 'lexis_links_supported', 'visible_to_providers'].map((name) => [name, []])),
    plan_uuid: ['plan_id'],
    ...Object.fromEntries(
      ['customer', 'customer_uuid', 'project_uuid', 'project_name', 'visible_to_username'].map((name) => [name, ['project_id']]),
    ),
    ...Object.fromEntries(OFFERING_FILTERS.map((name) => [name, ['offering_id']])),
  },
  grains: [[], ['project_id'], ['offering_id'], ['project_id', 'offering_id'], ['plan_id'], ['day']],
  days: 'r.created',
}

/** The resource stands for its orders: whoever changes one of them holds it. Its offering and project stay as they are meanwhile. */
export const RESOURCE_LOCK: Lock = { rows: [['r', 'no key update']], holding: ['off', 'p'] }

const shared = {
  counts,
  model: 'Resource',
  view: resourceRowView,
  detailView: resourceView,
  filters,
  orderings: { name: 'r.name', created: 'r.created', project_name: 'p.name', state: 'r.state', end_date: 'r.end_date' },
  defaultOrder: ['created'],
  subject: RESOURCE_SUBJECT,
  lock: RESOURCE_LOCK,
}

export const consumerResources: Collection<ResourceSubject> = {
  ...shared,
  path: '/api/marketplace-resources/',
  name: 'marketplace_resources',
  visible: (actor) => usedResources(actor),
}

export const providerResources: Collection<ResourceSubject> = {
  ...shared,
  filters: {
    ...filters,
    // An order is on its resource's offering: who sees resources by their offering finds them by the orders there.
    order_state: {
      ...orderState,
      arm: (values, actor) => {
        const offerings = actor && !readsAll(actor) && providedOfferings(actor)
        return offerings
          ? {
              column: 'id',
              ids: sql`select ord.resource_id from "order" ord where ${isIn(values, actor)} and ord.offering_id = any(array(${offerings}))`,
              elsewhere: true,
            }
          : undefined
      },
      found: (values, actor) => (actor && readsAll(actor) ? orderState.found?.(values, actor) : undefined),
    },
  },
  path: '/api/marketplace-provider-resources/',
  name: 'marketplace_provider_resources',
  visible: providedBy,
}
