import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '../../tests/support/populate.offering-users.ts'
import { type Person, type Row, urls, type World, world } from '../../tests/support/world.ts'
import { expiredGrants } from '../core/roles/grants.ts'
import { run } from '../platform/db/database.ts'
import { nameAnew, settleAccounts, settleEverything } from './settle.ts'

const w = world()
const enforcing = world({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: 'true' })
type Cast = Awaited<ReturnType<(typeof w)['current']['cast']>>
let people: Cast
beforeAll(async () => {
  people = await w.current.cast()
})

const PATH = '/api/marketplace-offering-users/'
const KEEPS = { service_provider_can_create_offering_user: true }
const keeping = (settings: object = {}, of: World = w.current, provider: Row = people.provider) =>
  of.offering(provider, { plugin_options: JSON.stringify({ ...KEEPS, ...settings }) })

/** A project with a resource of the offering that is in order. */
async function using(offering: Row, of: World = w.current, consumer: Row = people.consumer) {
  const project = await of.project(consumer)
  return { project, resource: await of.resource(offering, project) }
}

/** Does what was enqueued for accounts, and says how many jobs that were; the queue itself is tried by the histories. */
async function settled(of: World = w.current): Promise<number> {
  let count = 0
  for (;;) {
    const due = await run(
      of.db,
      sql<{
        name: string
        data: never
      }>`delete from pgboss.job where name in (${settleAccounts.name}, ${nameAnew.name}) and state = 'created'
        returning name, data`,
    )
    for (const { name, data } of due) await of.runJob<never>(name === nameAnew.name ? nameAnew : settleAccounts, data)
    count += due.length
    if (due.length === 0) return count
  }
}

const team = (project: Row, verb: 'add_user' | 'delete_user', person: Person, more = {}, of: World = w.current, by = people.staff) =>
  of.as(by).post(`/api/projects/${project.uuid}/${verb}/`, { role: 'PROJECT.ADMIN', user: person.uuid, ...more })
const joins = async (project: Row, person: Person, more = {}) => {
  expect((await team(project, 'add_user', person, more)).status).toBe(201)
  await settled()
}
const leaves = async (project: Row, person: Person) => {
  expect((await team(project, 'delete_user', person)).status).toBe(200)
  await settled()
}
const accountsAt = async (offering: Row, of: World = w.current) =>
  (
    await run(
      of.db,
      sql<{ username: string | null; state: string; user_id: number; uidnumber: number }>`select username, state, user_id, uidnumber
        from offering_user where offering_id = ${offering.id} order by id`,
    )
  ).map((row) => ({ ...row, uidnumber: Number(row.uidnumber) }))
const stateAt = async (offering: Row, person: Person, of: World = w.current) =>
  (await accountsAt(offering, of)).find(({ user_id }) => user_id === person.id)?.state
const provider = () => w.current.as(people.providerOwner)
const accountOfPerson = async (offering: Row, person: Person): Promise<Row> =>
  (await w.current.as(people.staff).get(PATH, { query: { offering_uuid: offering.uuid, user_uuid: person.uuid } })).body[0]
const step = async (offering: Row, person: Person, ...verbs: string[]) => {
  const { uuid } = await accountOfPerson(offering, person)
  for (const verb of verbs) expect((await provider().post(`${PATH}${uuid}/${verb}/`)).status).toBe(200)
}

describe('whoever joins a project', () => {
  it('providers §1.4.4: has an account at the offerings that keep some and that the project uses', async () => {
    const [offering, other, none] = [await keeping(), await keeping(), await w.current.offering(people.provider)]
    const { project, resource } = await using(offering)
    await w.current.resource(none, project)
    await w.current.resource(other, project, { state: 'Creating' })
    const ann = await w.current.user()

    await joins(project, ann)

    expect(await accountsAt(offering)).toMatchObject([{ username: null, state: 'Requested', user_id: ann.id, uidnumber: 5000 }])
    await provider().patch(`${PATH}${(await accountOfPerson(offering, ann)).uuid}/`, { username: 'ann-hpc' })
    const used = `/api/marketplace-resources/${resource.uuid}/`
    expect((await w.current.as(ann).get(used)).body.username).toBe('ann-hpc')
    expect((await w.current.as(people.customerOwner).get(used)).body.username).toBeNull()
    expect((await w.current.as(ann).get(`${used}team/`)).body).toMatchObject([
      { offering_user_username: 'ann-hpc', offering_user_state: 'OK' },
    ])
    expect([await accountsAt(other), await accountsAt(none)]).toEqual([[], []])
    const told = await w.current.db
      .selectFrom('event')
      .select('message')
      .where('event_type', '=', 'marketplace_offering_user_created')
      .where('message', 'like', `%${ann.username}%`)
      .execute()
    expect(told).toHaveLength(1)
  })

  it('and leaves the last of them loses it: the provider is asked to remove what it has made', async () => {
    const offering = await keeping({ username_generation_policy: 'waldur_username' })
    const [first, second] = [await using(offering), await using(offering)]
    const ann = await w.current.user()
    await joins(first.project, ann)
    await joins(second.project, ann)

    await leaves(first.project, ann)
    expect(await stateAt(offering, ann)).toBe('OK')
    await leaves(second.project, ann)

    expect(await stateAt(offering, ann)).toBe('Requested deletion')
    expect(await accountsAt(offering)).toHaveLength(1)
  })

  it('and leaves before the provider knew of it has none', async () => {
    const offering = await keeping()
    const { project } = await using(offering)
    const ann = await w.current.user()
    await joins(project, ann)

    await leaves(project, ann)

    expect(await stateAt(offering, ann)).toBe('Deleted')
  })

  it.each([
    ['Creating', ['begin_creating']],
    ['Pending account linking', ['begin_creating', 'set_pending_account_linking']],
    ['Error creating', ['begin_creating', 'set_error_creating']],
  ])('and leaves while the account is %s has it removed', async (_, verbs) => {
    const offering = await keeping()
    const { project } = await using(offering)
    const ann = await w.current.user()
    await joins(project, ann)
    await step(offering, ann, ...verbs)

    await leaves(project, ann)

    expect(await stateAt(offering, ann)).toBe('Requested deletion')
  })

  it('and comes back before the account is removed keeps it', async () => {
    const offering = await keeping({ username_generation_policy: 'waldur_username' })
    const { project } = await using(offering)
    const ann = await w.current.user()
    await joins(project, ann)
    await leaves(project, ann)

    await joins(project, ann)

    expect(await accountsAt(offering)).toMatchObject([{ username: ann.username, state: 'OK' }])
  })

  it('and comes back while it is being removed has it anew, with its number', async () => {
    const offering = await keeping()
    const { project } = await using(offering)
    const ann = await w.current.user()
    await joins(project, ann)
    await step(offering, ann, 'set_ok')
    await provider().patch(`${PATH}${(await accountOfPerson(offering, ann)).uuid}/`, { username: 'ann' })
    await leaves(project, ann)
    await step(offering, ann, 'set_deleting')

    await joins(project, ann)
    expect(await stateAt(offering, ann)).toBe('Deleting')
    await step(offering, ann, 'set_deleted')
    await settled()

    expect(await accountsAt(offering)).toMatchObject([{ username: null, state: 'Requested', uidnumber: 5000 }])
  })

  it('keeps the account whose removal the provider had asked for, but no hourly round brings it back', async () => {
    const offering = await keeping({ username_generation_policy: 'waldur_username' })
    const [first, second] = [await using(offering), await using(offering)]
    const ann = await w.current.user()
    await joins(first.project, ann)
    await step(offering, ann, 'request_deletion')

    await w.current.runJob(settleEverything, {})
    expect(await stateAt(offering, ann)).toBe('Requested deletion')
    await joins(second.project, ann)

    expect(await stateAt(offering, ann)).toBe('OK')
  })

  it('until a day loses the account with that day', async () => {
    const offering = await keeping({ username_generation_policy: 'waldur_username' })
    const { project } = await using(offering)
    const ann = await w.current.user()
    await joins(project, ann, { expiration_time: '2999-01-01' })
    await w.current.db.updateTable('role_grant').set({ expiration_time: '2020-01-01' }).where('user_id', '=', ann.id).execute()

    await w.current.runJob(expiredGrants, {})
    await settled()

    expect(await stateAt(offering, ann)).toBe('Requested deletion')
  })
})

describe('an account that the provider made by hand', () => {
  it('goes with nobody’s role until a role has tied its person', async () => {
    const offering = await keeping()
    const { project } = await using(offering)
    const ann = await w.current.user()
    await accountOf(w.current, offering, ann, { state: 'OK', username: 'hers' })

    await w.current.runJob(settleEverything, {})
    expect(await stateAt(offering, ann)).toBe('OK')
    await joins(project, ann)
    await leaves(project, ann)

    expect(await accountsAt(offering)).toMatchObject([{ username: 'hers', state: 'Requested deletion' }])
  })
})

describe('accounts follow', () => {
  async function held() {
    const offering = await keeping({ username_generation_policy: 'waldur_username' })
    const { project, resource } = await using(offering)
    const ann = await w.current.user()
    await joins(project, ann)
    expect(await stateAt(offering, ann)).toBe('OK')
    return { offering, project, resource, ann }
  }

  it('providers §1.4.4: the resource that becomes usable', async () => {
    const offering = await keeping()
    const project = await w.current.project(people.consumer)
    const [ann, bob] = [await w.current.user(), await w.current.user()]
    for (const person of [ann, bob]) await w.current.grant(person, 'PROJECT.MEMBER', project)
    await w.current.grant(await w.current.user({ is_active: false }), 'PROJECT.MEMBER', project)
    const resource = await w.current.resource(offering, project, { state: 'Erred' })

    await provider().post(`/api/marketplace-provider-resources/${resource.uuid}/set_state_ok/`)
    await settled()

    expect((await accountsAt(offering)).map(({ user_id, uidnumber }) => [user_id, uidnumber])).toEqual([
      [ann.id, 5000],
      [bob.id, 5001],
    ])
  })

  it('the resource that ends; one that has failed holds them', async () => {
    const { offering, resource, ann } = await held()

    await provider().post(`/api/marketplace-provider-resources/${resource.uuid}/set_as_erred/`, { error_message: 'It broke' })
    await settled()
    expect(await stateAt(offering, ann)).toBe('OK')
    await w.current.as(people.staff).post(`/api/marketplace-resources/${resource.uuid}/terminate/`)
    await w.current.runJobs()
    const order = await w.current.db.selectFrom('order').select(['uuid', 'state']).where('resource_id', '=', resource.id).executeTakeFirst()
    if (order?.state !== 'done') await w.current.as(people.staff).post(`/api/marketplace-orders/${order?.uuid}/approve_by_provider/`)
    await w.current.runJobs()

    expect(await stateAt(offering, ann)).toBe('Requested deletion')
  })

  it('the resource that staff forgets, and the project to which one is moved', async () => {
    const { offering, resource, ann } = await held()
    const further = await using(offering)
    const moved = await w.current.project(people.consumer)
    const bob = await w.current.user()
    await w.current.grant(bob, 'PROJECT.MEMBER', moved)

    await w.current
      .as(people.staff)
      .post(`/api/marketplace-resources/${further.resource.uuid}/move_resource/`, { project: { url: urls.project(moved) } })
    await w.current.as(people.staff).post(`/api/marketplace-resources/${resource.uuid}/unlink/`)
    await settled()
    await w.current.runJob(settleEverything, {})

    expect([await stateAt(offering, ann), await stateAt(offering, bob)]).toEqual(['Requested deletion', 'OK'])
  })

  it('the project that is moved to another organization without its people', async () => {
    const { offering, project, ann } = await held()
    const kept = await held()
    const others = [await w.current.user(), await w.current.user(), await w.current.user(), await w.current.user()]
    for (const person of others) await joins(project, person)
    const move = (of: Row, preserve_permissions: boolean) =>
      w.current
        .customer()
        .then((customer) =>
          w.current
            .as(people.staff)
            .post(`/api/projects/${of.uuid}/move_project/`, { customer: urls.customer(customer), preserve_permissions }),
        )

    await move(project, false)
    // One for the first, one for all, one for the project.
    expect(await settled()).toBe(3)
    await move(kept.project, true)
    await settled()

    expect((await accountsAt(offering)).map(({ state }) => state)).toEqual(Array(5).fill('Requested deletion'))
    expect([await stateAt(offering, ann), await stateAt(kept.offering, kept.ann)]).toEqual(['Requested deletion', 'OK'])
  })

  it('the person who is deactivated, and activated again', async () => {
    const { offering, ann } = await held()
    const active = async (is_active: boolean) => {
      expect((await w.current.as(people.staff).patch(`/api/users/${ann.uuid}/`, { is_active })).status).toBe(200)
      await settled()
      return stateAt(offering, ann)
    }

    expect([await active(false), await active(true)]).toEqual(['Requested deletion', 'OK'])
  })

  it('nothing while the offering keeps none; what happened meanwhile is made good when it does again', async () => {
    const { offering, project, ann } = await held()
    const bob = await w.current.user()
    const set = (value: boolean) =>
      provider().post(`/api/marketplace-provider-offerings/${offering.uuid}/update_integration/`, {
        plugin_options: { service_provider_can_create_offering_user: value },
      })

    await set(false)
    await settled()
    await leaves(project, ann)
    await joins(project, bob)
    expect([await stateAt(offering, ann), await stateAt(offering, bob)]).toEqual(['OK', undefined])
    await set(true)
    await settled()

    expect([await stateAt(offering, ann), await stateAt(offering, bob)]).toEqual(['Requested deletion', 'OK'])
  })
})

describe('names by policy', () => {
  const POLICY = 'username_generation_policy'
  async function named(settings: object, ...persons: { [column: string]: unknown }[]) {
    const offering = await keeping(settings)
    const { project } = await using(offering)
    for (const values of persons) await team(project, 'add_user', await w.current.user(values))
    await settled()
    // Who came first is nobody's concern: they are told in the order of the persons.
    const accounts = (await accountsAt(offering)).sort((a, b) => a.user_id - b.user_id)
    return { offering, names: accounts.map(({ username }) => username) }
  }
  const setPolicy = async (offering: Row, plugin_options: object) => {
    await provider().post(`/api/marketplace-provider-offerings/${offering.uuid}/update_integration/`, { plugin_options })
    await settled()
    return (await accountsAt(offering)).map(({ username }) => username)
  }

  it('providers 96: anonymized ones are numbered behind a prefix', async () => {
    expect((await named({ [POLICY]: 'anonymized', username_anonymized_prefix: 'walduruser_' }, {}, {})).names.sort()).toEqual([
      'walduruser_00000',
      'walduruser_00001',
    ])
    expect((await named({ [POLICY]: 'anonymized' }, {})).names).toEqual(['waldur_00000'])
  })

  it('providers 97: full names in plain letters are numbered for those who share one, past two digits too', async () => {
    const john = { first_name: 'John', last_name: 'Doe' }
    const { offering, names } = await named(
      { [POLICY]: 'full_name' },
      { first_name: 'Jöhn Karlos', last_name: 'Doe Jr' },
      john,
      john,
      { first_name: 'Łukasz', last_name: 'Straße-Øst' },
      { first_name: '王', last_name: 'Иванов' },
      { first_name: '', last_name: '' },
    )

    expect([names[0], names[3]]).toEqual(['john_karlos_doe_jr_00', 'lukasz_strasse_ost_00'])
    expect(names.slice(1, 3).sort()).toEqual(['john_doe_00', 'john_doe_01'])
    expect(names[4]).toMatch(/^[a-z_]+_ivanov_00$/)
    expect(names[5]).toBeNull()
    await accountOf(w.current, offering, await w.current.user(), { state: 'OK', username: 'john_doe_99', uidnumber: 9000 })
    await accountOf(w.current, offering, await w.current.user(), { state: 'OK', username: 'john_doe_x', uidnumber: 9001 })
    const { project } = await using(offering)
    await joins(project, await w.current.user(john))
    expect((await accountsAt(offering)).at(-1)?.username).toBe('john_doe_100')
  })

  it('the platform’s own name is given where nobody else has it, and none by policies that know of none', async () => {
    const offering = await keeping({ [POLICY]: 'waldur_username' })
    const { project } = await using(offering)
    const [ann, bob] = [await w.current.user(), await w.current.user()]
    await accountOf(w.current, offering, await w.current.user(), { state: 'OK', username: bob.username, uidnumber: 100 })
    await joins(project, ann)
    await joins(project, bob)

    expect((await accountsAt(offering)).slice(1)).toMatchObject([
      { username: ann.username, state: 'OK' },
      { username: null, state: 'Requested' },
    ])
    for (const policy of ['service_provider', 'freeipa', 'identity_claim']) {
      expect((await named({ [POLICY]: policy }, {})).names).toEqual([null])
    }
  })

  it('numbers go on where the last ended, also when it is gone, and begin where the offering says', async () => {
    const { offering } = await named({ initial_uidnumber: 7000, initial_primarygroup_number: 8000 }, {}, {})
    const [, last] = await accountsAt(offering)
    await w.current.db
      .deleteFrom('offering_user')
      .where('user_id', '=', last?.user_id ?? 0)
      .execute()
    const { project } = await using(offering)

    await joins(project, await w.current.user())

    const numbers = await run(
      w.current.db,
      sql<{ n: string }>`select uidnumber || ' ' || primarygroup as n from offering_user where offering_id = ${offering.id} order by id`,
    )
    expect(numbers.map(({ n }) => n).filter((n) => n !== '7001 8001')).toEqual(['7000 8000', '7002 8002'])
  })

  it('another policy names all anew, a provider’s own keeps what there is', async () => {
    const john = { first_name: 'John', last_name: 'Doe' }
    const { offering } = await named({ [POLICY]: 'anonymized' }, john, john)

    expect(await setPolicy(offering, { [POLICY]: 'full_name' })).toEqual(['john_doe_00', 'john_doe_01'])
    expect(await setPolicy(offering, { [POLICY]: 'service_provider' })).toEqual(['john_doe_00', 'john_doe_01'])
    expect(await setPolicy(offering, { [POLICY]: 'anonymized', username_anonymized_prefix: 'hpc' })).toEqual(['hpc00000', 'hpc00001'])
    expect(await setPolicy(offering, { username_anonymized_prefix: 'lab-' })).toEqual(['lab-00000', 'lab-00001'])
    expect((await accountsAt(offering)).map(({ state }) => state)).toEqual(['OK', 'OK'])
  })

  it('a name that the provider gave stays while the policy does, whatever else changes of the offering', async () => {
    const { offering } = await named({ [POLICY]: 'anonymized' }, {})
    const [account] = (await provider().get(PATH, { query: { offering_uuid: offering.uuid } })).body
    await provider().patch(`${PATH}${account.uuid}/`, { username: 'by-hand' })

    expect(await setPolicy(offering, { homedir_prefix: '/homes/' })).toEqual(['by-hand'])
  })

  it('sixteen who join at once get sixteen names', async () => {
    const offering = await keeping({ [POLICY]: 'full_name' })
    const persons = []
    for (let i = 0; i < 16; i++) persons.push(await w.current.user({ first_name: 'Mary', last_name: 'Lee' }))
    const projects = [await using(offering), await using(offering)]

    await Promise.all(persons.map((person, i) => team((projects[i % 2] as { project: Row }).project, 'add_user', person)))
    const jobs = persons.map((person, i) =>
      w.current.runJob(settleAccounts, { user_id: person.id, project_id: (projects[i % 2] as { project: Row }).project.id }),
    )
    await Promise.all([...jobs, w.current.runJobs(), w.current.runJobs()])

    const accounts = await accountsAt(offering)
    expect(accounts.map(({ username }) => username).sort()).toEqual(
      Array.from({ length: 16 }, (_, i) => `mary_lee_${String(i).padStart(2, '0')}`),
    )
    expect(new Set(accounts.map(({ user_id }) => user_id)).size).toBe(16)
    expect(new Set(accounts.map(({ uidnumber }) => uidnumber)).size).toBe(16)
  })

  it('a project of many is answered at once with one job, which brings all of them', async () => {
    const offering = await keeping({ [POLICY]: 'anonymized' })
    const project = await w.current.project(people.consumer)
    await run(
      w.current.db,
      sql`with made as (insert into "user" (username, first_name, last_name, email) select 'crowd-' || i, 'A', 'B', '' from generate_series(1, 120) i returning id)
        insert into role_grant (user_id, role_id, scope_type, scope_id)
        select made.id, role.id, 'project', ${project.id} from made join role on role.name = 'PROJECT.MEMBER'`,
    )
    const resource = await w.current.resource(offering, project, { state: 'Erred' })

    await provider().post(`/api/marketplace-provider-resources/${resource.uuid}/set_state_ok/`)
    expect(await accountsAt(offering)).toEqual([])
    expect(await settled()).toBe(1)

    const names = (await accountsAt(offering)).map(({ username }) => username)
    expect([names[0], names.at(-1), new Set(names).size]).toEqual(['waldur_00000', 'waldur_00119', 120])
  })
})

describe('on a site that enforces consent', () => {
  it('providers §1.4.5: an account comes with consent to terms that hold, and goes when it is revoked', async () => {
    const of = enforcing.current
    const cast = await of.cast()
    const offering = await keeping({ username_generation_policy: 'waldur_username' }, of, cast.provider)
    const { project } = await using(offering, of, cast.consumer)
    const [ann, bob] = [await of.user(), await of.user()]
    const joined = async (person: Person) => {
      expect((await team(project, 'add_user', person, {}, of, cast.staff)).status).toBe(201)
      await settled(of)
    }
    const states = async () => [await stateAt(offering, ann, of), await stateAt(offering, bob, of)]
    const say = async (person: Person, path: string, body?: object) => {
      const { status, body: said } = await of.as(person).post(`/api/marketplace-user-offering-consents/${path}`, body)
      expect([200, 201]).toContain(status)
      await settled(of)
      return said.uuid
    }

    await joined(ann)
    expect(await states()).toEqual(['OK', undefined])
    await of.insert('offering_terms_of_service', {
      offering_id: offering.id,
      version: '1',
      is_active: true,
      active_since: new Date().toISOString(),
    })
    await joined(bob)
    await of.runJob(settleEverything, {})
    // Who was there before the terms is not sent away by them.
    expect(await states()).toEqual(['OK', undefined])
    const consent = await say(bob, '', { offering: offering.uuid })
    expect(await states()).toEqual(['OK', 'OK'])
    await say(bob, `${consent}/revoke/`)
    expect(await states()).toEqual(['OK', 'Requested deletion'])
    await say(bob, '', { offering: offering.uuid })
    expect(await states()).toEqual(['OK', 'OK'])
    await say(ann, `${await say(ann, '', { offering: offering.uuid })}/revoke/`)
    expect(await states()).toEqual(['Requested deletion', 'OK'])
  })

  it('elsewhere consent is nobody’s condition', async () => {
    const offering = await keeping()
    const { project } = await using(offering)
    await w.current.insert('offering_terms_of_service', {
      offering_id: offering.id,
      version: '1',
      is_active: true,
      active_since: '2025-01-01',
    })
    const ann = await w.current.user()

    await joins(project, ann)

    expect(await stateAt(offering, ann)).toBe('Requested')
  })
})
