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
    const { offering, component } = w.current
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
    const { offering } = w.current
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
    const { customer, offering } = w.current
    const blocked = await customer({ blocked: true })
    const sold = await offering(blocked)

    const answer = await as(people.staff).post('/api/marketplace-plans/', { offering: urls.providerOffering(sold), name: 'x' })

    expect(answer).toMatchObject({ status: 400, body: ['Blocked organization is not available.'] })
  })
})

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
