import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const as = (person?: Person) => w.current.as(person)
const LIST = '/api/marketplace-public-offerings/'
const pathOf = (offering: Row) => `${LIST}${offering.uuid}/`

/** Who is shown the offering, of those asked, in the order of asking; the list and the single offering agree. */
async function shownTo(offering: Row, ...askers: (Person | undefined)[]): Promise<boolean[]> {
  const seen: boolean[] = []
  for (const asker of askers) {
    const single = await as(asker).get(pathOf(offering))
    const listed = await as(asker).get(LIST, { query: { uuid_list: offering.uuid, field: 'uuid' } })
    expect(listed.body.length === 1).toBe(single.status === 200)
    if (single.status !== 200) expect(single).toMatchObject({ status: 404, body: { detail: 'No Offering matches the given query.' } })
    seen.push(single.status === 200)
  }
  return seen
}

/** Puts the consumer into a new group of organizations. */
async function groupOf(consumer: Row): Promise<Row> {
  const group = await w.current.insert('organization_group', { name: 'Members' })
  await w.current.db
    .insertInto('customer_organization_group')
    .values({ customer_id: consumer.id, organization_group_id: group.id })
    .execute()
  return group
}

const keepFor = (group: Row, kept: { plan?: Row; offering?: Row }) =>
  kept.plan
    ? w.current.db.insertInto('plan_organization_group').values({ plan_id: kept.plan.id, organization_group_id: group.id }).execute()
    : w.current.db
        .insertInto('offering_organization_group')
        .values({ offering_id: kept.offering?.id ?? 0, organization_group_id: group.id })
        .execute()

describe('what the catalogue shows', () => {
  it('orders §5.3: active and paused offerings only, to everybody', async () => {
    const { offering, plan } = w.current

    for (const [state, shown] of Object.entries({ Active: true, Paused: true, Draft: false, Archived: false, Unavailable: false })) {
      const sold = await offering(people.provider, { state })
      await plan(sold)
      expect(await shownTo(sold, undefined, people.outsider, people.providerOwner, people.staff), state).toEqual([
        shown,
        shown,
        shown,
        shown,
      ])
    }
  })

  it('private offerings to those connected with the organization, when it has a plan that they may use', async () => {
    const { offering, plan, user, grant } = w.current
    const sold = await offering(people.consumer, { shared: false })
    const manager = await user()
    await grant(manager, 'OFFERING.MANAGER', sold)
    const askers = [undefined, people.outsider, people.customerOwner, people.projectMember, manager, people.staff, people.support]

    expect(await shownTo(sold, ...askers)).toEqual([false, false, false, false, false, false, false])

    const archived = await plan(sold, { archived: true })
    expect(await shownTo(sold, ...askers)).toEqual([false, false, false, false, false, false, false])

    await w.current.db.updateTable('plan').set({ archived: false }).where('id', '=', archived.id).execute()
    expect(await shownTo(sold, ...askers)).toEqual([false, false, true, true, true, true, true])
  })

  it('a private offering whose only plan is kept for others is not shown', async () => {
    const { offering, plan, customer } = w.current
    const sold = await offering(people.consumer, { shared: false })
    const made = await plan(sold)
    await keepFor(await groupOf(await customer()), { plan: made })

    expect(await shownTo(sold, people.customerOwner, people.staff)).toEqual([false, true])
  })

  it('a private offering of a project to those who hold a role in it', async () => {
    const { offering, plan } = w.current
    const sold = await offering(people.provider, { shared: false, project_id: people.project.id })
    await plan(sold)

    expect(await shownTo(sold, people.projectMember, people.customerOwner, people.providerManager)).toEqual([true, false, true])
  })

  it('shared offerings without any plan too', async () => {
    const sold = await w.current.offering(people.provider)

    expect(await shownTo(sold, undefined, people.outsider)).toEqual([true, true])
  })

  it('a bad token is refused also here', async () => {
    expect(await as().get(LIST, { headers: { authorization: 'Token nope' } })).toMatchObject({
      status: 401,
      body: { detail: 'Invalid token.' },
    })
  })
})

describe('an offering of the catalogue', () => {
  it('has what customers need, and nothing that is the provider’s own', async () => {
    const { offering, plan, component, planComponent } = w.current
    const sold = await offering(people.provider, { name: 'Storage', description: 'Much', type: 'Marketplace.Basic' })
    const disk = await component(sold, { type: 'disk', name: 'Disk', billing_type: 'limit', min_value: 1 })
    await planComponent(await plan(sold, { name: 'Slow' }), disk, { price: '0.05' })

    const { status, body } = await as().get(pathOf(sold))

    expect(status).toBe(200)
    expect(body).toMatchObject({
      url: urls.offering(sold),
      uuid: sold.uuid,
      name: 'Storage',
      customer_uuid: people.provider.uuid,
      state: 'Active',
      type: 'Marketplace.Basic',
      shared: true,
      billing_type_classification: 'limit_only',
      is_accessible: true,
      user_has_consent: false,
      promotion_campaigns: [],
    })
    for (const name of ['secret_options', 'service_attributes', 'backend_id_rules', 'integration_status'])
      expect(body).not.toHaveProperty(name)
    expect(body.plans).toHaveLength(1)
  })

  it('clients §2: prices of plans are texts of ten places, other sums numbers', async () => {
    const { offering, plan, component, planComponent } = w.current
    const sold = await offering(people.provider)
    const cpu = await component(sold, { type: 'cpu', billing_type: 'limit' })
    const setup = await component(sold, { type: 'setup', billing_type: 'one' })
    const change = await component(sold, { type: 'change', billing_type: 'few' })
    const made = await plan(sold, { unit_price: '12.5' })
    await planComponent(made, cpu, { price: '0.05', future_price: '0.1', amount: 3 })
    await planComponent(made, setup, { price: 9 })
    await planComponent(made, change, { price: 2 })

    const { body } = await as(people.customerOwner).get(`${pathOf(sold)}plans/${made.uuid}/`)
    const listed = await as(people.customerOwner).get(`${pathOf(sold)}plans/`)

    expect(listed.body).toEqual([body])
    expect(body).toMatchObject({
      url: urls.plan(sold, made),
      unit_price: '12.5000000000',
      prices: { cpu: '0.0500000000', setup: '9.0000000000', change: '2.0000000000' },
      future_prices: { cpu: 0.1 },
      quotas: { cpu: 3, setup: 0, change: 0 },
      init_price: 9,
      switch_price: 2,
      minimal_price: 21.5,
      max_amount: null,
      plan_type: 'mixed',
    })
    expect(body.components[0]).toMatchObject({ type: 'cpu', price: '0.0500000000', future_price: '0.1000000000', discount_rate: null })
  })

  it('names only what is asked for', async () => {
    const sold = await w.current.offering(people.provider, { name: 'Asked' })

    const { body } = await as().get(pathOf(sold), { query: { field: ['uuid', 'name'] } })

    expect(body).toEqual({ uuid: sold.uuid, name: 'Asked' })
  })
})

describe('plans of an offering', () => {
  it('are those open to the caller: kept ones for members of the groups, staff and support', async () => {
    const { offering, plan } = w.current
    const sold = await offering(people.provider)
    const open = await plan(sold, { name: 'A' })
    const kept = await plan(sold, { name: 'B' })
    await keepFor(await groupOf(people.consumer), { plan: kept })
    const plansOf = async (person?: Person) => {
      const nested = (await as(person).get(pathOf(sold))).body.plans.map(({ uuid }: Row) => uuid)
      const answer = await as(person).get(`${pathOf(sold)}plans/`)
      expect(answer.body.map(({ uuid }: Row) => uuid)).toEqual(nested)
      expect(answer.headers['x-result-count']).toBe(String(nested.length))
      return nested
    }

    expect(await plansOf()).toEqual([open.uuid])
    expect(await plansOf(people.outsider)).toEqual([open.uuid])
    expect(await plansOf(people.customerOwner)).toEqual([open.uuid, kept.uuid])
    expect(await plansOf(people.projectMember)).toEqual([open.uuid, kept.uuid])
    expect(await plansOf(people.staff)).toEqual([open.uuid, kept.uuid])
    expect(await plansOf(people.support)).toEqual([open.uuid, kept.uuid])
    expect((await as(people.outsider).get(`${pathOf(sold)}plans/${kept.uuid}/`)).status).toBe(404)
  })

  it('are those of the offering it belongs to', async () => {
    const { offering, plan } = w.current
    const parent = await offering(people.provider)
    const child = await offering(people.provider, { parent_id: parent.id })
    const made = await plan(parent)

    const { body } = await as().get(`${pathOf(child)}plans/`)

    expect(body.map(({ url }: { url: string }) => url)).toEqual([urls.plan(child, made)])
    expect((await as().get(`${pathOf(child)}plans/${made.uuid}/`)).status).toBe(200)
  })

  it('an unknown plan is 404, and so is an unknown offering, in words (orders §7 row 27)', async () => {
    const { offering, plan } = w.current
    const sold = await offering(people.provider)
    const other = await plan(await offering(people.provider))

    for (const uuid of [other.uuid, 'f'.repeat(32), 'nope']) {
      expect(await as().get(`${pathOf(sold)}plans/${uuid}/`)).toMatchObject({ status: 404, body: { detail: 'Not found.' } })
    }
    expect(await as().get(`${LIST}${'f'.repeat(32)}/plans/`)).toMatchObject({
      status: 404,
      body: { detail: 'No Offering matches the given query.' },
    })
  })
})

describe('finding offerings', () => {
  it('narrows by the filters of the provider’s list, and counts', async () => {
    const { offering } = w.current
    const sold = await offering(people.provider, { name: 'Very special thing' })

    const found = await as().get(LIST, { query: { name: 'special', customer_uuid: people.provider.uuid, o: '-created', field: 'uuid' } })
    const counted = await as().head(LIST, { query: { name_exact: 'Very special thing' } })
    const wrong = await as().get(LIST, { query: { state: 'nope', category_uuid: 'nope' } })

    expect(found.body).toEqual([{ uuid: sold.uuid }])
    expect(counted.headers['x-result-count']).toBe('1')
    expect(wrong).toMatchObject({
      status: 400,
      body: { state: ['Select a valid choice. nope is not one of the available choices.'], category_uuid: ['Enter a valid UUID.'] },
    })
  })
})

describe('a site that shows nothing to strangers', () => {
  const closed = world({ ANONYMOUS_USER_CAN_VIEW_OFFERINGS: 'false' })

  it('orders §0.6: answers them with an empty list', async () => {
    const { as: on, offering, user } = closed.current
    const sold = await offering()

    const stranger = await on().get(LIST)

    expect(stranger).toMatchObject({ status: 200, body: [] })
    expect((await on().get(pathOf(sold))).status).toBe(404)
    expect((await on(await user()).get(pathOf(sold))).status).toBe(200)
  })
})

describe('a site that shows plans to those signed in', () => {
  const closed = world({ ANONYMOUS_USER_CAN_VIEW_PLANS: 'false' })

  it('leaves them out for others', async () => {
    const { as: on, offering, plan, user } = closed.current
    const sold = await offering()
    const made = await plan(sold)

    expect((await on().get(pathOf(sold))).body.plans).toEqual([])
    expect((await on().get(`${pathOf(sold)}plans/`)).body).toEqual([])
    expect((await on().get(`${pathOf(sold)}plans/${made.uuid}/`)).status).toBe(404)
    expect((await on(await user()).get(`${pathOf(sold)}plans/`)).body).toHaveLength(1)
  })
})

describe('offerings kept for groups of organizations', () => {
  it('are shown to all by default, marked for those who cannot order', async () => {
    const sold = await w.current.offering(people.provider)
    await keepFor(await groupOf(people.consumer), { offering: sold })
    const accessible = async (person?: Person) =>
      (await as(person).get(pathOf(sold), { query: { field: 'is_accessible' } })).body.is_accessible

    expect(await accessible()).toBe(false)
    expect(await accessible(people.outsider)).toBe(false)
    expect(await accessible(people.customerOwner)).toBe(true)
    expect(await accessible(people.staff)).toBe(true)
  })

  describe('where inaccessible ones are hidden', () => {
    const hiding = world({ RESTRICTED_OFFERING_VISIBILITY_MODE: 'hide_inaccessible' })

    it('are shown to members alone', async () => {
      const { as: on, cast, offering, plan, insert, db } = hiding.current
      const there = await cast()
      const sold = await offering(there.provider)
      await plan(sold)
      const group = await insert('organization_group', { name: 'Members' })
      await db
        .insertInto('customer_organization_group')
        .values({ customer_id: there.consumer.id, organization_group_id: group.id })
        .execute()
      await db.insertInto('offering_organization_group').values({ offering_id: sold.id, organization_group_id: group.id }).execute()

      expect((await on(there.customerOwner).get(pathOf(sold))).status).toBe(200)
      expect((await on(there.outsider).get(pathOf(sold))).status).toBe(404)
      expect((await on().get(pathOf(sold))).status).toBe(404)
      expect((await on(there.staff).get(pathOf(sold))).status).toBe(200)
    })
  })

  describe('where membership is required', () => {
    const members = world({ RESTRICTED_OFFERING_VISIBILITY_MODE: 'require_membership' })

    it('nothing shared is shown to those who belong nowhere', async () => {
      const { as: on, cast, offering } = members.current
      const there = await cast()
      const sold = await offering(there.provider)

      expect((await on(there.projectMember).get(pathOf(sold))).status).toBe(200)
      expect((await on(there.outsider).get(pathOf(sold))).status).toBe(404)
      expect((await on().get(pathOf(sold))).status).toBe(404)
    })
  })
})
