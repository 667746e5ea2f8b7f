// Both sides review an order; who may, what must hold, what follows (orders.md §6.3, §6.4).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'
import { countStatements } from '../platform/db/database.ts'
import type { Job } from '../platform/wiring.ts'

const w = world()
const dated = world({ ENABLE_ORDER_START_DATE: 'true' })
const PATH = '/api/marketplace-orders/'
const AUTO = 'Test.Auto'
const NO_PERMISSION = { detail: 'You do not have permission to perform this action.' }

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

type Values = { [name: string]: unknown }

/** The cast with an order that the manager placed, so that it waits for the consumer. */
async function placed(offeringValues: Values = {}, body: Values = {}, by?: 'staff', of = w.current) {
  const cast = await of.cast()
  const offering = await of.offering(cast.provider, offeringValues)
  const plan = await of.plan(offering)
  const made = await of.as(by ? cast[by] : cast.projectManager).post(PATH, {
    offering: urls.offering(offering),
    project: urls.project(cast.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'vm-1' },
    ...body,
  })
  const act = (person: Person | undefined, verb: string, sent?: unknown) => of.as(person).post(`${PATH}${made.body.uuid}/${verb}/`, sent)
  const see = async (person: Person = cast.staff) => (await of.as(person).get(`${PATH}${made.body.uuid}/`)).body
  const resource = async () => (await of.as(cast.staff).get(`/api/marketplace-resources/${made.body.marketplace_resource_uuid}/`)).body
  return { ...cast, offering, plan, made: made.body, act, see, resource }
}

const setProject = (project: Row, values: Values, of = w.current) =>
  of.db.updateTable('project').set(values).where('id', '=', project.id).execute()

describe('the consumer', () => {
  it('orders 52: the owner approves; manager and admin may not, unless their role says so', async () => {
    const c = await placed()

    for (const person of [c.projectManager, c.projectAdmin]) {
      const answer = await c.act(person, 'approve_by_consumer')
      expect([answer.status, answer.body]).toEqual([403, NO_PERMISSION])
    }
    expect((await c.act(undefined, 'approve_by_consumer')).status).toBe(401)
    const approved = await c.act(c.customerOwner, 'approve_by_consumer')

    expect([approved.status, approved.body]).toEqual([200, { detail: 'Order is pending provider approval.' }])
    expect(await c.see()).toMatchObject({ state: 'pending-provider', consumer_reviewed_by: c.customerOwner.username })
  })

  it('orders 53: an order that is beyond that cannot be approved again', async () => {
    const c = await placed()
    await c.act(c.customerOwner, 'approve_by_consumer')

    const again = await c.act(c.staff, 'approve_by_consumer')

    expect([again.status, again.body]).toEqual([409, { detail: 'Valid states for operation: pending-consumer.' }])
    expect((await c.see()).consumer_reviewed_by).toBe(c.customerOwner.username)
  })

  it('orders 54: not while the organization is blocked or the project over, for staff neither', async () => {
    const c = await placed()

    await setProject(c.project, { end_date: day(0) })
    const expired = await c.act(c.staff, 'approve_by_consumer')
    await w.current.db.updateTable('customer').set({ blocked: true }).where('id', '=', c.consumer.id).execute()
    const blocked = await c.act(c.staff, 'approve_by_consumer')

    expect(expired.status).toBe(400)
    expect(expired.body[0]).toMatch(/^Project '.*' is expired\.$/)
    expect([blocked.status, blocked.body]).toEqual([400, ['Blocked organization is not available.']])
  })

  it('orders 55, 65: an order for a basic offering then waits for the provider, and is done by itself afterwards', async () => {
    const c = await placed()
    await c.act(c.customerOwner, 'approve_by_consumer')
    await w.current.runJobs()
    expect((await c.see()).state).toBe('pending-provider')

    const approved = await c.act(c.providerOwner, 'approve_by_provider')
    expect([approved.status, approved.body]).toEqual([200, { detail: 'Order has been approved and is being processed.' }])
    expect((await c.see()).state).toBe('executing')
    await w.current.runJobs()

    const done = await c.see()
    expect(done).toMatchObject({ state: 'done', provider_reviewed_by: c.providerOwner.username })
    expect([done.completed_at, done.provider_reviewed_at].includes(null)).toBe(false)
    expect(await c.resource()).toMatchObject({ state: 'OK', order_in_progress: null, creation_order: { uuid: c.made.uuid, state: 'done' } })
    const periods = await w.current.as(c.staff).get(`/api/marketplace-resources/${done.marketplace_resource_uuid}/plan_periods/`)
    expect(periods.body).toMatchObject([{ plan_uuid: c.plan.uuid, end: null, components: [] }])
  })

  it('orders 56, 80, 81: an order waits for its project to begin, and goes on when that day has come or was taken away', async () => {
    for (const [type, start, state] of [
      [AUTO, day(0), 'executing'],
      ['Marketplace.Basic', null, 'pending-provider'],
    ] as const) {
      const c = await placed({ type })
      await setProject(c.project, { start_date: day(5) })
      const approved = await c.act(c.customerOwner, 'approve_by_consumer')
      expect(approved.body).toEqual({ detail: 'Order is pending project activation.' })
      await promote()
      expect((await c.see()).state).toBe('pending-project')

      await setProject(c.project, { start_date: start })
      await promote()

      expect(await c.see()).toMatchObject({ state, consumer_reviewed_by: c.customerOwner.username })
    }
  })

  it('orders 58, 59, 68: an order that names a day waits for it, after the provider and where the site lets orders do so', async () => {
    const auto = await placed({ type: AUTO }, { start_date: day(3) }, undefined, dated.current)
    expect((await auto.act(auto.customerOwner, 'approve_by_consumer')).body).toEqual({ detail: 'Order is pending start date.' })
    const basic = await placed({}, { start_date: day(3) }, undefined, dated.current)
    expect((await basic.act(basic.customerOwner, 'approve_by_consumer')).body).toEqual({ detail: 'Order is pending provider approval.' })
    expect((await basic.act(basic.providerOwner, 'approve_by_provider')).body).toEqual({ detail: 'Order is pending start date.' })

    await promote(dated.current)
    expect((await basic.see()).state).toBe('pending-start-date')
    await dated.current.db
      .updateTable('order')
      .set({ start_date: day(0) })
      .where('state', '=', 'pending-start-date')
      .execute()
    await promote(dated.current)

    expect([(await auto.see()).state, (await basic.see()).state]).toEqual(['executing', 'executing'])
  })

  it('orders 60: not without the purchase order that the offering demands', async () => {
    const c = await placed({ plugin_options: JSON.stringify({ require_purchase_order_upload: true }) })

    const without = await c.act(c.customerOwner, 'approve_by_consumer')
    const file = new File(['%PDF-1.4 order'], 'order.pdf', { type: 'application/pdf' })
    await w.current.as(c.projectManager).upload(`${PATH}${c.made.uuid}/update_attachment/`, { attachment: file })
    const withIt = await c.act(c.customerOwner, 'approve_by_consumer')

    expect([without.status, without.body]).toEqual([400, ['Purchase order is required for approval.']])
    expect(withIt.status).toBe(200)
  })

  it('orders 61: who ordered may take the order back by rejecting it; support and members may not', async () => {
    const c = await placed()

    expect((await c.act(c.support, 'reject_by_consumer')).status).toBe(403)
    expect((await c.act(c.projectAdmin, 'reject_by_consumer')).status).toBe(403)
    const rejected = await c.act(c.projectManager, 'reject_by_consumer')

    expect([rejected.status, rejected.text]).toEqual([200, ''])
    const order = await c.see()
    expect(order.state).toBe('rejected')
    expect(order.completed_at).not.toBeNull()
    expect((await c.resource()).state).toBe('Terminated')
  })

  it('orders 62: rejecting is for once, and not in a blocked organization', async () => {
    const c = await placed()
    await w.current.db.updateTable('customer').set({ blocked: true }).where('id', '=', c.consumer.id).execute()
    expect((await c.act(c.customerOwner, 'reject_by_consumer')).body).toEqual(['Blocked organization is not available.'])
    await w.current.db.updateTable('customer').set({ blocked: false }).where('id', '=', c.consumer.id).execute()

    await c.act(c.customerOwner, 'reject_by_consumer')
    const again = await c.act(c.customerOwner, 'reject_by_consumer')

    expect([again.status, again.body]).toEqual([409, { detail: 'Valid states for operation: pending-consumer.' }])
  })

  it('orders 63: an order that needs no review cannot be refused by the consumer', async () => {
    const c = await placed({ plugin_options: JSON.stringify({ require_purchase_order_upload: true }) }, {}, 'staff')
    const file = new File(['%PDF-1.4 order'], 'order.pdf', { type: 'application/pdf' })
    await w.current.as(c.staff).upload(`${PATH}${c.made.uuid}/update_attachment/`, { attachment: file })

    const answer = await c.act(c.customerOwner, 'reject_by_consumer')

    expect([answer.status, answer.body]).toEqual([400, ['Review of order by consumer is not required.']])
  })

  it('orders 64: says why', async () => {
    const c = await placed()

    await c.act(c.customerOwner, 'reject_by_consumer', { consumer_rejection_comment: 'Budget' })

    expect(await c.see()).toMatchObject({ consumer_rejection_comment: 'Budget', error_message: '' })
  })
})

describe('the provider', () => {
  it('orders 69: approves by its own people only', async () => {
    const c = await placed({}, {}, 'staff')

    for (const person of [c.projectManager, c.projectAdmin, c.customerOwner]) {
      expect((await c.act(person, 'approve_by_provider')).status).toBe(403)
    }
    const outsider = await c.act(c.outsider, 'approve_by_provider')
    expect([outsider.status, outsider.body]).toEqual([404, { detail: 'No Order matches the given query.' }])
    expect((await c.act(c.providerOwner, 'approve_by_provider', { attributes: { node: 'n1' } })).status).toBe(200)
    expect((await c.see()).attributes).toEqual({ name: 'vm-1', node: 'n1' })
  })

  it('is told 403 before 409, and 409 before what is wrong with the body', async () => {
    const c = await placed()

    expect((await c.act(c.customerOwner, 'approve_by_provider', [])).status).toBe(403)
    const wrong = await c.act(c.providerOwner, 'approve_by_provider', [])
    expect([wrong.status, wrong.body]).toEqual([409, { detail: 'Valid states for operation: pending-provider.' }])
  })

  it('orders 70, 71: refuses, saying why if it likes; what was to be made is gone', async () => {
    const c = await placed({}, {}, 'staff')

    const rejected = await c.act(c.providerOwner, 'reject_by_provider', { provider_rejection_comment: 'No room' })
    const again = await c.act(c.staff, 'reject_by_provider')

    expect([rejected.status, rejected.text]).toEqual([200, ''])
    expect(await c.see()).toMatchObject({
      state: 'rejected',
      provider_rejection_comment: 'No room',
      provider_reviewed_by: c.providerOwner.username,
    })
    expect((await c.resource()).state).toBe('Terminated')
    expect([again.status, again.body]).toEqual([409, { detail: 'Valid states for operation: pending-provider.' }])
    const other = await placed({}, {}, 'staff')
    expect((await other.act(other.staff, 'reject_by_provider')).status).toBe(200)
  })

  it('orders 74: may add options only where the resource has some', async () => {
    const c = await placed({}, {}, 'staff')

    const answer = await c.act(c.providerOwner, 'approve_by_provider', { attributes: { new_options: { a: 1 } } })

    expect([answer.status, answer.body]).toEqual([400, { attributes: ['Metadata for resource options is not defined.'] }])
    expect((await c.see()).state).toBe('pending-provider')
  })
})

describe('two at once', () => {
  it('orders 112: of two approvals one wins, and the order is carried out once', async () => {
    const c = await placed({}, {}, 'staff')

    const answers = await Promise.all([c.act(c.providerOwner, 'approve_by_provider'), c.act(c.staff, 'approve_by_provider')])
    await w.current.runJobs()

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    expect(answers.find((answer) => answer.status === 409)?.body).toEqual({ detail: 'Valid states for operation: pending-provider.' })
    const history = await historyOf(c.made.uuid)
    expect(history).toEqual(['create', 'approve_by_consumer', 'approve_by_provider', 'set_state_done'])
  })

  it('orders 113: approving and rejecting at the same time, exactly one wins', async () => {
    for (let round = 0; round < 3; round++) {
      const c = await placed({}, {}, 'staff')
      const answers = await Promise.all([c.act(c.providerOwner, 'approve_by_provider'), c.act(c.staff, 'reject_by_provider')])

      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
      const { state } = await c.see()
      expect(state).toBe(answers[0]?.status === 200 ? 'executing' : 'rejected')
    }
  })
})

it('an approval takes at most 12 statements, in one transaction', async () => {
  const c = await placed({}, {}, 'staff')

  const { texts } = await countStatements(() => c.act(c.providerOwner, 'approve_by_provider'))

  expect(texts.filter((text) => text === 'begin')).toHaveLength(1)
  expect(texts.length).toBeLessThanOrEqual(12)
})

async function historyOf(uuid: string): Promise<string[]> {
  const rows = await w.current.db
    .selectFrom('order_transition')
    .innerJoin('order', 'order.id', 'order_transition.order_id')
    .select('action')
    .where('order.uuid', '=', uuid)
    .orderBy('order_transition.id')
    .execute()
  return rows.map((row) => row.action)
}

/** Runs the jobs of the clock. */
async function promote(of = w.current) {
  const { ORDER_JOBS } = await import('./jobs.ts')
  for (const job of ORDER_JOBS.filter(({ cron }) => cron)) {
    await of.runJob(job as Job, {})
  }
}
