// A world with something of everything, for checks that hold for every operation: the cast, its organizations, what is
// sold and bought, and a way to try any operation on it without changing it.
import { afterAll, beforeAll } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { orderStates } from '../../src/orders/states.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { type Client, client } from './client.ts'
import { buildWorld, type Person, type Row, type World } from './world.ts'

type Cast = Awaited<ReturnType<World['cast']>>

/** An operation of the description. `list`: paged; `query`: what it takes. */
export type Described = { method: string; path: string; id: string; list: boolean; anonymous: boolean; query: Parameter[]; body?: Schema }
export type Schema = { [key: string]: unknown }
export type Parameter = { name: string; in: string; schema: Schema }

export type WholeWorld = World & {
  people: Cast
  operations: readonly Described[]
  /** The path with the keys of objects of this world in it; unknown keys when `unknown` is set. */
  at: (path: string, options?: { unknown?: boolean }) => string
  /** A client of a server on the same database whose transactions never commit: it answers as the real one, and nothing stays. */
  trying: (person?: Person) => Client
}

export const UNKNOWN = '0'.repeat(32)

/** As `world()`, with something of everything in it. */
export function wholeWorld(): { current: WholeWorld } {
  const holder = {} as { current: WholeWorld }
  let close = async () => undefined as unknown
  beforeAll(async () => {
    const w = await buildWorld()
    const dry = neverCommitting(openDatabase(w.url, { max: 4 }))
    const app = await buildApp({ config: w.config, database: dry, log: process.env.TEST_LOG === '1' })
    await app.ready()
    close = async () => {
      await app.close()
      await dry.close()
      await w.close()
    }
    const people = await w.cast()
    const places = await populate(w, people)
    const operations = operationsOf(w.app.openapi())
    holder.current = Object.assign(w, {
      people,
      operations,
      at: (path: string, { unknown = false } = {}) => fill(path, unknown ? [] : places),
      trying: (person?: Person) => client(app, person ? { token: person.token } : {}),
    })
  })
  afterAll(() => close())
  return holder
}

/** The operations of a description, in its order. */
export function operationsOf(openapi: {
  paths: { [path: string]: { [method: string]: unknown } }
  components: { schemas: { [name: string]: Schema } }
}): Described[] {
  type Operation = {
    operationId: string
    parameters?: Parameter[]
    requestBody?: { content: { [type: string]: { schema: Schema } } }
    responses: { [status: string]: { headers?: object } }
    security: object[]
  }
  return Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods as { [method: string]: Operation }).map(([method, operation]) => {
      const sent = operation.requestBody?.content['application/json']?.schema
      const body = typeof sent?.$ref === 'string' ? openapi.components.schemas[sent.$ref.replace('#/components/schemas/', '')] : sent
      return {
        method: method.toUpperCase(),
        path,
        id: operation.operationId,
        list: Object.hasOwn(operation.responses[200]?.headers ?? {}, 'X-Result-Count'),
        anonymous: operation.security.some((way) => Object.keys(way).length === 0),
        query: (operation.parameters ?? []).filter((parameter) => parameter.in === 'query'),
        ...(body ? { body } : {}),
      }
    }),
  )
}

/** Makes every commit of the database a rollback. */
function neverCommitting(database: Database): Database {
  type Statement = { text: string }
  type Connection = { query: (statement: Statement, ...rest: unknown[]) => Promise<object> }
  database.pool.on('connect', (client) => {
    const connection = client as unknown as Connection
    const query = connection.query.bind(connection)
    connection.query = (statement, ...rest) =>
      statement.text === 'commit'
        ? query({ ...statement, text: 'rollback' }).then((result) => ({ ...result, command: 'COMMIT' }))
        : query(statement, ...rest)
  })
  return database
}

/** Path of a collection → the key of the object of it that operations are tried on. */
type Places = readonly (readonly [path: string, key: string])[]

function fill(path: string, places: Places): string {
  const place = places.find(([start]) => path.startsWith(start))
  let first = true
  return path.replace(/\{[^}]+\}/g, (name) => {
    const key = first ? place?.[1] : places.find(([start]) => start === name)?.[1]
    first = false
    return key ?? UNKNOWN
  })
}

const SEVERAL = 3

async function populate(w: World, people: Cast): Promise<Places> {
  const { consumer, provider, project, serviceProvider } = people
  const group = await w.insert('organization_group', { name: 'Faculties' })
  await w.insert('organization_group', { name: 'Faculty', parent_id: group.id })
  await w.db.insertInto('customer_organization_group').values({ customer_id: consumer.id, organization_group_id: group.id }).execute()
  const role = await w.insert('role', { name: 'PROJECT.GUEST', scope_type: 'project', description: 'Guest' })
  const key = await keyOf(w, people.projectMember)
  const grant = await w.grant(people.projectMember, 'PROJECT.MEMBER', await w.project(consumer))
  const categoryGroup = await w.insert('category_group', { title: 'Everything' })
  const category = await w.category({ group_id: categoryGroup.id })
  const offering = await w.offering(provider, { category_id: category.id })
  const cpu = await w.component(offering, { type: 'cpu' })
  const plan = await w.plan(offering, { unit_price: '5' })
  await w.planComponent(plan, cpu, { price: '2.5', amount: 2 })
  for (let i = 0; i < SEVERAL; i++) await moreOf(w, people, category)

  const order = await ordersOf(w, people, offering, plan)
  const resource = await w.resource(offering, project, { plan_id: plan.id, limits: JSON.stringify({ cpu: 4 }), state: 'OK' })
  const usage = await w.insert('component_usage', {
    resource_id: resource.id,
    component_id: cpu.id,
    billing_period: '2026-01-01',
    date: '2026-01-15T00:00:00Z',
    usage: '3',
  })
  const type = await w.insert('project_type', { name: 'Research' })
  const manager = await w.grant(people.providerManager, 'OFFERING.MANAGER', offering)
  await w.db.insertInto('event').values({ event_type: 'project_created', message: 'A project was made.' }).execute()
  return [
    ['/api/users/', people.projectMember.uuid],
    ['/api/keys/', key.uuid],
    ['/api/roles/', role.uuid],
    ['/api/user-permissions/', grant.uuid],
    ['/api/project-types/', type.uuid],
    ['/api/marketplace-offering-permissions/', manager.uuid],
    ['/api/marketplace-component-usages/', usage.uuid],
    ['/api/customers/', consumer.uuid],
    ['/api/projects/', project.uuid],
    ['/api/organization-groups/', group.uuid],
    ['/api/marketplace-category-groups/', categoryGroup.uuid],
    ['/api/marketplace-categories/', category.uuid],
    ['/api/marketplace-service-providers/', serviceProvider.uuid],
    ['/api/marketplace-provider-offerings/', offering.uuid],
    ['/api/marketplace-public-offerings/', offering.uuid],
    ['/api/marketplace-plans/', plan.uuid],
    ['/api/marketplace-public-plans/', plan.uuid],
    ['/api/marketplace-plan-components/', '1'],
    ['/api/marketplace-orders/', order.uuid],
    ['/api/marketplace-resources/', resource.uuid],
    ['/api/marketplace-provider-resources/', resource.uuid],
    ['{plan_uuid}', plan.uuid],
    ['{user_uuid}', people.projectMember.uuid],
    ['{project_uuid}', project.uuid],
  ]
}

const keyOf = (w: World, person: Person): Promise<Row> =>
  w.insert('ssh_key', {
    user_id: person.id,
    name: 'laptop',
    public_key: `ssh-ed25519 ${'A'.repeat(68)} laptop`,
    key_type: 'ssh-ed25519',
    fingerprint_md5: 'a',
    fingerprint_sha256: 'b',
    fingerprint_sha512: 'c',
  })

async function moreOf(w: World, people: Cast, category: Row): Promise<void> {
  await w.insert('organization_group', { name: 'Another' })
  await w.project(people.consumer)
  const seller = await w.customer()
  await w.serviceProvider(seller)
  await w.grant(people.customerOwner, 'CUSTOMER.OWNER', seller)
  const sold = await w.offering(people.provider, { category_id: category.id, type: 'Marketplace.Slurm' })
  const plan = await w.plan(sold)
  await w.planComponent(plan, await w.component(sold), { price: '1' })
  await w.resource(sold, people.project, { plan_id: plan.id })
}

/** An order in each state, each with a resource of its own; the one that the provider must look at is given back. */
async function ordersOf(w: World, people: Cast, offering: Row, plan: Row): Promise<Row> {
  let pending: Row | undefined
  for (const state of orderStates.states) {
    const resource = await w.resource(offering, people.project, { plan_id: plan.id, state: 'Creating' })
    const order = await w.insert('order', {
      project_id: people.project.id,
      offering_id: offering.id,
      resource_id: resource.id,
      plan_id: plan.id,
      type: 'Create',
      state,
      created_by_id: people.projectManager.id,
    })
    if (state === 'pending-provider') pending = order
  }
  return pending as Row
}
