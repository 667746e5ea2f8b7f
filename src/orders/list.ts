// Orders as a list: who sees which, what they may be filtered and ordered by (orders.md §3.3, §4).
import { type RawBuilder, sql } from 'kysely'
import { managedOfferings } from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import type { KeptCounts } from '../platform/counts/kept.ts'
import type { Collection } from '../platform/http/collection.ts'
import { as, bool, day, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'
import { before, type Condition, choiceAmong, type Filter, own, readFlag, requireUuid, since } from '../platform/http/filters.ts'
import { keysNamed, keysOf, rangeOf, textFound, urlOfKey, uuidOr, walkedBy } from '../platform/http/search.ts'
import {
  keyIs,
  OFFERING_FACTS,
  ORDER_STATES,
  ORDER_TYPES,
  type OrderKind,
  type OrderSubtype,
  offeringsWith,
  PROJECT_FACTS,
  projectsWith,
  RESOURCE_LOCK,
  visibleOrders,
} from '../resources/public.ts'
import type { OrderState } from './states.ts'
import { orderView } from './view.ts'

/** What operations on an order decide on: the order, and what stands around it. */
export const ORDER_SUBJECT = {
  id: int('o.id'),
  uuid: uuid('o.uuid'),
  type: as<OrderKind>('o.type'),
  /** Of an Update order, what it changes. */
  subtype: orNull(as<OrderSubtype>('o.subtype')),
  new_options: orNull(as<{ [key: string]: unknown }>('o.new_options')),
  force_destroy: bool('o.force_destroy'),
  /** Of a renewal. */
  extension_months: orNull(int('o.extension_months')),
  new_end_date: orNull(day('o.new_end_date')),
  cost: orNull(str('o.cost')),
  state: as<OrderState>('o.state'),
  resource_id: int('o.resource_id'),
  resource_uuid: uuid('r.uuid'),
  resource_name: str('r.name'),
  plan_id: orNull(int('o.plan_id')),
  old_plan_id: orNull(int('o.old_plan_id')),
  attributes: as<{ [key: string]: unknown }>('o.attributes'),
  /** What was answered to the offering's form, as values. */
  answers: as<{ [key: string]: unknown }>('o.answers'),
  limits: as<{ [type: string]: number }>('o.limits'),
  start_date: orNull(day('o.start_date')),
  /** It names a day later than today. */
  starts_later: bool('coalesce(o.start_date > ctx.today, false)'),
  backend_id: str('o.backend_id'),
  attachment_id: orNull(int('o.attachment_id')),
  provider_message_attachment_id: orNull(int('o.provider_message_attachment_id')),
  consumer_message_attachment_id: orNull(int('o.consumer_message_attachment_id')),
  callback_url: orNull(str('o.callback_url')),
  created_by_id: int('o.created_by_id'),
  consumer_reviewed_by_id: orNull(int('o.consumer_reviewed_by_id')),
  created_by_staff: bool('o_creator.is_staff'),
  created_by_username: str('o_creator.username'),
  consumer_reviewed_at: orNull(str('o.consumer_reviewed_at')),
  ...OFFERING_FACTS,
  ...PROJECT_FACTS,
}
export type OrderSubject = RowOf<typeof ORDER_SUBJECT>

const uuidSchema = { type: 'string', format: 'uuid' }

/** Orders on offerings, or in projects, chosen by a condition with the uuid; the orders' own indexes serve the outcome. */
const offeringsWhere = (condition: (uuid: string, actor: Actor | undefined) => Condition): Filter =>
  keysOf(
    uuidSchema,
    'o.offering_id',
    (value, actor) => sql`select picked.id from offering picked where ${condition(requireUuid(value), actor)}`,
  )
const projectsWhere = (condition: (uuid: string) => Condition): Filter =>
  keysOf(uuidSchema, 'o.project_id', (value) => sql`select picked.id from project picked where ${condition(requireUuid(value))}`)
const texts = textFound('"order" o', [
  { table: '"order" o', columns: ['o.slug', "(o.attributes ->> 'name')"] },
  { table: 'resource r', columns: ['r.name'], key: 'o.resource_id' },
  { table: 'project p', columns: ['p.name'], key: 'o.project_id' },
])

/** The order of that uuid; for any other text, orders whose project, name at order time, present name or slug holds it. */
const search = uuidOr(texts, (hex) => sql`o.uuid = ${hex}::uuid`)

/**
 * Orders that wait for one side, and that the caller may approve for it. `false` leaves those out instead of keeping all that
 * wait, as the original does (orders.md §3.3).
 */
function approvable(state: OrderState, column: string, ids: (actor: Actor) => RawBuilder<unknown>): Filter {
  const waiting = sql<boolean>`o.state = ${state}`
  return {
    ...own({ type: 'boolean' }, (value, actor) => {
      const wanted = readFlag(value)
      if (wanted === undefined || !actor) return undefined
      const mine = actor.is_staff ? waiting : sql<boolean>`(${waiting} and ${sql.raw(column)} = any(array(${ids(actor)})))`
      return wanted ? mine : sql`not ${mine}`
    }),
    word: (values) => (readFlag(values.at(-1) ?? '') ? { column: 'state', ids: sql`select ${state}::text`, paired: true } : undefined),
  }
}

const OF_TYPES = `select o.id from "order" o where o.type = any(string_to_array($1, ','))`

const filters: { [name: string]: Filter } = {
  can_approve_as_consumer: approvable('pending-consumer', 'o.project_id', (actor) => projectsWith(actor, 'ORDER.APPROVE')),
  can_approve_as_provider: approvable('pending-provider', 'o.offering_id', (actor) => offeringsWith(actor, 'ORDER.APPROVE')),
  category_uuid: offeringsWhere((uuid) => sql`picked.category_id = (select id from category where uuid = ${uuid}::uuid)`),
  created: since('o.created'),
  created_before: before('o.created'),
  customer_uuid: projectsWhere((uuid) => sql`picked.customer_id = (select id from customer where uuid = ${uuid}::uuid)`),
  modified: rangeOf('"order" o', 'o.modified', '>=', since('o.modified')),
  modified_before: rangeOf('"order" o', 'o.modified', '<', before('o.modified')),
  offering: urlOfKey(
    ['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'],
    'o.offering_id',
    'offering',
  ),
  offering_slug: keysNamed('o.offering_id', 'offering', 'slug'),
  offering_type: keysNamed('o.offering_id', 'offering', 'type'),
  offering_uuid: keyIs('o.offering_id', 'offering'),
  parent_offering_uuid: offeringsWhere((uuid) => sql`picked.parent_id = (select id from offering where uuid = ${uuid}::uuid)`),
  project_uuid: keyIs('o.project_id', 'project'),
  provider_uuid: offeringsWhere((uuid) => sql`picked.customer_id = (select id from customer where uuid = ${uuid}::uuid)`),
  query: search,
  resource: urlOfKey(['/api/marketplace-resources/{uuid}/', '/api/marketplace-provider-resources/{uuid}/'], 'o.resource_id', 'resource'),
  resource_name: keysOf({ type: 'string' }, 'o.resource_id', (value) => sql`select id from resource where name = ${value}`),
  resource_uuid: keyIs('o.resource_id', 'resource'),
  service_manager_uuid: offeringsWhere((uuid, actor) => sql`picked.shared and picked.id in (${managedOfferings(actor, uuid)})`),
  state: walkedBy('o.state', choiceAmong(ORDER_STATES, 'o.state'), true),
  type: {
    ...walkedBy('o.type', choiceAmong(ORDER_TYPES, 'o.type')),
    found: (values) => ({ ids: OF_TYPES, expected: OF_TYPES, value: values.join(), ahead: false }),
  },
}

/** What `keep_counts('order_count', …)` of the migrations keeps. */
const counts: KeptCounts = {
  view: 'order_counted',
  filters: {
    state: [],
    type: [],
    project_uuid: ['project_id'],
    customer_uuid: ['project_id'],
    ...Object.fromEntries(
      [
        'offering',
        'offering_uuid',
        'offering_slug',
        'offering_type',
        'category_uuid',
        'parent_offering_uuid',
        'provider_uuid',
        'service_manager_uuid',
      ].map((name) => [name, ['offering_id']]),
    ),
    can_approve_as_consumer: ['project_id'],
    can_approve_as_provider: ['offering_id'],
  },
  grains: [[], ['project_id'], ['offering_id'], ['project_id', 'offering_id'], ['day']],
  days: 'o.created',
}

export const orders: Collection<OrderSubject> = {
  path: '/api/marketplace-orders/',
  name: 'marketplace_orders',
  model: 'Order',
  view: orderView,
  visible: visibleOrders,
  filters,
  orderings: { created: 'o.created', consumer_reviewed_at: 'o.consumer_reviewed_at', cost: 'o.cost', state: 'order_state_rank(o.state)' },
  defaultOrder: ['created'],
  counts,
  subject: ORDER_SUBJECT,
  lock: RESOURCE_LOCK,
}
