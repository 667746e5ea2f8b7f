// What was paid ahead is prolonged by orders (orders.md §5.5, §6.8).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'
import { daysAfter, monthsAfter, todayIn } from '../platform/time.ts'

const w = world()
const PATH = '/api/marketplace-resources/'
const ORDERS = '/api/marketplace-orders/'
type Values = { [name: string]: unknown }

const TODAY = todayIn('UTC')
const END = daysAfter(TODAY, 40)

/** A resource of 3 seats at 2 a month, paid ahead until END, and a limit of 4 at 5 a month that is billed as it goes. */
async function paidAhead(values: Values = {}, offeringValues: Values = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, offeringValues)
  const plan = await w.current.plan(offering, { unit_price: '100' })
  const seats = await w.current.component(offering, { type: 'seats', billing_type: 'one', is_prepaid: true, max_value: 8 })
  const disk = await w.current.component(offering, { type: 'disk', billing_type: 'limit', limit_period: 'month' })
  await w.current.planComponent(plan, seats, { price: '2' })
  await w.current.planComponent(plan, disk, { price: '5' })
  const resource = await w.current.resource(offering, cast.project, {
    plan_id: plan.id,
    limits: JSON.stringify({ seats: 3, disk: 4 }),
    end_date: END,
    ...values,
  })
  const act = (person: Person | undefined, verb: string, sent?: Values) =>
    w.current.as(person).post(`${PATH}${resource.uuid}/${verb}/`, sent)
  const see = async () => (await w.current.as(cast.staff).get(`${PATH}${resource.uuid}/`)).body
  const order = async (uuid: string) => (await w.current.as(cast.staff).get(`${ORDERS}${uuid}/`)).body
  const review = (uuid: string, verb: string, person: Person = cast.providerOwner) => w.current.as(person).post(`${ORDERS}${uuid}/${verb}/`)
  const finish = async (uuid: string) => {
    await review(uuid, 'approve_by_provider')
    await w.current.runJobs()
    return order(uuid)
  }
  return { ...cast, offering, plan, seats, disk, resource, act, see, order, review, finish }
}

const set = (resource: Row, values: Values) => w.current.db.updateTable('resource').set(values).where('id', '=', resource.id).execute()

describe('renewing', () => {
  it('orders 101: of what is not paid ahead is refused, before the body is looked at and after the state', async () => {
    const cast = await w.current.cast()
    const offering = await w.current.offering(cast.provider)
    const resource = await w.current.resource(offering, cast.project)
    const renew = () => w.current.as(cast.customerOwner).post(`${PATH}${resource.uuid}/renew/`, {})

    expect([(await renew()).status, (await renew()).body]).toEqual([400, ['This action is only available for prepaid resources.']])
    expect((await w.current.as(cast.customerOwner).post(`${PATH}${resource.uuid}/estimate_renewal/`, {})).body).toEqual([
      'This action is only available for prepaid resources.',
    ])
    await set(resource, { state: 'Updating' })
    expect((await renew()).body).toEqual({ detail: 'Valid states for operation: OK, Erred.' })
  })

  it('orders 101: makes an Update order of the months’ price, and moves the end date once that is done', async () => {
    const c = await paidAhead()
    const until = monthsAfter(END, 12)

    const answer = await c.act(c.customerOwner, 'renew', { extension_months: 12, request_comment: 'one more year' })

    expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['order_uuid']])
    expect(await c.order(answer.body.order_uuid)).toMatchObject({
      type: 'Update',
      order_subtype: 'renew',
      state: 'pending-provider',
      cost: '72.0000000000',
      old_cost_estimate: '126.0000000000',
      fixed_price: 0,
      activation_price: 0,
      limits: { seats: 3, disk: 4 },
      request_comment: 'one more year',
      attributes: {
        action: 'renew',
        extension_months: 12,
        old_end_date: END,
        new_end_date: until,
        renewal_cost: '72.0000000000',
      },
    })
    expect(await c.see()).toMatchObject({ state: 'Updating', end_date: END })
    expect((await c.finish(answer.body.order_uuid)).state).toBe('done')
    const renewed = await c.see()
    expect(renewed).toMatchObject({ state: 'OK', end_date: until, limits: { seats: 3, disk: 4 }, plan_uuid: c.plan.uuid })
    expect(renewed.end_date_requested_by).toContain(c.customerOwner.uuid)
    expect(renewed.attributes.renewal_history).toEqual([
      {
        order_uuid: answer.body.order_uuid,
        date: expect.any(String),
        extension_months: 12,
        old_end_date: END,
        new_end_date: until,
        cost: '72.0000000000',
      },
    ])
  })

  it('orders 101: each renewal adds a line to the history', async () => {
    const c = await paidAhead()

    for (const extension_months of [1, 2]) await c.finish((await c.act(c.staff, 'renew', { extension_months })).body.order_uuid)

    const { end_date, attributes } = await c.see()
    expect(end_date).toBe(monthsAfter(monthsAfter(END, 1), 2))
    expect(attributes.renewal_history.map((line: Values) => [line.extension_months, line.new_end_date])).toEqual([
      [1, monthsAfter(END, 1)],
      [2, end_date],
    ])
  })

  it('orders 101: begins today where the end has passed or there is none', async () => {
    for (const end_date of [daysAfter(TODAY, -3), null]) {
      const c = await paidAhead({ end_date })

      await c.finish((await c.act(c.customerOwner, 'renew', { extension_months: 2 })).body.order_uuid)

      expect((await c.see()).end_date).toBe(monthsAfter(TODAY, 2))
    }
  })

  it('brings more where more is asked for, and never less; the limits that are not named stay', async () => {
    const c = await paidAhead()
    const ask = (limits: Values) => c.act(c.customerOwner, 'renew', { extension_months: 3, limits })

    expect((await ask({ seats: 2 })).body).toEqual({ limits: { seats: ['Ensure this value is greater than or equal to 3.'] } })
    expect((await ask({ seats: 9 })).body).toEqual(['The limit 9 value cannot be more than 8.'])
    expect((await ask({ ram: 1 })).body).toEqual({ limits: ['Invalid types: ram'] })
    const { body } = await ask({ seats: 5 })
    expect(await c.order(body.order_uuid)).toMatchObject({
      cost: '30.0000000000',
      limits: { seats: 5, disk: 4 },
      attributes: { old_limits: { seats: 3, disk: 4 } },
      order_subtype: 'renew',
    })
    await c.finish(body.order_uuid)

    const renewed = await c.see()
    expect(renewed.limits).toEqual({ seats: 5, disk: 4 })
    expect(renewed.attributes.renewal_history[0]).toMatchObject({
      old_limits: { seats: 3, disk: 4 },
      new_limits: { seats: 5, disk: 4 },
    })
  })

  it('takes what it brings from the moment on at which it is placed', async () => {
    const c = await paidAhead()
    await w.current.db.updateTable('offering_component').set({ max_available_limit: 10 }).where('id', '=', c.seats.id).execute()
    const other = await w.current.resource(c.offering, c.project, {
      plan_id: c.plan.id,
      limits: JSON.stringify({ seats: 3 }),
      end_date: END,
    })
    const ask = (uuid: string, seats: number) =>
      w.current.as(c.customerOwner).post(`${PATH}${uuid}/renew/`, { extension_months: 1, limits: { seats } })

    expect((await ask(c.resource.uuid, 5)).status).toBe(200)

    expect((await ask(other.uuid, 5)).body).toEqual([
      'Requested seats cannot be provisioned due to offering safety limit. You can allocate up to 4 of seats.',
    ])
    expect((await ask(other.uuid, 4)).status).toBe(200)
  })

  it('is asked for by who may set limits, with whole months up to sixty', async () => {
    const c = await paidAhead()
    const ask = (person: Person | undefined, sent: Values = { extension_months: 1 }) => c.act(person, 'renew', sent)

    expect((await ask(undefined)).status).toBe(401)
    expect((await ask(c.outsider)).status).toBe(404)
    expect((await ask(c.projectMember)).status).toBe(403)
    expect((await ask(c.customerOwner, {})).body).toEqual({ extension_months: ['This field is required.'] })
    expect((await ask(c.customerOwner, { extension_months: 0 })).body).toEqual({
      extension_months: ['Ensure this value is greater than or equal to 1.'],
    })
    expect((await ask(c.customerOwner, { extension_months: 61 })).status).toBe(400)
    expect((await ask(c.projectAdmin)).status).toBe(200)
    expect((await ask(c.customerOwner)).body).toEqual({ detail: 'Valid states for operation: OK, Erred.' })
  })

  it('stays within the last day that the offering allows', async () => {
    const c = await paidAhead({}, { plugin_options: JSON.stringify({ latest_date_for_resource_termination: daysAfter(END, 40) }) })

    expect((await c.act(c.customerOwner, 'renew', { extension_months: 2 })).body).toEqual({
      end_date: ['End date exceeds global termination limit.'],
    })
    expect((await c.act(c.customerOwner, 'renew', { extension_months: 1 })).status).toBe(200)
  })

  it('refused or failed leaves the resource as it was', async () => {
    const c = await paidAhead({}, { type: 'Marketplace.Slurm' })
    const ask = async () => (await c.act(c.customerOwner, 'renew', { extension_months: 1, limits: { seats: 4 } })).body.order_uuid

    await c.review(await ask(), 'reject_by_provider')
    expect(await c.see()).toMatchObject({ state: 'OK', end_date: END, limits: { seats: 3, disk: 4 } })
    const uuid = await ask()
    await c.review(uuid, 'approve_by_provider')
    await c.review(uuid, 'set_state_erred')

    expect(await c.see()).toMatchObject({ state: 'OK', end_date: END, limits: { seats: 3, disk: 4 } })
    expect((await c.see()).attributes).not.toHaveProperty('renewal_history')
  })

  it('brings the purchase order along, where the offering asks for one', async () => {
    const c = await paidAhead({}, { plugin_options: JSON.stringify({ require_purchase_order_upload: true }) })
    const files = (name: string, data: string) => ({ attachment: new File([data], name, { type: 'application/pdf' }) })
    const upload = (sent: { [name: string]: File }) =>
      w.current.as(c.customerOwner).upload(`${PATH}${c.resource.uuid}/renew/`, { extension_months: '1', limits: '{"seats": 4}', ...sent })

    expect((await upload(files('note.png', 'nothing'))).status).toBe(400)
    const { body } = await upload(files('order.pdf', '%PDF-1.7'))

    const order = await c.order(body.order_uuid)
    expect(order).toMatchObject({ state: 'pending-provider', limits: { seats: 4, disk: 4 } })
    expect(order.attachment).toContain('/media/')
  })

  it('stays a renewal for so many months, whatever is written over it', async () => {
    const c = await paidAhead()
    const { body } = await c.act(c.projectAdmin, 'renew', { extension_months: 1 })
    const path = `${ORDERS}${body.order_uuid}/`
    const edit = (sent: Values) => w.current.as(c.customerOwner).patch(path, sent)

    await edit({ attributes: { extension_months: 60, new_end_date: '2999-01-01', renewal_cost: '0', old_limits: {}, note: 'x' } })
    expect((await edit({ limits: { seats: 8 } })).body).toEqual({ limits: ['Limits of a renewal are chosen as it is ordered.'] })
    await c.review(body.order_uuid, 'approve_by_consumer', c.customerOwner)
    await w.current.as(c.providerOwner).post(`${path}approve_by_provider/`, { attributes: { new_end_date: '2999-01-01' } })
    await w.current.runJobs()

    expect((await c.order(body.order_uuid)).attributes).toMatchObject({ note: 'x', extension_months: 1, new_end_date: monthsAfter(END, 1) })
    expect((await c.see()).end_date).toBe(monthsAfter(END, 1))
  })
})

describe('the end date of what is paid ahead', () => {
  it('is moved by a renewal only, not by hand of the consumer or the provider', async () => {
    const c = await paidAhead()
    const text = { end_date: ['End date of a prepaid resource is changed by its renewal only.'] }
    const day = { end_date: daysAfter(TODAY, 100) }

    expect((await w.current.as(c.customerOwner).patch(`${PATH}${c.resource.uuid}/`, day)).body).toEqual(text)
    const provider = `/api/marketplace-provider-resources/${c.resource.uuid}/set_end_date_by_provider/`
    expect((await w.current.as(c.providerOwner).post(provider, day)).body).toEqual(text)
    expect((await c.act(c.staff, 'set_end_date_by_staff', day)).status).toBe(200)
  })

  it('is not drawn nearer by a renewal that staff has overtaken', async () => {
    const c = await paidAhead()
    const { body } = await c.act(c.customerOwner, 'renew', { extension_months: 1 })
    await c.act(c.staff, 'set_end_date_by_staff', { end_date: '2900-01-01' })

    await c.finish(body.order_uuid)

    expect((await c.see()).end_date).toBe('2900-01-01')
  })
})

describe('an estimate', () => {
  it('tells what a renewal would cost, by component, and writes nothing', async () => {
    const c = await paidAhead()

    const answer = await c.act(c.customerOwner, 'estimate_renewal', { extension_months: 2, limits: { seats: 6, disk: 5 } })

    const component = (type: string, more: Values) => ({
      component_type: type,
      component_name: expect.any(String),
      measured_unit: expect.any(String),
      ...more,
    })
    expect(answer.body).toEqual({
      components: [
        component('seats', {
          billing_type: 'one',
          billing_period: null,
          current_limit: 3,
          new_limit: 6,
          unit_price: '2.0000000000',
          period_description: '2 months',
          // Two months of six seats, and three more of them for the forty days until then.
          total: '32.0000000000',
        }),
        component('disk', {
          billing_type: 'limit',
          billing_period: 'month',
          current_limit: 4,
          new_limit: 5,
          unit_price: '5.0000000000',
          period_description: 'month',
          total: '5.0000000000',
        }),
      ],
      subscription_total: '24.0000000000',
      limit_change_total: '13.0000000000',
      total: '37.0000000000',
      remaining_days: 40,
      new_end_date: monthsAfter(END, 2),
    })
    expect(await c.see()).toMatchObject({ state: 'OK', order_in_progress: null })
    const { body } = await c.act(c.customerOwner, 'renew', { extension_months: 2, limits: { seats: 6, disk: 5 } })
    expect((await c.order(body.order_uuid)).cost).toBe(answer.body.subscription_total)
  })

  it('refuses what a renewal would refuse', async () => {
    const c = await paidAhead()

    expect((await c.act(c.customerOwner, 'estimate_renewal', { extension_months: 1, limits: { seats: 1 } })).status).toBe(400)
    expect((await c.act(c.projectMember, 'estimate_renewal', { extension_months: 1 })).status).toBe(403)
  })

  it('is offered as an action of what is paid ahead alone', async () => {
    const c = await paidAhead()
    const plain = await w.current.resource(await w.current.offering(c.provider), c.project)
    const actions = async (row: Row) => (await w.current.as(c.customerOwner).get(`${PATH}${row.uuid}/`)).body.available_actions

    expect(await actions(c.resource)).toContain('renew')
    expect(await actions(plain)).not.toContain('renew')
  })
})

describe('ending and renewing at once', () => {
  it('orders 115: one of them makes an order, and the other is told how the resource stands', async () => {
    for (let i = 0; i < 5; i++) {
      const c = await paidAhead()

      const answers = await Promise.all([c.act(c.customerOwner, 'terminate', {}), c.act(c.projectAdmin, 'renew', { extension_months: 1 })])

      const [won, lost] = answers.map(({ status }) => status).sort()
      expect([won, lost]).toEqual([200, 409])
      const orders = (await w.current.as(c.staff).get(ORDERS, { query: { resource_uuid: c.resource.uuid } })).body
      expect(orders).toHaveLength(1)
      expect((await c.see()).state).toBe(orders[0].type === 'Terminate' ? 'Terminating' : 'Updating')
    }
  })
})
