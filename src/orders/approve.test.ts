// An approval asks again whether the order can be had (orders.md §7 row 37).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import type { Job } from '../platform/wiring.ts'
import { ORDER_JOBS } from './jobs.ts'

const w = world({ ENABLE_ORDER_START_DATE: 'true' })
const PATH = '/api/marketplace-orders/'
const RESOURCES = '/api/marketplace-resources/'
const AGENT = 'Marketplace.Slurm'

type Values = { [name: string]: unknown }

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const PLAN_GONE = 'This plan is not available for selected offering.'
const PLAN_FULL = 'Plan is not available because limit has been reached.'
const OFFERING_GONE = 'Offering is not available.'

/** An offering of an agent, so that approved orders stay executing, with a plan and a component `cpu`. */
async function market() {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, { type: AGENT })
  const plan = await w.current.plan(offering)
  const cpu = await w.current.component(offering, { type: 'cpu' })
  const set = (table: 'plan' | 'offering' | 'offering_component', row: Row, values: Values) =>
    w.current.db.updateTable(table).set(values).where('id', '=', row.id).execute()
  const order = async (person: Person, more: Values = {}) => {
    const sent = { offering: urls.offering(offering), project: urls.project(cast.project), plan: urls.plan(offering, plan), ...more }
    return (await w.current.as(person).post(PATH, { attributes: { name: 'job' }, ...sent })).body
  }
  const act = (person: Person, uuid: string, verb: string) => w.current.as(person).post(`${PATH}${uuid}/${verb}/`)
  const see = async (uuid: string) => (await w.current.as(cast.staff).get(`${PATH}${uuid}/`)).body
  const resource = (values: Values = {}) => w.current.resource(offering, cast.project, { plan_id: plan.id, ...values })
  const change = async (row: Row, verb: string, sent: Values = {}) =>
    (await w.current.as(cast.customerOwner).post(`${RESOURCES}${row.uuid}/${verb}/`, sent)).body.order_uuid as string
  return { ...cast, offering, plan, cpu, set, order, act, see, resource, change }
}

describe('an approval', () => {
  const changes: [string, string, (c: Awaited<ReturnType<typeof market>>) => Promise<unknown>][] = [
    ['whose plan was archived', PLAN_GONE, (c) => c.set('plan', c.plan, { archived: true })],
    ['whose plan has no place left', PLAN_FULL, async (c) => [await c.resource(), await c.set('plan', c.plan, { max_amount: 1 })]],
    ['whose offering was archived', OFFERING_GONE, (c) => c.set('offering', c.offering, { state: 'Archived' })],
    ['whose offering was paused', OFFERING_GONE, (c) => c.set('offering', c.offering, { state: 'Paused' })],
    [
      'whose limits are too high now',
      'The limit 5 value cannot be more than 4.',
      (c) => c.set('offering_component', c.cpu, { max_value: 4 }),
    ],
  ]
  it.each(changes)('of an order %s is refused to everybody, and the order stays', async (_, detail, happen) => {
    const c = await market()
    const [first, second] = [await c.order(c.projectManager, { limits: { cpu: 5 } }), await c.order(c.staff, { limits: { cpu: 5 } })]
    expect([first.state, second.state]).toEqual(['pending-consumer', 'pending-provider'])
    await happen(c)

    const answers = [
      await c.act(c.customerOwner, first.uuid, 'approve_by_consumer'),
      await c.act(c.providerOwner, second.uuid, 'approve_by_provider'),
      await c.act(c.providerOwner, second.uuid, 'set_state_executing'),
    ]

    for (const answer of answers) expect([answer.status, answer.body]).toEqual([409, { detail }])
    expect(await c.see(first.uuid)).toMatchObject({ state: 'pending-consumer', consumer_reviewed_at: null })
    expect(await c.see(second.uuid)).toMatchObject({ state: 'pending-provider', provider_reviewed_at: null })
  })

  it('counts the places of a plan without the one that the order itself has taken', async () => {
    const c = await market()
    await c.set('plan', c.plan, { max_amount: 1 })
    const { uuid } = await c.order(c.staff)

    expect((await c.act(c.providerOwner, uuid, 'approve_by_provider')).status).toBe(200)
  })

  it('lets go what is to go: an order that ends a resource is approved though plan and offering are put away', async () => {
    const c = await market()
    const uuid = await c.change(await c.resource(), 'terminate')
    await c.set('plan', c.plan, { archived: true })
    await c.set('offering', c.offering, { state: 'Archived' })

    expect((await c.act(c.providerOwner, uuid, 'approve_by_provider')).status).toBe(200)
  })

  it('of other limits asks nothing of the plan that the resource has, and takes orders of a paused offering', async () => {
    const c = await market()
    const uuid = await c.change(await c.resource({ limits: { cpu: 1 } }), 'update_limits', { limits: { cpu: 2 } })
    await c.set('plan', c.plan, { archived: true })
    await c.set('offering', c.offering, { state: 'Paused' })

    expect((await c.act(c.providerOwner, uuid, 'approve_by_provider')).status).toBe(200)
  })

  it('of other limits is refused when a bound was set meanwhile that it does not fit under with what others asked for', async () => {
    const c = await market()
    const orders = []
    for (const limits of [{ cpu: 3 }, { cpu: 3 }])
      orders.push(await c.change(await c.resource({ limits }), 'update_limits', { limits: { cpu: 6 } }))
    await c.set('offering_component', c.cpu, { max_available_limit: 10 })

    const refused = await c.act(c.providerOwner, orders[0] as string, 'approve_by_provider')
    await c.act(c.providerOwner, orders[1] as string, 'reject_by_provider')
    const fits = await c.act(c.providerOwner, orders[0] as string, 'approve_by_provider')

    expect([refused.status, refused.body]).toEqual([
      409,
      { detail: 'Requested cpu cannot be provisioned due to offering safety limit. You can allocate up to 3 of cpu.' },
    ])
    expect(fits.status).toBe(200)
  })
})

describe('what is asked for counts as taken', () => {
  type Ask = () => Promise<{ status: number; body: unknown }>
  const ways: [string, (asks: Ask[]) => Promise<{ status: number; body: unknown }[]>][] = [
    ['at once', (asks) => Promise.all(asks.map((ask) => ask()))],
    ['one after the other', async (asks) => [await (asks[0] as Ask)(), await (asks[1] as Ask)()]],
  ]

  it.each(ways)('of two changes of limits that fit one by one and not together one is refused, %s', async (_, ask) => {
    const c = await market()
    await c.set('offering_component', c.cpu, { max_available_limit: 10 })
    const resources = [await c.resource({ limits: { cpu: 3 } }), await c.resource({ limits: { cpu: 3 } })]

    const answers = await ask(
      resources.map(
        ({ uuid }) =>
          () =>
            w.current.as(c.customerOwner).post(`${RESOURCES}${uuid}/update_limits/`, { limits: { cpu: 6 } }),
      ),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(answers.find(({ status }) => status === 400)?.body).toEqual([
      'Requested cpu cannot be provisioned due to offering safety limit. You can allocate up to 3 of cpu.',
    ])
  })

  it.each(ways)('of two switches to a plan with one place one is refused, %s', async (_, ask) => {
    const c = await market()
    const scarce = await w.current.plan(c.offering, { max_amount: 1 })
    const resources = [await c.resource(), await c.resource()]

    const answers = await ask(
      resources.map(
        ({ uuid }) =>
          () =>
            w.current.as(c.customerOwner).post(`${RESOURCES}${uuid}/switch_plan/`, { plan: urls.plan(c.offering, scarce) }),
      ),
    )

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(answers.find(({ status }) => status === 400)?.body).toEqual({ plan: [PLAN_FULL] })
  })

  it('not while the order has failed: tried again it takes its places anew, if they are still free', async () => {
    const c = await market()
    await c.set('offering_component', c.cpu, { max_available_limit: 10 })
    const [first, second] = [await c.resource({ limits: { cpu: 3 } }), await c.resource({ limits: { cpu: 3 } })]
    const failed = await c.change(first, 'update_limits', { limits: { cpu: 6 } })
    await c.act(c.providerOwner, failed, 'approve_by_provider')
    await c.act(c.providerOwner, failed, 'set_state_erred')
    const other = await c.change(second, 'update_limits', { limits: { cpu: 6 } })

    const refused = await c.act(c.providerOwner, failed, 'retry')
    await c.act(c.providerOwner, other, 'reject_by_provider')
    const again = await c.act(c.providerOwner, failed, 'retry')

    expect([refused.status, again.status]).toEqual([409, 200])
  })
})

describe('the clock', () => {
  const clock = (name: string) => w.current.runJob(ORDER_JOBS.find((job) => job.name === name) as Job, {})

  it('cancels an order that it may not let go on, once, with the reason', async () => {
    const c = await market()
    const { uuid, marketplace_resource_uuid } = await c.order(c.staff, { start_date: day(3) })
    await c.act(c.providerOwner, uuid, 'approve_by_provider')
    expect((await c.see(uuid)).state).toBe('pending-start-date')
    await c.set('plan', c.plan, { archived: true })
    await w.current.db
      .updateTable('order')
      .set({ start_date: day(0) })
      .where('uuid', '=', uuid)
      .execute()

    await clock('orders.promote-start-dates')
    await c.set('plan', c.plan, { archived: false })
    await clock('orders.promote-start-dates')

    expect(await c.see(uuid)).toMatchObject({ state: 'canceled', termination_comment: PLAN_GONE })
    const { body } = await w.current.as(c.staff).get(`${RESOURCES}${marketplace_resource_uuid}/`)
    expect(body.state).toBe('Terminated')
  })

  it('asks again, too, when a project begins', async () => {
    const c = await market()
    await w.current.db
      .updateTable('project')
      .set({ start_date: day(5) })
      .where('id', '=', c.project.id)
      .execute()
    const { uuid, state } = await c.order(c.staff)
    expect(state).toBe('pending-project')
    await c.set('offering', c.offering, { state: 'Archived' })
    await w.current.db
      .updateTable('project')
      .set({ start_date: day(0) })
      .where('id', '=', c.project.id)
      .execute()

    await clock('orders.promote-started-projects')

    expect(await c.see(uuid)).toMatchObject({ state: 'canceled', termination_comment: OFFERING_GONE })
  })
})
