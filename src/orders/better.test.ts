// What orders do better than the original (orders.md §7), by the number of its row; rows that other tests name are not repeated here.
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import { daysAfter, todayIn } from '../platform/time.ts'

const w = world()
const dated = world({ ENABLE_ORDER_START_DATE: 'true' })
// Somewhere on earth it is another day now.
const ELSEWHERE = new Date().getUTCHours() >= 10 ? 'Pacific/Kiritimati' : 'Etc/GMT+12'
const elsewhere = world({ ENABLE_ORDER_START_DATE: 'true', TIME_ZONE: ELSEWHERE })
const ORDERS = '/api/marketplace-orders/'
const RESOURCES = '/api/marketplace-resources/'
const PROVIDED = '/api/marketplace-provider-resources/'
type Values = { [name: string]: unknown }

async function market(values: Values = {}, on = w.current) {
  const cast = await on.cast()
  const offering = await on.offering(cast.provider, values)
  const plan = await on.plan(offering, { unit_price: '10' })
  const body = (more: Values = {}) => ({
    offering: urls.offering(offering),
    project: urls.project(cast.project),
    plan: urls.plan(offering, plan),
    attributes: {},
    ...more,
  })
  const order = (person: Person | undefined, more: Values = {}) => on.as(person).post(ORDERS, body(more))
  const act = (person: Person, uuid: string, verb: string, sent: Values = {}) => on.as(person).post(`${ORDERS}${uuid}/${verb}/`, sent)
  const see = async (uuid: string) => (await on.as(cast.staff).get(`${ORDERS}${uuid}/`)).body
  return { ...cast, offering, plan, body, order, act, see }
}

const options = (values: Values) => ({ plugin_options: JSON.stringify(values) })
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe('routing', () => {
  it('orders §7 row 10: an order that is approved as it is made waits for the day that it names', async () => {
    const c = await market({ shared: false, billable: false }, dated.current)
    await dated.current.db.updateTable('offering').set({ customer_id: c.consumer.id }).where('id', '=', c.offering.id).execute()
    const { body } = await c.order(c.customerOwner, { start_date: inDays(3) })
    expect(body.state).toBe('pending-provider')
    await c.act(c.customerOwner, body.uuid, 'approve_by_provider')

    expect((await c.see(body.uuid)).state).toBe('pending-start-date')
  })

  it('orders §7 row 28: where an offering wants four eyes, nobody approves what they ordered, staff neither', async () => {
    const c = await market(options({ four_eyes_approval: true }))

    for (const [creator, other] of [
      [c.customerOwner, c.staff],
      [c.staff, c.customerOwner],
    ] as const) {
      const { body } = await c.order(creator)
      expect(body.state).toBe('pending-consumer')
      const refused = await c.act(creator, body.uuid, 'approve_by_consumer')
      expect([refused.status, refused.body]).toEqual([
        403,
        { detail: 'The offering wants orders approved by somebody else than who made them.' },
      ])
      expect((await c.act(other, body.uuid, 'approve_by_consumer')).status).toBe(200)
      expect((await w.current.as(c.staff).get(`${ORDERS}${body.uuid}/explain/`)).body.rules).toContainEqual(
        expect.objectContaining({ rule: 'four_eyes', review_needed: true }),
      )
    }
    const resource = await w.current.resource(c.offering, c.project)
    const ended = await w.current.as(c.customerOwner).post(`${RESOURCES}${resource.uuid}/terminate/`, {})
    expect((await c.see(ended.body.order_uuid)).state).toBe('pending-provider')
  })

  it('orders §7 row 28: it is off unless an offering says so', async () => {
    for (const values of [{}, options({ four_eyes_approval: false })]) {
      const c = await market(values)
      const { body } = await c.order(c.projectManager)

      expect((await c.order(c.customerOwner)).body.state).toBe('pending-provider')
      expect((await c.act(c.customerOwner, body.uuid, 'approve_by_consumer')).status).toBe(200)
    }
  })

  it('orders §7 row 36: a consumer that the offering is closed to ends what it has, and takes no other plan of it', async () => {
    const c = await market()
    const other = await w.current.plan(c.offering)
    const resource = await w.current.resource(c.offering, c.project, { plan_id: c.plan.id })
    const group = await w.current.insert('organization_group', { name: 'Others' })
    await w.current.db
      .insertInto('offering_organization_group')
      .values({ offering_id: c.offering.id, organization_group_id: group.id })
      .execute()
    const act = (verb: string, sent: Values) => w.current.as(c.customerOwner).post(`${RESOURCES}${resource.uuid}/${verb}/`, sent)

    expect((await c.order(c.customerOwner)).body).toEqual(['This offering is not available for ordering due to the org group limitation.'])
    expect((await act('switch_plan', { plan: urls.plan(c.offering, other) })).body).toEqual([
      'This offering is not available for ordering due to the org group limitation.',
    ])
    expect((await act('terminate', {})).status).toBe(200)
  })
})

describe('who acts, and on what', () => {
  const reported = async (state: string, type = 'Marketplace.Slurm') => {
    const c = await market({ type })
    const { body } = await c.order(c.customerOwner)
    await w.current.db.updateTable('order').set({ state }).where('uuid', '=', body.uuid).execute()
    const resource = async () => (await w.current.as(c.staff).get(`${RESOURCES}${body.marketplace_resource_uuid}/`)).body.state
    return { ...c, uuid: body.uuid as string, resource }
  }

  it('orders §7 row 5, 6: what is said of an order that is not carried out changes neither it nor its resource', async () => {
    for (const verb of ['set_state_done', 'set_state_erred']) {
      const c = await reported('pending-provider')

      const { status, body } = await c.act(c.providerOwner, c.uuid, verb)

      expect([status, body]).toEqual([409, { detail: 'Valid states for operation: executing.' }])
      expect([(await c.see(c.uuid)).state, await c.resource()]).toEqual(['pending-provider', 'Creating'])
    }
  })

  it('orders §7 row 13: a failed order has an end, which is taken back when it is tried again', async () => {
    const c = await reported('executing')
    await c.act(c.providerOwner, c.uuid, 'set_state_erred')
    expect((await c.see(c.uuid)).completed_at).not.toBeNull()

    await c.act(c.providerOwner, c.uuid, 'set_state_executing')

    expect((await c.see(c.uuid)).completed_at).toBeNull()
  })

  it('orders §7 row 18: who may approve on one offering sees its orders, approves and rejects them, and no others', async () => {
    const c = await market()
    const role = await w.current.insert('role', { name: `OFFERING.APPROVER-${c.offering.id}`, scope_type: 'offering' })
    const permissions = ['ORDER.LIST', 'ORDER.APPROVE', 'ORDER.REJECT'].map((permission) => ({ role_id: role.id, permission }))
    await w.current.db.insertInto('role_permission').values(permissions).execute()
    await w.current.grant(c.offeringManager, `OFFERING.APPROVER-${c.offering.id}`, c.offering)
    const [first, second] = [(await c.order(c.staff)).body.uuid, (await c.order(c.staff)).body.uuid]
    const other = await market()
    const foreign = (await other.order(other.staff)).body.uuid

    const seen = (await w.current.as(c.offeringManager).get(ORDERS)).body
    expect(seen.map(({ uuid }: Values) => uuid).sort()).toEqual([first, second].sort())
    expect((await c.act(c.offeringManager, first, 'approve_by_provider')).status).toBe(200)
    expect((await c.act(c.offeringManager, second, 'reject_by_provider')).status).toBe(200)
    expect((await c.act(c.offeringManager, foreign, 'approve_by_provider')).status).toBe(404)
  })

  it('orders §7 row 31, 35: who takes an order in hand past the reviews counts as the provider’s reviewer, and each step is kept', async () => {
    const c = await reported('pending-provider')

    await c.act(c.providerOwner, c.uuid, 'set_state_executing')

    const order = await c.see(c.uuid)
    expect(order).toMatchObject({ state: 'executing', provider_reviewed_by_username: c.providerOwner.username })
    expect(order.provider_reviewed_at).not.toBeNull()
    const history = (await w.current.as(c.staff).get(`${ORDERS}${c.uuid}/history/`)).body
    expect(history.map((step: Values) => [step.action, step.to_state, step.user_username])).toEqual([
      ['create', 'pending-consumer', c.customerOwner.username],
      ['approve_by_consumer', 'pending-provider', c.customerOwner.username],
      ['set_state_executing', 'executing', c.providerOwner.username],
    ])
  })

  it('orders §7 row 34: today is the day of the site’s zone at every gate', async () => {
    const c = await market({}, elsewhere.current)
    const today = todayIn(ELSEWHERE)
    expect(today).not.toBe(todayIn('UTC'))

    expect((await c.order(c.staff, { start_date: daysAfter(today, -1) })).body).toEqual({
      start_date: ['Start date cannot be in the past.'],
    })
    expect((await c.order(c.staff, { start_date: today })).status).toBe(201)
    expect((await c.order(c.staff, { attributes: { end_date: daysAfter(today, -1) } })).status).toBe(400)
    expect((await c.order(c.staff, { attributes: { end_date: today } })).status).toBe(201)
    const set = (end_date: string) => elsewhere.current.db.updateTable('project').set({ end_date }).where('id', '=', c.project.id).execute()
    await set(daysAfter(today, 1))
    expect((await c.order(c.staff)).status).toBe(201)
    await set(today)
    expect((await c.order(c.staff)).status).toBe(400)
  })
})

describe('money', () => {
  it('orders §7 row 21: a change of limits costs no switch of the plan, and the estimate’s sum is the order’s', async () => {
    const c = await market()
    const cpu = await w.current.component(c.offering, { type: 'cpu' })
    const once = await w.current.component(c.offering, { type: 'setup', billing_type: 'one' })
    const move = await w.current.component(c.offering, { type: 'move', billing_type: 'few' })
    await w.current.planComponent(c.plan, cpu, { price: '2' })
    // The amount of what is charged once is not multiplied: the invoice charges the price.
    await w.current.planComponent(c.plan, once, { price: '7', amount: 3 })
    await w.current.planComponent(c.plan, move, { price: '100' })

    const estimate = await w.current.as(c.staff).post(`${ORDERS}estimate/`, c.body({ limits: { cpu: 2 } }))
    const { body } = await c.order(c.staff, { limits: { cpu: 2 } })
    expect([body.cost, body.activation_price, body.plan_unit]).toEqual(['21.0000000000', 7, 'month'])
    expect(estimate.body.cost).toBe(body.cost)

    const resource = await w.current.resource(c.offering, c.project, { plan_id: c.plan.id, limits: JSON.stringify({ cpu: 1 }) })
    const changed = await w.current.as(c.staff).post(`${RESOURCES}${resource.uuid}/update_limits/`, { limits: { cpu: 2 } })
    expect(await c.see(changed.body.order_uuid)).toMatchObject({ cost: '14.0000000000', activation_price: 0 })
  })

  it('orders §7 row 22: money is exact to its last place, however many digits it has', async () => {
    const c = await market()
    const cpu = await w.current.component(c.offering, { type: 'cpu' })
    await w.current.planComponent(c.plan, cpu, { price: '123456789.0123456789' })
    await w.current.db.updateTable('plan').set({ unit_price: '0.1' }).where('id', '=', c.plan.id).execute()

    const { body } = await c.order(c.staff, { limits: { cpu: 3 } })

    expect(body.cost).toBe('370370367.1370370367')
  })
})

describe('what is done to a resource without an order', () => {
  it('orders §7 row 23: is told by an event each time, with who did it', async () => {
    const resource_options = JSON.stringify({ options: { size: { type: 'integer', label: 'Size' } } })
    const c = await market({ resource_options })
    const cpu = await w.current.component(c.offering, { type: 'cpu' })
    await w.current.planComponent(c.plan, cpu)
    const resource = await w.current.resource(c.offering, c.project, { plan_id: c.plan.id, state: 'Erred' })
    const told = async () =>
      (
        await w.current.db
          .selectFrom('event')
          .innerJoin('event_scope', 'event_scope.event_id', 'event.id')
          .where('event_scope.scope_type', '=', 'resource')
          .where('event_scope.scope_id', '=', resource.id)
          .select(['event.event_type', 'event.context'])
          .orderBy('event.id')
          .execute()
      ).map(({ event_type, context }) => [event_type, (context as Values).user_username])
    const act = (verb: string, sent: Values = {}) => w.current.as(c.providerOwner).post(`${PROVIDED}${resource.uuid}/${verb}/`, sent)

    for (const [verb, sent] of [
      ['set_as_ok', {}],
      ['set_as_ok', {}],
      ['set_as_erred', {}],
      ['set_state_ok', {}],
      ['set_limits', { limits: { cpu: 9 } }],
      ['update_options_direct', { options: { size: 3 } }],
    ] as const)
      expect((await act(verb, sent)).status, verb).toBe(200)

    const who = c.providerOwner.username
    expect(await told()).toEqual([
      ['marketplace_resource_update_succeeded', who],
      ['marketplace_resource_erred_on_backend', who],
      ['marketplace_resource_update_succeeded', who],
      ['marketplace_resource_update_limits_succeeded', who],
      ['marketplace_resource_update_succeeded', who],
    ])
  })
})

describe('what is sent', () => {
  const form = JSON.stringify({
    order: ['size', 'fast', 'os', 'zone'],
    options: {
      size: { type: 'integer', label: 'Size' },
      fast: { type: 'boolean', label: 'Fast' },
      os: { type: 'string', label: 'System', required: true, default: 'debian' },
      zone: { type: 'string', label: 'Zone' },
    },
  })

  it('orders §7 row 24: is shown as it was sent, and kept as values with the form’s defaults beside', async () => {
    const c = await market({ options: form })
    const kept = async (uuid: string) =>
      (await w.current.db.selectFrom('order').select('answers').where('uuid', '=', uuid).executeTakeFirstOrThrow()).answers

    const { body } = await c.order(c.projectManager, { attributes: { size: '8', fast: 'on', colour: 'red' } })

    expect(body.attributes).toEqual({ size: '8', fast: 'on', colour: 'red' })
    expect(await kept(body.uuid)).toEqual({ size: 8, fast: true, os: 'debian' })
    await w.current.as(c.customerOwner).patch(`${ORDERS}${body.uuid}/`, { attributes: { size: '9', os: 'arch' } })
    expect(await kept(body.uuid)).toEqual({ size: 9, os: 'arch' })
  })

  it('orders §7 row 25: attributes are an object, neither too large nor too deep', async () => {
    const c = await market()
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })

    for (const attributes of ['text', ['a'], 7, true]) {
      const { status, body } = await c.order(c.staff, { attributes })
      expect([status, Object.keys(body)], String(attributes)).toEqual([400, ['attributes']])
    }
    expect((await c.order(c.staff, { attributes: { note: 'x'.repeat(65 * 1024) } })).status).toBe(400)
    expect((await c.order(c.staff, { attributes: deep(80) })).status).toBe(400)
    expect((await c.order(c.staff, { attributes: { note: 'x'.repeat(60 * 1024) } })).status).toBe(201)
  })

  it('orders §7 row 26: only an order for something new is posted', async () => {
    const c = await market()

    for (const type of ['Update', 'Terminate', 'Restore', 'Anything']) {
      expect((await c.order(c.staff, { type })).body).toEqual({ type: [`"${type}" is not a valid choice.`] })
    }
    expect((await c.order(c.staff, { type: 'Create' })).status).toBe(201)
  })

  it('orders §7 row 27: what is not there is said so in words', async () => {
    const c = await market()
    const { body } = await c.order(c.projectManager)
    const missing = { detail: 'Not found.' }

    expect((await c.act(c.customerOwner, body.uuid, 'delete_attachment')).body).toEqual(missing)
    const plan = `/api/marketplace-public-offerings/${c.offering.uuid}/plans/${c.offering.uuid}/`
    expect((await w.current.as(c.staff).get(plan)).body).toEqual(missing)
  })

  it('orders §7 row 32: limits are ordered with a type whose limits cannot be changed later', async () => {
    const c = await market({ type: 'Marketplace.Nobodys' })
    const cpu = await w.current.component(c.offering, { type: 'cpu' })
    await w.current.planComponent(c.plan, cpu)

    expect((await c.order(c.staff, { limits: { cpu: 2 } })).body.limits).toEqual({ cpu: 2 })
    const resource: Row = await w.current.resource(c.offering, c.project, { plan_id: c.plan.id, limits: JSON.stringify({ cpu: 2 }) })
    expect((await w.current.as(c.staff).post(`${RESOURCES}${resource.uuid}/update_limits/`, { limits: { cpu: 3 } })).body).toEqual({
      limits: ['Limits update is not supported for this resource.'],
    })
  })
})

describe('a resource that comes back', () => {
  const restorable = async (values: Values, plugin: Values = {}) => {
    const c = await market(options({ can_restore_resource: true, ...plugin }))
    const resource = await w.current.resource(c.offering, c.project, { plan_id: c.plan.id, state: 'Terminated', ...values })
    const restore = () => w.current.as(c.customerOwner).post(`${RESOURCES}${resource.uuid}/restore/`, {})
    return { ...c, resource, restore }
  }

  it('orders 102: after its last day has none, or the one that its offering demands of new ones', async () => {
    const free = await restorable({ end_date: inDays(-2) })
    const bound = await restorable(
      { end_date: inDays(-2) },
      { is_resource_termination_date_required: true, default_resource_termination_offset_in_days: 5 },
    )
    const later = await restorable({ end_date: inDays(9) })

    expect((await free.restore()).body).toMatchObject({ state: 'Creating', end_date: null })
    expect((await bound.restore()).body).toMatchObject({ state: 'Creating', end_date: inDays(5) })
    expect((await later.restore()).body).toMatchObject({ state: 'Creating', end_date: inDays(9) })
  })

  it('orders 102: does not when what was paid ahead is over', async () => {
    const c = await restorable({ end_date: inDays(-2) })
    await w.current.component(c.offering, { type: 'seats', billing_type: 'one', is_prepaid: true })

    expect((await c.restore()).body).toEqual(['What was paid ahead for the resource is over.'])
  })
})
