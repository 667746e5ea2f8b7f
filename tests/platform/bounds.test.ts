// What a server bears: statements that take long, locks held elsewhere, callers who hang up, a database that says nothing.
import { createServer as createHttpServer, type Server as HttpServer, request } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { sessionSource } from '../../src/core/users/sessions.ts'
import { createAuthenticator } from '../../src/platform/auth/authenticate.ts'
import { databaseLimits, serverLimits } from '../../src/platform/config.ts'
import { CallerGone, leave, newCaller, onBehalfOf } from '../../src/platform/db/caller.ts'
import { type Database, openDatabase, run, transaction } from '../../src/platform/db/database.ts'
import { type Api, operation, read } from '../../src/platform/http/api.ts'
import { createServer as createApp } from '../../src/platform/http/server.ts'
import { askUpstream } from '../../src/platform/upstream.ts'
import { freePort } from '../process/server-process.ts'
import { type Client, client } from '../support/client.ts'
import { type Person, world } from '../support/world.ts'

const w = world()
const LIMITS = { max: 6, statementMs: 4000, lockMs: 2000, idleMs: 1000 }

let database: Database
let app: ReturnType<typeof createApp>
let staff: Person
let port: number
const caller = () => client(app, { token: staff.token, checked: false })

/** A server with two operations of its own: one reads for as long as it is told, one changes a row. */
beforeAll(async () => {
  staff = await w.current.user({ is_staff: true })
  database = openDatabase(w.current.url, LIMITS)
  const { config } = w.current
  app = createApp({
    origins: config.PUBLIC_URL,
    corsOrigins: ['*'],
    trustedProxies: [],
    timeZone: 'UTC',
    authenticator: createAuthenticator(sessionSource(database.db), database.url),
    translations: {},
    limits: serverLimits(config),
    logger: false,
  })
  const api: Api = { app, db: database.db, config, jobs: w.current.app.jobs, wiring: w.current.deps.wiring, described: [] }
  const place = { tag: 'test', summary: 'test', permission: 'anyone with a token' } as const
  read(api, {
    ...place,
    path: '/api/sleep/{seconds}/',
    id: 'sleep',
    answer: {},
    run: async ({ db, params }) => run(db, sql`select pg_sleep(${params.seconds}::float8)`),
  })
  read(api, {
    ...place,
    path: '/api/upstream/',
    id: 'upstream',
    answer: {},
    run: async ({ query }) =>
      askUpstream(
        'The cloud',
        async (signal) => {
          const answer = await fetch(String(query.at), { signal })
          if (!answer.ok) throw new Error(`It answered ${answer.status}`)
          return answer.json()
        },
        3000,
      ),
  })
  operation(
    api,
    { ...place, path: '/api/rename/{uuid}/', id: 'rename' },
    {
      summary: 'rename',
      permission: 'anyone with a token',
      answer: {},
      run: async ({ tx, params }) => {
        await run(tx, sql`update customer set name = name || '!' where uuid = ${params.uuid}::uuid`)
        if (params.uuid?.endsWith('0')) return {}
        await run(tx, sql`select pg_sleep(3)`)
        return {}
      },
    },
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
afterAll(async () => {
  await app?.close()
  await database?.close()
})

type Answered = { status: number }

const timed = async <T>(work: () => Promise<T>) => {
  const from = performance.now()
  const answer = await work()
  return { answer, ms: performance.now() - from }
}

/** A row that somebody else holds until `release`. */
async function held(uuid: string) {
  const other = new pg.Client({ connectionString: w.current.url })
  await other.connect()
  await other.query('begin')
  await other.query('select from customer where uuid = $1 for update', [uuid])
  return async () => {
    await other.query('rollback')
    await other.end()
  }
}

/** Asks over the network, and hangs up once `when` has come. */
async function abandon(method: string, path: string, when: () => Promise<unknown>): Promise<void> {
  const asked = request({ port, host: '127.0.0.1', method, path, headers: { authorization: `Token ${staff.token}` } })
  asked.on('error', () => undefined)
  const closed = new Promise<void>((done) => asked.on('close', () => done()))
  asked.end()
  await when()
  asked.destroy()
  await closed
}

/** What runs in the database for this server, by the beginning of its text. */
const running = async (text: string) =>
  (
    await run(
      w.current.db,
      sql<{ pid: number }>`select pid from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid()
        and datname = current_database() and query like ${`%${text}%`}`,
    )
  ).length

describe('a statement', () => {
  it('that takes too long is given up with 503 and when to come back', async () => {
    const { answer, ms } = await timed(() => caller().get('/api/sleep/30/'))

    expect(answer).toMatchObject({ status: 503, body: { detail: 'The request took too long and was given up.' } })
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(ms).toBeLessThan(10_000)
    expect(await running('pg_sleep')).toBe(0)
    expect((await caller().get('/api/sleep/0/')).status).toBe(200)
  })

  it('of a caller who hung up is ended, and its connection serves others', async () => {
    let begun: Promise<unknown> | undefined
    const allBegun = () => {
      begun ??= Promise.resolve(expect.poll(() => running('pg_sleep'), { timeout: 10_000, interval: 20 }).toBe(LIMITS.max))
      return begun
    }
    await Promise.all(Array.from({ length: 12 }, () => abandon('GET', '/api/sleep/3.5/', allBegun)))

    await expect.poll(() => running('pg_sleep'), { timeout: 2000, interval: 20 }).toBe(0)
    expect((await caller().get('/api/sleep/0/')).status).toBe(200)
  })

  it('is not sent at all for a caller who hung up before a change was committed', async () => {
    const customer = await w.current.customer({ name: 'Kept', uuid: '00000000-0000-4000-8000-000000000001' })

    await abandon('POST', `/api/rename/${customer.uuid}/`, () =>
      expect.poll(() => running('pg_sleep'), { timeout: 10_000, interval: 20 }).toBe(1),
    )

    await expect.poll(() => running('pg_sleep'), { timeout: 5000, interval: 20 }).toBe(0)
    const [row] = await run(w.current.db, sql<{ name: string }>`select name from customer where id = ${customer.id}`)
    expect(row?.name).toBe('Kept')
  })
})

describe('a row that is locked elsewhere', () => {
  it('is told with 409 in time, and lets readers through however many wait for it', async () => {
    const customer = await w.current.customer({ name: 'Locked' })
    const release = await held(customer.uuid)
    try {
      const ended: Answered[] = []
      const note = (answer: Answered) => {
        ended.push(answer)
        return answer
      }
      const waiting = Array.from({ length: 12 }, () => caller().post(`/api/rename/${customer.uuid}/`).then(note))
      await expect.poll(() => running('update customer'), { interval: 20 }).toBeGreaterThan(2)
      const reads = await Promise.all(Array.from({ length: 20 }, () => caller().get('/api/sleep/0/')))
      const endedBefore = [...ended]
      const writes = await Promise.all(waiting)

      expect(new Set(reads.map(({ status }) => status))).toEqual(new Set([200]))
      expect(endedBefore).toEqual([])
      // Those who had to wait long for their turn may have been told to come again instead.
      expect(writes.filter(({ status }) => status !== 409 && status !== 503)).toEqual([])
      expect(writes.find(({ status }) => status === 409)).toMatchObject({
        body: { detail: 'The object is being changed by somebody else. Try again in a moment.' },
        headers: { 'retry-after': '1' },
      })
    } finally {
      await release()
    }
    expect((await caller().post(`/api/rename/${customer.uuid}/`)).status).toBe(200)
  })
})

describe('a transaction', () => {
  it('that does nothing is undone, and holds its locks no longer', async () => {
    const customer = await w.current.customer({ name: 'Idle' })

    const idle = transaction(database.db, async (tx) => {
      await run(tx, sql`select from customer where id = ${customer.id} for update`)
      await new Promise((resolve) => setTimeout(resolve, 2000))
      await run(tx, sql`select 1`)
    })

    await expect(idle).rejects.toMatchObject({ name: 'DatabaseAway' })
    expect((await caller().post(`/api/rename/${customer.uuid}/`)).status).toBe(200)
  })
})

describe('a system behind the server', () => {
  let behind: HttpServer
  let at: string
  beforeAll(async () => {
    behind = createHttpServer((asked, answer) => {
      if (asked.url === '/well') answer.end('{"well":true}')
      if (asked.url === '/badly') answer.writeHead(500).end()
    })
    await new Promise<void>((done) => behind.listen(0, '127.0.0.1', done))
    at = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`
  })
  afterAll(() => {
    behind.closeAllConnections()
    behind.close()
  })

  it('that is away, late or out of order is told apart from the database, with 503, 504 and 502', async () => {
    const through = (address: string) => caller().get('/api/upstream/', { query: { at: address } })

    expect(await through(`${at}/well`)).toMatchObject({ status: 200, body: { well: true } })
    expect(await through(`http://127.0.0.1:${await freePort()}/`)).toMatchObject({
      status: 503,
      body: { detail: 'The cloud is not to be reached.' },
    })
    expect(await through(`${at}/never`)).toMatchObject({ status: 504, body: { detail: 'The cloud did not answer in time.' } })
    expect(await through(`${at}/badly`)).toMatchObject({ status: 502, body: { detail: 'The cloud could not do what was asked of it.' } })
  })
})

describe('a database that accepts and never answers', () => {
  let gate: Gate
  let behind: Database
  let server: Awaited<ReturnType<typeof buildApp>>
  let behindGate: Client
  beforeAll(async () => {
    gate = await gateTo(Number(new URL(w.current.url).port))
    const url = new URL(w.current.url)
    url.port = String(gate.port)
    behind = openDatabase(String(url), databaseLimits(w.current.config))
    server = await buildApp({ config: w.current.config, database: behind, log: false })
    await server.ready()
    behindGate = client(server, { token: staff.token })
  })
  afterAll(async () => {
    gate?.open()
    await server?.close()
    await behind?.close()
    await gate?.close()
  })

  it('is told with 503 within ten seconds, and all goes on once it answers', { timeout: 40_000 }, async () => {
    const list = () => behindGate.get('/api/organization-groups/')
    const make = (name: string) => behindGate.post('/api/organization-groups/', { name })
    expect((await make('Before')).status).toBe(201)
    await Promise.all(Array.from({ length: 8 }, list))

    gate.shut()
    const asked = await Promise.all([...Array.from({ length: 10 }, () => timed(list)), timed(() => make('Meanwhile'))])
    const ready = await server.inject('/health/ready')

    for (const { answer, ms } of asked) {
      expect(answer).toMatchObject({ status: 503, body: { detail: 'Service is temporarily unavailable.' } })
      expect(ms).toBeLessThan(10_000)
    }
    expect(ready.statusCode).toBe(503)

    gate.open()
    await expect.poll(async () => (await list()).status, { timeout: 10_000 }).toBe(200)
    expect((await make('After')).status).toBe(201)
    expect((await list()).body.map(({ name }: { name: string }) => name)).toEqual(['After', 'Before'])
    expect((await server.inject('/health/ready')).statusCode).toBe(200)
  })
})

describe('a cancellation that is long on its way', () => {
  const LATE_MS = 2000

  it('ends nothing that runs by then for somebody else', { timeout: 20_000 }, async () => {
    const url = new URL(w.current.url)
    const far = Number(url.port)
    const lines = new Set<Socket>()
    const way = createServer({ allowHalfOpen: true }, (near) => {
      const other = connect(far, '127.0.0.1')
      // The protocol's request to cancel has 16 bytes, on a line of its own, and arrives though its sender has gone.
      near.on('data', (chunk) => (chunk.length === 16 ? setTimeout(() => other.end(chunk), LATE_MS) : other.write(chunk)))
      other.on('data', (chunk) => near.write(chunk))
      for (const line of [near, other]) lines.add(line.on('error', () => undefined))
      other.on('close', () => near.destroy())
    })
    await new Promise<void>((done) => way.listen(0, '127.0.0.1', done))
    url.port = String((way.address() as AddressInfo).port)
    const slow = openDatabase(String(url), { max: 1 })
    const sleep = (seconds: number) => run(slow.db, sql`select pg_sleep(${seconds}::float8)`)
    await sleep(0)

    const caller = newCaller()
    const asked = onBehalfOf(caller, () => sleep(1.5))
    setTimeout(() => leave(caller), 100)
    // Whether it came to its end or not: the next is let be.
    await asked.catch((error) => expect(error).toBeInstanceOf(CallerGone))
    await sleep(1.5)

    await slow.close()
    for (const line of lines) line.destroy()
    await new Promise((done) => way.close(done))
  })

  it('lets one connection change things too', async () => {
    const one = openDatabase(w.current.url, { max: 1 })

    await transaction(one.db, (tx) => run(tx, sql`select 1`))

    await one.close()
  })
})

type Gate = { port: number; shut: () => void; open: () => void; close: () => Promise<void> }

/** A local address that leads to the database's; shut, it goes on accepting and passes nothing on. */
async function gateTo(far: number): Promise<Gate> {
  let isOpen = true
  const lines = new Set<Socket>()
  const server: Server = createServer((near) => {
    const other = connect(far, '127.0.0.1')
    for (const [from, to] of [
      [near, other],
      [other, near],
    ] as const) {
      lines.add(from)
      from.on('data', (chunk) => isOpen && to.write(chunk))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    shut: () => {
      isOpen = false
    },
    open: () => {
      isOpen = true
    },
    close: () => {
      for (const line of lines) line.destroy()
      return new Promise((done) => server.close(() => done()))
    },
  }
}
