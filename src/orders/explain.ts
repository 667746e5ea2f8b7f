// Why an order is where it is: what it waits for, who can move it on, which rules decided, and how it came there.
import { sql } from 'kysely'
import { users } from '../core/public.ts'
import { findOfferingType } from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { type Db, run } from '../platform/db/database.ts'
import { type Api, list, read } from '../platform/http/api.ts'
import type { Collection } from '../platform/http/collection.ts'
import { visibleCondition } from '../platform/http/cut.ts'
import { choiceIs } from '../platform/http/filters.ts'
import { absent, datetime, nullable, oneOf, text, uuid, type View } from '../platform/http/view.ts'
import type { Wiring } from '../platform/wiring.ts'
import { ORDER_STATES } from '../resources/public.ts'
import { driverOf } from './drivers.ts'
import { type OrderSubject, orders } from './list.ts'
import { consumerRuling, needsProviderReview, ORDER_RIGHTS, RULES, type Ruling } from './policy.ts'
import { creatorStanding } from './queries.ts'
import { type OrderState, orderStates } from './states.ts'

const transitionView: View = {
  name: 'OrderTransition',
  from: 'order_transition t',
  alias: 't',
  joins: { who: 'left join "user" who on who.id = t.user_id' },
  fields: {
    created: datetime('t.created'),
    action: text('t.action'),
    from_state: nullable(oneOf(ORDER_STATES, 't.from_state')),
    to_state: oneOf(ORDER_STATES, 't.to_state'),
    // Nobody is the system itself.
    user_uuid: absent(uuid('who.uuid')),
    user_username: absent(text('who.username')),
    user_full_name: absent(text('who.full_name')),
  },
}

const transitions: Collection = {
  path: `${orders.path}{uuid}/history/`,
  name: 'marketplace_orders_history',
  model: 'OrderTransition',
  view: transitionView,
  // Who sees the order sees what became of it.
  visible: () => 'all',
  filters: { to_state: choiceIs(ORDER_STATES, 't.to_state') },
  orderings: { created: 't.created' },
  defaultOrder: ['created'],
}

type Side = 'consumer' | 'provider'
type Waiting = { for: Side | 'clock' | 'agent' | 'server'; why: string; until?: string; side?: Side }

/** The steps by which the provider says what became of an order that it carries out. */
const verbsOf = (type: string): string =>
  Object.entries(findOfferingType(type)?.orderVerbs ?? {})
    .filter(([verb, works]) => works && verb.startsWith('set_state_'))
    .map(([verb]) => verb)
    .join(', ')

const toldBy = (verbs: string): string =>
  verbs === '' ? 'The provider answers it.' : `The provider carries it out, and says how it ended: ${verbs}.`

const WAITING: { readonly [State in OrderState]?: (order: OrderSubject, wiring: Wiring) => Waiting } = {
  'pending-consumer': () => ({ for: 'consumer', side: 'consumer', why: 'Somebody of the consumer must approve or reject it.' }),
  'pending-provider': () => ({ for: 'provider', side: 'provider', why: 'Somebody of the provider must approve or reject it.' }),
  'pending-project': ({ project_start_date }) => ({
    for: 'clock',
    why: 'The project has not begun yet.',
    ...(project_start_date ? { until: project_start_date } : {}),
  }),
  'pending-start-date': ({ start_date }) => ({
    for: 'clock',
    why: 'The order names a later day.',
    ...(start_date ? { until: start_date } : {}),
  }),
  executing: ({ offering_type }, wiring) => {
    const driver = driverOf(wiring, offering_type)
    return driver && !driver.carryOut
      ? { for: 'agent', side: 'provider', why: toldBy(verbsOf(offering_type)) }
      : { for: 'server', why: 'It is being carried out.' }
  },
  erred: () => ({ for: 'provider', side: 'provider', why: 'It failed, as its error_message says. The provider may take it up again.' }),
}

const SCOPES: {
  readonly [S in Side]: (order: OrderSubject) => readonly (readonly [type: 'project' | 'customer' | 'offering', id: number])[]
} = {
  consumer: (order) => [
    ['project', order.project_id],
    ['customer', order.customer_id],
  ],
  provider: (order) => [
    ['offering', order.offering_id],
    ['customer', order.provider_id],
  ],
}

type Holder = { uuid: string; username: string; full_name: string; role_name: string; scope_type: string; scope_name: string }

/** Who holds ORDER.APPROVE on a side of the order, as far as the caller sees people; and the roles that grant it there. */
async function whoOf(db: Db, side: Side, order: OrderSubject, actor: Actor) {
  const scopes = SCOPES[side](order)
  const among = sql`(${sql.join(
    scopes.map(([type, id]) => sql`select ${type}::text as type, id, name from ${sql.table(type)} where id = ${id}`),
    sql` union all `,
  )}) scope`
  const granting = sql`role_permission rp join role on role.id = rp.role_id and role.is_active where rp.permission = 'ORDER.APPROVE'`
  const roles = await run(
    db,
    sql<{
      role_name: string
      scope_type: string
      scope_name: string
    }>`select role.name as role_name, scope.type as scope_type, scope.name as scope_name
      from ${among} cross join ${granting} and role.scope_type = scope.type order by scope.type, role.name`,
  )
  const people = await run(
    db,
    sql<Holder>`select u.uuid, u.username, u.full_name, held.role_name, held.scope_type, held.scope_name from (
        select g.user_id, role.name as role_name, scope.type as scope_type, scope.name as scope_name
        from ${among} join live_grant g on g.scope_type = scope.type and g.scope_id = scope.id
          join role_permission rp on rp.role_id = g.role_id and rp.permission = 'ORDER.APPROVE' join role on role.id = g.role_id) held
      join "user" u on u.id = held.user_id and u.is_active
      where ${visibleCondition('u', users.visible(actor)) ?? sql`true`} order by u.full_name, u.id, held.role_name limit 100`,
  )
  return { roles, people }
}

const told = ({ rule, needed }: Ruling, side: Side) => ({ side, rule, review_needed: needed, why: RULES[rule] })

/** The explanation of one order, for one caller; people whom that one does not see are left out and not counted. */
async function explain(db: Db, wiring: Wiring, order: OrderSubject, actor: Actor) {
  const waiting = WAITING[order.state]?.(order, wiring)
  const { side, ...waits_for } = waiting ?? {}
  const [last] = await run(
    db,
    sql<{ since: string }>`select wire_time(created) as since from order_transition where order_id = ${order.id} order by id desc limit 1`,
  )
  const ruling = consumerRuling({ ...order, has_attachment: order.attachment_id !== null }, await creatorStanding(db, order))
  const actions = Object.entries(ORDER_RIGHTS).filter(
    ([verb, may]) =>
      (orderStates.actions[verb as keyof typeof ORDER_RIGHTS].from as readonly OrderState[]).includes(order.state) && may(actor, order),
  )
  return {
    state: order.state,
    ...last,
    ...(waiting ? { waits_for: { ...waits_for, ...(side ? await whoOf(db, side, order, actor) : { roles: [], people: [] }) } } : {}),
    rules: [told(ruling, 'consumer'), told({ rule: 'offering_type', needed: needsProviderReview(order) }, 'provider')],
    you_may: actions.map(([verb]) => verb),
  }
}

const TEXT = { type: 'string' }
const HELD = { role_name: TEXT, scope_type: TEXT, scope_name: TEXT }
const ANSWER = {
  type: 'object',
  properties: {
    state: { type: 'string', enum: [...ORDER_STATES] },
    since: { type: 'string', format: 'date-time' },
    waits_for: {
      type: 'object',
      properties: {
        for: { type: 'string', enum: ['consumer', 'provider', 'clock', 'agent', 'server'] },
        why: TEXT,
        until: { type: 'string', format: 'date' },
        roles: { type: 'array', items: { type: 'object', properties: HELD } },
        people: { type: 'array', items: { type: 'object', properties: { uuid: TEXT, username: TEXT, full_name: TEXT, ...HELD } } },
      },
      required: ['for', 'why', 'roles', 'people'],
    },
    rules: {
      type: 'array',
      items: { type: 'object', properties: { side: TEXT, rule: TEXT, review_needed: { type: 'boolean' }, why: TEXT } },
    },
    you_may: { type: 'array', items: { type: 'string', enum: Object.keys(ORDER_RIGHTS) } },
  },
  required: ['state', 'rules', 'you_may'],
}

/** Beside the contract: why an order stands where it does, and how it came there. */
export function explainRoutes(api: Api): void {
  list(api, transitions, {
    summary: 'How an order came where it is',
    under: {
      of: orders,
      permission: 'anyone who sees it',
      where: ({ id }: OrderSubject) => sql`t.order_id = ${id}`,
    },
  })
  read<OrderSubject>(api, {
    path: `${orders.path}{uuid}/explain/`,
    id: 'marketplace_orders_explain_retrieve',
    tag: orders.name,
    summary: 'Why an order is where it is, and who can move it',
    of: orders,
    permission: 'anyone who sees it',
    answer: ANSWER,
    run: ({ db, viewer, row }) => explain(db, api.wiring, row, viewer.actor as Actor),
  })
}
