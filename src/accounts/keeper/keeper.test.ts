// A system that keeps accounts outside, as a small HTTP server: told, away and back, away for good, refusing, hanging, talking nonsense.
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'
import { run } from '../../platform/db/database.ts'
import { TryAgain } from '../../platform/jobs/attempt.ts'
import { remindKeeper, tellKeeper } from './tell.ts'

type Told = { method: string; url: string; authorization: string | undefined; body: { [key: string]: unknown } }
type Answer = (told: Told, response: ServerResponse) => void

const told: Told[] = []
const agrees: Answer = (_, response) => response.end()
let answers: Answer = agrees
const keeper = createServer(async (request: IncomingMessage, response) => {
  let text = ''
  for await (const part of request) text += part
  const { method = '', url = '', headers } = request
  const one = { method, url, authorization: headers.authorization, body: JSON.parse(text) }
  told.push(one)
  answers(one, response)
})
await new Promise<void>((done) => keeper.listen(0, '127.0.0.1', done))
afterAll(() => {
  keeper.closeAllConnections()
  keeper.close()
})
beforeEach(() => {
  told.length = 0
  answers = agrees
})

const saying =
  (status: number, body: object | string = {}): Answer =>
  (_, response) => {
    response.statusCode = status
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

const ADDRESS = `http://127.0.0.1:${(keeper.address() as AddressInfo).port}/keeper/`
const w = world({ OUTGOING_HTTP: 'true', OUTGOING_ALLOWED_NETWORKS: '127.0.0.1', ACCOUNTS_URL: ADDRESS, ACCOUNTS_TOKEN: 'known' })
const shut = world({ OUTGOING_HTTP: 'true', ACCOUNTS_URL: ADDRESS })

async function serving(on = w.current) {
  const c = await on.cast()
  const course = await on.project(c.consumer, { kind: 'course', end_date: '2999-01-01' })
  const owner = on.as(c.customerOwner)
  const open = async (more: object = {}) =>
    (await owner.post('/api/marketplace-project-service-accounts/', { project: c.project.uuid, ...more })).body
  const enrol = async (more: object = {}) => (await owner.post('/api/marketplace-course-accounts/', { project: course.uuid, ...more })).body
  const see = async ({ url }: { url: string }) => (await owner.get(url)).body
  return { ...c, course, owner, open, enrol, see }
}
/** What is due, and what is to be tried again, once. */
const tell = (on = w.current) => on.app.jobs.runDue({ db: on.db, config: on.config, log: on.app.log as never }, { early: true })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('a service account kept outside', () => {
  it('is told with what its key is recognized by, once it is committed, and what the other says of it is taken over', async () => {
    const { open, see, project, consumer } = await serving()
    answers = saying(201, { username: 'svc_outside', email: 'box@example.com', more: 1 })

    const account = await open({ preferred_identifier: 'nightly', description: 'Backups' })
    expect(account.username).toBe('nightly')
    expect(told).toEqual([])
    await tell()

    expect(told).toMatchObject([
      {
        method: 'PUT',
        url: `/keeper/service-accounts/${account.uuid}`,
        authorization: 'Bearer known',
        body: {
          version: 1,
          state: 'OK',
          username: 'nightly',
          preferred_identifier: 'nightly',
          description: 'Backups',
          key_sha256: sha256(account.token),
          key_expires_at: account.expires_at,
          project_uuid: project.uuid,
          customer_uuid: consumer.uuid,
        },
      },
    ])
    expect(JSON.stringify(told)).not.toContain(account.token)
    expect(await see(account)).toMatchObject({ state: 'OK', username: 'svc_outside', email: 'box@example.com', error_message: '' })
  })

  it('shows that the other is away, and is in order again once that is back', async () => {
    const { open, see, owner } = await serving()
    answers = saying(503)
    const account = await open()

    await tell()
    expect(await see(account)).toMatchObject({ state: 'Erred', error_message: 'The account service answered with 503.' })
    expect((await owner.post(`${account.url}rotate_api_key/`)).status).toBe(409)
    answers = agrees
    await tell()

    expect(told).toHaveLength(2)
    expect(told[1]).toEqual(told[0])
    expect(await see(account)).toMatchObject({ state: 'OK', error_message: '' })
    await tell()
    expect(told).toHaveLength(2)
  })

  it('is told of every change, the last one last, and of a new key', async () => {
    const { open, owner } = await serving()
    const account = await open()
    await tell()
    const { token } = (await owner.post(`${account.url}rotate_api_key/`)).body
    await owner.patch(account.url, { email: 'new@example.com' })
    await owner.delete(account.url)
    await tell()

    // What has been told already is not told again for each change.
    expect(told.map(({ body }) => [body.version, body.state])).toEqual([
      [1, 'OK'],
      [4, 'Closed'],
    ])
    expect(told[1]?.body).toMatchObject({ email: 'new@example.com', key_sha256: sha256(token) })
  })

  it('that is refused says why, and is told again only when it is changed', async () => {
    const { open, see, owner } = await serving()
    answers = saying(422, { detail: 'No more accounts.' })
    const account = await open()
    await tell()
    await tell()

    expect(told).toHaveLength(1)
    expect(await see(account)).toMatchObject({ state: 'Erred', error_message: 'No more accounts.' })
    answers = agrees
    await owner.patch(account.url, { description: 'Please' })
    await tell()
    expect(await see(account)).toMatchObject({ state: 'OK', error_message: '' })
  })

  it.each([
    ['nonsense', saying(200, '<html>')],
    ['a name that is none', saying(200, { username: 'a b' })],
    ['an error without an end', saying(500, 'x'.repeat(100_000))],
    ['nothing but an end', ((_told, response) => response.destroy()) as Answer],
  ])('survives an answer of %s', async (_, answer) => {
    const { open, see } = await serving()
    answers = answer
    const account = await open()
    await tell()

    expect(await see(account)).toMatchObject({ state: 'Erred', username: account.username })
    answers = agrees
    await tell()
    expect(await see(account)).toMatchObject({ state: 'OK' })
  })

  it('closed, stays closed, and tells what is not so outside yet', async () => {
    const { open, see, owner } = await serving()
    const account = await open()
    await tell()
    answers = saying(500, { detail: 'Disk full' })
    await owner.delete(account.url)
    await tell()

    expect(await see(account)).toMatchObject({ state: 'Closed', error_message: 'Disk full' })
    answers = agrees
    await tell()
    expect(await see(account)).toMatchObject({ state: 'Closed', error_message: '' })
  })

  it('is not called what another account is called', async () => {
    const { open, see } = await serving()
    const first = await open({ preferred_identifier: 'first' })
    await tell()
    answers = saying(200, { username: 'first' })
    const second = await open({ preferred_identifier: 'second' })
    await tell()

    expect(await see(second)).toMatchObject({ state: 'Erred', username: 'second', error_message: expect.stringContaining('first') })
    expect(await see(first)).toMatchObject({ state: 'OK' })
  })

  it('that was not heard of in all tries is told again after some hours', async () => {
    const { open, see } = await serving()
    answers = saying(500)
    const account = await open()
    const { id } = await w.current.db.selectFrom('service_account').select('id').where('uuid', '=', account.uuid).executeTakeFirstOrThrow()
    await expect(w.current.runJob(tellKeeper, { kind: 'service-accounts', id })).rejects.toThrow(TryAgain)
    await run(w.current.db, sql`delete from pgboss.job where name = 'accounts.tell'`)
    answers = agrees

    await w.current.runJob(remindKeeper, {})
    expect(await tell()).toBe(0)
    await run(w.current.db, sql`update service_account set tried = now() - interval '7 hours' where id = ${id}`)
    await w.current.runJob(remindKeeper, {})
    await tell()

    expect(await see(account)).toMatchObject({ state: 'OK' })
  })
})

describe('a course account kept outside', () => {
  it('is nobody until the other has named it; then its user can act', async () => {
    const { enrol, see, staff } = await serving()
    answers = saying(200, { username: 'Course.Ann', email: 'ann@example.org' })
    const account = await enrol({ email: 'ann@example.com' })

    expect(account).toMatchObject({ state: 'OK', username: '', user_uuid: '0'.repeat(32) })
    await tell()

    const now = await see(account)
    expect(now).toMatchObject({ state: 'OK', username: 'course.ann', email: 'ann@example.org' })
    expect((await w.current.as(staff).get(`/api/users/${now.user_uuid}/`)).body).toMatchObject({
      is_active: true,
      email: 'ann@example.org',
    })
    expect(told[0]?.body).toMatchObject({ username: null, email: 'ann@example.com', project_end_date: '2999-01-01' })
  })

  it('gets a number where the other names it not, and a complaint where the name is somebody’s', async () => {
    const { enrol, see } = await serving()
    const unnamed = await enrol()
    await tell()
    expect((await see(unnamed)).username).toMatch(/^course_\d{4}$/)

    const somebody = await w.current.user()
    answers = saying(200, { username: somebody.username })
    const taken = await enrol()
    await tell()
    expect(await see(taken)).toMatchObject({ state: 'Erred', username: '', error_message: expect.stringContaining(somebody.username) })
  })

  it('closed before it was named stays nobody', async () => {
    const { enrol, see, owner } = await serving()
    const account = await enrol()
    await owner.delete(account.url)
    await tell()

    expect(told.map(({ body }) => body.state)).toEqual(['Closed'])
    expect(await see(account)).toMatchObject({ state: 'Closed', username: '' })
  })
})

describe('where the network is the operator’s', () => {
  it('nothing is called that the operator has not named', async () => {
    const { open, see } = await serving(shut.current)
    const account = await open()
    await tell(shut.current)

    expect(told).toEqual([])
    expect(await see(account)).toMatchObject({ state: 'Erred', error_message: 'This address may not be called.' })
  })
})
