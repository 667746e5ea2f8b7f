// What the agent says, what the consumer takes back, and what the server does by itself (orders.md §6.5, §6.6).
import { describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'
import { countStatements } from '../platform/db/database.ts'

const w = world()
const later = world({ ORDER_CANCEL_STATUS: '202' })
const PATH = '/api/marketplace-orders/'
const AGENT = 'Marketplace.Slurm'

type Values = { [name: string]: unknown }

/** An order that staff placed: it waits for the provider. */
async function placed(type: string, of = w.current) {
  const cast = await of.cast()
  const offering = await of.offering(cast.provider, { type })
  const plan = await of.plan(offering)
  const made = await of.as(cast.staff).post(PATH, {
    offering: urls.offering(offering),
    project: urls.project(cast.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'job-1' },
  })
  const act = (person: Person | undefined, verb: string, sent?: Values) => of.as(person).post(`${PATH}${made.body.uuid}/${verb}/`, sent)
  const see = async (person: Person = cast.staff) => (await of.as(person).get(`${PATH}${made.body.uuid}/`)).body
  const resource = async () => (await of.as(cast.staff).get(`/api/marketplace-resources/${made.body.marketplace_resource_uuid}/`)).body
  const set = (values: Values) => of.db.updateTable('order').set(values).where('uuid', '=', made.body.uuid).execute()
  return { ...cast, offering, plan, uuid: made.body.uuid as string, act, see, resource, set }
}

const wrongState = (states: string) => ({ detail: `Valid states for operation: ${states}.` })
const wrongType = (type: string) => ({
  detail: `Method "The order's offering with ${type} type does not support this action" not allowed.`,
})

describe('the agent', () => {
  it('orders 75: takes an order in hand from three states, by its people, and for its types only', async () => {
    for (const state of ['pending-consumer', 'pending-provider', 'erred']) {
      const c = await placed(AGENT)
      await c.set({ state })
      for (const person of [c.customerOwner, c.projectManager, c.projectAdmin]) {
        expect((await c.act(person, 'set_state_executing')).status).toBe(403)
      }
      expect((await c.act(c.providerOwner, 'set_state_executing')).status).toBe(200)
      expect((await c.see()).state).toBe('executing')
    }
    const done = await placed(AGENT)
    await done.set({ state: 'done' })
    const answer = await done.act(done.staff, 'set_state_executing')
    expect([answer.status, answer.body]).toEqual([409, wrongState('pending-consumer, pending-provider, erred')])
    const basic = await placed('Marketplace.Basic')
    const refused = await basic.act(basic.staff, 'set_state_executing')
    expect([refused.status, refused.body]).toEqual([405, wrongType('Marketplace.Basic')])
  })

  it('orders 76: says that an order is carried out', async () => {
    const c = await placed(AGENT)
    const early = await c.act(c.providerOwner, 'set_state_done')
    await c.act(c.providerOwner, 'approve_by_provider')
    await w.current.runJobs()
    expect((await c.see()).state).toBe('executing')

    const done = await c.act(c.providerOwner, 'set_state_done')

    expect([early.status, early.body]).toEqual([409, wrongState('executing')])
    expect([done.status, done.text]).toEqual([200, ''])
    expect((await c.see()).completed_at).not.toBeNull()
    expect(await c.resource()).toMatchObject({ state: 'OK' })
    const other = await placed('Test.Auto')
    await other.set({ state: 'executing' })
    expect((await other.act(other.staff, 'set_state_done')).body).toEqual(wrongType('Test.Auto'))
  })

  it('orders 77: says that an order has failed, and why if it likes', async () => {
    const c = await placed(AGENT)
    const early = await c.act(c.providerOwner, 'set_state_erred')
    await c.set({ state: 'executing' })

    const erred = await c.act(c.providerOwner, 'set_state_erred', { error_message: ' no nodes ', error_traceback: 'at 1' })

    expect([early.status, early.body]).toEqual([409, wrongState('executing')])
    expect([erred.status, erred.text]).toEqual([200, ''])
    const order = await c.see()
    expect(order).toMatchObject({ state: 'erred', error_message: 'no nodes', error_traceback: 'at 1' })
    expect(order.completed_at).not.toBeNull()
    expect(await c.resource()).toMatchObject({ state: 'Erred', error_message: 'no nodes' })
    const silent = await placed(AGENT)
    await silent.set({ state: 'executing' })
    expect((await silent.act(silent.staff, 'set_state_erred')).status).toBe(200)
    expect(await silent.see()).toMatchObject({ error_message: '', error_traceback: '' })
    const basic = await placed('Marketplace.Basic')
    await basic.set({ state: 'executing' })
    expect((await basic.act(basic.staff, 'set_state_erred')).body).toEqual(wrongType('Marketplace.Basic'))
  })

  it.each([
    ['Create', null, 'marketplace_resource_create_failed'],
    ['Update', 'plan_switch', 'marketplace_resource_update_failed'],
    ['Update', 'update_limits', 'marketplace_resource_update_limits_failed'],
    ['Terminate', null, 'marketplace_resource_terminate_failed'],
  ])('a failed order to %s (%s) is told of its resource as %s', async (type, subtype, told) => {
    const c = await placed(AGENT)
    await c.set({ state: 'executing', type, subtype })

    await c.act(c.providerOwner, 'set_state_erred')

    const recent = await w.current.db.selectFrom('event').select('event_type').orderBy('id', 'desc').limit(2).execute()
    expect(recent.map(({ event_type }) => event_type)).toEqual([told, 'marketplace_order_failed'])
  })

  it('orders 49: only staff and support see the traceback', async () => {
    const c = await placed(AGENT)
    await c.set({ state: 'erred', error_traceback: 'at 1' })

    expect('error_traceback' in (await c.see(c.projectManager))).toBe(false)
    expect((await c.see(c.staff)).error_traceback).toBe('at 1')
    expect((await c.see(c.support)).error_traceback).toBe('at 1')
  })

  it('orders 78: tries a failed order again, and succeeds', async () => {
    for (const verb of ['set_state_executing', 'retry']) {
      const c = await placed(AGENT)
      await c.set({ state: 'executing' })
      await c.act(c.providerOwner, 'set_state_erred', { error_message: 'no nodes' })

      expect((await c.act(c.providerOwner, verb)).status).toBe(200)
      expect(await c.see()).toMatchObject({ state: 'executing', error_message: '', completed_at: null })
      expect((await c.resource()).state).toBe('Creating')
      expect((await c.act(c.providerOwner, 'set_state_done')).status).toBe(200)

      expect((await c.see()).state).toBe('done')
      expect(await c.resource()).toMatchObject({ state: 'OK', error_message: '' })
    }
    const c = await placed(AGENT)
    expect((await c.act(c.customerOwner, 'retry')).status).toBe(403)
    expect((await c.act(c.staff, 'retry')).body).toEqual(wrongState('erred'))
  })

  it('orders 90: sets its own id', async () => {
    const c = await placed(AGENT)
    const set = (person: Person | undefined, backend_id: unknown) => c.act(person, 'set_backend_id', { backend_id })

    expect((await set(c.providerOwner, 'b-1')).body).toEqual({ status: 'Order backend_id has been changed.' })
    expect((await set(c.staff, 'b-1')).body).toEqual({ status: 'Order backend_id is not changed.' })
    expect((await set(c.staff, '')).body).toEqual({ backend_id: ['This field may not be blank.'] })
    expect((await set(c.staff, null)).body).toEqual({ backend_id: ['This field may not be null.'] })
    expect((await set(c.staff, undefined)).body).toEqual({ backend_id: ['This field is required.'] })
    expect([(await set(c.projectManager, 'x')).status, (await set(undefined, 'x')).status]).toEqual([403, 401])
    expect((await w.current.as(c.staff).post(`${PATH}${'0'.repeat(32)}/set_backend_id/`, { backend_id: 'x' })).status).toBe(404)
    await w.current.db.updateTable('customer').set({ blocked: true }).where('id', '=', c.consumer.id).execute()
    expect((await set(c.staff, 'x')).body).toEqual(['Blocked organization is not available.'])
    expect((await c.see()).backend_id).toBe('b-1')
  })
})

describe('canceling', () => {
  it('orders 79: who ordered takes back what waits or is under way, for types that allow it', async () => {
    for (const [who, state] of [
      ['customerOwner', 'pending-provider'],
      ['projectManager', 'pending-consumer'],
      ['projectAdmin', 'executing'],
      ['staff', 'pending-start-date'],
    ] as const) {
      const c = await placed('Marketplace.Basic')
      await c.set({ state })

      const answer = await c.act(c[who], 'cancel')

      expect([answer.status, answer.text]).toEqual([200, ''])
      const order = await c.see()
      expect([order.state, order.can_terminate, order.completed_at === null]).toEqual(['canceled', false, false])
      expect((await c.resource()).state).toBe('Terminated')
    }
  })

  it('orders 79: not what has ended, not for other types, not by others', async () => {
    const c = await placed('Marketplace.Basic')
    expect((await c.act(c.providerOwner, 'cancel')).status).toBe(403)
    expect((await c.act(c.projectMember, 'cancel')).status).toBe(404)
    for (const state of ['done', 'erred', 'canceled']) {
      await c.set({ state })
      expect((await c.act(c.staff, 'cancel')).body).toEqual(
        wrongState('pending-consumer, pending-provider, pending-start-date, executing, pending-project'),
      )
    }
    const agent = await placed(AGENT)
    expect((await agent.act(agent.staff, 'cancel')).body).toEqual(wrongType(AGENT))
  })

  it('answers with the status that the site has set', async () => {
    const c = await placed('Marketplace.Basic', later.current)

    expect((await c.act(c.staff, 'cancel')).status).toBe(202)
  })
})

describe('the server', () => {
  it('orders 82: an order of a type that nobody carries out ends erred, with a fixed text', async () => {
    const c = await placed('Test.Auto')
    await w.current.runJobs()

    expect(await c.see()).toMatchObject({ state: 'erred', error_message: 'Skipping order processing because processor is not found.' })
    expect((await c.resource()).state).toBe('Erred')
  })

  it('carries an order out once, however often the job runs, and not when somebody ended it meanwhile', async () => {
    const c = await placed('Marketplace.Basic')
    await c.act(c.providerOwner, 'approve_by_provider')
    await c.act(c.staff, 'cancel')
    await w.current.runJobs()

    expect((await c.see()).state).toBe('canceled')
    expect((await c.resource()).state).toBe('Terminated')
  })

  it('completing an order takes at most 12 statements, and 5 to bill it, in one transaction', async () => {
    const c = await placed(AGENT)
    await c.set({ state: 'executing' })

    const { texts } = await countStatements(() => c.act(c.providerOwner, 'set_state_done'))

    expect(texts.filter((text) => text === 'begin')).toHaveLength(1)
    expect(texts.length).toBeLessThanOrEqual(12 + 5)
  })
})
