// Which orders somebody sees, and how the list is filtered, ordered, counted (orders.md §6.2).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import { countStatements } from '../platform/db/database.ts'

const w = world()
const PATH = '/api/marketplace-orders/'
type Values = { [name: string]: unknown }

const SOMEWHEN = '2026-03-01T10:00:00Z'

/** Rows as they stand after some history; what makes them is tested elsewhere. */
async function order(c: { project: Row; staff: Person }, offering: Row, values: Values = {}): Promise<Row> {
  const { resource_id, ...rest } = values
  const resource = resource_id ?? (await w.current.resource(offering, c.project, { name: 'res' })).id
  return w.current.insert('order', {
    project_id: c.project.id,
    offering_id: offering.id,
    resource_id: resource,
    type: 'Create',
    state: 'done',
    created_by_id: c.staff.id,
    ...rest,
  })
}

async function market(values: Values = {}) {
  const cast = await w.current.cast()
  return { ...cast, offering: await w.current.offering(cast.provider, values) }
}

const uuids = (body: { uuid: string }[]) => body.map(({ uuid }) => uuid)
const ask = async (person: Person, query: Values) => {
  const answer = await w.current.as(person).get(PATH, { query: query as never })
  const head = await w.current.as(person).head(PATH, { query: query as never })
  expect(head.headers['x-result-count']).toBe(answer.headers['x-result-count'])
  return answer
}

describe('who sees an order', () => {
  it('orders 38: both sides do, and those who read all; nobody else, whatever their roles', async () => {
    const c = await market()
    const offeringManager = await w.current.user()
    await w.current.grant(offeringManager, 'OFFERING.MANAGER', c.offering)
    const expired = await w.current.user()
    await w.current.grant(expired, 'PROJECT.MANAGER', c.project, { expiration_time: '2020-01-01T00:00:00Z' })
    const made = await order({ ...c, staff: c.outsider }, c.offering)

    const seers = [c.staff, c.support, c.customerOwner, c.projectManager, c.projectAdmin, c.providerOwner]
    // Creators as such, members and offering managers hold no role that grants ORDER.LIST.
    const others = [c.outsider, c.projectMember, c.providerManager, offeringManager, expired]
    for (const person of seers) {
      expect((await w.current.as(person).get(`${PATH}${made.uuid}/`)).status).toBe(200)
      expect(uuids((await ask(person, { project_uuid: c.project.uuid })).body)).toEqual([made.uuid])
    }
    for (const person of others) {
      expect((await w.current.as(person).get(`${PATH}${made.uuid}/`)).body).toEqual({ detail: 'No Order matches the given query.' })
      expect((await ask(person, {})).headers['x-result-count']).toBe('0')
    }
    expect((await w.current.as().get(PATH)).status).toBe(401)
  })

  it('orders 39: who reaches an order in several ways sees it once', async () => {
    const c = await market()
    const made = await order(c, c.offering)
    for (const [role, scope] of [
      ['PROJECT.MANAGER', c.project],
      ['CUSTOMER.OWNER', c.consumer],
      ['CUSTOMER.OWNER', c.provider],
    ] as const) {
      await w.current.grant(c.outsider, role, scope)
    }

    const answer = await ask(c.outsider, {})

    expect(uuids(answer.body)).toEqual([made.uuid])
    expect(answer.headers['x-result-count']).toBe('1')
  })
})

describe('the orders on one offering', () => {
  it('orders 40: are read by its managers and its organization’s owners, who may see no order otherwise', async () => {
    const c = await market()
    const other = await w.current.offering(c.provider)
    const manager = await w.current.user()
    await w.current.grant(manager, 'OFFERING.MANAGER', c.offering)
    const made = await order(c, c.offering)
    const foreign = await order(c, other, { state: 'erred' })
    const path = `/api/marketplace-provider-offerings/${c.offering.uuid}/orders/`
    const get = (person: Person | undefined, rest = '', query = {}) => w.current.as(person).get(`${path}${rest}`, { query })

    expect((await ask(manager, {})).body).toEqual([])
    for (const person of [manager, c.providerOwner, c.staff, c.support]) {
      const listed = await get(person)
      expect([uuids(listed.body), listed.headers['x-result-count']]).toEqual([[made.uuid], '1'])
      expect((await get(person, `${made.uuid}/`)).body.uuid).toBe(made.uuid)
      expect((await get(person, `${foreign.uuid}/`)).body).toEqual({ detail: 'No Order matches the given query.' })
    }
    expect((await get(manager, '', { state: 'erred' })).body).toEqual([])
    expect((await get(manager, '', { state: 'nope' })).status).toBe(400)
    expect((await get(c.projectAdmin)).status).toBe(404)
    expect([(await get(c.providerManager)).status, (await get(c.providerManager, `${made.uuid}/`)).status]).toEqual([403, 403])
    expect((await get(undefined)).status).toBe(401)
  })
})

describe('filters', () => {
  it('orders 41: by states and types, several of either', async () => {
    const c = await market()
    const [done, erred, update] = [
      await order(c, c.offering),
      await order(c, c.offering, { state: 'erred' }),
      await order(c, c.offering, { type: 'Update', state: 'rejected' }),
    ]
    const get = async (query: Values) => uuids((await ask(c.customerOwner, query)).body)

    expect(await get({ state: ['done', 'erred'] })).toEqual([done.uuid, erred.uuid])
    expect(await get({ type: 'Update' })).toEqual([update.uuid])
    expect(await get({ type: ['Update', 'Create'], state: 'rejected' })).toEqual([update.uuid])
    expect((await w.current.as(c.staff).get(PATH, { query: { state: 'foo', offering_uuid: 'xyz' } })).body).toEqual({
      state: ['Select a valid choice. foo is not one of the available choices.'],
      offering_uuid: ['Enter a valid UUID.'],
    })
  })

  it('orders 42, 43: by what the caller may approve', async () => {
    const c = await market()
    const provider = await order(c, c.offering, { state: 'pending-provider' })
    const consumer = await order(c, c.offering, { state: 'pending-consumer' })
    const count = async (person: Person, query: Values) => uuids((await ask(person, { project_uuid: c.project.uuid, ...query })).body)

    expect(await count(c.providerOwner, { can_approve_as_provider: true })).toEqual([provider.uuid])
    expect(await count(c.customerOwner, { can_approve_as_provider: true })).toEqual([])
    expect(await count(c.customerOwner, { can_approve_as_consumer: true })).toEqual([consumer.uuid])
    for (const person of [c.projectManager, c.projectAdmin, c.providerOwner]) {
      expect(await count(person, { can_approve_as_consumer: true })).toEqual([])
    }
    expect(await count(c.staff, { can_approve_as_consumer: 'true' })).toEqual([consumer.uuid])
    expect(await count(c.customerOwner, { can_approve_as_consumer: false })).toEqual([provider.uuid])
    expect(await count(c.customerOwner, { can_approve_as_consumer: 'nope' })).toHaveLength(2)
  })

  it('orders 44: by a text in the names, or a uuid', async () => {
    const c = await market()
    const project = await w.current.project(c.consumer, { name: 'Astro_Lab' })
    const one = await order({ ...c, project }, c.offering, { attributes: JSON.stringify({ name: 'Cluster A' }) })
    const two = await order(c, c.offering, { slug: 'acme-hpc-7' })
    const get = async (query: string) => uuids((await ask(c.customerOwner, { query })).body)

    expect(await get('astro_l')).toEqual([one.uuid])
    expect(await get('cluster a')).toEqual([one.uuid])
    expect(await get('ACME-HPC')).toEqual([two.uuid])
    expect(await get(two.uuid)).toEqual([two.uuid])
    expect(await get('%')).toEqual([])
  })

  it('orders 45, 46: by who manages the offering, by slugs, by when', async () => {
    const c = await market({ slug: 'alpha' })
    const beta = await w.current.offering(c.provider, { slug: 'beta', shared: false })
    const manager = await w.current.user()
    for (const offering of [c.offering, beta]) await w.current.grant(manager, 'OFFERING.MANAGER', offering)
    const one = await order(c, c.offering, { created: SOMEWHEN })
    const two = await order(c, beta, { created: '2026-03-02T10:00:00Z' })
    const get = async (query: Values) => uuids((await ask(c.customerOwner, query)).body)

    // Of the team of an offering those are told who run it.
    expect(uuids((await ask(c.providerOwner, { service_manager_uuid: manager.uuid })).body)).toEqual([one.uuid])
    expect(await get({ service_manager_uuid: manager.uuid })).toEqual([])
    expect(await get({ service_manager_uuid: c.staff.uuid })).toEqual([])
    expect(await get({ offering_slug: 'alpha,beta' })).toEqual([one.uuid, two.uuid])
    expect(await get({ created: SOMEWHEN, created_before: '2026-03-02T10:00:00Z' })).toEqual([one.uuid])
    expect(await get({ created: '2026-03-01T10:00:01Z' })).toEqual([two.uuid])
  })

  it('by everything that stands around an order', async () => {
    const c = await market()
    const parent = await w.current.offering(c.provider)
    await w.current.db.updateTable('offering').set({ parent_id: parent.id }).where('id', '=', c.offering.id).execute()
    const resource = await w.current.resource(c.offering, c.project, { name: 'exactly' })
    const mine = await order(c, c.offering, { resource_id: resource.id })
    const other = await w.current.offering(c.provider, { type: 'Marketplace.Slurm' })
    await order(c, other)
    const { uuid: category } = await w.current.db
      .selectFrom('category')
      .innerJoin('offering', 'offering.category_id', 'category.id')
      .select('category.uuid')
      .where('offering.id', '=', c.offering.id)
      .executeTakeFirstOrThrow()

    for (const query of [
      { offering_uuid: c.offering.uuid },
      { offering: urls.providerOffering(c.offering) },
      { offering: urls.offering(c.offering) },
      { parent_offering_uuid: parent.uuid },
      { category_uuid: category },
      { resource: urls.resource(resource) },
      { resource_uuid: resource.uuid },
      { resource_name: 'exactly' },
      { offering_type: ['Marketplace.Basic', 'nope'] },
    ]) {
      expect([query, uuids((await ask(c.customerOwner, query)).body)]).toEqual([query, [mine.uuid]])
    }
    for (const query of [
      { project_uuid: c.project.uuid },
      { customer_uuid: c.consumer.uuid },
      { provider_uuid: c.provider.uuid },
      { modified: SOMEWHEN },
    ]) {
      expect((await ask(c.customerOwner, query)).body).toHaveLength(2)
    }
    for (const query of [
      { offering: 'nope' },
      { resource: 'nope' },
      { offering_type: 'nope' },
      { modified_before: SOMEWHEN },
      { resource_name: 'exact' },
    ]) {
      expect((await ask(c.customerOwner, query)).body).toEqual([])
    }
  })

  it('count also where one order is retrieved', async () => {
    const c = await market()
    const made = await order(c, c.offering)

    expect((await w.current.as(c.staff).get(`${PATH}${made.uuid}/`, { query: { state: 'erred' } })).status).toBe(404)
  })
})

describe('order, pages, fields', () => {
  it('orders 47: the oldest first; other keys on request, states by their codes', async () => {
    const c = await market()
    const [a, b, d] = [
      await order(c, c.offering, { created: '2026-01-02T00:00:00Z', state: 'executing', cost: '3' }),
      await order(c, c.offering, { created: '2026-01-01T00:00:00Z', state: 'pending-provider', cost: '2' }),
      await order(c, c.offering, { created: '2026-01-03T00:00:00Z', state: 'done', cost: '1', consumer_reviewed_at: SOMEWHEN }),
    ]
    const get = async (o?: string) => uuids((await ask(c.customerOwner, o ? { o } : {})).body)

    expect(await get()).toEqual([b.uuid, a.uuid, d.uuid])
    expect(await get('-created')).toEqual([d.uuid, a.uuid, b.uuid])
    expect(await get('cost')).toEqual([d.uuid, b.uuid, a.uuid])
    expect(await get('state')).toEqual([a.uuid, d.uuid, b.uuid])
    expect((await get('consumer_reviewed_at'))[0]).toBe(d.uuid)
    expect((await w.current.as(c.staff).get(PATH, { query: { o: 'foo' } })).body).toEqual({
      o: ['Select a valid choice. foo is not one of the available choices.'],
    })
    expect((await w.current.as(c.customerOwner).get(PATH, { query: { page: 99 } })).body).toEqual({ detail: 'Invalid page.' })
  })

  it('pages show every order once, however many ties the key has', async () => {
    const c = await market()
    for (let i = 0; i < 7; i++) await order(c, c.offering, { created: SOMEWHEN })

    const seen: string[] = []
    for (let page = 1; page <= 4; page++) seen.push(...uuids((await ask(c.customerOwner, { o: 'state', page, page_size: 2 })).body))

    expect(new Set(seen).size).toBe(7)
  })

  it('orders 48: only the fields asked for', async () => {
    const c = await market()
    await order(c, c.offering)

    const some = await w.current.as(c.customerOwner).get(PATH, { query: { field: ['uuid', 'state', 'error_traceback'] } })
    const all = await w.current.as(c.customerOwner).get(PATH, { query: { field: 'nope' } })

    expect(Object.keys(some.body[0])).toEqual(['uuid', 'state'])
    expect(Object.keys(all.body[0]).length).toBeGreaterThan(60)
  })

  it('orders 51: HEAD tells the number alone', async () => {
    const c = await market()
    await order(c, c.offering)

    const answer = await w.current.as(c.customerOwner).head(PATH)

    expect([answer.status, answer.headers['x-result-count'], answer.text]).toEqual([200, '1', ''])
  })

  it('takes the same few statements, whatever the size of the page', async () => {
    const c = await market()
    for (let i = 0; i < 12; i++) await order(c, c.offering)
    const as = w.current.as(c.customerOwner)
    const statements = async (page_size: number) => {
      const { texts } = await countStatements(() => as.get(PATH, { query: { page_size } }))
      return texts.filter((text) => !text.startsWith('select u.id')).length
    }

    expect(await statements(1)).toBe(1)
    expect(await statements(100)).toBe(1)
  })
})
