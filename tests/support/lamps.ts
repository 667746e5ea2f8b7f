// A small module made for tests of the engines: lamps that hang in organizations. It uses every kind of filter, shape and
// operation that the engines offer, so that they are tested without waiting for a module that happens to need each.
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { sessionSource } from '../../src/core/users/sessions.ts'
import { type Actor, may, scopeIds } from '../../src/platform/auth/actor.ts'
import { createAuthenticator } from '../../src/platform/auth/authenticate.ts'
import { serverLimits } from '../../src/platform/config.ts'
import { run } from '../../src/platform/db/database.ts'
import { type Api, action, create, destroy, detail, list, operation, update } from '../../src/platform/http/api.ts'
import type { Collection } from '../../src/platform/http/collection.ts'
import { as, int, type RowOf, uuid } from '../../src/platform/http/columns.ts'
import { type DescribedRoute, describeApi } from '../../src/platform/http/description.ts'
import { invalid } from '../../src/platform/http/errors.ts'
import * as filter from '../../src/platform/http/filters.ts'
import { linksTo, linkTo } from '../../src/platform/http/links.ts'
import type { Call } from '../../src/platform/http/operation.ts'
import { createServer } from '../../src/platform/http/server.ts'
import * as shape from '../../src/platform/http/shapes.ts'
import * as view from '../../src/platform/http/view.ts'
import { inStateFor, type StateTable, transition } from '../../src/platform/states/transition.ts'
import { type Client, client } from './client.ts'
import { buildWorld, type Person, type Row, type World } from './world.ts'

const LAMP_STATES = ['Off', 'On', 'Broken'] as const
type LampState = (typeof LAMP_STATES)[number]

/** `smash` may be asked for in every state; `switch_on` only when off. */
export const lampStates: StateTable<LampState, 'switch_on' | 'switch_off' | 'smash'> = {
  table: 'lamp',
  states: LAMP_STATES,
  initial: ['Off'],
  final: ['Broken'],
  actions: {
    switch_on: { from: ['Off'], to: ['On'] },
    switch_off: { from: ['On'], to: ['Off'] },
    smash: { from: ['Off', 'On'], to: ['Broken'] },
  },
}

const TABLE = `create table lamp (
  id bigint generated always as identity primary key,
  uuid uuid not null unique default gen_random_uuid(),
  name text not null,
  state text not null default 'Off',
  brightness integer not null default 0,
  price numeric(12, 2),
  is_dim boolean,
  bought date,
  created timestamptz not null default now(),
  page text,
  notes jsonb not null default '{}',
  customer_id bigint not null references customer)`

const lampView: view.View = {
  name: 'Lamp',
  from: 'lamp',
  alias: 'lamp',
  joins: { customer: 'join customer on customer.id = lamp.customer_id' },
  fields: {
    url: view.url('/api/lamps/{}/', 'lamp.uuid'),
    uuid: view.uuid('lamp.uuid'),
    name: view.text('lamp.name'),
    state: view.oneOf(LAMP_STATES, 'lamp.state'),
    brightness: view.integer('lamp.brightness'),
    price: view.nullable(view.decimal('lamp.price', 2)),
    is_dim: view.absent(view.boolean('lamp.is_dim')),
    bought: view.nullable(view.date('lamp.bought')),
    created: view.datetime('lamp.created'),
    notes: view.json('lamp.notes'),
    customer: view.url('/api/customers/{}/', 'customer.uuid'),
    customer_name: view.text('customer.name'),
    secret: view.shownTo(view.forStaff, view.constant('hidden', { type: 'string' })),
    dear: view.onlyNamed(view.integer('(select count(*) from lamp other where other.customer_id = lamp.customer_id)')),
  },
}

const LAMP = {
  id: int('lamp.id'),
  uuid: uuid('lamp.uuid'),
  state: as<LampState>('lamp.state'),
  customer_id: int('lamp.customer_id'),
}
type Lamp = RowOf<typeof LAMP>

/** Lamps are seen by those with a role on their organization. */
export const lamps: Collection<Lamp> = {
  path: '/api/lamps/',
  name: 'lamps',
  model: 'Lamp',
  view: lampView,
  visible: (actor) =>
    actor?.is_staff || actor?.is_support
      ? 'all'
      : { arms: [{ column: 'customer_id', ids: sql`select unnest(${scopeIds(actor as Actor, 'customer')}::bigint[])` }] },
  filters: {
    uuid: filter.uuidIs('lamp.uuid'),
    uuids: filter.uuidAmong('lamp.uuid'),
    name: filter.textContains('lamp.name'),
    name_exact: filter.textIs('lamp.name'),
    names: filter.textAmong('lamp.name'),
    state: filter.choiceAmong(LAMP_STATES, 'lamp.state'),
    one_state: filter.choiceIs(LAMP_STATES, 'lamp.state'),
    brightness: filter.numberIs('lamp.brightness'),
    is_dim: filter.flag('lamp.is_dim'),
    bought: filter.dateIs('lamp.bought'),
    bought_from: filter.dateCompared('>=', 'lamp.bought'),
    created: filter.since('lamp.created'),
    created_before: filter.before('lamp.created'),
    customer: filter.urlOf(['/api/customers/{uuid}/'], 'customer.uuid'),
    customer_uuid: filter.uuidIs('customer.uuid'),
    ghost: filter.accepted({ type: 'string' }),
    lit_or_bright: filter.own({ type: 'boolean' }, () => sql`lamp.state = 'On' or lamp.brightness > 4`),
  },
  orderings: {
    name: 'lamp.name',
    created: 'lamp.created',
    brightness: 'lamp.brightness',
    bought: 'lamp.bought',
    customer_name: 'customer.name',
  },
  defaultOrder: ['-created'],
  subject: LAMP,
}

/** The same lamps, each of whose conditions says `or` at its top. */
const oddLamps: Collection<Lamp> = {
  ...lamps,
  path: '/api/odd-lamps/',
  name: 'odd_lamps',
  visible: (actor) => ({
    where: sql`lamp.customer_id = any(${scopeIds(actor as Actor, 'customer')}::bigint[]) or lamp.id < 0`,
  }),
}

const lampsUnder: Collection<Lamp> = {
  ...oddLamps,
  path: '/api/customers/{uuid}/odd_lamps/',
  name: 'odd_lamps_under',
  listed: () => sql`lamp.is_dim or lamp.brightness > 4`,
}

const organizations: Collection<{ id: number; uuid: string }> = {
  path: '/api/customers/',
  name: 'customers_of_lamps',
  model: 'Customer',
  view: { name: 'CustomerOfLamps', from: 'customer', alias: 'customer', joins: {}, fields: { uuid: view.uuid('customer.uuid') } },
  visible: (actor) => (actor?.is_staff ? 'all' : { where: sql`customer.id = any(${scopeIds(actor as Actor, 'customer')}::bigint[])` }),
  filters: {},
  orderings: {},
  defaultOrder: [],
}

/** One field of each kind; only name and customer are required. */
export const lampBody = shape.body({
  name: shape.text({ max: 20 }),
  customer: linkTo(organizations),
  brightness: shape.optional(shape.integer({ min: 0, max: 10 })),
  price: shape.optional(shape.nullable(shape.decimal({ digits: 10, places: 2, min: 0 }))),
  is_dim: shape.optional(shape.nullable(shape.boolean())),
  bought: shape.optional(shape.nullable(shape.date())),
  lit: shape.optional(shape.datetime()),
  colour: shape.optional(shape.choice(['red', 'green'])),
  ratio: shape.optional(shape.number({ min: 0, max: 1 })),
  serial: shape.optional(shape.uuid()),
  page: shape.optional(shape.url()),
  contact: shape.optional(shape.email()),
  word: shape.optional(shape.slug()),
  story: shape.optional(shape.html({ max: 1000 })),
  twins: shape.optional(linksTo(lamps)),
  codes: shape.optional(shape.list(shape.integer(), { empty: false })),
  parts: shape.optional(shape.list(shape.body({ amount: shape.integer({ min: 1 }), label: shape.optional(shape.text({ max: 5 })) }))),
  limits: shape.optional(shape.dictionaryOf(shape.integer({ min: 0 }))),
  notes: shape.optional(shape.dictionary()),
  anything: shape.optional(shape.json()),
})
type Input = shape.Parsed<typeof lampBody>

const columns = (input: Partial<Input>) =>
  Object.entries({
    name: input.name,
    customer_id: input.customer?.id,
    brightness: input.brightness,
    price: input.price,
    is_dim: input.is_dim,
    bought: input.bought,
    page: input.page,
    notes: input.notes && JSON.stringify(input.notes),
  }).filter(([, value]) => value !== undefined)

async function createLamp({ tx, input }: Call<undefined, Input>): Promise<number> {
  const sent = columns(input)
  const names = sql.join(sent.map(([name]) => sql.ref(name)))
  const [row] = await run(
    tx,
    sql<{ id: number }>`insert into lamp (${names}) values (${sql.join(sent.map(([, value]) => value))}) returning id`,
  )
  return (row as { id: number }).id
}

async function updateLamp({ tx, row, input }: Call<Lamp, Partial<Input>>): Promise<number> {
  const changes = columns(input).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  if (changes.length > 0) await run(tx, sql`update lamp set ${sql.join(changes)} where id = ${row.id}`)
  return row.id
}

const mayChange = (actor: Actor, row: Lamp) => may(actor, 'PROJECT.CREATE', [['customer', row.customer_id]])

function lampRoutes(api: Api): void {
  list(api, lamps)
  detail(api, lamps)
  detail(api, oddLamps)
  list(api, lampsUnder, {
    under: {
      of: organizations,
      permission: 'anyone who sees it',
      where: ({ id }) => sql`lamp.customer_id = ${id} or lamp.customer_id < 0`,
    },
  })
  create(api, lamps, {
    summary: 'Hang a lamp',
    body: lampBody,
    allowed: (actor, input) => may(actor, 'PROJECT.CREATE', [['customer', input.customer.id]]),
    run: createLamp,
  })
  update(api, lamps, { summary: 'Change a lamp', permission: mayChange, body: lampBody, run: updateLamp })
  destroy(api, lamps, {
    summary: 'Take a lamp down',
    permission: mayChange,
    run: async ({ tx, row }) => {
      await run(tx, sql`delete from lamp where id = ${row.id}`)
    },
  })
  for (const [verb, to] of [
    ['switch_on', 'On'],
    ['switch_off', 'Off'],
    ['smash', 'Broken'],
  ] as const) {
    action(api, lamps, verb, {
      summary: `${verb} a lamp`,
      permission: mayChange,
      checks: [inStateFor(lampStates, verb)],
      run: async ({ tx, row }) => transition(tx, lampStates, verb, row.id, to),
    })
  }
}

/** What must never happen, and two things that PostgreSQL refuses, one of them known to the module. */
function faultyRoutes(api: Api): void {
  const faults: { [name: string]: string } = {
    fault: 'select 1 / 0',
    overflow: `select '99999999999'::integer`,
    twice: `insert into lamp (uuid, name, customer_id) select uuid, name, customer_id from lamp limit 1`,
  }
  for (const [name, text] of Object.entries(faults)) {
    const place = { path: `/api/lamp-${name}/`, id: `lamp_${name}`, tag: 'lamps' }
    operation(api, place, { summary: name, permission: 'anyone with a token', run: async ({ tx }) => void (await run(tx, sql.raw(text))) })
  }
}

/** The people of the lamps: `owner` may change those of `customer`, `viewer` only sees them, `stranger` sees none. */
export type LampWorld = World & {
  lamps: FastifyInstance
  /** The lines that the server of the lamps logged. */
  logged: readonly string[]
  lampsAs: (person?: Person) => Client
  lamp: (values?: { [column: string]: unknown }) => Promise<Row>
  staff: Person
  owner: Person
  viewer: Person
  stranger: Person
  home: Row
}

/** As `world()`, with a second server on the same database that serves lamps. */
export function lampWorld(): { current: LampWorld } {
  const holder = {} as { current: LampWorld }
  beforeAll(async () => {
    holder.current = await buildLampWorld()
  })
  afterAll(async () => {
    await holder.current?.lamps.close()
    await holder.current?.close()
  })
  return holder
}

async function buildLampWorld(): Promise<LampWorld> {
  const w = await buildWorld()
  await w.database.pool.query(TABLE)
  const authenticator = createAuthenticator(sessionSource(w.db), w.url)
  const logged: string[] = []
  const server = createServer({
    origins: w.config.PUBLIC_URL,
    corsOrigins: ['https://console.example.org'],
    trustedProxies: [],
    timeZone: 'UTC',
    authenticator,
    limits: serverLimits(w.config),
    translations: { lamp_uuid_key: () => invalid({ uuid: ['This field must be unique.'] }) },
    logger: { level: 'info', stream: { write: (line: string) => logged.push(line) } } as { level: string },
  })
  const described: DescribedRoute[] = []
  const api = { app: server, ...w.deps, described }
  lampRoutes(api)
  faultyRoutes(api)
  server.decorate('openapi', () => describeApi(described, 'Lamps', '1'))
  server.addHook('onClose', () => authenticator.close())
  await server.ready()

  const home = await w.customer({ name: 'Home' })
  const [staff, owner, viewer, stranger] = [await w.user({ is_staff: true }), await w.user(), await w.user(), await w.user()]
  await w.grant(owner, 'CUSTOMER.OWNER', home)
  await w.grant(viewer, 'CUSTOMER.SUPPORT', home)
  return Object.assign(w, {
    lamps: server,
    logged,
    lampsAs: (person?: Person) => client(server, person ? { token: person.token } : {}),
    lamp: (values: { [column: string]: unknown } = {}) => w.insert('lamp', { name: 'Lamp', customer_id: home.id, ...values }),
    staff,
    owner,
    viewer,
    stranger,
    home,
  })
}
