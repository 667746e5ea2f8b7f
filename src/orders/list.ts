// Orders as a list: who sees which, what they may be filtered and ordered by (orders.md §3.3, §4).
import { type RawBuilder, sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { Collection, Visibility } from '../platform/http/collection.ts'
import { as, bool, day, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'
import {
  before,
  type Condition,
  choiceAmong,
  containing,
  type Filter,
  own,
  readFlag,
  readUuid,
  requireUuid,
  since,
  textAmong,
  textIs,
  urlOf,
} from '../platform/http/filters.ts'
import { keyIs, OFFERING_FACTS, ORDER_STATES, ORDER_TYPES, type OrderKind, PROJECT_FACTS } from '../resources/public.ts'
import { KEPT_DAYS, keptCount } from './counts.ts'
import type { OrderState } from './states.ts'
import { orderView } from './view.ts'

/** What operations on an order decide on: the order, and what stands around it. */
export const ORDER_SUBJECT = {
  id: int('o.id'),
  uuid: uuid('o.uuid'),
  type: as<OrderKind>('o.type'),
  state: as<OrderState>('o.state'),
  resource_id: int('o.resource_id'),
  resource_uuid: uuid('r.uuid'),
  resource_name: str('r.name'),
  plan_id: orNull(int('o.plan_id')),
  old_plan_id: orNull(int('o.old_plan_id')),
  attributes: as<{ [key: string]: unknown }>('o.attributes'),
  limits: as<{ [type: string]: number }>('o.limits'),
  start_date: orNull(day('o.start_date')),
  /** It names a day later than today. */
  starts_later: bool('coalesce(o.start_date > ctx.today, false)'),
  backend_id: str('o.backend_id'),
  attachment_id: orNull(int('o.attachment_id')),
  provider_message_attachment_id: orNull(int('o.provider_message_attachment_id')),
  consumer_message_attachment_id: orNull(int('o.consumer_message_attachment_id')),
  created_by_id: int('o.created_by_id'),
  created_by_staff: bool('o_creator.is_staff'),
  consumer_reviewed_at: orNull(str('o.consumer_reviewed_at')),
  ...OFFERING_FACTS,
  ...PROJECT_FACTS,
}
export type OrderSubject = RowOf<typeof ORDER_SUBJECT>

/** Ids from one or several queries; which queries depends on what kinds of roles the actor has, so that each is one index walk. */
const together = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`select null::bigint where false` : sql.join(parts, sql` union all `)

/** `text` with the ids bound, if there are any. */
const of = (ids: readonly number[], query: (ids: RawBuilder<unknown>) => RawBuilder<unknown>) =>
  ids.length > 0 ? [query(sql`any(${[...ids]}::bigint[])`)] : []

const projectsWith = (actor: Actor, permission: string): RawBuilder<unknown> =>
  together([
    ...of(scopeIds(actor, 'project', permission), (ids) => sql`select id from project where id = ${ids}`),
    ...of(scopeIds(actor, 'customer', permission), (ids) => sql`select id from project where customer_id = ${ids}`),
  ])

const offeringsWith = (actor: Actor, permission: string): RawBuilder<unknown> =>
  together([
    ...of(
      [...scopeIds(actor, 'customer', permission), ...providerCustomerIds(actor, permission)],
      (ids) => sql`select id from offering where customer_id = ${ids}`,
    ),
    ...of(scopeIds(actor, 'offering', permission), (ids) => sql`select id from offering where id = ${ids}`),
  ])

const holdsNowhere = (actor: Actor, permission: string): boolean =>
  ['project', 'customer', 'offering', 'service_provider'].every((type) => scopeIds(actor, type, permission).length === 0)

/** Staff and support see all; others by a role that grants ORDER.LIST on either side; the creator as such sees nothing. */
function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  if (holdsNowhere(actor, 'ORDER.LIST')) return 'none'
  return {
    arms: [
      { column: 'project_id', ids: projectsWith(actor, 'ORDER.LIST') },
      { column: 'offering_id', ids: offeringsWith(actor, 'ORDER.LIST') },
    ],
  }
}

const uuidSchema = { type: 'string', format: 'uuid' }

/** Orders on offerings, or in projects, chosen by a condition with the uuid; the orders' own indexes serve the outcome. */
const offeringsWhere = (condition: (uuid: string) => Condition): Filter =>
  own(uuidSchema, (value) => sql`o.offering_id in (select picked.id from offering picked where ${condition(requireUuid(value))})`)
const projectsWhere = (condition: (uuid: string) => Condition): Filter =>
  own(uuidSchema, (value) => sql`o.project_id in (select picked.id from project picked where ${condition(requireUuid(value))})`)

/** The order of that uuid; else orders whose project, name at order time, present name or slug holds the text. */
function search(value: string): Condition {
  const hex = readUuid(value.trim())
  const pattern = containing(value)
  const byText = sql<boolean>`(p.name ilike ${pattern} or o.attributes ->> 'name' ilike ${pattern} or r.name ilike ${pattern} or o.slug ilike ${pattern})`
  return hex
    ? sql`case when exists (select 1 from "order" named where named.uuid = ${hex}::uuid) then o.uuid = ${hex}::uuid else ${byText} end`
    : byText
}

/**
 * Orders that wait for one side, and that the caller may approve for it. `false` leaves those out instead of keeping all that
 * wait, as the original does (orders.md §3.3).
 */
function approvable(state: OrderState, column: string, ids: (actor: Actor) => RawBuilder<unknown>): Filter {
  return own({ type: 'boolean' }, (value, actor) => {
    const wanted = readFlag(value)
    if (wanted === undefined || !actor) return undefined
    const waiting = sql<boolean>`o.state = ${state}`
    const mine = actor.is_staff ? waiting : sql<boolean>`(${waiting} and ${sql.raw(column)} = any(array(${ids(actor)})))`
    return wanted ? mine : sql`not ${mine}`
  })
}

const filters: { [name: string]: Filter } = {
  can_approve_as_consumer: approvable('pending-consumer', 'o.project_id', (actor) => projectsWith(actor, 'ORDER.APPROVE')),
  can_approve_as_provider: approvable('pending-provider', 'o.offering_id', (actor) => offeringsWith(actor, 'ORDER.APPROVE')),
  category_uuid: offeringsWhere((uuid) => sql`picked.category_id = (select id from category where uuid = ${uuid}::uuid)`),
  created: since('o.created'),
  created_before: before('o.created'),
  customer_uuid: projectsWhere((uuid) => sql`picked.customer_id = (select id from customer where uuid = ${uuid}::uuid)`),
  modified: since('o.modified'),
  modified_before: before('o.modified'),
  offering: urlOf(['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'], 'off.uuid'),
  offering_slug: textAmong('off.slug'),
  offering_type: textAmong('off.type'),
  offering_uuid: keyIs('o.offering_id', 'offering'),
  parent_offering_uuid: offeringsWhere((uuid) => sql`picked.parent_id = (select id from offering where uuid = ${uuid}::uuid)`),
  project_uuid: keyIs('o.project_id', 'project'),
  provider_uuid: offeringsWhere((uuid) => sql`picked.customer_id = (select id from customer where uuid = ${uuid}::uuid)`),
  query: own({ type: 'string' }, search, 'p.name r.name'),
  resource: urlOf(['/api/marketplace-resources/{uuid}/', '/api/marketplace-provider-resources/{uuid}/'], 'r.uuid'),
  resource_name: textIs('r.name'),
  resource_uuid: keyIs('o.resource_id', 'resource'),
  service_manager_uuid: offeringsWhere(
    (uuid) => sql`picked.shared and exists (select 1 from live_grant g join "user" manager on manager.id = g.user_id
      where g.scope_type = 'offering' and g.scope_id = picked.id
      and manager.uuid = ${uuid}::uuid)`,
  ),
  state: choiceAmong(ORDER_STATES, 'o.state'),
  type: choiceAmong(ORDER_TYPES, 'o.type'),
}

export const orders: Collection<OrderSubject> = {
  path: '/api/marketplace-orders/',
  name: 'marketplace_orders',
  model: 'Order',
  view: orderView,
  visible,
  filters,
  orderings: { created: 'o.created', consumer_reviewed_at: 'o.consumer_reviewed_at', cost: 'o.cost', state: 'order_state_rank(o.state)' },
  defaultOrder: ['created'],
  days: { column: 'o.created', counts: KEPT_DAYS },
  count: (actor, given) =>
    keptCount(actor, given, { projects: projectsWith(actor, 'ORDER.LIST'), offerings: offeringsWith(actor, 'ORDER.LIST') }),
  subject: ORDER_SUBJECT,
}
