// What a server bears of its callers: slow ones, many of them, those without a token, and those who ask for too much at once.
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { exchange, open, request, type Target } from '../attack/wire.ts'
import { type World, world } from '../support/world.ts'

const MEBIBYTE = 1024 * 1024
const GROUPS = '/api/organization-groups/'

/** The address of a world's server, and a token of somebody in it. */
async function listening(w: World): Promise<Target> {
  const { port } = new URL(await w.app.listen({ port: 0, host: '127.0.0.1' }))
  return { host: '127.0.0.1', port: Number(port), token: (await w.user()).token }
}

/** Resolves to what was answered on a connection by the time that it closed. */
const untilClosed = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })

const whether = (socket: Socket) => (socket.closed || socket.destroyed ? 'closed' : 'open')

describe('a request whose target is written in another way', () => {
  const w = world()
  let target: Target
  beforeAll(async () => {
    target = await listening(w.current)
  })

  it.each([
    ['GET http://x/api/', 200],
    ['GET HTTPS://x:8000/api/organization-groups/', 200],
    ['GET http://x/api/organization-groups', 301],
    ['GET http://x', 404],
    ['GET http://x?a=b', 404],
    ['GET /%61pi/organization-groups/', 200],
    ['PATCH http://x/api/organization-groups/', 405],
  ])('is the request that it means, and needs a token as that does: %s', async (line, status) => {
    expect(await exchange(target, request(target, line))).toEqual([status])
    const anonymous = await exchange(target, request(target, line, { anonymous: true }))
    expect(anonymous).toEqual([status === 301 || status === 404 ? status : 401])
  })

  it('needs none where nobody is asked for one', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/api/schema/', '/api/roles/']) {
      expect([path, await exchange(target, request(target, `GET http://x${path}`, { anonymous: true }))]).toEqual([path, [200]])
    }
  })
})

describe('who is slow', () => {
  const w = world({ HEADERS_TIMEOUT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '2' })
  let target: Target
  beforeAll(async () => {
    target = await listening(w.current)
  })

  it('is not waited for, in headers and in bodies', { timeout: 15_000 }, async () => {
    const [headers, body, silent] = [await open(target), await open(target), await open(target)]
    const from = performance.now()
    headers.write('GET /api/ HTTP/1.1\r\nHost: a\r\nX-Slow: ')
    body.write(request(target, `POST ${GROUPS}`, { headers: { 'Content-Type': 'application/json', 'Content-Length': '100' } }))
    const drip = setInterval(() => {
      for (const socket of [headers, body]) if (socket.writable) socket.write('a')
    }, 100)
    const answers = await Promise.all([headers, body, silent].map(untilClosed))
    clearInterval(drip)

    expect(answers[0]).toContain('408 Request Timeout')
    expect(answers[1]).toContain('408 Request Timeout')
    expect(performance.now() - from).toBeLessThan(8000)
  })

  it('sends no large body at all without a token', async () => {
    const large = { headers: { 'Content-Type': 'application/json' }, body: `{"username": "${'x'.repeat(100_000)}"}`, anonymous: true }

    expect(await exchange(target, request(target, 'POST /api-auth/password/', large))).toEqual([413])
  })
})

describe('all bodies', () => {
  const w = world({ BODIES_MAX_MEBIBYTES: '60' })
  let target: Target
  beforeAll(async () => {
    target = await listening(w.current)
  })

  it('hold no more than they may take together: others are told when to come again', async () => {
    const file = { headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': String(55 * MEBIBYTE) } }
    const holder = await open(target)
    holder.on('error', () => undefined)
    const gone = untilClosed(holder)
    await new Promise((sent) => holder.write(Buffer.concat([request(target, 'POST /api/keys/', file), Buffer.alloc(40 * MEBIBYTE)]), sent))
    const large = request(target, 'POST /api/keys/', {
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: Buffer.alloc(30 * MEBIBYTE),
    })

    await expect.poll(() => exchange(target, large), { timeout: 10_000, interval: 50 }).toEqual([503])
    holder.destroy()
    await gone

    await expect.poll(() => exchange(target, large), { timeout: 10_000, interval: 100 }).toEqual([400])
  })
})

describe('an address', () => {
  const w = world({ CONNECTIONS_PER_ADDRESS: '5', ANONYMOUS_REQUESTS_PER_SECOND: '20' })
  let target: Target
  beforeAll(async () => {
    target = await listening(w.current)
  })

  it('has so many connections open without a token: the oldest makes place for the newest', async () => {
    const known = await open(target)
    known.write(request(target, `GET ${GROUPS}`, { headers: { Connection: 'keep-alive' } }))
    await new Promise((resolve) => known.once('data', resolve))

    const strangers: Socket[] = []
    for (let i = 0; i < 8; i++) {
      strangers.push((await open(target)).on('error', () => undefined))
      await pause(20)
    }

    await expect.poll(() => strangers.map(whether)).toEqual([...Array(3).fill('closed'), ...Array(5).fill('open')])
    expect(whether(known)).toBe('open')
    expect(await exchange(target, request(target, `GET ${GROUPS}`))).toEqual([200])
    for (const socket of [known, ...strangers]) socket.destroy()
  })

  it('asks so often without a good token, whatever token it shows; who has one is not refused for it', async () => {
    const guess = (i: number) => w.current.app.inject({ url: GROUPS, headers: { authorization: `Token ${i}` } })
    const statuses = (await Promise.all(Array.from({ length: 60 }, (_, i) => guess(i)))).map(({ statusCode }) => statusCode)

    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(40)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
    expect(new Set(statuses)).toEqual(new Set([401, 429]))
    const good = { authorization: `Token ${target.token}` }
    const answers = await Promise.all(Array.from({ length: 60 }, () => w.current.app.inject({ url: GROUPS, headers: good })))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  })

  it('that is looked for in vain counts as well', async () => {
    const lost = await Promise.all(Array.from({ length: 60 }, () => w.current.app.inject('/api/nowhere/')))

    expect(lost.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThan(0)
  })
})

describe('a proxy that is trusted', () => {
  const w = world({ CONNECTIONS_PER_ADDRESS: '3', TRUSTED_PROXIES: 'loopback' })

  it('opens any number of connections', async () => {
    const target = await listening(w.current)

    const sockets = await Promise.all(Array.from({ length: 10 }, () => open(target)))
    await pause(100)

    expect(new Set(sockets.map(whether))).toEqual(new Set(['open']))
    for (const socket of sockets) socket.destroy()
  })
})

describe('what everybody may ask', () => {
  const w = world()
  it('whether the server is ready, 300 at once, opens no connection for each', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => w.current.app.inject('/health/ready')))

    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
  })

  it.each(['/api/schema/', '/api/schema/?format=yaml', '/api/docs/'])('%s is sent compressed, and once to who keeps it', async (url) => {
    const { app } = w.current
    const [plain, packed] = [await app.inject(url), await app.inject({ url, headers: { 'accept-encoding': 'br, gzip;q=0.5' } })]

    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', etag: plain.headers.etag })
    expect(packed.headers.vary).toContain('Accept-Encoding')
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 5)
    expect(gunzipSync(packed.rawPayload).equals(plain.rawPayload)).toBe(true)
    expect((await app.inject({ url, headers: { 'accept-encoding': 'gzip;q=0' } })).headers).not.toHaveProperty('content-encoding')
    const again = await app.inject({ url, headers: { 'if-none-match': String(plain.headers.etag) } })
    expect(again).toMatchObject({ statusCode: 304, payload: '' })
    expect((await app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200)
  })
})

describe('the links of a list', () => {
  const w = world()
  beforeAll(async () => {
    for (let i = 0; i < 5; i++) await w.current.insert('organization_group', { name: `Linked ${i}` })
  })
  const get = async (query: string) => {
    const staff = await w.current.user({ is_staff: true })
    return w.current.as(staff).get(`${GROUPS}?page_size=1&page=3&${query}`)
  }
  const relations = (link = '') => [...link.matchAll(/rel="(\w+)"/g)].map(([, name]) => name)

  it('repeat a query four times as long as that fits, and further that to the next page', async () => {
    const [short, long, longer] = [
      await get(`a=${'x'.repeat(1000)}`),
      await get(`a=${'x'.repeat(3000)}`),
      await get(`a=${'x'.repeat(7500)}`),
    ]

    expect(relations(short.headers.link)).toEqual(['first', 'prev', 'next', 'last'])
    expect(relations(long.headers.link)).toEqual(['prev', 'next'])
    expect(relations(longer.headers.link)).toEqual(['next'])
    for (const { headers } of [short, long, longer]) expect(headers.link?.length).toBeLessThan(8100)
    expect(longer.headers['x-result-count']).toBe('5')
  })

  it('that could not repeat it are refused beforehand', async () => {
    const tooLong = { status: 414, body: { detail: 'The address of a request may have no more than 8000 characters.' } }

    expect(await get(`a=${'x'.repeat(8000)}`)).toMatchObject(tooLong)
    expect(await get(`a=${"'".repeat(4000)}`)).toMatchObject(tooLong)
  })
})
