// The server on its embedded database, as a process: from an empty folder through an orderly end and a crash.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { findEmbedded } from '../../src/platform/db/embedded.ts'
import { freePort, killGroup, type Running, startServer, stop, tradepost } from './server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-process-'))
const dataDir = join(folder, 'data')
const env = { DATA_DIR: dataDir }
const started: Running[] = []

const start = async (settings: { [name: string]: string } = {}) => {
  const running = await startServer({ ...env, ...settings })
  started.push(running)
  return running
}

afterAll(async () => {
  for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGKILL')
  await Promise.all(started.map(({ ended }) => ended))
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

const status = async (url: string, init: RequestInit = {}) => (await fetch(url, init)).status
const wordAfter = (text: string, before: string) => text.split(before)[1]?.split(/\s/)[0] ?? ''

async function embedded(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: await findEmbedded(dataDir) })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Resolves when `count` statements wait for a lock. */
async function untilWaiting(client: pg.Client, count: number): Promise<void> {
  const waiting = `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'tradepost'`
  while (((await client.query<{ n: number }>(waiting)).rows[0]?.n ?? 0) < count) await client.query('select pg_sleep(0.01)')
}

describe('a server on an empty folder', { timeout: 40_000 }, () => {
  let server: Running
  let password = ''
  let token = ''

  const login = () =>
    fetch(`${server.url}/api-auth/password/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    })

  it('starts, says where it is and shows the administrator’s password once', async () => {
    server = await start()

    expect(server.output()).toContain(`Tradepost is at ${server.url} `)
    expect(server.output()).toContain(`Data is in ${dataDir}`)
    password = wordAfter(server.output(), 'password ')
    const answer = await login()
    expect(answer.status).toBe(200)
    token = ((await answer.json()) as { token: string }).token
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o077).toBe(0)
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o077).toBe(0)
  })

  it('is live, ready and measured', async () => {
    expect(await status(`${server.url}/health/live`)).toBe(200)
    expect(await status(`${server.url}/health/ready`)).toBe(200)
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('http_request_duration_seconds_count{method="GET",route="/health/ready",status="200"} 1')
    expect(metrics).toContain('database_pool_connections{state="total"}')
    expect(metrics).toContain('process_resident_memory_bytes')
  })

  it('logs each request as a line of JSON with its id', async () => {
    const answer = await fetch(`${server.url}/api/users/me/`, { headers: { authorization: `Token ${token}` } })

    const noted = `"request_id":"${answer.headers.get('x-request-id')}"`
    await server.untilSaid(noted)
    const line = server
      .output()
      .split('\n')
      .find((text) => text.includes(noted))
    expect(JSON.parse(line ?? '{}')).toMatchObject({ method: 'GET', url: '/api/users/me/' })
  })

  it('keeps a second server off the folder and is not disturbed', async () => {
    const second = await tradepost(['serve'], { ...env, PORT: String(await freePort()) })

    expect(second.code).toBe(1)
    expect(second.errors).toBe(`DATA_DIR=${dataDir} is in use by another Tradepost server; stop it or set another DATA_DIR\n`)
    expect(await status(`${server.url}/health/ready`)).toBe(200)
  })

  it('lets commands use its database', async () => {
    const made = await tradepost(['user', 'create', 'ann', '--email', 'ann@example.org'], env)
    const given = await tradepost(['user', 'token', 'ann'], env)

    expect(made.code).toBe(0)
    const answer = await fetch(`${server.url}/api/users/me/`, { headers: { authorization: `Token ${given.output.trim()}` } })
    expect(await answer.json()).toMatchObject({ username: 'ann' })
  })

  it('answers 503 while the database is away and recovers by itself', async () => {
    const pid = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    process.kill(pid, 'SIGKILL')

    const away = await login()
    expect(away.status).toBe(503)
    expect(away.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await status(`${server.url}/health/live`)).toBe(200)
    let recovered = await login()
    while (recovered.status === 503) {
      // Who asks without a token asks a hundred times a second at most.
      await pause(20)
      recovered = await login()
    }
    expect(recovered.status).toBe(200)
  })

  it('answers what it accepted before it ends', async () => {
    const client = await embedded()
    await client.query('begin')
    await client.query('lock table user_token in access exclusive mode')
    const slow = login()
    await untilWaiting(client, 1)

    const ending = stop(server)
    while (await fetch(`${server.url}/health/live`).catch(() => undefined)) await client.query('select pg_sleep(0.02)')
    await client.query('commit')
    await client.end()

    expect((await slow).status).toBe(200)
    expect((await ending).code).toBe(0)
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('PANIC')
  })

  it('starts again with its data and shows no password', async () => {
    server = await start()

    expect(server.output()).not.toContain('password')
    expect((await login()).status).toBe(200)
  })

  it('starts again after kill -9 of the whole process group', async () => {
    await killGroup(server)

    server = await start()

    expect(await status(`${server.url}/health/ready`)).toBe(200)
    expect((await login()).status).toBe(200)
    expect((await stop(server)).code).toBe(0)
  })
})

describe('a start that cannot be', { timeout: 20_000 }, () => {
  const refusals: [string, { [name: string]: string }, RegExp][] = [
    ['a wrong value', { PORT: 'abc' }, /^PORT=abc: .+\n$/],
    ['a secret key that is too short', { SECRET_KEY: 'short' }, /^SECRET_KEY: .+\n$/],
    ['a public address that is none', { PUBLIC_URL: 'market' }, /^PUBLIC_URL=market: .+\n$/],
    ['a database that does not answer', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /^The database does not let us in: .+\n$/],
    ['a data folder that cannot be made', { DATA_DIR: '/dev/null/data' }, /^DATA_DIR=\/dev\/null\/data.* cannot be written.*\n$/],
  ]
  it.each(refusals)('says in one line that there is %s', async (_what, settings, line) => {
    const { code, errors } = await tradepost(['serve'], { ...env, ...settings })

    expect(code).toBe(1)
    expect(errors).toMatch(line)
    expect(errors.trim().split('\n')).toHaveLength(1)
  })

  it('says in one line that the port is taken', async () => {
    const other = createServer()
    const port = await freePort()
    await new Promise<void>((done) => other.listen(port, '127.0.0.1', done))

    const { code, errors } = await tradepost(['serve'], { ...env, PORT: String(port) })

    other.close()
    expect(code).toBe(1)
    expect(errors).toBe(`Port ${port} is taken: set PORT to another\n`)
  })
})
