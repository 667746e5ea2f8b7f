// A customer's order, from the body to the resource (orders.md §6.1).
import { describe, expect, it } from 'vitest'
import { type Row, urls, world } from '../../tests/support/world.ts'
import { countStatements } from '../platform/db/database.ts'

const w = world()
const dated = world({ ENABLE_ORDER_START_DATE: 'true' })
const PATH = '/api/marketplace-orders/'

// A type that no driver knows needs no review by the provider: the shortest way to `executing`.
const AUTO = 'Test.Auto'

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

type Values = { [name: string]: unknown }

/** The cast, and an offering of the provider with one plan. */
async function market(values: Values = {}, of = w.current) {
  const cast = await of.cast()
  const offering = await of.offering((values.customer_id as undefined) ?? cast.provider, values)
  return { ...cast, offering, plan: await of.plan(offering) }
}

const order = (c: { offering: Row; project: Row; plan?: Row }, more: Values = {}) => ({
  offering: urls.offering(c.offering),
  project: urls.project(c.project),
  ...(c.plan && { plan: urls.plan(c.offering, c.plan) }),
  attributes: { name: 'vm-1' },
  ...more,
})

describe('who orders decides how far the order goes', () => {
  it('orders 1: the owner and staff need no review of the consumer', async () => {
    const c = await market({ type: AUTO })

    for (const person of [c.customerOwner, c.staff]) {
      const answer = await w.current.as(person).post(PATH, order(c))

      expect(answer.status).toBe(201)
      expect(answer.body).toMatchObject({ state: 'executing', consumer_reviewed_by_username: person.username, type: 'Create' })
      expect(answer.headers.location).toBe(answer.body.url)
    }
  })

  it('orders 2: manager and admin wait for the consumer, and so do members, who do not see the order afterwards', async () => {
    const c = await market({ type: AUTO })

    for (const person of [c.projectManager, c.projectAdmin, c.projectMember]) {
      const answer = await w.current.as(person).post(PATH, order(c))
      expect(answer.body).toMatchObject({ state: 'pending-consumer', consumer_reviewed_at: null, consumer_reviewed_by: null })
    }
    expect((await w.current.as(c.projectMember).get(PATH)).body).toEqual([])
  })

  it('orders 3: a role that grants ORDER.APPROVE makes the review needless', async () => {
    const c = await market({ type: AUTO })
    const role = await w.current.db.selectFrom('role').select('id').where('name', '=', 'PROJECT.MANAGER').executeTakeFirstOrThrow()
    await w.current.db.insertInto('role_permission').values({ role_id: role.id, permission: 'ORDER.APPROVE' }).execute()

    const answer = await w.current.as(c.projectManager).post(PATH, order(c))
    await w.current.db.deleteFrom('role_permission').where('role_id', '=', role.id).where('permission', '=', 'ORDER.APPROVE').execute()

    expect(answer.body.state).toBe('executing')
  })

  it('orders 4: a private offering of the organization itself is ordered without a plan and without review', async () => {
    const c = await w.current.cast()
    const own = await w.current.offering(c.consumer, { type: AUTO, shared: false, billable: false })

    for (const person of [c.customerOwner, c.projectManager, c.projectAdmin, c.staff]) {
      const answer = await w.current.as(person).post(PATH, order({ offering: own, project: c.project }))
      expect([answer.status, answer.body.state, answer.body.cost]).toEqual([201, 'executing', null])
    }
  })

  it('orders 5, 6: a private offering of another organization is refused, to staff too, and leaves no resource', async () => {
    const c = await market({ shared: false, billable: false })
    await w.current.grant(c.customerOwner, 'CUSTOMER.OWNER', c.provider)
    const [offering, consumer] = await Promise.all([
      w.current.db.selectFrom('offering').select('name').where('id', '=', c.offering.id).executeTakeFirstOrThrow(),
      w.current.db.selectFrom('customer').select('name').where('id', '=', c.consumer.id).executeTakeFirstOrThrow(),
    ])

    for (const person of [c.customerOwner, c.staff]) {
      const answer = await w.current.as(person).post(PATH, order(c))
      expect(answer.status).toBe(400)
      expect(answer.body).toEqual([`Offering "${offering.name}" is not allowed in organization "${consumer.name}".`])
    }
    const left = await w.current.db.selectFrom('resource').select('id').where('offering_id', '=', c.offering.id).execute()
    expect(left).toEqual([])
  })

  it('orders 7: an order for a basic offering waits for the provider, even when staff places it', async () => {
    const c = await market()

    const answer = await w.current.as(c.staff).post(PATH, order(c))

    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ state: 'pending-provider', consumer_reviewed_by_username: c.staff.username })
  })

  it("orders 8, 9: in the provider's own projects the offering may skip the review, unless that is switched off", async () => {
    const cases: [Values, string][] = [
      [{ auto_approve_in_service_provider_projects: true }, 'executing'],
      [{ auto_approve_in_service_provider_projects: false }, 'pending-consumer'],
      [{}, 'pending-consumer'],
      [{ auto_approve_in_service_provider_projects: true, disable_autoapprove: true }, 'pending-consumer'],
    ]
    for (const [plugin_options, state] of cases) {
      const c = await w.current.cast()
      const offering = await w.current.offering(c.consumer, { type: AUTO, plugin_options: JSON.stringify(plugin_options) })
      const plan = await w.current.plan(offering)

      const answer = await w.current.as(c.projectAdmin).post(PATH, order({ offering, plan, project: c.project }))

      expect(answer.body.state).toBe(state)
    }
  })

  it('orders 10: where a purchase order is demanded the consumer must look at it, staff included', async () => {
    const c = await market({ type: AUTO, plugin_options: JSON.stringify({ require_purchase_order_upload: true }) })

    expect((await w.current.as(c.staff).post(PATH, order(c))).body.state).toBe('pending-consumer')
  })

  it('orders 11, 12: outsiders do not see the project, and nobody orders without a token', async () => {
    const c = await market()

    const foreign = await w.current.as(c.outsider).post(PATH, order(c))
    const anonymous = await w.current.as().post(PATH, order(c))

    expect([foreign.status, foreign.body]).toEqual([400, { project: ['Invalid hyperlink - Object does not exist.'] }])
    expect(anonymous.status).toBe(401)
  })
})

describe('what an order brings with it', () => {
  it('only staff names an order; from others a slug is not even read', async () => {
    const c = await market()

    const mine = await w.current.as(c.customerOwner).post(PATH, order(c, { slug: 'not a slug' }))
    const theirs = await w.current.as(c.staff).post(PATH, order(c, { slug: 'the-first' }))

    expect([mine.status, theirs.body.slug]).toEqual([201, 'the-first'])
    expect((await w.current.as(c.staff).post(PATH, order(c, { slug: 'not a slug' }))).body).toHaveProperty('slug')
  })

  it('orders 19: attributes that may be changed later become the resource’s options', async () => {
    const resource_options = { options: { cpu: { type: 'integer', label: 'CPU' }, ram: { type: 'integer', label: 'RAM' } } }
    const c = await market({ resource_options: JSON.stringify(resource_options) })

    const answer = await w.current.as(c.staff).post(PATH, order(c, { attributes: { name: 'a', cpu: 1, ram: 2, storage: 3 } }))
    const resource = await w.current.as(c.staff).get(`/api/marketplace-resources/${answer.body.marketplace_resource_uuid}/`)

    expect(resource.body).toMatchObject({
      state: 'Creating',
      options: { cpu: 1, ram: 2 },
      attributes: { name: 'a', cpu: 1, ram: 2, storage: 3 },
    })
  })

  it('orders 33: a start date, where the site lets orders have one', async () => {
    const c = await market({}, dated.current)
    const post = (start_date: string) => dated.current.as(c.staff).post(PATH, order(c, { start_date }))
    await dated.current.db
      .updateTable('project')
      .set({ start_date: day(3), end_date: day(20) })
      .where('id', '=', c.project.id)
      .execute()

    expect((await post(day(-1))).body).toEqual({ start_date: ['Start date cannot be in the past.'] })
    expect((await post(day(2))).body).toEqual({
      start_date: [`Order start date cannot be earlier than the project start date (${day(3)}).`],
    })
    expect((await post(day(21))).body).toEqual({
      start_date: [`Order start date cannot be later than the project end date (${day(20)}).`],
    })
    expect((await post('2024/01/15')).body).toEqual({
      start_date: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'],
    })
    expect((await post(day(4))).body).toMatchObject({ start_date: day(4), state: 'pending-project' })

    const off = await market()
    expect((await w.current.as(off.staff).post(PATH, order(off, { start_date: day(-1) }))).body.start_date).toBeNull()
  })

  it('orders 34: an end date within what the offering allows, and one by default where it is demanded', async () => {
    const c = await market({
      plugin_options: JSON.stringify({ max_resource_termination_offset_in_days: 60, latest_date_for_resource_termination: day(50) }),
    })
    const demanding = await market({
      plugin_options: JSON.stringify({ is_resource_termination_date_required: true, default_resource_termination_offset_in_days: 30 }),
    })
    const unclear = await market({ plugin_options: JSON.stringify({ is_resource_termination_date_required: true }) })
    const post = (end_date: unknown) => w.current.as(c.staff).post(PATH, order(c, { attributes: { end_date } }))

    expect((await post(day(-1))).body).toEqual({ end_date: ['Cannot be earlier than the current date.'] })
    expect((await post(day(61))).body).toEqual({ end_date: ['End date exceeds maximum allowed offset.'] })
    expect((await post(day(55))).body).toEqual({ end_date: ['End date exceeds global termination limit.'] })
    expect((await post('tomorrow')).body).toEqual({ end_date: ['Invalid date format. Use YYYY-MM-DD.'] })
    expect((await post(day(10))).status).toBe(201)
    const given = await w.current.as(demanding.staff).post(PATH, order(demanding))
    const resource = await w.current.as(demanding.staff).get(`/api/marketplace-resources/${given.body.marketplace_resource_uuid}/`)
    expect(resource.body.end_date).toBe(day(30))
    expect((await w.current.as(unclear.staff).post(PATH, order(unclear))).body).toEqual({
      end_date: ['Missing default termination offset configuration.'],
    })
  })

  it('orders 36: what is charged once is part of the cost', async () => {
    const c = await market()
    const once = await w.current.component(c.offering, { type: 'setup', billing_type: 'one' })
    await w.current.planComponent(c.plan, once, { price: '100' })
    await w.current.planComponent(c.plan, await w.current.component(c.offering, { type: 'hours', billing_type: 'usage' }), { price: '7' })

    const answer = await w.current.as(c.staff).post(PATH, order(c))

    expect(answer.body).toMatchObject({
      cost: '100.0000000000',
      activation_price: 100,
      new_cost_estimate: '100.0000000000',
      fixed_price: 0,
    })
  })

  it('orders 37: the plan’s price and the limits', async () => {
    const c = await market()
    const plan = await w.current.plan(c.offering, { unit_price: '10' })
    await w.current.planComponent(plan, await w.current.component(c.offering, { type: 'cpu' }), { price: '2' })
    await w.current.planComponent(plan, await w.current.component(c.offering, { type: 'base', billing_type: 'fixed' }), {
      price: '5',
      amount: 2,
    })

    const answer = await w.current.as(c.staff).post(PATH, order({ ...c, plan }, { limits: { cpu: 5 } }))

    expect(answer.body).toMatchObject({ cost: '20.0000000000', fixed_price: 10, old_cost_estimate: '20.0000000000' })
  })

  it('answers with what an order shows everywhere, and the links of this answer', async () => {
    const c = await market()

    const made = await w.current.as(c.staff).post(PATH, order(c))
    const seen = await w.current.as(c.staff).get(`${PATH}${made.body.uuid}/`)

    expect(made.body).toMatchObject({
      created_by: urls.user(c.staff),
      project: urls.project(c.project),
      consumer_reviewed_by: urls.user(c.staff),
    })
    expect(seen.body.consumer_reviewed_by).toBe(c.staff.username)
    const { created_by, project, consumer_reviewed_by, ...rest } = made.body
    expect(seen.body).toMatchObject(rest)
  })

  it('tells of it in events of the order and of its resource', async () => {
    const c = await market()

    const { body } = await w.current.as(c.customerOwner).post(PATH, order(c))
    const events = await w.current.db
      .selectFrom('event')
      .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
      .select(['event_type', 'context'])
      .where('scope_type', '=', 'project')
      .where('scope_id', '=', c.project.id)
      .orderBy('event.id')
      .execute()

    expect(events.map((event) => event.event_type)).toEqual(['marketplace_order_created', 'marketplace_resource_create_requested'])
    expect(events[0]?.context).toMatchObject({ order_uuid: body.uuid, user_username: c.customerOwner.username, resource_name: 'vm-1' })
  })
})

describe('under load', () => {
  it('takes at most 12 statements, in one transaction', async () => {
    const c = await market({ type: AUTO, plugin_options: JSON.stringify({ maximal_resource_count_per_project: 9 }) })
    const as = w.current.as(c.customerOwner)
    await as.post(PATH, order(c))

    const { texts } = await countStatements(() => as.post(PATH, order(c)))
    // Who asks is looked up before, unless it is known still.
    const own = texts.slice(texts.indexOf('begin'))

    expect(own.filter((text) => text === 'begin')).toHaveLength(1)
    expect(own.length).toBeLessThanOrEqual(12)
  })

  it('orders 114: of two who ask for the last place one gets it', async () => {
    const c = await market({ plugin_options: JSON.stringify({ maximal_resource_count_per_project: 1 }) })
    const last = await market()
    const plan = await w.current.plan(last.offering, { max_amount: 1 })

    const project = await Promise.all([1, 2, 3].map(() => w.current.as(c.staff).post(PATH, order(c))))
    const places = await Promise.all([1, 2, 3].map(() => w.current.as(last.staff).post(PATH, order({ ...last, plan }))))

    expect(project.map((answer) => answer.status).sort()).toEqual([201, 400, 400])
    expect(places.map((answer) => answer.status).sort()).toEqual([201, 400, 400])
  })

  it('one Idempotency-Key makes one order, sent twice at once or again later', async () => {
    const c = await market()
    const headers = { 'idempotency-key': 'key-1' }
    const post = (more: Values = {}) => w.current.as(c.staff).post(PATH, order(c, more), { headers })

    const both = await Promise.all([post(), post()])
    const later = await post()
    const other = await post({ request_comment: 'another body' })

    expect(both.map((answer) => answer.status)).toEqual([201, 201])
    expect(new Set([...both, later].map((answer) => answer.body.uuid)).size).toBe(1)
    expect(other.status).toBe(422)
    expect((await w.current.as(c.staff).get(PATH, { query: { project_uuid: c.project.uuid } })).body).toHaveLength(1)
  })
})
