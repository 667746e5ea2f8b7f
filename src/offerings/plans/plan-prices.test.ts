import { beforeAll, describe, expect, it } from 'vitest'
import { pricedPlan } from '../../../tests/support/plans.ts'
import { type Person, type Row, world } from '../../../tests/support/world.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const as = (person?: Person) => w.current.as(person)
const priced = (provider: Row) => pricedPlan(w.current, provider)

const eventsOf = async (offering: Row) =>
  w.current.db
    .selectFrom('event')
    .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
    .select(['event_type', 'message'])
    .where('scope_type', '=', 'offering')
    .where('scope_id', '=', offering.id)
    .orderBy('event.id')
    .execute()

describe('prices', () => {
  it('orders §5.4: are set for those named, and nothing is left for the others; the unit price follows', async () => {
    const { path } = await priced(people.provider)
    await as(people.providerOwner).post(`${path}update_quotas/`, { quotas: { seats: 4 } })
    await as(people.providerOwner).post(`${path}update_prices/`, { prices: { setup: 9, cpu: '1' } })

    const answer = await as(people.providerOwner).post(`${path}update_prices/`, { prices: { seats: '2.5', cpu: 3 } })

    expect(answer).toMatchObject({ status: 200, text: '' })
    expect((await as(people.providerOwner).get(path)).body).toMatchObject({
      unit_price: '10.0000000000',
      prices: { seats: 2.5, cpu: 3, setup: 0 },
      future_prices: {},
      quotas: { seats: 4, cpu: 0, setup: 0 },
      // Fixed seats, and the two units of cpu that must be taken.
      minimal_price: 16,
    })
  })

  it('are those of next month while a resource uses the plan', async () => {
    const { path, sold, made } = await priced(people.provider)
    await as(people.providerOwner).post(`${path}update_prices/`, { prices: { cpu: 3, setup: 5 } })
    await w.current.resource(sold, people.project, { plan_id: made.id })

    const answer = await as(people.providerOwner).post(`${path}update_prices/`, { prices: { cpu: '4.25' } })

    expect(answer.status).toBe(200)
    expect((await as(people.providerOwner).get(path)).body).toMatchObject({
      prices: { cpu: 3, setup: 5, seats: 0 },
      future_prices: { cpu: 4.25, setup: 0, seats: 0 },
      init_price: 5,
      switch_price: 0,
      resources_count: 1,
    })
    expect((await eventsOf(sold)).map(({ event_type }) => event_type)).toContain('marketplace_plan_component_future_price_updated')
  })

  it.each([
    [{ prices: { nope: 1, b: 1 } }, ['Invalid components b, nope.']],
    [{ prices: { cpu: -1 } }, { prices: { cpu: ['Ensure this value is greater than or equal to 0.'] } }],
    [{ prices: { cpu: 'dear' } }, { prices: { cpu: ['A valid number is required.'] } }],
    [{ prices: [1] }, { prices: ['Expected a dictionary of items but got type "list".'] }],
    [{}, { prices: ['This field is required.'] }],
  ])('refuse %o', async (body, refusal) => {
    const { path } = await priced(people.provider)

    expect(await as(people.providerOwner).post(`${path}update_prices/`, body)).toMatchObject({ status: 400, body: refusal })
  })

  it('of types that another server manages are not changed here, nor those of a blocked organization', async () => {
    const remote = await w.current.offering(people.provider, { type: 'Waldur.RemoteOffering' })
    const plan = await w.current.plan(remote)
    const blocked = await priced(await w.current.customer({ blocked: true }))

    expect(await as(people.staff).post(`/api/marketplace-plans/${plan.uuid}/update_prices/`, { prices: {} })).toMatchObject({
      status: 400,
      body: ['It is not possible to update plan for this offering type.'],
    })
    expect(await as(people.staff).post(`${blocked.path}update_prices/`, { prices: {} })).toMatchObject({
      status: 400,
      body: ['Blocked organization is not available.'],
    })
  })
})

describe('quotas and discounts', () => {
  it('orders §5.4: quotas are for fixed components; of those not named nothing is left', async () => {
    const { path } = await priced(people.provider)
    await as(people.providerOwner).post(`${path}update_prices/`, { prices: { seats: 2 } })

    const set = await as(people.providerOwner).post(`${path}update_quotas/`, { quotas: { seats: 5 } })
    const after = (await as(people.providerOwner).get(path)).body
    const refused = await as(people.providerOwner).post(`${path}update_quotas/`, { quotas: { cpu: 5 } })
    const negative = await as(people.providerOwner).post(`${path}update_quotas/`, { quotas: { seats: -5 } })
    const cleared = await as(people.providerOwner).post(`${path}update_quotas/`, { quotas: {} })

    expect(set).toMatchObject({ status: 200, text: '' })
    expect(after).toMatchObject({ quotas: { seats: 5 }, unit_price: '10.0000000000' })
    expect(refused).toMatchObject({ status: 400, body: ['Invalid components cpu.'] })
    expect(negative).toMatchObject({ status: 400, body: { quotas: { seats: ['Ensure this value is greater than or equal to 0.'] } } })
    expect(cleared.status).toBe(200)
    expect((await as(people.providerOwner).get(path)).body).toMatchObject({ quotas: { seats: 0 }, unit_price: '0.0000000000' })
  })

  it('discounts are set for those named, as far as sent', async () => {
    const { path } = await priced(people.provider)
    const discounts = { cpu: { discount_threshold: 10, discount_rate: 20 } }
    await as(people.providerOwner).post(`${path}update_discounts/`, { discounts })

    const changed = await as(people.providerOwner).post(`${path}update_discounts/`, {
      discounts: { cpu: { discount_rate: null }, seats: {} },
    })
    const wrong = await as(people.providerOwner).post(`${path}update_discounts/`, { discounts: { cpu: { discount_rate: 101 } } })
    const unknown = await as(people.providerOwner).post(`${path}update_discounts/`, { discounts: { nope: {} } })
    const forbidden = await as(people.customerOwner).post(`${path}update_discounts/`, { discounts })

    expect(changed).toMatchObject({ status: 200, text: '' })
    const [, cpu] = (await as(people.providerOwner).get(path)).body.components
    expect(cpu).toMatchObject({ type: 'cpu', discount_threshold: 10, discount_rate: null })
    expect(wrong).toMatchObject({
      status: 400,
      body: { discounts: { cpu: { discount_rate: ['Ensure this value is less than or equal to 100.'] } } },
    })
    expect(unknown).toMatchObject({ status: 400, body: ['Invalid components nope.'] })
    expect(forbidden.status).toBe(403)
  })
})
