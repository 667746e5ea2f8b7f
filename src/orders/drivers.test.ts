// Orders that another system carries out: a driver of its own, and that system as a real server that can be away, refuse or hang.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../../tests/support/database.ts'
import { type Person, urls, world } from '../../tests/support/world.ts'
import { buildApp } from '../app.ts'
import { MODULES, wiringOf } from '../modules.ts'
import { OFFERING_TYPES } from '../offerings/public.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/db/database.ts'
import { conflict, invalid } from '../platform/http/errors.ts'
import { byHand, TryAgain } from '../platform/jobs/attempt.ts'
import type { Job } from '../platform/wiring.ts'
import { type Driver, driverOf } from './drivers.ts'
import { executeOrder } from './execute.ts'
import { ORDER_JOBS } from './jobs.ts'
import { orders } from './module.ts'

type Mood = 'up' | 'away' | 'refuses' | 'hangs'

/** A system that makes one thing for each uuid it is asked for. */
function foreignSystem() {
  const made = new Set<string>()
  const asked: string[] = []
  const hanging: (() => void)[] = []
  let mood: Mood = 'up'
  const answer = (response: ServerResponse, method: string, uuid: string) => {
    if (method === 'PUT') made.add(uuid)
    else made.delete(uuid)
    response.end(`thing-of-${uuid}`)
  }
  const server = createServer((request, response) => {
    const [method, uuid] = [String(request.method), String(request.url).slice(1)]
    asked.push(`${method} ${uuid}`)
    if (mood === 'away') return void request.socket.destroy()
    if (mood === 'refuses') return void response.writeHead(422).end('no such size')
    if (mood === 'hangs') return void hanging.push(() => answer(response, method, uuid))
    answer(response, method, uuid)
  })
  return {
    server,
    made,
    asked,
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    be: (next: Mood) => {
      mood = next
    },
    /** Answers those that hang. */
    answerAll: () => {
      for (const one of hanging.splice(0)) one()
    },
    until: async (count: number) => {
      while (asked.length < count) await new Promise((resolve) => setTimeout(resolve, 10))
    },
  }
}

const foreign = foreignSystem()
beforeAll(() => new Promise<void>((resolve) => foreign.server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  foreign.server.closeAllConnections()
  foreign.server.close()
})
afterEach(() => {
  foreign.be('up')
  foreign.made.clear()
  foreign.asked.length = 0
})

/** Asks the system; one that cannot be reached is asked again, one that says no has the last word. */
async function ask(method: string, uuid: string): Promise<string> {
  const response = await fetch(`${foreign.url()}/${uuid}`, { method }).catch((cause) => {
    throw new TryAgain('The foreign system is away', { cause })
  })
  if (!response.ok) throw new Error(await response.text())
  return response.text()
}

const noted = (order: { resource_id: number }, backend_id: string) => ({ id: order.resource_id, backend_id })

const remote: Driver = {
  check: async (_, { attributes }) => {
    if (attributes.size === 'huge') throw invalid({ size: ['There is nothing so large.'] })
  },
  begin: async ({ tx }, order) => {
    if (order.attributes.broken) throw new Error('broken')
    if (order.attributes.taken) throw conflict('The place was taken meanwhile.')
    const { id, backend_id } = noted(order, 'begun')
    await tx.updateTable('resource').set({ backend_id }).where('id', '=', id).execute()
  },
  undo: async ({ tx }, order) => {
    const { id, backend_id } = noted(order, 'undone')
    await tx.updateTable('resource').set({ backend_id }).where('id', '=', id).execute()
  },
  carryOut: async (order) => {
    const backend_id = await ask('PUT', order.uuid)
    if (order.attributes.later) return 'waiting'
    return {
      done: async ({ tx }) => {
        await tx.updateTable('resource').set({ backend_id }).where('id', '=', order.resource_id).execute()
      },
    }
  },
  takeBack: async (order) => {
    await ask('DELETE', order.uuid)
  },
  resumable: true,
}

const modules = MODULES.map((module) =>
  module === orders ? { ...orders, drivers: { ...orders.drivers, 'Marketplace.Basic': remote } } : module,
)
const w = world({ ENABLE_ORDER_START_DATE: 'true' }, [], modules)
const PATH = '/api/marketplace-orders/'

async function placed(attributes: { [name: string]: unknown } = {}, more: { [name: string]: unknown } = {}) {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider)
  const plan = await w.current.plan(offering)
  const answer = await w.current.as(cast.staff).post(PATH, {
    offering: urls.offering(offering),
    project: urls.project(cast.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'vm-1', ...attributes },
    ...more,
  })
  const { uuid, marketplace_resource_uuid } = answer.body
  const act = (person: Person, verb: string) => w.current.as(person).post(`${PATH}${uuid}/${verb}/`)
  const see = async () => (await w.current.as(cast.staff).get(`${PATH}${uuid}/`)).body
  const resource = async () => (await w.current.as(cast.staff).get(`/api/marketplace-resources/${marketplace_resource_uuid}/`)).body
  const approve = () => act(cast.providerOwner, 'approve_by_provider')
  const id = async () => (await w.current.db.selectFrom('order').select('id').where('uuid', '=', uuid).executeTakeFirstOrThrow()).id
  return { ...cast, offering, plan, answer, uuid, act, see, resource, approve, id }
}

/** Runs what is due, and what waits for its next attempt, once. */
const runJobs = () => w.current.app.jobs.runDue(w.current.deps, { early: true })

const clock = (name: string) => w.current.runJob(ORDER_JOBS.find((job) => job.name === name) as Job, {})

describe('an order that another system carries out', () => {
  it('is done when that system did it, and what it answered is written in the same transaction', async () => {
    const c = await placed()
    await c.approve()
    expect((await c.resource()).backend_id).toBe('begun')

    await runJobs()

    expect((await c.see()).state).toBe('done')
    expect(await c.resource()).toMatchObject({ state: 'OK', backend_id: `thing-of-${c.uuid}` })
  })

  it('is asked for again when the system was away', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('away')
    await runJobs()
    expect(await c.see()).toMatchObject({ state: 'executing', error_message: '' })

    foreign.be('up')
    await runJobs()

    expect((await c.see()).state).toBe('done')
    expect([...foreign.made]).toEqual([c.uuid])
  })

  it('errs with the text when the system stays away', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('away')

    let attempts = 0
    for (; attempts < 30 && (await c.see()).state === 'executing'; attempts++) await runJobs()

    expect(attempts).toBe(9)
    const order = await c.see()
    expect(order).toMatchObject({ state: 'erred', error_message: 'The foreign system is away' })
    expect(order.error_traceback).toContain('Caused by TypeError: fetch failed')
    expect((await c.resource()).state).toBe('Erred')
  })

  it('errs at once when the system says no', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('refuses')

    await runJobs()

    expect(await c.see()).toMatchObject({ state: 'erred', error_message: 'no such size' })
    expect(foreign.asked).toEqual([`PUT ${c.uuid}`])
  })

  it('is carried out once, under its uuid, though a process died at it', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('hangs')
    // The process that dies: it has asked, and never hears the answer while it lives.
    const dying = executeOrder.run(w.current.deps, { order_id: await c.id() }, byHand())
    await foreign.until(1)

    foreign.be('up')
    await runJobs()
    expect((await c.see()).state).toBe('done')
    foreign.answerAll()
    await dying

    expect(foreign.asked).toEqual([`PUT ${c.uuid}`, `PUT ${c.uuid}`])
    expect([...foreign.made]).toEqual([c.uuid])
    const told = await w.current.db.selectFrom('event').select('event_type').where('event_type', 'like', '%order_completed').execute()
    const history = await w.current.db
      .selectFrom('order_transition')
      .select('action')
      .where('order_id', '=', await c.id())
      .execute()
    expect(history.filter(({ action }) => action === 'set_state_done')).toHaveLength(1)
    expect(told.length).toBeGreaterThan(0)
  })
})

describe('an order that is not to be had after all', () => {
  it('is undone with its cancellation, and taken back where it was made, however long that system is away', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('away')
    await runJobs()

    expect((await c.act(c.customerOwner, 'cancel')).status).toBe(200)
    expect((await c.resource()).backend_id).toBe('undone')
    foreign.made.add(c.uuid)
    await runJobs()
    expect([...foreign.made]).toEqual([c.uuid])
    foreign.be('up')
    await runJobs()

    expect([...foreign.made]).toEqual([])
    expect((await c.see()).state).toBe('canceled')
  })

  it('is taken back too when it is made only after it was canceled', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('hangs')
    const slow = executeOrder.run(w.current.deps, { order_id: await c.id() }, byHand())
    await foreign.until(1)
    await c.act(c.customerOwner, 'cancel')
    foreign.be('up')
    await runJobs()
    foreign.answerAll()
    await slow
    expect([...foreign.made]).toEqual([c.uuid])

    await runJobs()

    expect([...foreign.made]).toEqual([])
    expect((await c.see()).state).toBe('canceled')
  })

  it('is taken back too when it is only begun there after it was canceled', async () => {
    const c = await placed({ later: true })
    await c.approve()
    foreign.be('hangs')
    const slow = executeOrder.run(w.current.deps, { order_id: await c.id() }, byHand())
    await foreign.until(1)
    await c.act(c.customerOwner, 'cancel')
    foreign.be('up')
    await runJobs()
    foreign.answerAll()
    await slow
    expect([...foreign.made]).toEqual([c.uuid])

    await runJobs()

    expect([...foreign.made]).toEqual([])
  })

  it('is taken back too when nobody heard that it was made', async () => {
    const c = await placed()
    await c.approve()
    foreign.be('away')
    const lost = { number: 1, last: false, signal: new AbortController().signal }
    await expect(executeOrder.run(w.current.deps, { order_id: await c.id() }, lost)).rejects.toThrow(TryAgain)
    foreign.be('up')
    await c.act(c.customerOwner, 'cancel')
    await runJobs()
    foreign.made.add(c.uuid)

    await executeOrder.run(w.current.deps, { order_id: await c.id() }, { ...lost, number: 2 })
    await runJobs()

    expect([...foreign.made]).toEqual([])
  })

  it('is undone when it is rejected or deleted, and nothing is asked elsewhere', async () => {
    const [rejected, deleted] = [await placed(), await placed()]

    await rejected.act(rejected.providerOwner, 'reject_by_provider')
    await w.current.as(deleted.customerOwner).delete(`${PATH}${deleted.uuid}/`)
    await runJobs()

    expect((await rejected.resource()).backend_id).toBe('undone')
    expect((await deleted.resource()).backend_id).toBe('undone')
    expect(foreign.asked).toEqual([])
  })

  it('is refused when it is placed or changed, and nothing of it is kept', async () => {
    const rows = async () => {
      const count = (table: 'order' | 'resource') => w.current.db.selectFrom(table).select('id').execute()
      return [(await count('order')).length, (await count('resource')).length]
    }
    const c = await placed()
    const before = await rows()

    const other = await placed({ size: 'huge' })
    await w.current.db.updateTable('order').set({ state: 'pending-consumer' }).where('uuid', '=', c.uuid).execute()
    const changed = await w.current.as(c.staff).patch(`${PATH}${c.uuid}/`, { attributes: { size: 'huge' } })

    for (const answer of [other.answer, changed]) {
      expect([answer.status, answer.body]).toEqual([400, { size: ['There is nothing so large.'] }])
    }
    expect(await rows()).toEqual(before)
    expect((await c.see()).attributes).toEqual({ name: 'vm-1' })
  })

  it('is refused, too, as the provider would have it', async () => {
    const c = await placed()

    const answer = await w.current.as(c.providerOwner).post(`${PATH}${c.uuid}/approve_by_provider/`, { attributes: { size: 'huge' } })

    expect([answer.status, answer.body]).toEqual([400, { size: ['There is nothing so large.'] }])
    expect((await c.see()).state).toBe('pending-provider')
  })

  it('stays where it was when it cannot begin: who approves is told', async () => {
    const c = await placed({ taken: true })

    const answer = await c.approve()

    expect([answer.status, answer.body]).toEqual([409, { detail: 'The place was taken meanwhile.' }])
    expect(await c.see()).toMatchObject({ state: 'pending-provider', provider_reviewed_at: null })
  })
})

describe('the clock', () => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const waiting = async (attributes: { [name: string]: unknown }) => {
    const c = await placed(attributes, { start_date: day(2) })
    await c.approve()
    expect((await c.see()).state).toBe('pending-start-date')
    return {
      ...c,
      come: () =>
        w.current.db
          .updateTable('order')
          .set({ start_date: day(0) })
          .where('uuid', '=', c.uuid)
          .execute(),
    }
  }

  it('cancels, with the reason, what cannot begin, and lets nothing wait for an order that fails', async () => {
    const [broken, taken, fine] = [await waiting({ broken: true }), await waiting({ taken: true }), await waiting({})]
    for (const c of [broken, taken, fine]) await c.come()

    await clock('orders.promote-start-dates')
    await clock('orders.promote-start-dates')

    expect((await broken.see()).state).toBe('pending-start-date')
    expect(await taken.see()).toMatchObject({ state: 'canceled', termination_comment: 'The place was taken meanwhile.' })
    expect((await taken.resource()).state).toBe('Terminated')
    expect((await fine.see()).state).toBe('executing')
  })
})

describe('the table of drivers', () => {
  it('has one for each type that can be sold, or the server does not start', async () => {
    const wiring = wiringOf()
    expect(OFFERING_TYPES.filter(({ key }) => !driverOf(wiring, key))).toEqual([])
    const { url, drop } = await freshDatabase()
    const database = openDatabase(url, { max: 1 })
    const config = readConfig({ SECRET_KEY: 'a secret for tests that is long enough to be one', WORKER: 'off' })
    const without = MODULES.map((module) =>
      module === orders ? { ...orders, drivers: { 'Marketplace.Slurm': { resumable: false } } } : module,
    )

    await expect(buildApp({ config, database, log: false, modules: without })).rejects.toThrow(
      'No module declares a driver for Marketplace.Basic',
    )

    await database.close()
    await drop()
  })

  it('gives the verbs to report with to types that somebody else carries out', () => {
    const wiring = wiringOf()
    // A booking is accepted or rejected, and its order with it (src/bookings).
    const byOthers = OFFERING_TYPES.filter(({ key }) => key !== 'Marketplace.Booking' && !driverOf(wiring, key)?.carryOut)

    expect(byOthers.length).toBeGreaterThan(0)
    for (const { key, orderVerbs } of byOthers) {
      // The people of a helpdesk answer its request instead (src/support), and may say by the order that it is done.
      const agents = key !== 'Support.OfferingTemplate'
      expect(orderVerbs).toMatchObject({ set_state_executing: agents, set_state_done: true, set_state_erred: agents })
    }
  })
})
