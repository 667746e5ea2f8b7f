// Two servers on one DATABASE_URL act as one: nothing that matters lives in one process's memory.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type Running, startServer, stop, tradepost } from './server-process.ts'

const name = `test_shared_${randomBytes(4).toString('hex')}`
const url = inject('databaseUrl').replace(/tradepost$/, name)
const folder = mkdtempSync(join(tmpdir(), 'tradepost-shared-'))
const env = {
  DATABASE_URL: url,
  DATA_DIR: folder,
  SECRET_KEY: 'one key for all servers of a site',
  ADMIN_PASSWORD: 'correct horse battery',
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseUrl').replace(/tradepost$/, 'postgres') })
  await client.connect()
  await client.query(statement)
  await client.end()
}

const servers: Running[] = []

// An empty database, not a clone of the template: what they do at once on it is the question.
beforeAll(() => administer(`create database ${name}`))
afterAll(async () => {
  for (const { process: child } of servers) if (child.exitCode === null) child.kill('SIGKILL')
  await Promise.all(servers.map(({ ended }) => ended))
  await administer(`drop database if exists ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
})

const call = (server: Running | undefined, method: string, path: string, token: string, body?: unknown) =>
  fetch(`${server?.url}${path}`, {
    method,
    headers: { authorization: `Token ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const tokenOf = async (username: string) => (await tradepost(['user', 'token', username], env)).output.trim()

describe('two servers started at once on an empty database', { timeout: 40_000 }, () => {
  it('migrate it once and make one administrator', async () => {
    servers.push(...(await Promise.all([startServer(env), startServer(env)])))

    const shown = servers.filter((server) => server.output().includes('Administrator admin'))
    expect(shown).toHaveLength(1)
    for (const server of servers) expect((await fetch(`${server.url}/health/ready`)).status).toBe(200)
  })

  it('take each other’s tokens, and refuse one that the other withdrew', async () => {
    const [first, second] = servers
    await tradepost(['user', 'create', 'ann'], env)
    const token = await tokenOf('ann')

    const before = await call(second, 'GET', '/api/users/me/', token)
    const { uuid } = (await before.json()) as { uuid: string }
    const refreshed = await call(first, 'POST', `/api/users/${uuid}/refresh_token/`, token)

    expect(before.status).toBe(200)
    expect(refreshed.ok).toBe(true)
    await expect.poll(async () => (await call(second, 'GET', '/api/users/me/', token)).status, { timeout: 1000, interval: 20 }).toBe(401)
  })

  it('show on the second at once what was made on the first', async () => {
    const [first, second] = servers
    const staff = await tokenOf('admin')

    const made = await call(first, 'POST', '/api/customers/', staff, { name: 'Shared' })
    const { uuid } = (await made.json()) as { uuid: string }

    expect(made.status).toBe(201)
    expect((await call(second, 'GET', `/api/customers/${uuid}/`, staff)).status).toBe(200)
  })

  it('end independently of each other', async () => {
    const [first, second] = servers

    expect((await stop(first as Running)).code).toBe(0)
    expect((await fetch(`${second?.url}/health/ready`)).status).toBe(200)
  })
})
