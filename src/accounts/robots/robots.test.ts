import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Person, type Row, urls, world } from '../../../tests/support/world.ts'

const ROBOTS = '/api/marketplace-robot-accounts/'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
let offering: Row
beforeAll(async () => {
  people = await w.current.cast()
  offering = await w.current.offering(people.provider)
})

const as = (person?: Person) => w.current.as(person)
const newResource = (values: object = {}) => w.current.resource(offering, people.project, values as never)
const create = (by: Person, resource: Row, more: object = {}) =>
  as(by).post(ROBOTS, { resource: urls.resource(resource), type: 'cicd', ...more })
/** An account in a state, on a resource of its own. */
async function robot(state = 'OK', values: object = {}): Promise<Row> {
  const resource = await newResource()
  return w.current.insert('robot_account', { resource_id: resource.id, type: 'cicd', state, ...values })
}
const path = (row: Row, verb = '') => `${ROBOTS}${row.uuid}/${verb && `${verb}/`}`

function publicKey(): string {
  const { publicKey: key } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
  const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  return `ssh-ed25519 ${Buffer.concat([part(Buffer.from('ssh-ed25519')), part(raw)]).toString('base64')} robot`
}

describe('a robot account', () => {
  it('is made by the provider, usable at once, and seen from both sides (service-providers 86)', async () => {
    const resource = await newResource()
    const keys = [publicKey()]
    const users = [urls.user(people.projectAdmin), urls.user(people.customerOwner)]

    const made = await create(people.providerOwner, resource, { username: 'runner', keys, users, responsible_user: users[0] })

    expect(made).toMatchObject({
      status: 201,
      body: {
        state: 'OK',
        type: 'cicd',
        username: 'runner',
        keys,
        responsible_user: users[0],
        resource: urls.resource(resource),
        backend_id: '',
      },
    })
    expect(made.body.users.sort()).toEqual(users.sort())
    expect(made.body.fingerprints).toEqual([
      {
        md5: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
        sha256: expect.stringMatching(/^SHA256:[^=]+$/),
        sha512: expect.stringMatching(/^SHA512:[^=]+$/),
      },
    ])
    for (const person of [people.providerManager, people.projectMember, people.customerOwner, people.support, people.staff]) {
      expect((await as(person).get(made.body.url)).body).toMatchObject({
        users: expect.arrayContaining([expect.objectContaining({ username: people.projectAdmin.username })]),
        responsible_user: { username: people.projectAdmin.username },
        resource_uuid: resource.uuid,
        project_uuid: people.project.uuid,
        customer_uuid: people.consumer.uuid,
        provider_uuid: people.provider.uuid,
      })
    }
    expect((await as(people.outsider).get(made.body.url)).status).toBe(404)
    expect((await as().get(made.body.url)).status).toBe(401)
  })

  it('is neither made nor changed by those who use the resource (service-providers 86)', async () => {
    const row = await robot()
    for (const person of [people.projectAdmin, people.projectManager, people.customerOwner, people.support]) {
      expect((await create(person, await newResource())).status).toBe(403)
      expect((await as(person).patch(path(row), { description: 'Mine' })).status).toBe(403)
      expect((await as(person).delete(path(row))).status).toBe(403)
      expect((await as(person).post(path(row, 'set_state_erred'))).status).toBe(403)
    }
    expect((await create(people.outsider, await newResource())).body).toEqual({
      resource: ['Invalid hyperlink - Object does not exist.'],
    })
    expect((await as(people.outsider).patch(path(row), {})).status).toBe(404)
  })

  it('is one of its type on a resource, which is not terminated (service-providers 86)', async () => {
    const [resource, gone] = [await newResource(), await newResource({ state: 'Terminated' })]
    await create(people.providerOwner, resource)

    expect(await create(people.providerOwner, resource)).toMatchObject({
      status: 400,
      body: { non_field_errors: ['The fields resource, type must make a unique set.'] },
    })
    expect((await create(people.providerOwner, resource, { type: 'other' })).status).toBe(201)
    expect((await create(people.providerOwner, resource, { type: 'longer' })).body).toEqual({
      type: ['Ensure this field has no more than 5 characters.'],
    })
    expect((await create(people.providerOwner, gone)).body).toEqual({ resource: ['Resource is terminated.'] })
  })

  it('has keys that are keys', async () => {
    const resource = await newResource()
    for (const keys of ['abc', ['abc'], [5], {}, [publicKey(), 'ssh-rsa AAAA']]) {
      expect((await create(people.providerOwner, resource, { keys })).body).toEqual({ keys: ['JSON list of SSH public keys is expected.'] })
    }
  })

  it('has users of its resource’s project or organization; of others nothing is told to who does not see them (service-providers 86)', async () => {
    const resource = await newResource()
    const stranger = await w.current.user({ first_name: 'Very', last_name: 'Strange' })
    const colleague = await w.current.user({ first_name: 'Known', last_name: 'Person' })
    await w.current.grant(colleague, 'CUSTOMER.OWNER', people.provider)
    const gone = ['Invalid hyperlink - Object does not exist.']

    expect((await create(people.providerOwner, resource, { users: [urls.user(stranger)] })).body).toEqual({ users: gone })
    expect((await create(people.providerOwner, resource, { responsible_user: urls.user(stranger) })).body).toEqual({
      responsible_user: gone,
    })
    expect((await create(people.providerOwner, resource, { users: [urls.user(people.projectAdmin), urls.user(colleague)] })).body).toEqual({
      non_field_errors: ['Users Known Person should belong to the same project or organization as the resource.'],
    })
    expect((await create(people.staff, resource, { responsible_user: urls.user(stranger) })).body).toEqual({
      non_field_errors: ['The responsible user Very Strange should belong to the same project or organization as the resource.'],
    })
  })

  it('is changed but for its resource, and deleted for good', async () => {
    const [row, other] = [await robot(), await newResource()]
    const before = (await as(people.providerOwner).get(path(row))).body.resource

    const changed = await as(people.providerManager).put(path(row), {
      resource: urls.resource(other),
      type: 'new',
      users: [urls.user(people.projectAdmin)],
    })
    expect(changed.body).toMatchObject({ resource: before, type: 'new', users: [urls.user(people.projectAdmin)] })
    expect((await as(people.providerManager).patch(path(row), { users: [], responsible_user: null })).body.users).toEqual([])

    expect((await as(people.providerManager).delete(path(row))).status).toBe(204)
    expect((await as(people.staff).get(path(row))).status).toBe(404)
  })

  it('goes through its states, from those alone that lead there (service-providers 87)', async () => {
    const row = await robot('Requested')
    const act = (verb: string, body?: object) => as(people.providerOwner).post(path(row, verb), body)

    expect((await act('set_state_creating')).body.state).toBe('Creating')
    expect((await act('set_state_ok')).body.state).toBe('OK')
    expect(await act('set_state_creating')).toMatchObject({ status: 400, body: { detail: 'Valid states for operation: Requested.' } })
    expect((await act('set_state_erred', { error_message: 'No disk' })).body).toMatchObject({ state: 'Error', error_message: 'No disk' })
    expect((await act('set_state_ok')).body).toMatchObject({ state: 'OK', error_message: '' })
    expect((await act('set_state_deleted')).status).toBe(400)
    expect((await act('set_state_request_deletion')).body.state).toBe('Requested deletion')
    expect((await act('set_state_deleted')).body.state).toBe('Deleted')
    expect((await act('set_state_erred')).status).toBe(400)
  })

  it('that a system elsewhere keeps is changed there', async () => {
    const row = await robot('OK', { backend_id: 'remote' })
    const told = { status: 403, body: { detail: 'Remote robot account is synchronized.' } }

    expect(await as(people.providerOwner).patch(path(row), { description: 'x' })).toMatchObject(told)
    expect(await as(people.providerOwner).delete(path(row))).toMatchObject(told)
    expect(await as(people.providerOwner).post(path(row, 'set_state_creating'))).toMatchObject(told)
  })
})

describe('who leaves', () => {
  it('is no user of robots any more, unless a role remains in the same place', async () => {
    const { grant, user } = w.current
    const person = await user()
    const manager = await grant(person, 'PROJECT.MANAGER', people.project)
    await grant(person, 'PROJECT.MEMBER', people.project)
    const named = { users: [urls.user(person)], responsible_user: urls.user(person) }
    const { body } = await create(people.providerOwner, await newResource(), named)
    const shown = async () => {
      const { users, responsible_user } = (await as(people.staff).get(body.url)).body
      return [users.length, responsible_user?.uuid]
    }
    const leave = (role: string) => as(people.staff).post(`/api/projects/${people.project.uuid}/delete_user/`, { user: person.uuid, role })

    expect(manager).toBeDefined()
    expect((await leave('PROJECT.MANAGER')).status).toBe(200)
    expect(await shown()).toEqual([1, person.uuid])
    expect((await leave('PROJECT.MEMBER')).status).toBe(200)
    expect(await shown()).toEqual([0, undefined])
  })
})

describe('with its resource', () => {
  it('an account waits to be removed by the provider', async () => {
    const resource = await newResource()
    const made = await create(people.providerOwner, resource)
    const deleted = await w.current.insert('robot_account', { resource_id: resource.id, type: 'past', state: 'Deleted' })

    const { body } = await as(people.customerOwner).post(`${urls.resource(resource)}terminate/`, {})
    await as(people.providerOwner).post(`/api/marketplace-orders/${body.order_uuid}/approve_by_provider/`)
    await w.current.runJobs()

    expect((await as(people.staff).get(urls.resource(resource))).body.state).toBe('Terminated')
    expect((await as(people.providerOwner).get(made.body.url)).body.state).toBe('Requested deletion')
    expect((await as(people.staff).get(path(deleted))).body.state).toBe('Deleted')
  })
})

describe('the list of robot accounts', () => {
  it('tells of none of another provider, by no filter', async () => {
    const other = await w.current.cast()
    const elsewhere = await w.current.resource(await w.current.offering(other.provider), other.project)
    const theirs = await w.current.insert('robot_account', { resource_id: elsewhere.id, type: 'own', state: 'OK' })
    const row = await robot('Creating')
    const found = async (query: object) =>
      (await as(people.providerOwner).get(ROBOTS, { query: { page_size: 300, ...query } as never })).body.map(({ uuid }: Row) => uuid)

    for (const query of [
      {},
      { resource_uuid: elsewhere.uuid },
      { resource: urls.resource(elsewhere) },
      { project_uuid: other.project.uuid },
      { customer_uuid: other.consumer.uuid },
      { provider_uuid: other.provider.uuid },
      { type: 'own' },
    ]) {
      expect(await found(query)).not.toContain(theirs.uuid)
    }
    expect(await found({ state: 2 })).toEqual([row.uuid])
    expect(await found({ provider_uuid: people.serviceProvider.uuid })).toEqual(await found({ provider_uuid: people.provider.uuid }))
    expect((await as(people.providerOwner).get(ROBOTS, { query: { state: 7 } })).status).toBe(400)
  })
})
