// Who reads what happened, and by what it is found (platform.md §13, docs/decisions/0080).
import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/events/'
type Told = { uuid: string; event_type: string; message: string; created: string; context: { [key: string]: unknown } }

async function market() {
  const c = await w.current.cast()
  const offering = await w.current.offering(c.provider)
  const plan = await w.current.plan(offering)
  const other = await w.current.project(c.consumer)
  const order = async (person: Person, project: { uuid: string }) =>
    (
      await w.current.as(person).post('/api/marketplace-orders/', {
        offering: urls.offering(offering),
        project: `/api/projects/${project.uuid}/`,
        plan: urls.plan(offering, plan),
        attributes: { name: 'vm' },
      })
    ).body
  const placed = await order(c.projectManager, c.project)
  await order(c.customerOwner, other)
  const list = (person: Person, query: object = {}) => w.current.as(person).get(PATH, { query: { page_size: 300, ...query } })
  const types = async (person: Person, query: object = {}) => {
    const { status, body } = await list(person, query)
    return status === 200 ? (body as Told[]).map(({ event_type }) => event_type) : body
  }
  const scope = (path: string, row: { uuid: string }) => `http://testserver/api/${path}/${row.uuid}/`
  return { ...c, offering, other, placed, list, types, scope }
}

let m: Awaited<ReturnType<typeof market>>
beforeAll(async () => {
  m = await market()
})

describe('events', () => {
  it('platform 76: are read by a scope; without one by staff and support alone', async () => {
    const organization = m.scope('customers', m.consumer)

    expect(await m.types(m.customerOwner)).toEqual([])
    expect(await m.types(m.customerOwner, { customer_uuid: m.consumer.uuid })).toEqual([])
    expect(
      (await m.types(m.customerOwner, { scope: organization })).filter((type: string) => type === 'marketplace_order_created'),
    ).toHaveLength(2)
    expect(await m.types(m.outsider, { scope: organization })).toEqual([`Can't restore object from url: ${organization}`])
    expect(await m.types(m.customerOwner, { scope: 'junk' })).toEqual([`Can't restore object from url: junk`])
    for (const person of [m.staff, m.support]) {
      expect(await m.types(person, { customer_uuid: m.consumer.uuid })).toContain('marketplace_order_created')
    }
  })

  it('platform 76: are found by group, by span of time and by words, and counted alike', async () => {
    const inGroup = await m.types(m.staff, { feature: 'resources' })
    const groups = (await w.current.as(m.staff).get(`${PATH}event_groups/`)).body as { [group: string]: string[] }
    const asTypes = new URLSearchParams((groups.resources ?? []).map((type): [string, string] => ['event_type', type]))
    const byType = (await w.current.as(m.staff).get(`${PATH}?page_size=300&${asTypes}`)).body as Told[]

    expect(inGroup).toEqual(byType.map(({ event_type }) => event_type))
    expect(inGroup.length).toBeGreaterThan(3)
    expect(await m.types(m.staff, { feature: 'nothing' })).toEqual({
      feature: ['Select a valid choice. nothing is not one of the available choices.'],
    })

    const { body } = await m.list(m.staff)
    const [newest] = body as Told[]
    const moment = Date.parse((newest as Told).created) / 1000
    const after = await m.list(m.staff, { created_from: moment, created_to: moment + 1 })
    expect(after.body.map(({ uuid }: Told) => uuid)).toContain(newest?.uuid)
    expect((await m.list(m.staff, { created_to: moment - 3600 })).body).toEqual([])
    expect((await m.list(m.staff, { created_from: 'soon' })).body).toEqual({ created_from: ['Enter a number.'] })
    expect(new Set(await m.types(m.staff, { message: 'ORDER HAS BEEN CREATED' }))).toEqual(new Set(['marketplace_order_created']))

    for (const query of [
      {},
      { feature: 'resources' },
      { user_uuid: m.projectManager.uuid },
      { project_uuid: m.other.uuid },
      { message: 'order' },
    ]) {
      const listed = await m.list(m.staff, query)
      const counted = await w.current.as(m.staff).get(`${PATH}count/`, { query })
      expect(counted.body).toEqual({ count: Number(listed.headers['x-result-count']) })
      expect(counted.body.count).toBe(listed.body.length)
    }
    const own = await w.current.as(m.customerOwner).get(`${PATH}count/`)
    expect(own.body).toEqual({ count: 0 })
  })

  it('of an organization are not those of its projects’ people, who read of their own project', async () => {
    expect(await m.types(m.projectManager, { scope: m.scope('customers', m.consumer) })).toEqual([])
    const projects = await m.types(m.projectManager, { scope: m.scope('projects', m.project) })
    expect(projects.filter((type: string) => type === 'marketplace_order_created')).toHaveLength(1)
    expect(await m.types(m.projectManager, { scope: m.scope('projects', m.other) })).toHaveLength(1)
  })

  it('of an order are read from both sides of the market, of an offering by its provider', async () => {
    const order = m.scope('marketplace-orders', m.placed)
    for (const person of [m.customerOwner, m.providerOwner])
      expect(await m.types(person, { scope: order })).toContain('marketplace_order_created')
    expect(await m.types(m.outsider, { scope: order })).toHaveLength(1)

    const offering = m.scope('marketplace-provider-offerings', m.offering)
    expect(await m.types(m.providerOwner, { scope: offering })).toContain('marketplace_order_created')
    expect(await m.types(m.customerOwner, { scope: offering })).toEqual([`Can't restore object from url: ${offering}`])
    const resource = m.scope('marketplace-provider-resources', { uuid: m.placed.marketplace_resource_uuid })
    expect(await m.types(m.providerOwner, { scope: resource })).toContain('marketplace_resource_create_requested')
  })

  it('of a person are read by that person; somebody who may be seen is not audited', async () => {
    await w.current.as(m.projectManager).post('/api/keys/', { public_key: KEY })
    const manager = m.scope('users', m.projectManager)

    expect(await m.types(m.projectManager, { scope: manager })).toEqual(['ssh_key_creation_succeeded'])
    expect(await m.types(m.customerOwner, { scope: manager })).toEqual([])
    expect(await m.types(m.support, { scope: manager })).toEqual(['ssh_key_creation_succeeded'])
  })

  it('say who acted; from where, and under which civil number, to staff and support alone', async () => {
    const scope = m.scope('marketplace-orders', m.placed)
    const [seen] = (await m.list(m.providerOwner, { scope })).body as Told[]
    const [whole] = (await m.list(m.staff, { scope })).body as Told[]

    expect(seen?.context).toMatchObject({ user_uuid: m.projectManager.uuid, user_username: m.projectManager.username })
    expect(Object.keys(seen?.context ?? {})).not.toContain('ip_address')
    expect(Object.keys(seen?.context ?? {})).not.toContain('user_civil_number')
    expect(Object.keys(whole?.context ?? {})).toEqual(expect.arrayContaining(['ip_address', 'user_civil_number']))
  })

  it('are read one by one by who audits something that they are tied to', async () => {
    const row = await w.current.db
      .selectFrom('event')
      .select(['id', 'uuid'])
      .where('event_type', '=', 'marketplace_order_created')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const get = async (person: Person) => (await w.current.as(person).get(`${PATH}${row.id}/`)).status

    expect(await Promise.all([m.customerOwner, m.providerOwner, m.projectManager, m.staff].map(get))).toEqual([200, 200, 200, 200])
    expect(await get(m.outsider)).toBe(404)
    expect((await w.current.as(m.staff).get(`${PATH}${row.id}/`)).body.uuid).toBe(row.uuid.replaceAll('-', ''))
  })

  it('are counted by month', async () => {
    const total = Number((await m.list(m.staff)).headers['x-result-count'])
    const now = new Date()
    await w.current.db
      .insertInto('event')
      .values({ event_type: 'project_created', message: 'Long ago', created: '2024-02-29T23:00:00Z' })
      .execute()
    const stats = (await w.current.as(m.support).get('/api/events-stats/')).body

    expect(stats).toEqual([
      { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, count: total },
      { year: 2024, month: 2, count: 1 },
    ])
    expect((await w.current.as(m.customerOwner).get('/api/events-stats/')).body).toEqual([])
    expect((await w.current.as(m.staff).get(`${PATH}scope_types/`)).body).toEqual(expect.arrayContaining(['order', 'project', 'user']))
  })
})

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJqfhX3mkxMfnHYWPZMpxaH6mwJAXrCYzNGqLXGRkbUy me@laptop'
