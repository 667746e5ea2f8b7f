// Google calendars of booking offerings, with Google as a small server of its own that keeps calendars as Google does (booking.md §8, §15).
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { at, bookable, slot } from '../../../tests/support/bookings.ts'
import { world } from '../../../tests/support/world.ts'

type Event = { id: string; status?: string; [key: string]: unknown }
type Kept = { summary: string; timeZone: string; events: Map<string, Event>; acl: boolean }

const google = {
  calendars: new Map<string, Kept>(),
  calls: [] as string[],
  forms: [] as URLSearchParams[],
  fails: [] as number[],
  refresh: 'good',
  zone: 'Europe/Tallinn',
}
let made = 0

const textOf = async (request: IncomingMessage) => {
  let text = ''
  for await (const part of request) text += part
  return text
}

type Answer = [status: number, body: unknown]

function tokens(text: string): Answer {
  const form = new URLSearchParams(text)
  google.forms.push(form)
  const known = form.get('grant_type') === 'refresh_token' ? form.get('refresh_token') === google.refresh : form.get('code') === 'code'
  if (!known) return [400, { error: 'invalid_grant' }]
  return [200, { access_token: 'open', expires_in: 3599, ...(form.has('code') ? { refresh_token: google.refresh } : {}) }]
}

/** Pages of two, so that whoever reads the first alone is found out. */
function listed({ events }: Kept, query: URLSearchParams): Answer {
  const live = [...events.values()].filter(({ status }) => status !== 'cancelled')
  const from = Number(query.get('pageToken') ?? 0)
  return [200, { items: live.slice(from, from + 2), ...(from + 2 < live.length ? { nextPageToken: String(from + 2) } : {}) }]
}

function inserted({ events }: Kept, text: string): Answer {
  const sent = JSON.parse(text) as Event
  if (events.has(sent.id)) return [409, {}]
  events.set(sent.id, sent)
  return [200, sent]
}

function onEvent({ events }: Kept, method: string, id: string, text: string): Answer {
  const there = events.get(id)
  if (!there) return [404, {}]
  if (method === 'DELETE') there.status = 'cancelled'
  if (method === 'PUT') events.set(id, { ...JSON.parse(text), id })
  return [method === 'DELETE' ? 204 : 200, there]
}

function newCalendar(text: string): Answer {
  const id = `calendar${++made}@group.calendar.google.com`
  google.calendars.set(id, { ...JSON.parse(text), timeZone: google.zone, events: new Map(), acl: false })
  return [200, { id, ...JSON.parse(text) }]
}

/** What Google answers to who may write calendars. */
function answer(method: string, path: string, query: URLSearchParams, text: string): Answer {
  const [, id = '', part, event = ''] =
    path.match(/^\/calendars(?:\/([^/]+))?(?:\/(events|acl))?(?:\/([^/]+))?$/)?.map((one) => one && decodeURIComponent(one)) ?? []
  if (id === '') return newCalendar(text)
  const calendar = google.calendars.get(id)
  if (!calendar) return [404, {}]
  if (part === 'acl') {
    calendar.acl = method === 'POST'
    return [method === 'POST' ? 200 : 204, {}]
  }
  if (part === undefined) {
    if (method === 'PUT') Object.assign(calendar, JSON.parse(text))
    return [200, { id, summary: calendar.summary, timeZone: calendar.timeZone }]
  }
  if (event !== '') return onEvent(calendar, method, event, text)
  return method === 'POST' ? inserted(calendar, text) : listed(calendar, query)
}

function refusal(bearer: string | undefined): Answer | undefined {
  if (bearer !== 'Bearer open') return [401, {}]
  const failure = google.fails.shift()
  return failure === undefined ? undefined : [failure, { error: { code: failure } }]
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://google')
  const text = await textOf(request)
  google.calls.push(`${request.method} ${url.pathname.replace(/calendar\d+%40[^/]+/, '{id}')}`)
  const [status, body] =
    url.pathname === '/token'
      ? tokens(text)
      : (refusal(request.headers.authorization) ?? answer(request.method ?? '', url.pathname, url.searchParams, text))
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(status === 204 ? '' : JSON.stringify(body))
})
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  google.calendars.clear()
  google.calls.length = 0
  google.forms.length = 0
  google.fails.length = 0
  google.refresh = 'good'
})

const w = world({
  OUTGOING_HTTP: 'true',
  OUTGOING_ALLOWED_NETWORKS: '127.0.0.1',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'secret',
  GOOGLE_TOKEN_URL: `${address}/token`,
  GOOGLE_CALENDAR_URL: address,
})
const without = world()

type Sold = Awaited<ReturnType<typeof bookable>>

const stateIn = (url: string) => new URL(url).searchParams.get('state') ?? ''

/** Sends the provider's owner to Google and back. */
async function connect(b: Sold) {
  const path = `/api/google-auth/${b.serviceProvider.uuid}/`
  const { body } = await w.current.as(b.providerOwner).get(`${path}authorize/`)
  return w.current.as().get('/api/google-auth/callback/', { query: { state: stateIn(body.request_url), code: 'code' } })
}

/** An offering whose provider has let calendars be written. */
async function connected(given: Parameters<typeof bookable>[1] = {}) {
  const b = await bookable(w.current, given)
  await connect(b)
  const path = `/api/booking-offerings/${b.offering.uuid}/`
  const wish = async (verb: string) => w.current.as(b.providerOwner).post(`${path}${verb}/`)
  const done = async (verb: string) => {
    const answer = await wish(verb)
    await w.current.runJobs()
    return answer
  }
  const state = async () =>
    w.current.db.selectFrom('google_calendar').selectAll().where('offering_id', '=', b.offering.id).executeTakeFirst() as Promise<
      { state: string; error_message: string; backend_id: string; public: boolean } | undefined
    >
  const there = async () => google.calendars.get((await state())?.backend_id ?? '') as Kept
  const live = async () => [...(await there()).events.values()].filter(({ status }) => status !== 'cancelled')
  const shown = async () => (await w.current.as(b.providerOwner).get(path)).body
  return { ...b, path, wish, done, state, there, live, shown }
}

describe('a provider’s Google account', () => {
  it('booking 51: is connected by its owner, who is sent to Google; a stranger does not find it', async () => {
    const b = await bookable(w.current)
    const path = `/api/google-auth/${b.serviceProvider.uuid}/`

    const { status, body } = await w.current.as(b.providerOwner).get(`${path}authorize/`)

    expect(status).toBe(200)
    const url = new URL(body.request_url)
    expect(`${url.origin}${url.pathname}`).toBe('https://accounts.google.com/o/oauth2/auth')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'client',
      redirect_uri: 'http://testserver/api/google-auth/callback/',
      scope: 'https://www.googleapis.com/auth/calendar',
      access_type: 'offline',
      prompt: 'consent',
    })
    expect((await w.current.as(b.outsider).get(`${path}authorize/`)).status).toBe(404)
    expect((await w.current.as(b.outsider).get(path)).status).toBe(404)
    expect((await w.current.as(b.support).get(`${path}authorize/`)).status).toBe(403)
  })

  it('is kept sealed, and shown to nobody', async () => {
    const b = await bookable(w.current)
    const list = (person = b.providerOwner) => w.current.as(person).get('/api/google-auth/', { query: { has_credentials: true } })
    expect((await list()).body).toEqual([])

    expect(await connect(b)).toMatchObject({ status: 200, body: 'Google authorization is successful.' })

    const [shown] = (await list()).body
    expect(shown).toMatchObject({
      uuid: b.serviceProvider.uuid,
      calendar_token: '***',
      calendar_refresh_token: '***',
      google_auth_url: `http://testserver/api/google-auth/${b.serviceProvider.uuid}/authorize/`,
    })
    const kept = await w.current.db.selectFrom('google_credential').select('refresh_token').execute()
    expect(kept.map(({ refresh_token }) => String(refresh_token))).not.toContain('good')
    expect(google.forms[0]?.get('redirect_uri')).toBe('http://testserver/api/google-auth/callback/')
  })

  it('booking 52: is not connected without a code, with what was not sent, twice with the same, or when Google refuses', async () => {
    const b = await bookable(w.current)
    const back = (query: object) => w.current.as().get('/api/google-auth/callback/', { query: query as never })
    const sent = async () =>
      stateIn((await w.current.as(b.providerOwner).get(`/api/google-auth/${b.serviceProvider.uuid}/authorize/`)).body.request_url)
    const unknown = { status: 400, body: ['Service provider has not been found. Google auth has failed.'] }
    const state = await sent()

    expect(await back({ state })).toMatchObject({ status: 400, body: ['Google auth has failed.'] })
    expect(await back({ state: b.serviceProvider.uuid, code: 'code' })).toMatchObject(unknown)
    expect(await back({ state, code: 'wrong' })).toMatchObject({
      status: 400,
      body: ['Tokens have not been created. Google auth has failed.'],
    })
    expect(await back({ state, code: 'code' })).toMatchObject(unknown)
    const late = await sent()
    await w.current.database.pool.query(`update google_auth_request set created = now() - interval '11 minutes'`)
    expect(await back({ state: late, code: 'code' })).toMatchObject(unknown)
    expect((await w.current.as().head('/api/google-auth/callback/', { query: { state: await sent(), code: 'code' } })).status).toBe(200)
  })

  it('is nothing to connect on a site without Google', async () => {
    const b = await bookable(without.current)

    const answer = await without.current.as(b.providerOwner).get(`/api/google-auth/${b.serviceProvider.uuid}/authorize/`)

    expect(answer).toMatchObject({ status: 400, body: ['Google calendars are not set up on this site.'] })
  })
})

describe('the calendar of a booking offering', () => {
  it('is shown to the owners of its provider and to staff, read only', async () => {
    const b = await connected()
    await b.done('google_calendar_sync')

    expect((await b.shown()).googlecalendar).toEqual({ backend_id: (await b.state())?.backend_id, public: false })
    expect((await w.current.as(b.staff).get(b.path)).status).toBe(200)
    for (const person of [b.providerManager, b.support, b.outsider]) expect((await w.current.as(person).get(b.path)).status).toBe(404)
    expect((await w.current.as(b.outsider).post(`${b.path}google_calendar_sync/`)).status).toBe(404)
    expect((await w.current.as(b.staff).delete(b.path)).status).toBe(405)
  })

  it('booking 53: needs the provider’s account', async () => {
    const b = await bookable(w.current)

    for (const verb of ['google_calendar_sync', 'share_google_calendar', 'unshare_google_calendar']) {
      const answer = await w.current.as(b.providerOwner).post(`/api/booking-offerings/${b.offering.uuid}/${verb}/`)
      expect(answer).toMatchObject({ status: 400, body: ['Google credentials do not exist.'] })
    }
  })

  it('booking 54: holds our bookings and no others of ours; what else is there is busy time', async () => {
    const b = await connected({ windows: [slot('00:00', '23:00'), slot('00:00', '23:00', 2)], values: { latitude: 58.5, longitude: 26.5 } })
    const kept = await b.book(slot('10:00', '12:00'))
    const ended = await b.book(slot('13:00', '14:00'))

    const answer = await b.done('google_calendar_sync')

    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(await b.state()).toMatchObject({ state: 'OK', public: false })
    const [{ backend_id }] = (await b.see(kept)).slots
    const events = await b.live()
    expect(events.length).toBe(2)
    expect(events.find(({ id }) => id === backend_id.replace('_', ''))).toMatchObject({
      summary: 'Microscope',
      location: '{58.5, 26.5}',
      start: { dateTime: at('10:00'), timeZone: 'GMT' },
      attendees: [{ displayName: `Some ${b.customerOwner.username}`, email: `${b.customerOwner.username}@example.com` }],
    })

    const calendar = await b.there()
    await b.act(b.providerOwner, ended, 'reject')
    Object.assign(calendar.events.get(backend_id.replace('_', '')) as Event, { start: { dateTime: at('11:00') } })
    calendar.events.set('other1', { id: 'other1', start: { dateTime: at('14:00') }, end: { dateTime: at('15:00') } })
    calendar.events.set('other2', {
      id: 'other2',
      start: { date: at('00:00', 2).slice(0, 10) },
      end: { date: at('00:00', 3).slice(0, 10) },
    })
    calendar.events.set('free', {
      id: 'free',
      transparency: 'transparent',
      start: { dateTime: at('16:00') },
      end: { dateTime: at('17:00') },
    })
    calendar.events.set('empty', { id: 'empty' })
    google.calls.length = 0
    await b.done('google_calendar_sync')

    expect((await b.live()).map(({ id }) => id).filter((id) => id.startsWith('booking'))).toEqual([backend_id.replace('_', '')])
    expect(calendar.events.get(backend_id.replace('_', ''))).toMatchObject({ start: { dateTime: at('10:00') } })
    const busy = (await w.current.as(b.outsider).get(`/api/marketplace-bookings/${b.offering.uuid}/`)).body
    // The day is one of the calendar's zone, two hours ahead.
    expect(busy).toEqual([
      { created_by_full_name: null, ...slot('10:00', '12:00') },
      { created_by_full_name: 'google calendar', ...slot('14:00', '15:00') },
      { created_by_full_name: 'google calendar', start: at('22:00'), end: at('21:59', 2).replace(':00Z', ':59Z') },
    ])
    expect((await b.ask([slot('14:30', '14:45')])).status).toBe(400)

    google.calls.length = 0
    await b.done('google_calendar_sync')
    expect(google.calls.filter((call) => /^(PUT|POST|DELETE) \/calendars/.test(call))).toEqual([])
  })

  it('booking 55: is shared once, and taken back once', async () => {
    const b = await connected()
    const refusedWith = (text: string) => ({ status: 400, body: [text] })
    expect(await b.wish('unshare_google_calendar')).toMatchObject(refusedWith('The calendar does not exist.'))

    expect((await b.done('share_google_calendar')).status).toBe(200)

    const { backend_id = '' } = (await b.state()) ?? {}
    expect((await b.there()).acl).toBe(true)
    expect((await b.shown()).googlecalendar).toEqual({
      backend_id,
      public: true,
      http_link: `https://calendar.google.com/calendar/embed?src=${backend_id.replace('@', '%40')}`,
    })
    const offering = (await w.current.as(b.outsider).get(`/api/marketplace-public-offerings/${b.offering.uuid}/`)).body
    expect(offering).toMatchObject({ google_calendar_is_public: true, google_calendar_link: expect.stringContaining('embed?src=') })
    expect(await b.wish('share_google_calendar')).toMatchObject(refusedWith('The calendar is public already.'))

    expect((await b.wish('unshare_google_calendar')).status).toBe(200)
    expect(await b.wish('google_calendar_sync')).toMatchObject(refusedWith('The calendar cannot be updated.'))
    await w.current.runJobs()
    expect([(await b.there()).acl, (await b.state())?.public]).toEqual([false, false])
    expect(await b.wish('unshare_google_calendar')).toMatchObject(refusedWith('The calendar is private already.'))
  })

  it('booking 56: shows that Google failed, is tried again, and is well after that', async () => {
    const b = await connected()
    await b.book(slot('10:00', '12:00'))
    google.fails.push(500)
    await b.done('google_calendar_sync')
    expect(await b.state()).toMatchObject({ state: 'Erred', error_message: 'Google answered 500.' })

    await w.current.app.jobs.runDue({ db: w.current.db, config: w.current.config, log: w.current.app.log as never }, { early: true })

    expect(await b.state()).toMatchObject({ state: 'OK', error_message: '' })
    expect((await b.live()).length).toBe(1)
  })

  it('shows that the account was taken back, and is well once it is connected again', async () => {
    const b = await connected()
    google.refresh = 'another'
    await b.done('google_calendar_sync')
    expect(await b.state()).toMatchObject({ state: 'Erred', error_message: 'Google answered 400.' })

    await connect(b)
    await b.done('google_calendar_sync')

    expect((await b.state())?.state).toBe('OK')
  })

  it('is made again when it was deleted at Google, public if it was', async () => {
    const b = await connected()
    await b.book(slot('10:00', '12:00'))
    await b.done('share_google_calendar')
    const before = (await b.state())?.backend_id
    google.calendars.clear()

    await b.done('google_calendar_sync')

    expect((await b.state())?.backend_id).not.toBe(before)
    expect([(await b.live()).length, (await b.there()).acl]).toEqual([1, true])
  })

  it('follows what is accepted and rejected, and what its offering is called', async () => {
    const b = await connected({ values: { state: 'Draft' } })
    await w.current.db.updateTable('offering').set({ state: 'Active' }).where('id', '=', b.offering.id).execute()
    await b.done('google_calendar_sync')
    const path = await b.book(slot('10:00', '12:00'))
    await w.current.runJobs()
    expect((await b.live()).length).toBe(1)

    await b.act(b.providerOwner, path, 'reject')
    const renamed = await w.current
      .as(b.staff)
      .post(`/api/marketplace-provider-offerings/${b.offering.uuid}/update_overview/`, { name: 'Electron microscope' })
    expect(renamed.status).toBe(200)
    await w.current.runJobs()

    expect((await b.live()).length).toBe(0)
    expect((await b.there()).summary).toBe('Electron microscope')
  })
})
