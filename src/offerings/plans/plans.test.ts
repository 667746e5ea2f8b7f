import { beforeAll, describe, expect, it } from 'vitest'
import { type Row, urls, world } from '../../../tests/support/world.ts'

const w = world()

/** A provider's offering with one fixed, one limit, one one-time component, and a plan that has them. */
async function priced(of?: Row) {
  const { offering, component, plan, planComponent } = w.current
  const sold = await offering(of, { name: 'Computing' })
  const seats = await component(sold, { type: 'seats', name: 'Seats', billing_type: 'fixed' })
  const cpu = await component(sold, { type: 'cpu', billing_type: 'limit', min_value: 2 })
  const setup = await component(sold, { type: 'setup', billing_type: 'one' })
  const made = await plan(sold, { name: 'Large' })
  for (const part of [seats, cpu, setup]) await planComponent(made, part)
  return { sold, made, path: `/api/marketplace-plans/${made.uuid}/` }
}

type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const eventsOf = async (offering: Row) =>
  w.current.db
    .selectFrom('event')
    .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
    .select(['event_type', 'message'])
    .where('scope_type', '=', 'offering')
    .where('scope_id', '=', offering.id)
    .orderBy('event.id')
    .execute()

describe('making a plan', () => {
  it('gives it a part without price and amount for each component of the offering', async () => {
    const { as, offering, component } = w.current
    const sold = await offering(people.provider)
    await component(sold, { type: 'cpu' })
    await component(sold, { type: 'seats', billing_type: 'fixed' })

    const made = await as(people.providerOwner).post('/api/marketplace-plans/', {
      offering: urls.providerOffering(sold),
      name: ' Small ',
      description: '<b>Cheap</b><script>alert(1)</script>',
      max_amount: 3,
      unit: 'day',
      unit_price: '7',
      article_code: 'A-1',
      backend_id: 'small',
      uuid: 'ignored',
    })

    expect(made.status).toBe(201)
    expect(made.headers.location).toBe(made.body.url)
    expect(made.body).toMatchObject({
      name: 'Small',
      description: '<b>Cheap</b>',
      max_amount: 3,
      unit: 'day',
      unit_price: '0.0000000000',
      article_code: 'A-1',
      backend_id: 'small',
      archived: false,
      is_active: true,
      offering: urls.providerOffering(sold),
      url: `http://testserver/api/marketplace-plans/${made.body.uuid}/`,
      prices: { cpu: 0, seats: 0 },
      future_prices: {},
      quotas: { cpu: 0, seats: 0 },
      organization_groups: [],
      resources_count: 0,
      plan_type: 'mixed',
    })
    expect(made.body.components).toHaveLength(2)
    expect(await eventsOf(sold)).toEqual([{ event_type: 'marketplace_plan_created', message: 'Plan Small has been created.' }])
  })

  it('is for holders of the permission on the provider, its service managers among them', async () => {
    const { as, offering } = w.current
    const sold = await offering(people.provider)
    const body = { offering: urls.providerOffering(sold), name: 'x' }

    expect((await as(people.staff).post('/api/marketplace-plans/', body)).status).toBe(201)
    expect((await as(people.providerManager).post('/api/marketplace-plans/', body)).status).toBe(201)
    expect((await as(people.support).post('/api/marketplace-plans/', body)).status).toBe(403)
    // The offering is not theirs: it does not exist for them.
    expect(await as(people.customerOwner).post('/api/marketplace-plans/', body)).toMatchObject({
      status: 400,
      body: { offering: ['Invalid hyperlink - Object does not exist.'] },
    })
    expect((await as().post('/api/marketplace-plans/', body)).status).toBe(401)
  })

  it('refuses what is no plan, naming every field', async () => {
    const answer = await as(people.providerOwner).post('/api/marketplace-plans/', {
      name: 'x'.repeat(151),
      max_amount: 0,
      unit: 'century',
      article_code: 'x'.repeat(31),
      archived: 'perhaps',
    })

    expect(answer).toMatchObject({
      status: 400,
      body: {
        offering: ['This field is required.'],
        name: ['Ensure this field has no more than 150 characters.'],
        max_amount: ['Ensure this value is greater than or equal to 1.'],
        unit: ['"century" is not a valid choice.'],
        article_code: ['Ensure this field has no more than 30 characters.'],
        archived: ['Must be a valid boolean.'],
      },
    })
  })

  it('is refused while the organization is blocked', async () => {
    const { as, customer, offering } = w.current
    const blocked = await customer({ blocked: true })
    const sold = await offering(blocked)

    const answer = await as(people.staff).post('/api/marketplace-plans/', { offering: urls.providerOffering(sold), name: 'x' })

    expect(answer).toMatchObject({ status: 400, body: ['Blocked organization is not available.'] })
  })
})

const as = (person?: Parameters<(typeof w)['current']['as']>[0]) => w.current.as(person)

describe('changing a plan', () => {
  it('takes any field by PATCH, all that is required by PUT, and never another offering', async () => {
    const { sold, path } = await priced(people.provider)
    const { sold: other } = await priced(people.provider)

    const some = await as(people.providerOwner).patch(path, { description: 'Roomy', max_amount: 2 })
    const cleared = await as(people.providerOwner).patch(path, { max_amount: null })
    const whole = await as(people.providerOwner).put(path, { name: 'Larger', offering: urls.providerOffering(other) })
    const lacking = await as(people.providerOwner).put(path, {})

    expect(some).toMatchObject({ status: 200, body: { name: 'Large', description: 'Roomy', max_amount: 2 } })
    expect(cleared.body.max_amount).toBeNull()
    expect(whole).toMatchObject({ status: 200, body: { name: 'Larger', description: 'Roomy', offering: urls.providerOffering(sold) } })
    expect(lacking).toMatchObject({ status: 400, body: { name: ['This field is required.'], offering: ['This field is required.'] } })
  })

  it('orders §5.4: is refused once any resource has it, also a terminated one', async () => {
    const { sold, made, path } = await priced(people.provider)
    await w.current.resource(sold, people.project, { plan_id: made.id, state: 'Terminated' })

    const answer = await as(people.providerOwner).patch(path, { name: 'x' })

    expect(answer).toMatchObject({ status: 400, body: ['It is not possible to update plan because it is used by resources.'] })
  })

  it('is 403 without the permission, 404 where it is not seen', async () => {
    const { made, path, sold } = await priced(people.provider)
    const hidden = await w.current.offering(people.provider, { state: 'Draft' })
    const kept = await w.current.plan(hidden)

    expect((await as(people.outsider).patch(path, { name: 'x' })).status).toBe(403)
    expect(await as(people.outsider).patch(`/api/marketplace-plans/${kept.uuid}/`, { name: 'x' })).toMatchObject({
      status: 404,
      body: { detail: 'No Plan matches the given query.' },
    })
    expect((await as().patch(path, { name: 'x' })).status).toBe(401)
    expect((await as(people.outsider).get(path)).body.uuid).toBe(made.uuid)
    expect(sold.id).toBeGreaterThan(0)
  })
})

describe('deleting and archiving a plan', () => {
  it('only staff deletes, and only what was never used', async () => {
    const { path } = await priced(people.provider)
    const used = await priced(people.provider)
    await w.current.resource(used.sold, people.project, { plan_id: used.made.id, state: 'Terminated' })

    expect((await as(people.providerOwner).delete(path)).status).toBe(403)
    expect(await as(people.staff).delete(used.path)).toMatchObject({
      status: 409,
      body: { detail: 'Cannot delete plan with existing resources' },
    })
    expect((await as(people.staff).delete(path)).status).toBe(204)
    expect((await as(people.staff).get(path)).status).toBe(404)
  })

  it('an archived plan is not archived again', async () => {
    const { path, sold } = await priced(people.provider)

    const forbidden = await as(people.customerOwner).post(`${path}archive/`)
    const done = await as(people.providerManager).post(`${path}archive/`)
    const again = await as(people.providerManager).post(`${path}archive/`)

    expect(forbidden.status).toBe(403)
    expect(done).toMatchObject({ status: 200, text: '' })
    expect(again).toMatchObject({ status: 400, body: ['Plan is already archived.'] })
    expect((await as(people.providerOwner).get(path)).body.archived).toBe(true)
    expect((await eventsOf(sold)).at(-1)).toEqual({ event_type: 'marketplace_plan_archived', message: 'Plan Large has been archived.' })
  })
})

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

describe('plans kept for groups of organizations', () => {
  it('are seen by members of such organizations, by their provider, by staff and support', async () => {
    const { insert, db } = w.current
    const { path, made } = await priced(people.provider)
    const group = await insert('organization_group', { name: 'Members' })
    await db
      .insertInto('customer_organization_group')
      .values({ customer_id: people.consumer.id, organization_group_id: group.id })
      .execute()
    const url = `http://testserver/api/organization-groups/${group.uuid}/`

    const kept = await as(people.providerOwner).post(`${path}update_organization_groups/`, { organization_groups: [url] })
    const seen = await Promise.all(
      [people.staff, people.support, people.providerOwner, people.customerOwner, people.projectMember, people.outsider].map(
        async (person) => (await as(person).get(path)).status,
      ),
    )
    const shown = (await as(people.customerOwner).get(path)).body.organization_groups
    const opened = await as(people.providerManager).post(`${path}delete_organization_groups/`)

    expect(kept).toMatchObject({ status: 200, text: '' })
    expect(seen).toEqual([200, 200, 200, 200, 200, 404])
    expect(shown).toEqual([expect.objectContaining({ name: 'Members', url, parent: null, customers_count: 1 })])
    expect(opened).toMatchObject({ status: 204, text: '' })
    expect((await as(people.outsider).get(path)).body.uuid).toBe(made.uuid)
  })

  it('are set only to groups that there are, by those who may', async () => {
    const { path } = await priced(people.provider)
    const body = { organization_groups: ['http://testserver/api/organization-groups/00000000000000000000000000000000/'] }

    expect(await as(people.providerOwner).post(`${path}update_organization_groups/`, body)).toMatchObject({
      status: 400,
      body: { organization_groups: ['Invalid hyperlink - Object does not exist.'] },
    })
    expect((await as(people.providerOwner).post(`${path}update_organization_groups/`, {})).status).toBe(200)
    expect((await as(people.outsider).post(`${path}update_organization_groups/`, {})).status).toBe(403)
    expect((await as(people.outsider).post(`${path}delete_organization_groups/`)).status).toBe(403)
  })
})

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
