import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '../../tests/support/populate.offering-users.ts'
import { type Person, type Row, world } from '../../tests/support/world.ts'
import { run } from '../platform/db/database.ts'
import { inTransaction } from '../platform/wiring.ts'
import { setUsernameAt } from './public.ts'

const w = world()
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const OFFERINGS = '/api/marketplace-provider-offerings/'
const ACCOUNTS = '/api/marketplace-offering-users/'
const as = (person?: Person) => w.current.as(person)
const keeping = (settings: object = {}) =>
  w.current.offering(people.provider, {
    plugin_options: JSON.stringify({ service_provider_can_create_offering_user: true, ...settings }),
  })
const namesAt = async (offering: Row) =>
  (
    await run(
      w.current.db,
      sql<{
        username: string | null
        state: string
      }>`select username, state from offering_user where offering_id = ${offering.id} order by id`,
    )
  ).map(({ username, state }) => [username, state])

describe('refreshing the names at an offering', () => {
  it('names by the policy those who have none or another, but neither the restricted nor those who go', async () => {
    const offering = await keeping({ username_generation_policy: 'full_name' })
    const john = { first_name: 'John', last_name: 'Doe' }
    const add = async (values: object) => accountOf(w.current, offering, await w.current.user(john), { state: 'OK', ...values })
    await add({ username: 'john_doe_07' })
    await add({ username: 'by-hand' })
    await add({ username: null, state: 'Creating' })
    await add({ username: 'kept', is_restricted: true })
    await add({ username: 'gone', state: 'Deleting' })

    const answer = await as(people.providerOwner).post(`${OFFERINGS}${offering.uuid}/refresh_offering_usernames/`)
    await w.current.runJobs()

    expect([answer.status, answer.body]).toEqual([200, { status: expect.any(String) }])
    expect(await namesAt(offering)).toEqual([
      ['john_doe_07', 'OK'],
      ['john_doe_08', 'OK'],
      ['john_doe_09', 'OK'],
      ['kept', 'OK'],
      ['gone', 'Deleting'],
    ])
  })

  it('is the provider’s, and changes nothing where the provider names by itself', async () => {
    const offering = await keeping()
    await accountOf(w.current, offering, await w.current.user(), { state: 'OK', username: 'hers' })
    const refresh = (by: Person) => as(by).post(`${OFFERINGS}${offering.uuid}/refresh_offering_usernames/`)

    expect((await refresh(people.providerManager)).status).toBe(200)
    await w.current.runJobs()
    expect(await namesAt(offering)).toEqual([['hers', 'OK']])
    expect((await refresh(people.support)).status).toBe(403)
    expect((await refresh(people.customerOwner)).status).toBe(404)
  })
})

describe('what a provider is told of people', () => {
  it('providers §5.1: is the username, the full name and the address unless the offering asks for something else', async () => {
    const offering = await keeping()
    const person = await w.current.user({ first_name: 'Karl', last_name: 'Krone', organization: 'Tartu' })
    const account = await accountOf(w.current, offering, person, { state: 'OK' })
    const path = `${OFFERINGS}${offering.uuid}/`
    const owner = as(people.providerOwner)
    const keys = async () =>
      Object.keys((await owner.get(`${ACCOUNTS}${account.uuid}/`)).body).filter((key) => /^user_(full|first|email|org|user)/.test(key))

    const before = (await owner.get(`${path}user-attribute-config/`)).body
    expect(before).toMatchObject({
      expose_username: true,
      expose_full_name: true,
      expose_email: true,
      expose_gender: false,
      is_default: true,
    })
    expect(await keys()).toEqual(['user_username', 'user_full_name', 'user_first_name', 'user_email'])

    const set = await owner.patch(`${path}update-user-attribute-config/`, { expose_email: false, expose_organization: true })
    expect(set.body).toMatchObject({ expose_username: true, expose_email: false, expose_organization: true, is_default: false })
    expect(await keys()).toEqual(['user_username', 'user_full_name', 'user_first_name', 'user_organization'])
    expect((await owner.put(`${path}update-user-attribute-config/`, {})).body).toEqual(set.body)
    expect((await owner.delete(`${path}delete-user-attribute-config/`)).status).toBe(204)
    expect((await owner.get(`${path}user-attribute-config/`)).body).toEqual(before)
  })

  it('is set by who may change the offering, and read by nobody else', async () => {
    const offering = await keeping()
    const path = `${OFFERINGS}${offering.uuid}/`
    const asked = async (by: Person) => [
      (await as(by).get(`${path}user-attribute-config/`)).status,
      (await as(by).post(`${path}update-user-attribute-config/`, { expose_gender: true })).status,
      (await as(by).delete(`${path}delete-user-attribute-config/`)).status,
    ]

    expect(await asked(people.providerManager)).toEqual([200, 200, 204])
    expect(await asked(people.support)).toEqual([403, 403, 403])
    expect(await asked(people.customerOwner)).toEqual([404, 404, 404])
  })
})

describe('a name that a provider gives a person at an offering', () => {
  it('providers 40, 41, 44, 46: makes the account, is written in every state, and is nobody else’s', async () => {
    const offering = await keeping({ username_generation_policy: 'anonymized' })
    const [ann, bob] = [await w.current.user(), await w.current.user()]
    const set = (person: Person, username: string) =>
      inTransaction(w.current.deps, (context) => setUsernameAt(context, { offering_id: offering.id, user_id: person.id }, username))

    await set(ann, 'ann1')
    await set(bob, '')
    expect(await namesAt(offering)).toEqual([
      ['ann1', 'OK'],
      [null, 'Requested'],
    ])
    await set(ann, '')
    await expect(set(bob, 'ann1')).rejects.toMatchObject({
      body: { username: [expect.stringMatching(/^Username is already taken in offering /)] },
    })
    await w.current.db.updateTable('offering_user').set({ state: 'Requested deletion' }).where('user_id', '=', ann.id).execute()
    await set(ann, 'ann2')
    await set(bob, 'bob')

    expect(await namesAt(offering)).toEqual([
      ['ann2', 'Requested deletion'],
      ['bob', 'OK'],
    ])
  })
})
