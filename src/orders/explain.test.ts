// Why an order stands where it does, how it came there, and what one would cost: told to those who see it, as far as they see.
import { describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'

const w = world({ ENABLE_ORDER_START_DATE: 'true' })

async function shop() {
  const c = await w.current.cast()
  const offering = await w.current.offering(c.provider)
  const plan = await w.current.plan(offering, { unit_price: '10' })
  const cpu = await w.current.component(offering, { type: 'cpu', billing_type: 'limit' })
  const setup = await w.current.component(offering, { type: 'setup', billing_type: 'one' })
  const base = await w.current.component(offering, { type: 'base', billing_type: 'fixed' })
  await w.current.planComponent(plan, cpu, { price: '1.5' })
  await w.current.planComponent(plan, setup, { price: '7' })
  await w.current.planComponent(plan, base, { price: '5', amount: 2 })
  const body = {
    offering: urls.offering(offering),
    project: urls.project(c.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'vm' },
    limits: { cpu: 4 },
  }
  const as = (person: Person) => w.current.as(person)
  const place = (person: Person, more = {}) => as(person).post('/api/marketplace-orders/', { ...body, ...more })
  const estimate = (person: Person, more = {}) => as(person).post('/api/marketplace-orders/estimate/', { ...body, ...more })
  const explain = async (person: Person, uuid: string) => (await as(person).get(`/api/marketplace-orders/${uuid}/explain/`)).body
  return { ...c, offering, as, place, estimate, explain }
}

describe('the explanation of an order', () => {
  it('names whose review is missing, by role, and by name as far as the caller sees people', async () => {
    const { place, explain, projectManager, customerOwner, staff, outsider, as } = await shop()
    const { uuid } = (await place(projectManager)).body
    const seen = await explain(projectManager, uuid)

    expect(seen).toMatchObject({
      state: 'pending-consumer',
      since: expect.stringMatching(/Z$/),
      waits_for: { for: 'consumer' },
      rules: [
        { side: 'consumer', rule: 'approver', review_needed: true },
        { side: 'provider', rule: 'offering_type', review_needed: true },
      ],
      you_may: expect.arrayContaining(['reject_by_consumer', 'cancel']),
    })
    expect(seen.waits_for.roles).toContainEqual(expect.objectContaining({ role_name: 'CUSTOMER.OWNER', scope_type: 'customer' }))
    expect(seen.waits_for.people).toContainEqual(expect.objectContaining({ uuid: customerOwner.uuid, role_name: 'CUSTOMER.OWNER' }))
    expect((await explain(customerOwner, uuid)).you_may).toContain('approve_by_consumer')
    expect((await explain(staff, uuid)).you_may).toEqual(expect.arrayContaining(['approve_by_consumer', 'set_state_executing', 'cancel']))
    expect((await as(outsider).get(`/api/marketplace-orders/${uuid}/explain/`)).status).toBe(404)
  })

  it('names nobody whom the caller does not see', async () => {
    const { place, explain, customerOwner, providerOwner, projectManager } = await shop()
    const { uuid } = (await place(customerOwner)).body
    const [consumer, provider] = [await explain(projectManager, uuid), await explain(providerOwner, uuid)]

    expect(consumer).toMatchObject({ state: 'pending-provider', waits_for: { for: 'provider', people: [] } })
    expect(consumer.waits_for.roles).toContainEqual(expect.objectContaining({ role_name: 'CUSTOMER.OWNER' }))
    expect(provider.waits_for.people).toContainEqual(expect.objectContaining({ uuid: providerOwner.uuid }))
    expect([consumer.you_may.includes('approve_by_provider'), provider.you_may.includes('approve_by_provider')]).toEqual([false, true])
  })

  it('says for what day an order waits, and which rule spared a review', async () => {
    const { place, explain, staff, providerOwner, as } = await shop()
    const { uuid } = (await place(staff, { start_date: '2999-01-01' })).body
    await as(providerOwner).post(`/api/marketplace-orders/${uuid}/approve_by_provider/`)

    expect(await explain(staff, uuid)).toMatchObject({
      state: 'pending-start-date',
      waits_for: { for: 'clock', until: '2999-01-01', people: [] },
      rules: [{ rule: 'staff', review_needed: false }, { rule: 'offering_type' }],
    })
    await as(staff).post(`/api/marketplace-orders/${uuid}/cancel/`)
    const over = await explain(staff, uuid)
    expect([over.state, over.waits_for, over.you_may]).toEqual(['canceled', undefined, []])
  })
})

describe('the history of an order', () => {
  it('tells each step, who took it, and is read by those who see the order', async () => {
    const { place, projectManager, customerOwner, providerOwner, outsider, as } = await shop()
    const { uuid } = (await place(projectManager)).body
    await as(customerOwner).post(`/api/marketplace-orders/${uuid}/approve_by_consumer/`)
    await as(providerOwner).post(`/api/marketplace-orders/${uuid}/approve_by_provider/`)
    await w.current.runJobs()
    const { body } = await as(projectManager).get(`/api/marketplace-orders/${uuid}/history/`)

    expect(body.map((step: { [key: string]: unknown }) => [step.action, step.from_state, step.to_state, step.user_uuid])).toEqual([
      ['create', null, 'pending-consumer', projectManager.uuid],
      ['approve_by_consumer', 'pending-consumer', 'pending-provider', customerOwner.uuid],
      ['approve_by_provider', 'pending-provider', 'executing', providerOwner.uuid],
      ['set_state_done', 'executing', 'done', undefined],
    ])
    expect((await as(outsider).get(`/api/marketplace-orders/${uuid}/history/`)).status).toBe(404)
  })
})

describe('an estimate', () => {
  it('is what the order then costs, component by component, and says who would have to look at it', async () => {
    const { estimate, place, projectManager, customerOwner } = await shop()
    const { status, body } = await estimate(projectManager)
    const ordered = (await place(projectManager)).body

    expect([status, body.cost, body.state]).toEqual([200, ordered.cost, ordered.state])
    expect(body).toMatchObject({
      cost: '23.0000000000',
      components: [
        { type: 'cpu', billing_type: 'limit', amount: 4, cost: '6.0000000000' },
        { type: 'setup', billing_type: 'one', cost: '7.0000000000' },
        { type: 'base', billing_type: 'fixed', amount: 2, cost: '10.0000000000' },
      ],
      consumer_review: { needed: true },
      provider_review: { needed: true },
    })
    expect((await estimate(customerOwner)).body).toMatchObject({ state: 'pending-provider', consumer_review: { needed: false } })
  })

  it('writes nothing, and refuses what the order would be refused for', async () => {
    const { estimate, place, projectManager, outsider, staff, as } = await shop()
    const counted = () =>
      Promise.all(
        (['order', 'resource', 'event', 'order_transition'] as const).map(
          async (table) =>
            (
              await w.current.db
                .selectFrom(table)
                .select(({ fn }) => fn.countAll().as('n'))
                .executeTakeFirstOrThrow()
            ).n,
        ),
      )
    await w.current.runJobs()
    const before = await counted()
    await estimate(projectManager)
    const bad = { limits: { gpu: 1 } }

    expect(await counted()).toEqual(before)
    expect((await as(staff).get('/api/marketplace-orders/')).headers['x-result-count']).toBe(String(before[0]))
    expect(await w.current.runJobs()).toBe(0)
    expect((await estimate(projectManager, bad)).body).toEqual((await place(projectManager, bad)).body)
    expect((await estimate(outsider)).status).toBe(400)
    expect(await counted()).toEqual(before)
  })
})
