// Orders that change a resource (orders.md §6.4, §6.8).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-resources/'
const PROVIDER = '/api/marketplace-provider-resources/'
const ORDERS = '/api/marketplace-orders/'
type Values = { [name: string]: unknown }

/** A resource that is OK on a plan of 10 and 2 for each cpu, with a limit of 3. */
async function running(values: Values = {}, offeringValues: Values = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, offeringValues)
  const plan = await w.current.plan(offering, { unit_price: '10' })
  const cpu = await w.current.component(offering, { type: 'cpu', max_value: 8 })
  await w.current.planComponent(plan, cpu, { price: '2' })
  const resource = await w.current.resource(offering, cast.project, {
    plan_id: plan.id,
    limits: JSON.stringify({ cpu: 3 }),
    cost: '16',
    ...values,
  })
  await w.current.db
    .insertInto('resource_plan_period')
    .values({ resource_id: resource.id, plan_id: plan.id, start: new Date().toISOString() })
    .execute()
  const act = (person: Person | undefined, verb: string, sent?: Values, path = PATH) =>
    w.current.as(person).post(`${path}${resource.uuid}/${verb}/`, sent)
  const see = async () => (await w.current.as(cast.staff).get(`${PATH}${resource.uuid}/`)).body
  const order = async (uuid: string) => (await w.current.as(cast.staff).get(`${ORDERS}${uuid}/`)).body
  const review = (uuid: string, verb: string, person: Person = cast.providerOwner) => w.current.as(person).post(`${ORDERS}${uuid}/${verb}/`)
  /** Approves for the provider and carries out. */
  const finish = async (uuid: string) => {
    await review(uuid, 'approve_by_provider')
    await w.current.runJobs()
    return order(uuid)
  }
  return { ...cast, offering, plan, cpu, resource, act, see, order, review, finish }
}

const set = (resource: Row, values: Values) => w.current.db.updateTable('resource').set(values).where('id', '=', resource.id).execute()
const wrongState = (states: string) => ({ detail: `Valid states for operation: ${states}.` })
const pending = ['Pending order for resource already exists.']

describe('terminating', () => {
  it('orders 67, 98: either side ends a resource that is OK or has failed, and says how', async () => {
    for (const [who, path, state] of [
      ['customerOwner', PATH, 'OK'],
      ['projectManager', PATH, 'Erred'],
      ['projectAdmin', PATH, 'OK'],
      ['providerOwner', PROVIDER, 'OK'],
    ] as const) {
      const c = await running({ state })

      const answer = await c.act(c[who], 'terminate', { attributes: { action: 'destroy' } }, path)

      expect(answer.status).toBe(200)
      expect(await c.order(answer.body.order_uuid)).toMatchObject({
        type: 'Terminate',
        attributes: { action: 'destroy' },
        cost: null,
        order_subtype: null,
      })
      expect((await c.see()).state).toBe(state === 'OK' ? 'Terminating' : 'Erred')
    }
  })

  it('orders 67, 96: once the provider agrees the resource is gone and its plan period over', async () => {
    const c = await running()
    const { body } = await c.act(c.customerOwner, 'terminate')

    const done = await c.finish(body.order_uuid)

    expect(done.state).toBe('done')
    expect((await c.see()).state).toBe('Terminated')
    const [period] = (await w.current.as(c.staff).get(`${PATH}${c.resource.uuid}/plan_periods/`)).body
    expect(period.end).not.toBeNull()
  })

  it('orders 98: not in other states, not by others, not while the offering is unavailable; from a removed project too', async () => {
    const c = await running()
    for (const state of ['Creating', 'Updating', 'Terminating', 'Terminated']) {
      await set(c.resource, { state })
      expect((await c.act(c.customerOwner, 'terminate')).body).toEqual(wrongState('OK, Erred'))
    }
    await set(c.resource, { state: 'OK' })
    expect((await c.act(c.projectMember, 'terminate')).status).toBe(403)
    expect((await c.act(c.outsider, 'terminate')).body).toEqual({ detail: 'No Resource matches the given query.' })
    expect((await c.act(undefined, 'terminate')).status).toBe(401)
    await w.current.db.updateTable('offering').set({ state: 'Unavailable' }).where('id', '=', c.offering.id).execute()
    expect((await c.act(c.customerOwner, 'terminate')).body).toEqual(['Offering is unavailable.'])
    await w.current.db.updateTable('offering').set({ state: 'Archived' }).where('id', '=', c.offering.id).execute()
    await w.current.db.updateTable('project').set({ is_removed: true, end_date: '2020-01-01' }).where('id', '=', c.project.id).execute()
    expect((await c.act(c.customerOwner, 'terminate')).status).toBe(200)
  })

  it('orders 70: refused by the provider the resource is as it was', async () => {
    const c = await running()
    const { body } = await c.act(c.customerOwner, 'terminate')

    await c.review(body.order_uuid, 'reject_by_provider')

    expect(await c.see()).toMatchObject({ state: 'OK', limits: { cpu: 3 }, plan_uuid: c.plan.uuid, order_in_progress: null })
  })

  it('orders 115: of two who end it at once one makes an order', async () => {
    for (const state of ['OK', 'Erred']) {
      const c = await running({ state })

      const answers = await Promise.all([c.act(c.customerOwner, 'terminate'), c.act(c.projectManager, 'terminate')])

      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
      expect((await w.current.as(c.staff).get(ORDERS, { query: { resource_uuid: c.resource.uuid } })).body).toHaveLength(1)
    }
  })
})

describe('limits', () => {
  it('orders 66, 97: new limits are the resource’s once the order is done', async () => {
    const c = await running({}, { state: 'Paused' })

    const answer = await c.act(c.customerOwner, 'update_limits', { limits: { cpu: 5 }, request_comment: 'more' })

    expect(answer.status).toBe(200)
    expect(await c.order(answer.body.order_uuid)).toMatchObject({
      type: 'Update',
      order_subtype: 'update_limits',
      attributes: { old_limits: { cpu: 3 } },
      limits: { cpu: 5 },
      cost: '20.0000000000',
      old_cost_estimate: '16.0000000000',
      request_comment: 'more',
      plan_uuid: c.plan.uuid,
      old_plan_uuid: null,
    })
    expect(await c.see()).toMatchObject({ state: 'Updating', limits: { cpu: 3 } })
    expect((await c.finish(answer.body.order_uuid)).state).toBe('done')
    expect(await c.see()).toMatchObject({ state: 'OK', limits: { cpu: 5 }, plan_uuid: c.plan.uuid })
  })

  it('orders 97: not the same ones, not beyond the bounds, not in other states or of an offering that is gone', async () => {
    const c = await running()
    const ask = (limits: Values) => c.act(c.customerOwner, 'update_limits', { limits })

    expect((await ask({ cpu: 3 })).body).toEqual(['Impossible to create update orders with limits set to exactly the same.'])
    expect((await ask({ cpu: 9 })).body).toEqual(['The limit 9 value cannot be more than 8.'])
    expect((await ask({ ram: 1 })).body).toEqual({ limits: ['Invalid types: ram'] })
    expect((await ask({ cpu: -1 })).body).toEqual({ limits: { cpu: ['Ensure this value is greater than or equal to 0.'] } })
    expect((await c.act(c.projectMember, 'update_limits', { limits: { cpu: 4 } })).status).toBe(403)
    await w.current.db.updateTable('offering').set({ state: 'Archived' }).where('id', '=', c.offering.id).execute()
    expect((await ask({ cpu: 4 })).body).toEqual(['Offering is not available.'])
    await set(c.resource, { state: 'Erred' })
    expect((await ask({ cpu: 4 })).body).toEqual(wrongState('OK'))
  })

  it('a failed change of limits leaves the resource OK with those it had', async () => {
    const c = await running({}, { type: 'Marketplace.Slurm' })
    const { body } = await c.act(c.customerOwner, 'update_limits', { limits: { cpu: 5 } })
    await c.review(body.order_uuid, 'approve_by_provider')

    await c.review(body.order_uuid, 'set_state_erred')

    expect(await c.see()).toMatchObject({ state: 'OK', limits: { cpu: 3 } })
  })
})

describe('plans', () => {
  it('orders 94, 96: another plan is the resource’s once the order is done', async () => {
    const c = await running()
    const next = await w.current.plan(c.offering, { unit_price: '20' })
    await w.current.planComponent(next, c.cpu, { price: '1' })
    await w.current.planComponent(next, await w.current.component(c.offering, { type: 'move', billing_type: 'few' }), { price: '7' })

    const manager = await c.act(c.projectAdmin, 'switch_plan', { plan: urls.plan(c.offering, next) })
    expect(await c.order(manager.body.order_uuid)).toMatchObject({
      state: 'pending-consumer',
      order_subtype: 'plan_switch',
      old_plan_uuid: c.plan.uuid,
      new_plan_uuid: next.uuid,
      cost: '30.0000000000',
      old_cost_estimate: '16.0000000000',
      activation_price: 7,
    })
    expect((await c.act(c.staff, 'switch_plan', { plan: urls.plan(c.offering, next) })).body).toEqual(wrongState('OK'))
    await c.review(manager.body.order_uuid, 'approve_by_consumer', c.customerOwner)
    await c.finish(manager.body.order_uuid)

    expect(await c.see()).toMatchObject({ state: 'OK', plan_uuid: next.uuid })
    const periods = (await w.current.as(c.staff).get(`${PATH}${c.resource.uuid}/plan_periods/`)).body
    expect(periods.map((period: Values) => [period.plan_uuid, period.end === null])).toEqual([
      [c.plan.uuid, false],
      [next.uuid, true],
    ])
  })

  it('orders 95: not of another offering, not a full one, not one billed otherwise, not twice', async () => {
    const c = await running()
    const other = await running()
    const ask = (offering: Row, plan: Row) => c.act(c.customerOwner, 'switch_plan', { plan: urls.plan(offering, plan) })
    const full = await w.current.plan(c.offering, { max_amount: 1 })
    await w.current.resource(c.offering, c.project, { plan_id: full.id })
    const daily = await w.current.plan(c.offering, { unit: 'day' })
    const fine = await w.current.plan(c.offering)

    expect((await ask(other.offering, other.plan)).body).toEqual({ plan: ['Plan is not available for this offering.'] })
    expect((await ask(c.offering, full)).body).toEqual({ plan: ['Plan is not available because limit has been reached.'] })
    expect((await ask(c.offering, daily)).body).toEqual({ plan: ['Billing period of new plan must match the old one.'] })
    await w.current.insert('order', {
      project_id: c.project.id,
      offering_id: c.offering.id,
      resource_id: c.resource.id,
      type: 'Update',
      state: 'pending-start-date',
      created_by_id: c.staff.id,
    })
    expect((await ask(c.offering, fine)).body).toEqual(pending)
    await w.current.db.updateTable('customer').set({ blocked: true }).where('id', '=', c.consumer.id).execute()
    expect((await ask(c.offering, fine)).body).toEqual(['Blocked organization is not available.'])
    await set(c.resource, { state: 'Updating' })
    expect((await ask(c.offering, fine)).body).toEqual(wrongState('OK'))
  })
})

describe('options', () => {
  const resource_options = JSON.stringify({
    options: { color: { type: 'string', label: 'Color' }, size: { type: 'integer', label: 'Size' } },
  })

  it('orders 100: are written at once where the offering does not want an order', async () => {
    const none = await running()
    const c = await running({ options: JSON.stringify({ color: 'red' }) }, { resource_options })

    expect((await none.act(none.customerOwner, 'update_options', { options: {} })).body).toEqual({
      options: ['Metadata for resource options is not defined.'],
    })
    expect((await c.act(c.customerOwner, 'update_options', { options: { size: 'big' } })).body).toEqual({
      size: ['A valid integer is required.'],
    })
    expect((await c.act(c.projectManager, 'update_options', { options: { size: 2 } })).status).toBe(403)
    const answer = await c.act(c.customerOwner, 'update_options', { options: { size: 2 } })
    expect([answer.status, answer.body]).toEqual([200, { status: 'Resource options are submitted' }])
    expect((await c.see()).options).toEqual({ color: 'red', size: 2 })
    const direct = await c.act(c.providerOwner, 'update_options_direct', { options: { size: 3 } }, PROVIDER)
    expect(direct.body).toEqual({ status: 'Resource options have been updated directly.' })
    expect((await c.act(c.projectAdmin, 'update_options_direct', {}, PROVIDER)).status).toBe(404)
    expect((await c.see()).options).toEqual({ color: 'red', size: 3 })
  })

  it('orders 100: make an order where it does, one at a time', async () => {
    const c = await running(
      { options: JSON.stringify({ color: 'red' }) },
      {
        resource_options,
        plugin_options: JSON.stringify({ create_orders_on_resource_option_change: true }),
      },
    )

    const answer = await c.act(c.providerOwner, 'update_options', { options: { size: 2 } }, PROVIDER)
    expect(await c.order(answer.body.order_uuid)).toMatchObject({ order_subtype: 'update_options', cost: null })
    await set(c.resource, { state: 'OK' })
    expect((await c.act(c.customerOwner, 'update_options', { options: { size: 3 } })).body).toEqual({
      detail: "There's a pending order for changing resource options.",
    })
    await w.current.db.updateTable('order').set({ state: 'pending-provider' }).where('uuid', '=', answer.body.order_uuid).execute()
    await c.finish(answer.body.order_uuid)

    expect(await c.see()).toMatchObject({ state: 'OK', options: { color: 'red', size: 2 } })
  })
})

describe('what an order is for', () => {
  const form = JSON.stringify({ options: { size: { type: 'integer', label: 'Size' } } })
  const asks = JSON.stringify({ create_orders_on_resource_option_change: true })

  it('stays, whatever the consumer writes over its attributes: limits', async () => {
    const c = await running()
    const { body } = await c.act(c.projectAdmin, 'update_limits', { limits: { cpu: 5 } })
    const path = `${ORDERS}${body.order_uuid}/`

    const edited = await w.current
      .as(c.customerOwner)
      .patch(path, { attributes: { note: 'x', action: 'renew', new_options: { size: 'no' } } })

    expect(edited.body.attributes).toEqual({ note: 'x', old_limits: { cpu: 3 } })
    expect(await c.order(body.order_uuid)).toMatchObject({ order_subtype: 'update_limits' })
    await c.review(body.order_uuid, 'approve_by_consumer', c.customerOwner)
    expect((await c.finish(body.order_uuid)).state).toBe('done')
    expect(await c.see()).toMatchObject({ state: 'OK', limits: { cpu: 5 }, options: {} })
  })

  it('stays, whatever the consumer writes over its attributes: options', async () => {
    const c = await running({}, { resource_options: form, plugin_options: asks })
    const { body } = await c.act(c.providerOwner, 'update_options', { options: { size: 2 } }, PROVIDER)
    expect(await c.order(body.order_uuid)).toMatchObject({ state: 'pending-consumer' })

    await w.current.as(c.customerOwner).patch(`${ORDERS}${body.order_uuid}/`, { attributes: { new_options: { size: 'huge', root: true } } })

    await c.review(body.order_uuid, 'approve_by_consumer', c.customerOwner)
    expect((await c.finish(body.order_uuid)).state).toBe('done')
    expect((await c.see()).options).toEqual({ size: 2 })
  })

  it('stays when the provider adds to its attributes; options of an order of options it may set, as the form allows', async () => {
    const c = await running({}, { resource_options: form, plugin_options: asks })
    const limits = (await c.act(c.customerOwner, 'update_limits', { limits: { cpu: 5 } })).body.order_uuid
    const approve = (uuid: string, attributes: Values) =>
      w.current.as(c.providerOwner).post(`${ORDERS}${uuid}/approve_by_provider/`, { attributes })
    await approve(limits, { new_options: { size: 7 }, action: 'renew' })
    await w.current.runJobs()

    expect(await c.see()).toMatchObject({ state: 'OK', limits: { cpu: 5 }, options: {} })
    const options = (await c.act(c.customerOwner, 'update_options', { options: { size: 2 } })).body.order_uuid
    expect((await approve(options, { new_options: { size: 'huge' } })).body).toEqual({ size: ['A valid integer is required.'] })
    expect((await approve(options, { new_options: { size: 3 } })).status).toBe(200)
    await w.current.runJobs()
    expect(await c.see()).toMatchObject({ state: 'OK', options: { size: 3 } })
  })

  it('stays when the provider writes that the resource be gone by force', async () => {
    const c = await running({}, { type: 'Marketplace.Slurm' })
    const uuid = (await c.act(c.staff, 'terminate')).body.order_uuid
    await w.current.as(c.providerOwner).post(`${ORDERS}${uuid}/approve_by_provider/`, { attributes: { action: 'force_destroy' } })

    await c.review(uuid, 'set_state_erred')

    expect((await c.see()).state).toBe('OK')
  })
})

describe('restoring', () => {
  it('orders 102: brings back what was terminated, where the offering allows it', async () => {
    const plain = await running({ state: 'Terminated' })
    const c = await running({}, { plugin_options: JSON.stringify({ can_restore_resource: true }) })

    expect((await plain.act(plain.customerOwner, 'restore')).body).toEqual(['Restoring resource is not supported for this offering type.'])
    expect((await c.act(c.customerOwner, 'restore')).body).toEqual(['Resource must be in TERMINATED state to be restored.'])
    await c.finish((await c.act(c.customerOwner, 'terminate')).body.order_uuid)
    const answer = await c.act(c.customerOwner, 'restore')

    expect(answer.body).toMatchObject({ state: 'Creating', order_in_progress: { type: 'Restore', cost: '16.0000000000' } })
    await c.finish(answer.body.order_in_progress.uuid)
    expect((await c.see()).state).toBe('OK')
    const periods = (await w.current.as(c.staff).get(`${PATH}${c.resource.uuid}/plan_periods/`)).body
    expect(periods.map((period: Values) => period.end === null)).toEqual([false, true])
  })

  it('refused, it stays terminated', async () => {
    const c = await running({ state: 'Terminated' }, { plugin_options: JSON.stringify({ can_restore_resource: true }) })
    const { body } = await c.act(c.providerOwner, 'restore', {}, PROVIDER)

    await c.review(body.order_in_progress.uuid, 'reject_by_consumer', c.customerOwner)

    expect((await c.see()).state).toBe('Terminated')
  })
})

describe('what staff does', () => {
  it('unlinks a resource with its orders', async () => {
    for (const path of [PATH, PROVIDER]) {
      const c = await running()
      const { body } = await c.act(c.customerOwner, 'terminate')

      expect((await c.act(c.customerOwner, 'unlink', undefined, path)).status).toBe(403)
      expect((await c.act(c.staff, 'unlink', undefined, path)).status).toBe(204)

      expect((await w.current.as(c.staff).get(`${PATH}${c.resource.uuid}/`)).status).toBe(404)
      expect((await w.current.as(c.staff).get(`${ORDERS}${body.order_uuid}/`)).status).toBe(404)
    }
  })

  it('moves a resource with its orders to another project', async () => {
    for (const path of [PATH, PROVIDER]) {
      const c = await running()
      const { body } = await c.act(c.customerOwner, 'terminate')
      const target = await w.current.project()
      const move = (person: Person, project: Row) => c.act(person, 'move_resource', { project: { url: urls.project(project) } }, path)

      expect((await move(path === PATH ? c.customerOwner : c.providerOwner, target)).status).toBe(403)
      expect((await move(c.staff, target)).body).toMatchObject({ project_uuid: target.uuid })
      expect((await c.order(body.order_uuid)).project_uuid).toBe(target.uuid)
      await w.current.db.updateTable('project').set({ is_removed: true }).where('id', '=', c.project.id).execute()
      const back = await move(c.staff, c.project)
      expect([back.status, back.body]).toEqual([409, { error_message: 'The project has been removed.' }])
      expect((await c.act(c.staff, 'move_resource', { project: { url: 'nope' } }, path)).status).toBe(400)
    }
  })
})
