import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'
import { run } from '../../platform/db/database.ts'

const PROJECTS = '/api/marketplace-project-service-accounts/'
const CUSTOMERS = '/api/marketplace-customer-service-accounts/'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const as = (person?: Person) => w.current.as(person)
const create = (by: Person, more: object = {}) => as(by).post(PROJECTS, { project: people.project.uuid, ...more })
const createOf = (by: Person, customer: Row, more: object = {}) => as(by).post(CUSTOMERS, { customer: customer.uuid, ...more })

/** What an account is recognized by. */
async function digestOf(uuid: string): Promise<string | undefined> {
  const [row] = await run(
    w.current.db,
    sql<{ digest: string }>`select encode(key_digest, 'hex') as digest from service_account where uuid = ${uuid}::uuid`,
  )
  return row?.digest
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe.each([
  ['of a project', PROJECTS],
  ['of an organization', CUSTOMERS],
])('a service account %s', (_, path) => {
  const make = (more: object = {}) =>
    path === PROJECTS ? create(people.customerOwner, more) : createOf(people.customerOwner, people.consumer, more)

  it('shows its key once, and keeps only what it is recognized by (service-providers 89)', async () => {
    const made = await make({ preferred_identifier: 'nightly', email: 'ops@example.com', description: 'Backups' })

    expect(made).toMatchObject({
      status: 201,
      body: { state: 'OK', username: expect.stringMatching(/^nightly/), email: 'ops@example.com' },
    })
    expect(made.body.token).toMatch(/^[0-9a-f]{40}$/)
    expect(Date.parse(made.body.expires_at)).toBeGreaterThan(Date.now() + 89 * 86_400_000)
    expect((await as(people.customerOwner).get(made.body.url)).body).toMatchObject({ token: null, expires_at: null })
    expect((await as(people.customerOwner).get(path)).body[0]).toMatchObject({ token: null, expires_at: null })
    expect(await digestOf(made.body.uuid)).toBe(sha256(made.body.token))
    const kept = await run(w.current.db, sql`select to_jsonb(a)::text as text from service_account a`)
    const events = await run(w.current.db, sql`select context::text || message as text from event`)
    expect(JSON.stringify([kept, events])).not.toContain(made.body.token)
  })

  it('gets another key by rotation, while it is open (service-providers 89)', async () => {
    const made = await make()
    const rotated = await as(people.customerOwner).post(`${made.body.url}rotate_api_key/`)

    expect(rotated.status).toBe(200)
    expect(rotated.body.token).toMatch(/^[0-9a-f]{40}$/)
    expect(rotated.body.token).not.toBe(made.body.token)
    expect(await digestOf(made.body.uuid)).toBe(sha256(rotated.body.token))

    expect((await as(people.customerOwner).delete(made.body.url)).status).toBe(204)
    expect(await as(people.customerOwner).post(`${made.body.url}rotate_api_key/`)).toMatchObject({
      status: 409,
      body: { detail: 'Valid states for operation: OK.' },
    })
  })

  it('is changed in whom to write to and what it is for alone; closed, it is in no list', async () => {
    const made = await make({ preferred_identifier: 'kept' })
    const owner = as(people.customerOwner)

    const changed = await owner.patch(made.body.url, {
      email: 'new@example.com',
      username: 'other',
      preferred_identifier: 'other',
      error_traceback: 'x',
    })
    expect(changed.body).toMatchObject({
      email: 'new@example.com',
      username: made.body.username,
      preferred_identifier: 'kept',
      error_traceback: '',
    })

    await owner.delete(made.body.url)
    expect((await owner.get(path, { query: { page_size: 300 } })).body.map(({ uuid }: Row) => uuid)).not.toContain(made.body.uuid)
    expect((await owner.get(made.body.url)).body.state).toBe('Closed')
    expect((await owner.patch(made.body.url, { email: '' })).status).toBe(409)
    expect((await owner.delete(made.body.url)).status).toBe(409)
  })

  it('that has failed is in order again once it is changed', async () => {
    const made = await make()
    await run(w.current.db, sql`update service_account set state = 'Erred', error_message = 'Away' where uuid = ${made.body.uuid}::uuid`)

    expect((await as(people.customerOwner).patch(made.body.url, { description: 'Again' })).body).toMatchObject({
      state: 'OK',
      error_message: '',
    })
  })

  it('has a name that no other open one has', async () => {
    const names = []
    for (let i = 0; i < 2; i++) names.push((await make({ preferred_identifier: 'a name of thirty-two characters.' })).body.username)

    expect(new Set(names).size).toBe(2)
    expect(Math.max(...names.map((name) => name.length))).toBe(32)
    expect((await make()).body.username).toMatch(/^svc-/)
  })
})

describe('service accounts', () => {
  it('are managed by who holds the permission on the project, its organization, or staff; others are told nothing', async () => {
    const made = (await create(people.customerOwner)).body
    const ofCustomer = (await createOf(people.customerOwner, people.consumer)).body
    const other = await w.current.cast()

    expect((await create(people.staff)).status).toBe(201)
    for (const person of [people.projectManager, people.projectMember, people.support]) expect((await create(person)).status).toBe(403)
    expect((await createOf(people.projectManager, people.consumer)).status).toBe(403)
    for (const person of [people.projectManager, people.outsider, people.providerOwner, other.customerOwner]) {
      for (const { url } of [made, ofCustomer]) {
        expect((await as(person).get(url)).status).toBe(404)
        expect((await as(person).post(`${url}rotate_api_key/`)).status).toBe(404)
        expect((await as(person).delete(url)).status).toBe(404)
      }
      expect((await as(person).get(PROJECTS, { query: { project_uuid: people.project.uuid } })).body).toEqual([])
    }
    expect((await as(people.support).get(made.url)).status).toBe(200)
    expect((await as(people.support).delete(made.url)).status).toBe(403)
    expect((await create(people.outsider)).body).toEqual({ project: [`Object with uuid=${people.project.uuid} does not exist.`] })
    expect((await as().get(PROJECTS)).status).toBe(401)
  })

  it('are no more than their project or organization may have, closed ones not counted (service-providers 90)', async () => {
    const { cast, db } = w.current
    const c = await cast()
    await run(db, sql`update project set max_service_accounts = 1 where id = ${c.project.id}`)
    await run(db, sql`update customer set max_service_accounts = 1 where id = ${c.consumer.id}`)
    const one = () => as(c.customerOwner).post(PROJECTS, { project: c.project.uuid })

    const answers = await Promise.all([one(), one(), one()])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400])
    expect(await one()).toMatchObject({ status: 400, body: { detail: 'Maximum number of service accounts reached for this project' } })
    await as(c.customerOwner).delete(answers.find(({ status }) => status === 201)?.body.url)
    expect((await one()).status).toBe(201)

    expect((await createOf(c.customerOwner, c.consumer)).status).toBe(201)
    expect((await createOf(c.customerOwner, c.consumer)).body).toEqual({
      detail: 'Maximum number of service accounts reached for this customer',
    })
  })

  it('are of projects that are there', async () => {
    const c = await w.current.cast()
    await as(c.staff).delete(urls.project(c.project))

    expect(await as(c.staff).post(PROJECTS, { project: c.project.uuid })).toMatchObject({
      status: 400,
      body: { project: [`Object with uuid=${c.project.uuid} does not exist.`] },
    })
  })
})
