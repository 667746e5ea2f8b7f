// Orders of support offerings: people of the provider carry them out, by a queue of requests that stands for a helpdesk.
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Person, urls, world } from '../../tests/support/world.ts'

const calls: { headers: IncomingHttpHeaders; text: string }[] = []
const helpdesk = createServer(async (request, response) => {
  let text = ''
  for await (const part of request) text += part
  calls.push({ headers: request.headers, text })
  response.end()
})
await new Promise<void>((done) => helpdesk.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${(helpdesk.address() as AddressInfo).port}/requests`
afterAll(() => {
  helpdesk.closeAllConnections()
  helpdesk.close()
})
beforeEach(() => {
  calls.length = 0
})

const alone = world()
const told = world({
  OUTGOING_HTTP: 'true',
  OUTGOING_ALLOWED_NETWORKS: '127.0.0.1',
  HELPDESK_URL: address,
  HELPDESK_USERNAME: 'helpdesk',
})

const REQUESTS = '/api/marketplace-support-requests/'

async function selling(w = alone.current) {
  const c = await w.cast()
  const offering = await w.offering(c.provider, { type: 'Support.OfferingTemplate' })
  const plan = await w.plan(offering)
  const order = async (person: Person = c.customerOwner, attributes = {}) => {
    const { body } = await w.as(person).post('/api/marketplace-orders/', {
      offering: urls.offering(offering),
      project: urls.project(c.project),
      plan: urls.plan(offering, plan),
      attributes: { name: 'Course room', ...attributes },
    })
    const path = `/api/marketplace-orders/${body.uuid}/`
    const see = async () => (await w.as(c.staff).get(path)).body
    const resource = async () => (await w.as(c.staff).get(`/api/marketplace-resources/${body.marketplace_resource_uuid}/`)).body
    const request = async (by = c.staff) => (await w.as(by).get(`${REQUESTS}?order_uuid=${body.uuid}`)).body[0]
    const answer = async (by: Person, verb: string, said: object = {}) =>
      w.as(by).post(`${REQUESTS}${(await request()).uuid}/${verb}/`, said)
    return {
      uuid: body.uuid as string,
      path,
      see,
      resource,
      request,
      answer,
      act: (by: Person, verb: string) => w.as(by).post(`${path}${verb}/`),
    }
  }
  return { ...c, offering, plan, order, w }
}

describe('an order of a support offering', () => {
  it('needs nobody’s approval of the provider, and opens a request in the transaction in which it is carried out', async () => {
    const { order, projectManager, customerOwner } = await selling()
    const waiting = await order(projectManager)
    expect([(await waiting.see()).state, (await waiting.see()).issue, await waiting.request()]).toEqual([
      'pending-consumer',
      null,
      undefined,
    ])

    await waiting.act(customerOwner, 'approve_by_consumer')

    const request = await waiting.request()
    const seen = await waiting.see()
    expect(seen).toMatchObject({ state: 'executing', provider_reviewed_at: null, issue: { key: request.key, uuid: request.uuid } })
    expect(request).toMatchObject({
      state: 'open',
      order_uuid: waiting.uuid,
      order_type: 'Create',
      attributes: { name: 'Course room' },
      resource_name: 'Course room',
      comments: [],
      answered_at: null,
    })
  })

  it('is done when its request is resolved', async () => {
    const { order, providerOwner } = await selling()
    const one = await order()

    const answer = await one.answer(providerOwner, 'resolve', { answer: 'Room 12, ask for the key.' })

    expect([answer.status, answer.body.state, answer.body.answer]).toEqual([200, 'resolved', 'Room 12, ask for the key.'])
    expect(answer.body).toMatchObject({ answered_by_uuid: providerOwner.uuid })
    expect((await one.see()).state).toBe('done')
    expect((await one.resource()).state).toBe('OK')
    const again = await one.answer(providerOwner, 'refuse', { answer: 'No' })
    expect([again.status, again.body]).toEqual([409, { detail: 'Valid states for operation: open.' }])
  })

  it('has failed, with the text, when its request is refused; a reason is asked for', async () => {
    const { order, providerOwner } = await selling()
    const one = await order()
    expect((await one.answer(providerOwner, 'refuse', {})).status).toBe(400)
    expect((await one.see()).state).toBe('executing')

    await one.answer(providerOwner, 'refuse', { answer: 'All rooms are taken.' })

    expect(await one.see()).toMatchObject({ state: 'erred', error_message: 'All rooms are taken.' })
    expect((await one.resource()).state).toBe('Erred')
    expect((await one.request()).state).toBe('refused')
  })

  it('may be said to be done by the order itself, which closes the request; an agent’s verbs it has not', async () => {
    const { order, providerOwner } = await selling()
    const one = await order()
    expect((await one.act(providerOwner, 'set_state_erred')).status).toBe(405)

    expect((await one.act(providerOwner, 'set_state_done')).status).toBe(200)

    expect(await one.request()).toMatchObject({ state: 'closed', answer: '', answered_by_uuid: providerOwner.uuid })
    expect((await one.answer(providerOwner, 'resolve')).status).toBe(409)
  })

  it('orders 79: is canceled by the consumer, pending or executing, and its request is closed with it', async () => {
    const { order, staff, customerOwner, projectManager, projectAdmin, outsider } = await selling()
    for (const [who, person] of Object.entries({ staff, customerOwner, projectManager, projectAdmin })) {
      const one = await order()
      expect((await one.act(outsider, 'cancel')).status, who).toBe(404)

      expect((await one.act(person, 'cancel')).status, who).toBe(200)

      expect(await one.see(), who).toMatchObject({ state: 'canceled', completed_at: expect.any(String) })
      expect([(await one.resource()).state, (await one.request()).state], who).toEqual(['Terminated', 'closed'])
      expect((await one.act(person, 'cancel')).status, who).toBe(409)
    }
    const pending = await order(projectManager)
    expect((await pending.see()).state).toBe('pending-consumer')
    expect((await pending.act(projectManager, 'cancel')).status).toBe(200)
    expect([(await pending.see()).state, await pending.request()]).toEqual(['canceled', undefined])
  })

  it('has a request for each change of its resource too', async () => {
    const { order, providerOwner, customerOwner, w } = await selling()
    const one = await order()
    await one.answer(providerOwner, 'resolve')
    const resource = await one.resource()
    const ended = await w.as(customerOwner).post(`/api/marketplace-resources/${resource.uuid}/terminate/`, {})
    expect(ended.status).toBe(200)
    const [request] = (await w.as(providerOwner).get(`${REQUESTS}?order_uuid=${ended.body.order_uuid}`)).body
    expect(request).toMatchObject({ state: 'open', order_type: 'Terminate' })

    await w.as(providerOwner).post(`${REQUESTS}${request.uuid}/resolve/`, {})

    expect((await one.resource()).state).toBe('Terminated')
  })

  it('is explained by who can end it', async () => {
    const { order, providerOwner, w } = await selling()
    const one = await order()

    const { body } = await w.as(providerOwner).get(`${one.path}explain/`)

    expect(body.waits_for).toMatchObject({ for: 'agent', why: 'The provider carries it out, and says how it ended: set_state_done.' })
  })

  it('ends once: of an answer and a cancellation at the same time one is told that it came too late', async () => {
    const { order, providerOwner, customerOwner } = await selling()
    for (let i = 0; i < 5; i++) {
      const one = await order()
      const request = await one.request()
      const both = await Promise.all([
        alone.current.as(providerOwner).post(`${REQUESTS}${request.uuid}/resolve/`, {}),
        one.act(customerOwner, 'cancel'),
      ])

      expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
      const ended = [(await one.see()).state, (await one.request()).state].join()
      expect(['done,resolved', 'canceled,closed']).toContain(ended)
    }
  })
})

describe('a request', () => {
  it('is seen by both sides, answered by whom the provider lets decide on orders, and spoken about by who ordered too', async () => {
    const { order, w, ...c } = await selling()
    const one = await order()
    const request = await one.request()
    const path = `${REQUESTS}${request.uuid}/`
    const sees = async (person: Person) => [(await w.as(person).get(path)).status, (await w.as(person).get(REQUESTS)).body.length > 0]

    for (const person of [c.staff, c.support, c.customerOwner, c.projectManager, c.providerOwner])
      expect(await sees(person)).toEqual([200, true])
    expect(await sees(c.outsider)).toEqual([404, false])
    for (const verb of ['resolve', 'refuse']) {
      for (const person of [c.customerOwner, c.projectManager, c.support]) {
        expect((await w.as(person).post(`${path}${verb}/`, { answer: 'x' })).status).toBe(403)
      }
      expect((await w.as(c.outsider).post(`${path}${verb}/`, { answer: 'x' })).status).toBe(404)
    }
    expect((await w.as(c.projectAdmin).post(`${path}comment/`, { text: 'Me too' })).status).toBe(403)
    expect((await w.as(c.customerOwner).post(`${path}comment/`, { text: 'When?' })).status).toBe(200)
    const { body } = await w.as(c.providerOwner).post(`${path}comment/`, { text: 'Tomorrow.' })
    expect(body.comments.map(({ text }: { text: string }) => text)).toEqual(['When?', 'Tomorrow.'])
  })

  it('takes no more than two hundred comments, and none once it has ended', async () => {
    const { order, providerOwner, w } = await selling()
    const one = await order()
    const { uuid } = await one.request()
    const [{ id }] = (await w.db.selectFrom('support_request').select('id').where('uuid', '=', uuid).execute()) as [{ id: number }]
    await w.db
      .insertInto('support_comment')
      .values(Array.from({ length: 199 }, (_, i) => ({ request_id: id, text: `Comment ${i}` })))
      .execute()

    expect((await one.answer(providerOwner, 'comment', { text: 'The last' })).status).toBe(200)
    const refused = await one.answer(providerOwner, 'comment', { text: 'One more' })
    expect([refused.status, refused.body]).toEqual([409, { detail: 'A request takes at most 200 comments.' }])
    await one.answer(providerOwner, 'resolve')
    expect((await one.answer(providerOwner, 'comment', { text: 'Thanks' })).status).toBe(409)
  })
})

describe('a helpdesk elsewhere', () => {
  it('is told of each step once it is committed, signed for the user in whose name it answers', async () => {
    const { order, providerOwner, customerOwner, w } = await selling(told.current)
    // Nobody answers in that name yet: the queue goes on without being told of.
    expect((await (await order()).request()).state).toBe('open')
    await w.runJobs()
    const desk = await w.user({ username: 'helpdesk', is_staff: true })
    const one = await order()
    expect(calls).toEqual([])
    await w.runJobs()
    const request = await one.request()
    await one.answer(customerOwner, 'comment', { text: 'Please hurry' })
    await w.runJobs()
    await w.as(desk).post(`${REQUESTS}${request.uuid}/resolve/`, { answer: 'There.' })
    await w.runJobs()
    const other = await order()
    await other.act(customerOwner, 'cancel')
    await w.runJobs()

    const bodies = calls.map(({ text }) => JSON.parse(text))
    const events = (uuid: string) => bodies.filter(({ order_uuid }) => order_uuid === uuid).map(({ event, state }) => `${event} ${state}`)
    expect(events(one.uuid)).toEqual(['opened open', 'commented open', 'resolved resolved'])
    expect(events(other.uuid).sort()).toEqual(['closed closed', 'opened open'])
    expect(bodies[0]).toMatchObject({ uuid: request.uuid, key: request.key, url: `http://testserver${REQUESTS}${request.uuid}/` })
    expect(bodies[1]).toMatchObject({ comment: 'Please hurry' })
    expect((await one.see()).state).toBe('done')
    const secret = (await w.as(desk).get('/api/marketplace-orders/callback_secret/')).body.callback_secret
    const [call] = calls as [(typeof calls)[number]]
    const [, seconds, sent] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call.headers['x-tradepost-signature'])) ?? []
    expect(sent).toBe(createHmac('sha256', secret).update(`${seconds}.${call.text}`).digest('hex'))
    expect(await one.answer(providerOwner, 'refuse', { answer: 'Late' })).toMatchObject({ status: 409 })
  })
})
