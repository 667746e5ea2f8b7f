// What the provider and staff do to a resource without an order (orders.md §5.6, §6.8).
import { describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-resources/'
const PROVIDER = '/api/marketplace-provider-resources/'
type Values = { [name: string]: unknown }

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

async function running(values: Values = {}, offeringValues: Values = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider, offeringValues)
  const plan = await w.current.plan(offering, { unit_price: '10' })
  const resource = await w.current.resource(offering, cast.project, { plan_id: plan.id, ...values })
  const act = (person: Person | undefined, verb: string, sent?: unknown, path = PROVIDER) =>
    w.current.as(person).post(`${path}${resource.uuid}/${verb}/`, sent)
  const see = async (person: Person = cast.staff, path = PATH) => (await w.current.as(person).get(`${path}${resource.uuid}/`)).body
  return { ...cast, offering, plan, resource, act, see }
}

const set = (resource: Row, values: Values) => w.current.db.updateTable('resource').set(values).where('id', '=', resource.id).execute()

describe('by the provider’s hand', () => {
  it('orders 106: states beside any order', async () => {
    const c = await running()
    expect((await c.act(c.customerOwner, 'set_as_erred')).status).toBe(404)

    const erred = await c.act(c.providerOwner, 'set_as_erred', { error_message: 'disk', error_traceback: 'at' })
    expect([erred.status, erred.text]).toEqual([200, ''])
    expect(await c.see()).toMatchObject({ state: 'Erred', error_message: 'disk', error_traceback: 'at' })
    expect((await c.act(c.providerManager, 'set_state_ok')).body).toEqual({ status: 'Resource state has been set to OK.' })
    expect((await c.act(c.providerOwner, 'set_state_ok')).body).toEqual({
      detail: 'Valid states for operation: Erred, Creating, Updating, Terminating.',
    })
    expect((await c.act(c.providerOwner, 'set_as_ok')).status).toBe(200)
    expect(await c.see()).toMatchObject({ state: 'OK', error_message: '' })
    await set(c.resource, { state: 'Terminated' })
    expect((await c.act(c.staff, 'set_as_ok')).status).toBe(409)
    expect((await c.act(c.support, 'set_as_ok')).status).toBe(403)
  })

  it('ids, data, limits, reports, the last look', async () => {
    const c = await running()
    await w.current.planComponent(c.plan, await w.current.component(c.offering, { type: 'cpu' }), { price: '2' })
    const manager = await w.current.user()
    await w.current.grant(manager, 'OFFERING.MANAGER', c.offering)

    expect((await c.act(manager, 'set_backend_id', { backend_id: 'b-1' })).body).toEqual({
      status: 'Resource backend_id has been changed.',
    })
    expect((await c.act(manager, 'set_backend_id', { backend_id: 'b-1' })).body).toEqual({ status: 'Resource backend_id is not changed.' })
    expect((await c.act(c.providerOwner, 'set_backend_metadata', { backend_metadata: { runtime_state: 'UP' } })).body).toEqual({
      status: 'The backend metadata is updated',
    })
    expect((await c.act(c.providerOwner, 'set_backend_metadata', {})).body).toEqual({ backend_metadata: ['This field is required.'] })
    expect((await c.act(manager, 'set_backend_metadata', { backend_metadata: {} })).status).toBe(403)
    expect((await c.act(c.providerOwner, 'set_limits', { limits: { cpu: 7 } })).body).toEqual({ status: 'The resource limits are updated' })
    expect((await c.act(c.providerOwner, 'set_limits', { limits: { cpu: 'x' } })).body).toEqual({
      limits: { cpu: ['A valid integer is required.'] },
    })
    await set(c.resource, { last_sync: '2020-01-01T00:00:00Z' })
    expect((await c.act(c.providerOwner, 'refresh_last_sync')).status).toBe(200)
    const seen = await c.see()
    expect(seen).toMatchObject({ backend_id: 'b-1', backend_metadata: { runtime_state: 'UP' }, limits: { cpu: 7 } })
    expect(seen.last_sync > '2021').toBe(true)
    const { cost } = await w.current.db.selectFrom('resource').select('cost').where('id', '=', c.resource.id).executeTakeFirstOrThrow()
    expect(Number(cost)).toBe(24)
  })

  it('orders 105: a report has sections, each with a body', async () => {
    const c = await running()
    const submit = (report: unknown, person = c.providerOwner) => c.act(person, 'submit_report', { report })

    expect((await submit([])).body).toEqual({ report: ['Report object should contain at least one section.'] })
    expect((await submit([{ header: 'a' }])).body).toEqual({ report: [{ body: ['This field is required.'] }] })
    expect((await submit([{ header: 'a', body: 'b' }], c.projectAdmin)).status).toBe(404)
    expect((await submit([{ header: 'a', body: 'b' }])).body).toEqual({ status: 'Report is submitted' })
    expect((await c.see()).report).toEqual([{ header: 'a', body: 'b' }])
  })

  it('the end of what nobody used for long, a week ahead', async () => {
    const c = await running()
    const end = (end_date: unknown, person: Person = c.providerOwner) => c.act(person, 'set_end_date_by_provider', { end_date })

    expect((await end(day(6))).body).toEqual({ end_date: ['Please set at least 7 days in advance.'] })
    expect((await end(day(7), c.customerOwner)).status).toBe(404)
    expect((await end(day(7))).status).toBe(200)
    expect((await end(day(9), c.support)).status).toBe(403)
    expect((await end(day(9), c.staff)).status).toBe(200)
    expect((await c.see()).end_date).toBe(day(9))
    const cpu = await w.current.component(c.offering)
    await w.current.insert('component_usage', {
      resource_id: c.resource.id,
      component_id: cpu.id,
      billing_period: day(0),
      date: day(0),
      usage: '1',
    })
    expect((await end(day(8))).body).toEqual({
      end_date: ['Service provider can not set end date of the resource which has been used for the last 90 days.'],
    })
  })

  it('orders 103: nothing while the offering is unavailable, save reading', async () => {
    const c = await running({}, { state: 'Unavailable' })

    for (const [verb, body] of [
      ['set_as_ok', undefined],
      ['set_backend_id', { backend_id: 'x' }],
      ['set_limits', { limits: {} }],
      ['terminate', {}],
    ] as const) {
      expect((await c.act(c.providerOwner, verb, body)).body).toEqual(['Offering is unavailable.'])
    }
    expect((await c.see(c.providerOwner, PROVIDER)).offering_state).toBe('Unavailable')
  })
})

describe('by staff', () => {
  it('slug, flags and end date, on both sides', async () => {
    const c = await running()
    for (const path of [PATH, PROVIDER]) {
      const said = async (verb: string, body: Values) => (await c.act(c.staff, verb, body, path)).body
      const word = path === PATH ? 'one' : 'two'
      expect(await said('set_slug', { slug: word })).toEqual({ status: 'Resource slug has been changed.' })
      expect(await said('set_slug', { slug: word })).toEqual({ status: 'Resource slug is not changed.' })
      expect(await said('set_slug', { slug: 'no way' })).toEqual({
        slug: ['Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'],
      })
      expect(await said('set_paused', { paused: path === PATH })).toEqual({ status: 'Resource paused has been changed.' })
      expect(await said('set_downscaled', { downscaled: path === PATH })).toEqual({ status: 'Resource downscaled has been changed.' })
      expect((await c.act(c.staff, 'set_restrict_member_access', { restrict_member_access: path === PATH }, path)).status).toBe(200)
      expect((await c.act(c.staff, 'set_end_date_by_staff', { end_date: day(1) }, path)).status).toBe(200)
      expect((await c.act(c.staff, 'set_end_date_by_staff', { end_date: day(-1) }, path)).body).toEqual({
        end_date: ['Cannot be earlier than the current date.'],
      })
      const other = path === PATH ? c.customerOwner : c.providerOwner
      for (const verb of ['set_slug', 'set_paused', 'set_downscaled', 'set_restrict_member_access', 'set_end_date_by_staff']) {
        expect((await c.act(other, verb, {}, path)).status).toBe(403)
      }
    }
    expect(await c.see()).toMatchObject({ slug: 'two', paused: false, downscaled: false, end_date: day(1) })
  })
})
