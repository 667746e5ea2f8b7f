// Many servers on one database act as one, and a database that goes away and comes back ends nothing (platform.md §22.3).
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { newToken, seal, tokenDigest } from '../../src/platform/auth/token.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { type Embedded, startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { type Client, client } from '../support/client.ts'
import { type Person, world } from '../support/world.ts'

type App = Awaited<ReturnType<typeof buildApp>>

const SECRET = 'a secret for tests that is long enough to be one'

describe('two servers on one database', () => {
  const w = world()
  let other: App
  let database: Database
  const second = (person: Person) => client(other, { token: person.token })
  beforeAll(async () => {
    database = openDatabase(w.current.url, { max: 4 })
    other = await buildApp({ config: w.current.config, database, log: false })
    await other.ready()
  })
  afterAll(async () => {
    await other?.close()
    await database?.close()
  })

  /** Milliseconds until `seen` holds. */
  async function soon(seen: () => Promise<boolean>): Promise<number> {
    const started = performance.now()
    while (!(await seen())) {
      if (performance.now() - started > 5000) throw new Error('not seen within five seconds')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return performance.now() - started
  }

  it('agree within a second that a role was withdrawn', async () => {
    const { cast, as, db } = w.current
    const { projectManager, customerOwner, project } = await cast()
    const one = `/api/projects/${project.uuid}/`
    const sees = async (read: Client) => (await read.get(one)).status === 200
    expect(await sees(second(projectManager))).toBe(true)
    expect(await sees(second(customerOwner))).toBe(true)

    const withdrawn = await as(customerOwner).post(`${one}delete_user/`, { user: projectManager.uuid, role: 'PROJECT.MANAGER' })
    const taken = await soon(async () => !(await sees(second(projectManager))))

    expect(withdrawn.status).toBe(200)
    expect(taken).toBeLessThan(1000)

    await db.updateTable('role_grant').set({ is_active: false }).where('user_id', '=', customerOwner.id).execute()
    expect(await soon(async () => !(await sees(second(customerOwner))))).toBeLessThan(1000)
  })

  it('agree within a second that a role was given, and what it may do', async () => {
    const { cast, grant, db } = w.current
    const { outsider, project, staff } = await cast()
    const one = `/api/projects/${project.uuid}/`
    expect((await second(outsider).get(one)).status).toBe(404)

    await grant(outsider, 'PROJECT.MEMBER', project)
    expect(await soon(async () => (await second(outsider).get(one)).status === 200)).toBeLessThan(1000)

    expect((await second(outsider).patch(one, { description: 'x' })).status).toBe(403)
    const role = await db.selectFrom('role').select('id').where('name', '=', 'PROJECT.MEMBER').executeTakeFirstOrThrow()
    await db.insertInto('role_permission').values({ role_id: role.id, permission: 'PROJECT.UPDATE' }).execute()
    expect(await soon(async () => (await second(outsider).patch(one, { description: 'x' })).status === 200)).toBeLessThan(1000)
    expect((await second(staff).get(one)).body.description).toBe('x')
  })

  it('agree within a second that a user is inactive, that a token is gone, that staff is no staff any more', async () => {
    const { user, db } = w.current
    const [ann, ben, staff] = [await user(), await user(), await user({ is_staff: true })]
    const status = async (person: Person, path = '/api/organization-groups/') => (await second(person).get(path)).status
    for (const person of [ann, ben, staff]) expect(await status(person)).toBe(200)

    await db.updateTable('user').set({ is_active: false }).where('id', '=', ann.id).execute()
    await db.deleteFrom('user_token').where('user_id', '=', ben.id).execute()
    await db.updateTable('user').set({ is_staff: false }).where('id', '=', staff.id).execute()

    expect(await soon(async () => (await status(ann)) === 401)).toBeLessThan(1000)
    expect(await soon(async () => (await status(ben)) === 401)).toBeLessThan(1000)
    expect(await soon(async () => (await status(staff, '/api/version/')) === 403)).toBeLessThan(1000)
  })

  it('make one object of one repeated request', async () => {
    const { as, user } = w.current
    const staff = await user({ is_staff: true })
    const keyed = { headers: { 'Idempotency-Key': 'once' } }

    const answers = await Promise.all(
      [as(staff), second(staff), as(staff), second(staff)].map((each) => each.post('/api/organization-groups/', { name: 'Once' }, keyed)),
    )

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.uuid)).size).toBe(1)
  })

  it('go on when the database ends their connections', async () => {
    const { as, user, db } = w.current
    const staff = await user({ is_staff: true })
    await second(staff).get('/api/organization-groups/')

    await db.executeQuery({
      sql: `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      parameters: [],
      query: {} as never,
      queryId: {} as never,
    })
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push((await second(staff).get('/api/organization-groups/')).status)

    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(statuses.at(-1)).toBe(200)

    // What one knew of a user is heard of again.
    const { is_active } = await db
      .updateTable('user')
      .set({ is_active: false })
      .where('id', '=', staff.id)
      .returning('is_active')
      .executeTakeFirstOrThrow()
    expect(is_active).toBe(false)
    expect(await soon(async () => (await second(staff).get('/api/organization-groups/')).status === 401)).toBeLessThan(1000)
    expect(await soon(async () => (await as(staff).get('/api/organization-groups/')).status === 401)).toBeLessThan(1000)
  })
})

describe('a server whose database goes away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-away-'))
  // The database is found at one address, though it starts on another port each time.
  const place = { port: 0 }
  let gate: Server
  let embedded: Embedded
  let database: Database
  let app: App
  let staff: Client
  const start = async () => {
    embedded = await startEmbedded(folder, { durable: false })
    place.port = Number(new URL(embedded.url).port)
  }
  beforeAll(async () => {
    await start()
    await migrate(embedded.url)
    gate = await gateTo(place)
    const url = new URL(embedded.url)
    url.port = String((gate.address() as { port: number }).port)
    database = openDatabase(String(url), { max: 4 })
    const config = readConfig({ SECRET_KEY: SECRET, PUBLIC_URL: 'http://testserver', WORKER: 'off' })
    app = await buildApp({ config, database, log: false })
    await app.ready()
    const token = newToken()
    const { id } = await database.db
      .insertInto('user')
      .values({ username: 'staff', is_staff: true })
      .returning('id')
      .executeTakeFirstOrThrow()
    await database.db
      .insertInto('user_token')
      .values({ user_id: id, digest: tokenDigest(token), sealed: seal(SECRET, token) })
      .execute()
    staff = client(app, { token })
  })
  afterAll(async () => {
    await app?.close()
    await database?.close()
    gate?.close()
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('says so with 503 and when to come back, and serves again by itself', async () => {
    expect((await staff.post('/api/organization-groups/', { name: 'Before' })).status).toBe(201)

    await embedded.stop()
    const away = [
      await staff.get('/api/organization-groups/'),
      await staff.post('/api/organization-groups/', { name: 'Meanwhile' }),
      await staff.get('/api/organization-groups/'),
    ]
    const live = await app.inject('/health/live')
    const ready = await app.inject('/health/ready')

    for (const answer of away) {
      expect(answer).toMatchObject({ status: 503, body: { detail: 'Service is temporarily unavailable.' } })
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    }
    expect([live.statusCode, ready.statusCode]).toEqual([200, 503])

    await start()
    const back = await staff.get('/api/organization-groups/')

    expect(back.body.map(({ name }: { name: string }) => name)).toEqual(['Before'])
    expect((await staff.post('/api/organization-groups/', { name: 'After' })).status).toBe(201)
    expect((await app.inject('/health/ready')).statusCode).toBe(200)
  })
})

/** A local address whose connections lead to whatever port is the place's at that moment, and end with those. */
function gateTo(place: { port: number }): Promise<Server> {
  const gate = createServer((near) => {
    const far = connect(place.port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (chunk) => to.write(chunk))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  return new Promise((resolve) => {
    gate.listen(0, '127.0.0.1', () => resolve(gate))
  })
}
