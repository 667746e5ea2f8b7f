import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const IDENTITIES = '/api/marketplace-site-agent-identities/'
const SERVICES = '/api/marketplace-site-agent-services/'
const PROCESSORS = '/api/marketplace-site-agent-processors/'
const as = (person?: Person) => w.current.as(person)
const agents = () => w.current.offering(people.provider, { type: 'Marketplace.Slurm' })
const register = (person: Person, offering: Row, more = {}) =>
  as(person).post(IDENTITIES, { offering: offering.uuid, name: 'agent', ...more })
const unheardFor = (table: 'site_agent_service' | 'site_agent_processor', uuid: string, hours: number) =>
  w.current.db
    .updateTable(table)
    .set({ [table === 'site_agent_service' ? 'last_seen' : 'last_run']: new Date(Date.now() - hours * 3_600_000).toISOString() })
    .where('uuid', '=', uuid)
    .execute()

describe('site agents', () => {
  it('clients §4: an agent makes itself known in every round, and is one record', async () => {
    const offering = await agents()
    const po = as(people.providerOwner)
    const said = {
      version: '0.9.1',
      dependencies: [{ name: 'httpx', version: '0.27' }],
      last_restarted: '2026-03-04T05:06:07',
      config_file_path: '/etc/agent.yaml',
      config_file_content: 'offerings: []',
    }

    const first = await register(people.providerOwner, offering, said)
    const again = await register(people.providerOwner, offering, { version: '0.9.2' })

    expect(first.status).toBe(201)
    expect(first.body).toMatchObject({
      ...said,
      name: 'agent',
      offering: offering.uuid,
      services: [],
      last_restarted: '2026-03-04T05:06:07Z',
    })
    expect(again.body).toMatchObject({ uuid: first.body.uuid, version: '0.9.2', config_file_path: '/etc/agent.yaml' })
    expect((await po.get(IDENTITIES, { query: { name: 'agent', offering_uuid: offering.uuid } })).body).toHaveLength(1)
    const put = await po.put(`${IDENTITIES}${first.body.uuid}/`, { offering: offering.uuid, name: 'agent', version: null })
    expect(put).toMatchObject({ status: 200, body: { version: null } })
    await register(people.providerOwner, offering, { name: 'other' })
    expect((await po.put(`${IDENTITIES}${first.body.uuid}/`, { offering: offering.uuid, name: 'other' })).body).toEqual({
      name: ['The offering has another agent of this name.'],
    })
  })

  it('clients §4: its services and processors are told of again and again, also by many at once', async () => {
    const offering = await agents()
    const po = as(people.providerOwner)
    const { uuid } = (await register(people.providerOwner, offering)).body

    const told = await Promise.all(
      Array.from({ length: 10 }, () => po.post(`${IDENTITIES}${uuid}/register_service/`, { name: 'orders', mode: 'order_process' })),
    )
    const service = told[0]?.body
    const works = () =>
      po.post(`${SERVICES}${service.uuid}/register_processor/`, { name: 'slurm', backend_type: 'SLURM', backend_version: '23' })
    const [processor] = await Promise.all([works(), works(), works()])

    expect(told.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(service).toMatchObject({
      identity: uuid,
      identity_name: 'agent',
      name: 'orders',
      mode: 'order_process',
      state: 'Active',
      processors: [],
    })
    expect(processor.body).toMatchObject({
      service: service.uuid,
      service_name: 'orders',
      backend_type: 'SLURM',
      last_run: expect.any(String),
    })
    const statistics = { done: 4 }
    expect((await po.post(`${SERVICES}${service.uuid}/set_statistics/`, { statistics })).body).toMatchObject({ statistics })
    const seen = await po.get(`${IDENTITIES}${uuid}/`)
    expect(seen.body.services).toMatchObject([{ uuid: service.uuid, statistics }])
    expect((await po.get(`${SERVICES}${service.uuid}/`)).body.processors).toHaveLength(1)
    expect((await po.get(PROCESSORS, { query: { service_uuid: service.uuid } })).body).toHaveLength(1)
    expect((await po.delete(`${IDENTITIES}${uuid}/`)).status).toBe(204)
    expect((await po.get(`${PROCESSORS}${processor.body.uuid}/`)).status).toBe(404)
  })

  it('are seen and written by those who run the offering; their settings by those who may change how it is delivered', async () => {
    const offering = await agents()
    await w.current.grant(people.offeringManager, 'OFFERING.MANAGER', offering)
    const clerk = await w.current.user()
    await w.current.grant(clerk, 'CUSTOMER.SUPPORT', people.provider)
    const { uuid } = (await register(people.offeringManager, offering, { config_file_content: 'token: abc' })).body
    const settings = async (person: Person) => {
      const { status, body } = await as(person).get(`${IDENTITIES}${uuid}/`)
      return status === 200 ? body.config_file_content : status
    }

    expect(await Promise.all([people.offeringManager, people.providerManager, people.staff].map(settings))).toEqual(
      Array(3).fill('token: abc'),
    )
    expect(await Promise.all([clerk, people.support].map(settings))).toEqual([undefined, undefined])
    expect(await Promise.all([people.outsider, people.customerOwner].map(settings))).toEqual([404, 404])
    expect((await as(people.support).post(`${IDENTITIES}${uuid}/register_service/`, { name: 'x' })).status).toBe(403)
    expect((await register(people.support, offering)).status).toBe(403)
    expect((await register(people.outsider, offering)).body).toEqual({ offering: ['Offering is not found.'] })
    expect((await register(people.providerOwner, await w.current.offering(people.provider))).body).toEqual({
      offering: ['Only offerings whose orders an agent carries out are accepted.'],
    })
    expect((await as().get(IDENTITIES)).status).toBe(401)
  })

  it('clients §4: who says nothing for an hour is idle, and stale after a day; the offering tells of both', async () => {
    const offering = await agents()
    const po = as(people.providerOwner)
    const { uuid } = (await register(people.providerOwner, offering)).body
    const serve = async (name: string, mode: string) => (await po.post(`${IDENTITIES}${uuid}/register_service/`, { name, mode })).body.uuid
    const [working, resting] = [await serve('orders', 'order_process'), await serve('usage', 'report')]
    const { uuid: processor } = (await po.post(`${SERVICES}${resting}/register_processor/`, { name: 'p', backend_type: 'SLURM' })).body
    const found = async (query: object) =>
      (await po.get(SERVICES, { query: { identity_uuid: uuid, ...query } })).body.map(({ name }: { name: string }) => name)

    await unheardFor('site_agent_service', resting, 2)
    expect(await found({ state: 1 })).toEqual(['orders'])
    expect(await found({ state: 2 })).toEqual(['usage'])
    expect(await found({ state: [1, 2] })).toEqual(['orders', 'usage'])
    expect(await found({ stale: true })).toEqual([])
    expect((await po.get(SERVICES, { query: { state: 4 } })).status).toBe(400)
    await unheardFor('site_agent_service', resting, 25)
    expect(await found({ stale: true })).toEqual(['usage'])
    const stale = async () => (await po.get(PROCESSORS, { query: { service_uuid: resting, stale: true } })).body.length
    expect(await stale()).toBe(0)
    await unheardFor('site_agent_processor', processor, 2)
    expect(await stale()).toBe(1)

    const { body } = await po.get(`/api/marketplace-provider-offerings/${offering.uuid}/`)
    expect(body.integration_status).toMatchObject([
      { agent_type: 'Order processing', status: 'Active', service_name: 'orders' },
      { agent_type: 'Usage reporting', status: 'Idle', service_name: 'usage' },
    ])
    expect((await po.get(`${SERVICES}${working}/`)).body.state).toBe('Active')
    expect((await po.get(IDENTITIES, { query: { offering_uuid: offering.uuid, orphaned: true } })).body).toEqual([])
  })
})
