// Two operations at once on the same objects, whichever they are: what each does and to what is a table, which pairs meet follows
// from the states table and from the foreign keys.
import type pg from 'pg'
import { orderStates } from '../../src/orders/states.ts'
import type { OrderState } from '../../src/resources/states.orders.ts'
import type { Answer, Client } from './client.ts'
import { type Factories, type Person, urls } from './factories.ts'
import { makeStage, type OrderShape, type Stage } from './stage.ts'

/** What the acts need of a client. */
export type Caller = Pick<Client, 'post' | 'patch' | 'delete'>

export type Act = {
  name: string
  /** The tables whose rows it changes, or makes. */
  writes: readonly string[]
  /** The table of which it removes a row, or what counts as one: a project is removed and stays. */
  removes?: string
  /** The states in which its order may stand; any when it is not about one. */
  states?: readonly OrderState[]
  types?: readonly OrderShape['type'][]
  does: (as: Caller, s: Stage) => Promise<Answer>
}

const ORDERS = '/api/marketplace-orders/'
const OFFERINGS = '/api/marketplace-provider-offerings/'

const ofOrder = (verb: keyof typeof orderStates.actions, body: unknown = {}): Act => ({
  name: `order ${verb}`,
  writes: ['order', 'resource'],
  states: orderStates.actions[verb].from,
  does: (as, s) => as.post(`${ORDERS}${s.order.uuid}/${verb}/`, body),
})

const RUNNING: Pick<Act, 'states' | 'types'> = { states: ['done'], types: ['Create', 'Update'] }

const ofResource = (verb: string, body: (s: Stage) => unknown, more: Partial<Act> = {}, side = 'marketplace-resources'): Act => ({
  name: `resource ${verb}`,
  writes: ['resource', 'order'],
  does: (as, s) => as.post(`/api/${side}/${s.resource.uuid}/${verb}/`, body(s)),
  ...more,
})

const byProvider = (verb: string, body: object, more: Partial<Act> = {}) =>
  ofResource(verb, () => body, { writes: ['resource'], ...more }, 'marketplace-provider-resources')

const ofOffering = (verb: string, body: (s: Stage) => unknown = () => ({}), more: Partial<Act> = {}): Act => ({
  name: `offering ${verb}`,
  writes: ['offering'],
  does: (as, s) => as.post(`${OFFERINGS}${s.offering.uuid}/${verb}/`, body(s)),
  ...more,
})

const removal = (table: string, path: (s: Stage) => string): Act => ({
  name: `${table} removed`,
  writes: [table],
  removes: table,
  does: (as, s) => as.delete(path(s)),
})

const newOrder = (s: Stage) => ({
  offering: urls.offering(s.offering),
  project: urls.project(s.otherProject),
  plan: urls.plan(s.offering, s.otherPlan),
  attributes: { name: 'new' },
  limits: { cpu: 6 },
})

const granted = (name: string, path: (s: Stage) => string, verb: string, body: (s: Stage) => object): Act => ({
  name: `${verb} ${name}`,
  writes: ['role_grant'],
  does: (as, s) => as.post(`${path(s)}${verb}/`, body(s)),
})
const offeringPath = (s: Stage) => `${OFFERINGS}${s.offering.uuid}/`
const emptyOfferingPath = (s: Stage) => `${OFFERINGS}${s.emptyOffering.uuid}/`
const projectPath = (s: Stage) => `/api/projects/${s.project.uuid}/`
const providerPath = (s: Stage) => `/api/marketplace-service-providers/${s.serviceProvider.uuid}/`
const manager = (s: Stage) => ({ role: 'OFFERING.MANAGER', user: s.member.uuid })

const ORDER_ACTS: readonly Act[] = [
  ...(
    [
      'approve_by_consumer',
      'approve_by_provider',
      'reject_by_consumer',
      'reject_by_provider',
      'set_state_executing',
      'set_state_done',
      'set_state_erred',
      'retry',
    ] as const
  ).map((verb) => ofOrder(verb)),
  {
    name: 'order edited',
    writes: ['order', 'resource'],
    states: ['pending-consumer'],
    does: (as, s) => as.patch(`${ORDERS}${s.order.uuid}/`, { limits: { cpu: 3 }, attributes: { name: 'edited' } }),
  },
  {
    name: 'order removed',
    writes: ['order', 'resource'],
    removes: 'order',
    states: ['pending-consumer', 'pending-provider'],
    does: (as, s) => as.delete(`${ORDERS}${s.order.uuid}/`),
  },
  { name: 'order made', writes: ['order', 'resource'], does: (as, s) => as.post(ORDERS, newOrder(s)) },
  {
    name: 'order made in the project',
    writes: ['order', 'resource'],
    does: (as, s) => as.post(ORDERS, { ...newOrder(s), project: urls.project(s.project), plan: urls.plan(s.offering, s.plan) }),
  },
  {
    name: 'order made of the empty offering',
    writes: ['order', 'resource'],
    does: (as, s) =>
      as.post(ORDERS, {
        ...{ offering: urls.offering(s.emptyOffering), plan: urls.plan(s.emptyOffering, s.idlePlan), project: urls.project(s.project) },
        ...{ attributes: {}, limits: { cpu: 1 } },
      }),
  },
]

const RESOURCE_ACTS: readonly Act[] = [
  ofResource('terminate', () => ({}), RUNNING),
  ofResource('switch_plan', (s) => ({ plan: urls.plan(s.offering, s.otherPlan) }), RUNNING),
  ofResource('update_limits', () => ({ limits: { cpu: 6 } }), RUNNING),
  ofResource('update_options', () => ({ options: { size: 'large' } }), RUNNING),
  ofResource('restore', () => ({}), { states: ['canceled', 'done'], types: ['Create', 'Terminate'] }),
  ofResource('move_resource', (s) => ({ project: { url: urls.project(s.otherProject) } })),
  ofResource('unlink', () => undefined, { removes: 'resource' }),
  byProvider('set_as_erred', { error_message: 'It broke' }),
  byProvider('set_as_ok', {}),
  byProvider('set_state_ok', {}, { states: ['erred', 'executing'] }),
  byProvider('update_options_direct', { options: { size: 'small' } }),
  {
    name: 'usage reported',
    writes: ['component_usage', 'resource'],
    ...RUNNING,
    does: (as, s) =>
      as.post('/api/marketplace-component-usages/set_usage/', { resource: s.resource.uuid, usages: [{ type: 'cpu', amount: '1' }] }),
  },
]

const OFFERING_ACTS: readonly Act[] = [
  ...(['pause', 'archive', 'make_unavailable'] as const).map((verb) => ofOffering(verb)),
  ofOffering('create_offering_component', () => ({ billing_type: 'usage', type: 'disk', name: 'Disk' }), {
    writes: ['offering_component', 'plan_component', 'plan'],
  }),
  ofOffering('update_offering_component', (s) => ({ uuid: s.spare.uuid, billing_type: 'usage' }), {
    writes: ['offering_component', 'plan'],
  }),
  {
    name: 'component removed',
    writes: ['offering_component', 'plan'],
    removes: 'offering_component',
    does: (as, s) => as.post(`${OFFERINGS}${s.emptyOffering.uuid}/remove_offering_component/`, { uuid: s.idlePart.uuid }),
  },
  removal('offering', (s) => `${OFFERINGS}${s.emptyOffering.uuid}/`),
  {
    name: 'plan made',
    writes: ['plan', 'plan_component'],
    does: (as, s) => as.post('/api/marketplace-plans/', { name: 'New', offering: urls.providerOffering(s.offering) }),
  },
  {
    name: 'plan made of the empty offering',
    writes: ['plan', 'plan_component'],
    does: (as, s) => as.post('/api/marketplace-plans/', { name: 'New', offering: urls.providerOffering(s.emptyOffering) }),
  },
  {
    name: 'plan archived',
    writes: ['plan'],
    does: (as, s) => as.post(`/api/marketplace-plans/${s.otherPlan.uuid}/archive/`, {}),
  },
  {
    name: 'prices set',
    writes: ['plan_component', 'plan'],
    does: (as, s) => as.post(`/api/marketplace-plans/${s.otherPlan.uuid}/update_prices/`, { prices: { cpu: '3', spare: '2' } }),
  },
  {
    name: 'quotas set',
    writes: ['plan_component', 'plan'],
    does: (as, s) => as.post(`/api/marketplace-plans/${s.otherPlan.uuid}/update_quotas/`, { quotas: { spare: 5 } }),
  },
  removal('plan', (s) => `/api/marketplace-plans/${s.otherPlan.uuid}/`),
  {
    name: 'offering made',
    writes: ['offering'],
    does: (as, s) =>
      as.post(OFFERINGS, {
        name: 'New',
        customer: urls.customer(s.lonelyCustomer),
        category: urls.category(s.idleCategory),
        type: 'Marketplace.Slurm',
      }),
  },
  removal('category', (s) => `/api/marketplace-categories/${s.idleCategory.uuid}/`),
]

const CORE_ACTS: readonly Act[] = [
  removal('project', (s) => `/api/projects/${s.otherProject.uuid}/`),
  { ...removal('project', projectPath), name: 'project of the resource removed', states: ['canceled'], types: ['Create'] },
  { name: 'project renamed', writes: ['project'], does: (as, s) => as.patch(projectPath(s), { name: 'Renamed' }) },
  {
    name: 'project moved',
    writes: ['project'],
    does: (as, s) =>
      as.post(`/api/projects/${s.otherProject.uuid}/move_project/`, {
        customer: urls.customer(s.lonelyCustomer),
        preserve_permissions: true,
      }),
  },
  {
    name: 'project recovered',
    writes: ['project'],
    does: (as, s) => as.post(`/api/projects/${s.removedProject.uuid}/recover/`, {}),
  },
  {
    name: 'project made',
    writes: ['project'],
    does: (as, s) => as.post('/api/projects/', { name: 'New', customer: urls.customer(s.lonelyCustomer) }),
  },
  {
    name: 'provider registered',
    writes: ['service_provider'],
    does: (as, s) => as.post('/api/marketplace-service-providers/', { customer: urls.customer(s.lonelyCustomer) }),
  },
  removal('service_provider', (s) => `/api/marketplace-service-providers/${s.idleProvider.uuid}/`),
  removal('customer', (s) => `/api/customers/${s.lonelyCustomer.uuid}/`),
  {
    name: 'customer blocked',
    writes: ['customer'],
    does: (as, s) => as.patch(`/api/customers/${s.consumer.uuid}/`, { blocked: true }),
  },
  {
    name: 'groups of the customer set',
    writes: ['customer_organization_group'],
    does: (as, s) =>
      as.post(`/api/customers/${s.lonelyCustomer.uuid}/update_organization_groups/`, {
        organization_groups: [`/api/organization-groups/${s.group.uuid}/`],
      }),
  },
  removal('organization_group', (s) => `/api/organization-groups/${s.group.uuid}/`),
  removal('user', (s) => `/api/users/${s.newcomer.uuid}/`),
  { ...removal('user', (s) => `/api/users/${s.member.uuid}/`), name: 'manager removed' },
  removal('role', (s) => `/api/roles/${s.role.uuid}/`),
  granted('of the project', projectPath, 'add_user', (s) => ({ role: s.roleName, user: s.newcomer.uuid })),
  granted(
    'of another project',
    (s) => `/api/projects/${s.otherProject.uuid}/`,
    'add_user',
    (s) => ({
      role: 'PROJECT.ADMIN',
      user: s.newcomer.uuid,
    }),
  ),
  granted('of the offering', offeringPath, 'delete_user', manager),
  granted('of the empty offering', emptyOfferingPath, 'delete_user', manager),
  granted('of the offering', offeringPath, 'add_user', (s) => ({ ...manager(s), user: s.newcomer.uuid })),
  granted('of the empty offering', emptyOfferingPath, 'add_user', (s) => ({ ...manager(s), user: s.newcomer.uuid })),
  granted('of the provider', providerPath, 'delete_user', (s) => ({ role: 'CUSTOMER.MANAGER', user: s.member.uuid })),
]

export const ACTS: readonly Act[] = [...ORDER_ACTS, ...RESOURCE_ACTS, ...OFFERING_ACTS, ...CORE_ACTS]

export type Race = readonly [Act, Act]
/** Child table → the tables that its foreign keys name. */
export type Parents = ReadonlyMap<string, ReadonlySet<string>>

const meet = (a: Act, b: Act, parents: Parents): boolean =>
  a.writes.some((table) => b.writes.includes(table)) ||
  [a, b].some((one) => {
    const other = one === a ? b : a
    return other.writes.some((table) => one.writes.some((child) => parents.get(child)?.has(table)))
  })

/** Every pair that changes the same table, or of which one changes what the other's rows refer to; an act meets itself too. */
export const races = (parents: Parents): Race[] =>
  ACTS.flatMap((a, i) => ACTS.slice(i).flatMap((b) => (meet(a, b, parents) ? [[a, b] as const] : [])))

/** Roles refer to their scopes, and limits to components, by words, which no foreign key says. */
const BY_WORD: [string, Set<string>][] = [
  ['role_grant', new Set(['project', 'offering', 'customer', 'service_provider'])],
  ['order', new Set(['offering_component'])],
]

export async function parentsOf(pool: pg.Pool): Promise<Parents> {
  const { rows } = await pool.query<{ child: string; parent: string }>(
    `select distinct child.relname as child, parent.relname as parent from pg_constraint
       join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
      where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  const parents = new Map(BY_WORD.map(([child, named]) => [child, new Set(named)]))
  for (const { child, parent } of rows) parents.set(child, (parents.get(child) ?? new Set()).add(parent))
  return parents
}

const TYPES = ['Create', 'Update', 'Terminate', 'Restore'] as const
const both = <T>(some: readonly T[] | undefined, others: readonly T[] | undefined, all: readonly T[]): readonly T[] => {
  const shared = all.filter((one) => (some ?? all).includes(one) && (others ?? all).includes(one))
  return shared.length > 0 ? shared : (some ?? all)
}

/** Where races are run: what makes stages, and who calls. `away`: statuses that a server may have answered because it was ended. */
export type Racing = Factories & { as: (person: Person) => Caller; staff?: Person; away?: readonly number[]; slowMs?: number }

export type Round = { race: string; offering: number; statuses: readonly number[]; ms: number; faults: readonly string[] }

const BUSY = /being changed by somebody else/
/** Far above what two operations take, and below what a wait for a lock may take; deadlocks are counted apart. */
const SLOW_MS = 2500

/** Runs one race; `random` gives numbers from 0 to 1. Faults are those of the answers. */
export async function runRace(w: Racing, [a, b]: Race, random: () => number): Promise<Round> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const state = pick(both(a.states, b.states, orderStates.states))
  const stage = await makeStage(w, { state, type: pick(both(a.types, b.types, TYPES)) }, w.staff)
  const as = w.as(stage.staff)
  const later = (ms: number) => new Promise((done) => setTimeout(done, ms))
  const began = performance.now()
  const delays = random() < 0.5 ? [0, random() * 8] : [random() * 8, 0]
  const answers = await Promise.all([a, b].map((act, i) => later(delays[i] ?? 0).then(() => act.does(as, stage))))
  const ms = performance.now() - began
  const race = `${a.name} × ${b.name} (${state})`
  return {
    race,
    offering: stage.offering.id,
    statuses: answers.map(({ status }) => status),
    ms,
    faults: [
      ...answers.flatMap(({ status, text }) =>
        (status >= 500 && !w.away?.includes(status)) || BUSY.test(text) ? [`${race}: ${status} ${text}`] : [],
      ),
      ...(ms > (w.slowMs ?? SLOW_MS) ? [`${race}: ${Math.round(ms)} ms`] : []),
    ],
  }
}
