// What an order's own address is told: every state, signed, again when nobody listened, and nobody inside.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'

type Call = { headers: IncomingHttpHeaders; text: string }

function receiver() {
  const calls: Call[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const part of request) text += part
    calls.push({ headers: request.headers, text })
    response.writeHead(answers.shift() ?? 200).end('heard')
  })
  return { server, calls, answers, url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

const listening = receiver()
beforeAll(() => new Promise<void>((done) => listening.server.listen(0, '127.0.0.1', done)))
afterAll(() => {
  listening.server.closeAllConnections()
  listening.server.close()
})

const w = world({ OUTGOING_HTTP: 'true', OUTGOING_ALLOWED_NETWORKS: '127.0.0.1' })

/** Runs what is due, and once what waits to be tried again. */
const runJobsEarly = () => w.current.app.jobs.runDue(w.current.deps, { early: true })

async function ordering() {
  const c = await w.current.cast()
  const offering = await w.current.offering(c.provider)
  const plan = await w.current.plan(offering)
  const body = (callback_url: string) => ({
    offering: urls.offering(offering),
    project: urls.project(c.project),
    plan: urls.plan(offering, plan),
    attributes: { name: 'vm' },
    callback_url,
  })
  const place = (person: typeof c.staff, callback_url: string) => w.current.as(person).post('/api/marketplace-orders/', body(callback_url))
  listening.calls.length = 0
  listening.answers.length = 0
  return { ...c, place }
}

const states = () => listening.calls.map(({ text }) => JSON.parse(text).state)

describe('the address that an order names', () => {
  it('orders 85: is told of each of its states once it is committed', async () => {
    const { place, projectManager, customerOwner, providerOwner } = await ordering()
    const { status, body } = await place(projectManager, listening.url())
    const path = `/api/marketplace-orders/${body.uuid}/`
    expect([status, body.callback_url]).toEqual([201, listening.url()])
    expect(listening.calls).toEqual([])
    await w.current.runJobs()
    await w.current.as(customerOwner).post(`${path}approve_by_consumer/`)
    await w.current.runJobs()
    await w.current.as(providerOwner).post(`${path}approve_by_provider/`)
    await w.current.runJobs()

    expect(states()).toEqual(['pending-consumer', 'pending-provider', 'executing', 'done'])
    expect(listening.calls.map(({ text }) => JSON.parse(text).order_uuid)).toEqual(Array(4).fill(body.uuid))
    expect(new Set(listening.calls.map(({ text }) => JSON.parse(text).event_id)).size).toBe(4)
  })

  it('orders 85: is told nothing of what was refused', async () => {
    const { place, projectManager, outsider } = await ordering()
    const { body } = await place(projectManager, listening.url())
    await w.current.runJobs()
    listening.calls.length = 0
    expect((await w.current.as(projectManager).post(`/api/marketplace-orders/${body.uuid}/approve_by_provider/`)).status).toBe(403)
    expect((await place(outsider, listening.url())).status).toBe(400)
    await w.current.runJobs()

    expect(listening.calls).toEqual([])
  })

  it('knows by the signature that it is we who call, with the secret of who ordered', async () => {
    const { place, projectManager, customerOwner } = await ordering()
    await place(projectManager, listening.url())
    await w.current.runJobs()
    const secretOf = async (person: typeof projectManager) =>
      (await w.current.as(person).get('/api/marketplace-orders/callback_secret/')).body.callback_secret as string
    const [call] = listening.calls as [Call]
    const [, seconds = '', sent] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call.headers['x-tradepost-signature'])) ?? []
    const signed = (secret: string) => createHmac('sha256', secret).update(`${seconds}.${call.text}`).digest('hex')

    expect(sent).toBe(signed(await secretOf(projectManager)))
    expect(sent).not.toBe(signed(await secretOf(customerOwner)))
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(60)
    expect(call.headers['x-tradepost-event']).toBe(JSON.parse(call.text).event_id)
    expect((await w.current.as().get('/api/marketplace-orders/callback_secret/')).status).toBe(401)
  })

  it('is called again when it failed, three times at most; who ordered reads what became of it, and staff, and nobody else', async () => {
    const { place, projectManager, customerOwner, staff, support, outsider } = await ordering()
    listening.answers.push(500, 503)
    const heard = await place(projectManager, listening.url())
    for (let i = 0; i < 5; i++) await runJobsEarly()
    listening.answers.push(500, 500, 302, 404, 200)
    const unheard = await place(projectManager, listening.url())
    for (let i = 0; i < 5; i++) await runJobsEarly()
    const log = (person: typeof staff, { body }: typeof heard) =>
      w.current.as(person).get(`/api/marketplace-orders/${body.uuid}/callbacks/`)

    expect((await log(projectManager, heard)).body).toEqual([
      expect.objectContaining({
        url: listening.url(),
        state: 'delivered',
        order_state: 'pending-consumer',
        attempts: [500, 503, 200].map((status) => ({ status, at: expect.stringMatching(/Z$/), ms: expect.any(Number) })),
      }),
    ])
    expect((await log(staff, unheard)).body).toMatchObject([
      { state: 'failed', attempts: [{ status: 500 }, { status: 500 }, { status: 302 }, { status: 404 }] },
    ])
    const statuses = await Promise.all([customerOwner, support, outsider].map(async (person) => (await log(person, heard)).status))
    expect(statuses).toEqual([403, 403, 404])
  })

  it('orders 85: is refused when it lies inside; one that has come to lie there is not called, and that is told', async () => {
    const { place, projectManager } = await ordering()
    for (const address of ['http://10.0.0.1/hook', 'http://[::1]/hook', 'ftp://example.com/', 'https://me:secret@example.com/']) {
      expect(await place(projectManager, address)).toMatchObject({ status: 400, body: { callback_url: [expect.any(String)] } })
    }
    const { body } = await place(projectManager, 'http://localhost.localdomain.invalid/hook')
    const inside = await place(projectManager, listening.url())
    await w.current.db
      .updateTable('delivery')
      .set({ url: 'http://10.0.0.1/' })
      .where('url', '=', listening.url())
      .where('state', '=', 'waiting')
      .execute()
    for (let i = 0; i < 5; i++) await runJobsEarly()
    const log = async (uuid: string) => (await w.current.as(projectManager).get(`/api/marketplace-orders/${uuid}/callbacks/`)).body

    expect(listening.calls).toEqual([])
    expect(await log(inside.body.uuid)).toMatchObject([{ state: 'failed', attempts: [{ error: 'This address may not be called.' }] }])
    expect(await log(body.uuid)).toMatchObject([
      { state: 'failed', attempts: Array(4).fill({ error: 'The receiver is not to be reached.' }) },
    ])
  })
})
