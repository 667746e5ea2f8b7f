import { beforeAll, describe, expect, it } from 'vitest'
import { pricedPlan } from '../../../tests/support/plans.ts'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const as = (person?: Person) => w.current.as(person)
const priced = (provider: Row) => pricedPlan(w.current, provider)

describe('lists', () => {
  it('plans are found by their offering', async () => {
    const { offering, plan } = w.current
    const parent = await offering(people.provider, { slug: 'parent' })
    const child = await offering(people.provider, { slug: 'child', parent_id: parent.id })
    const made = await plan(child)
    await plan(parent)
    const uuids = async (query: { [name: string]: string }) =>
      (await as(people.providerOwner).get('/api/marketplace-plans/', { query })).body.map(({ uuid }: Row) => uuid)

    expect(await uuids({ offering: urls.providerOffering(child) })).toEqual([made.uuid])
    expect(await uuids({ offering: urls.offering(child) })).toEqual([made.uuid])
    expect(await uuids({ offering: urls.customer(child) })).toEqual([])
    expect(await uuids({ offering_uuid: child.uuid })).toEqual([made.uuid])
    expect(await uuids({ offering_slug: 'child,none' })).toEqual([made.uuid])
    expect(await uuids({ parent_offering_uuid: parent.uuid })).toEqual([made.uuid])
    expect((await as(people.providerOwner).get('/api/marketplace-plans/', { query: { offering_uuid: 'nope' } })).status).toBe(400)
    const head = await as(people.providerOwner).head('/api/marketplace-plans/', { query: { offering_uuid: child.uuid } })
    expect(head.headers['x-result-count']).toBe('1')
    expect((await as().get('/api/marketplace-plans/')).status).toBe(401)
  })

  it('usage tells how many resources have a plan and how many more may', async () => {
    const { offering, plan, resource } = w.current
    const sold = await offering(people.provider)
    const scarce = await plan(sold, { name: 'Scarce', max_amount: 2 })
    const endless = await plan(sold, { name: 'Endless' })
    for (const state of ['OK', 'Erred', 'Terminated']) await resource(sold, people.project, { plan_id: scarce.id, state })
    const query = { offering_uuid: sold.uuid }

    const { body } = await as(people.projectMember).get('/api/marketplace-plans/usage_stats/', { query: { ...query, o: '-usage' } })
    const sorted = await as(people.providerOwner).get('/api/marketplace-plans/usage_stats/', { query: { ...query, o: 'usage' } })
    const limited = await as(people.providerOwner).get('/api/marketplace-plans/usage_stats/', { query: { ...query, o: 'limit,remaining' } })
    const none = await as(people.staff).get('/api/marketplace-plans/usage_stats/', {
      query: { customer_provider_uuid: people.consumer.uuid },
    })

    expect(body).toEqual([
      expect.objectContaining({
        plan_uuid: scarce.uuid,
        plan_name: 'Scarce',
        limit: 2,
        usage: 2,
        remaining: 0,
        offering_uuid: sold.uuid,
        customer_provider_uuid: people.provider.uuid,
      }),
      expect.objectContaining({ plan_uuid: endless.uuid, limit: null, usage: 0, remaining: null }),
    ])
    expect(sorted.body[0].plan_uuid).toBe(endless.uuid)
    expect(limited.body[0].plan_uuid).toBe(scarce.uuid)
    expect(none.body).toEqual([])
    expect((await as(people.providerOwner).get(`/api/marketplace-plans/${scarce.uuid}/`)).body.is_active).toBe(false)
    expect((await as(people.staff).head('/api/marketplace-plans/usage_stats/', { query })).headers['x-result-count']).toBe('2')
    expect((await as(people.staff).get('/api/marketplace-plans/usage_stats/', { query: { o: 'name' } })).status).toBe(400)
  })

  it('components of plans are listed with what they cost', async () => {
    const { sold, made, path } = await priced(people.provider)
    await as(people.providerOwner).post(`${path}update_prices/`, { prices: { cpu: 3 } })
    const list = (query: object) =>
      as(people.customerOwner).get('/api/marketplace-plan-components/', { query: { plan_uuid: made.uuid, ...query } })

    const { body } = await list({ offering_uuid: sold.uuid, shared: true, archived: false })
    const [row] = await w.current.db.selectFrom('plan_component').select('id').where('plan_id', '=', made.id).orderBy('id').execute()
    const single = await as(people.customerOwner).get(`/api/marketplace-plan-components/${row?.id}/`)

    expect(body).toHaveLength(3)
    expect(body[1]).toMatchObject({
      plan_uuid: made.uuid,
      plan_unit: 'month',
      billing_type: 'limit',
      price: '3.0000000000',
      future_price: null,
    })
    expect((await list({ shared: false })).body).toEqual([])
    expect((await list({ archived: true })).body).toEqual([])
    expect(single).toMatchObject({ status: 200, body: { component_name: 'Seats' } })
    for (const id of ['999999999', 'nope']) {
      expect((await as(people.customerOwner).get(`/api/marketplace-plan-components/${id}/`)).body).toEqual({
        detail: 'No PlanComponent matches the given query.',
      })
    }
    expect((await as(people.customerOwner).head('/api/marketplace-plan-components/')).status).toBe(200)
    expect((await as().get('/api/marketplace-plan-components/')).status).toBe(401)
  })
})
