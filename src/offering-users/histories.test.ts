// Who has an account, over generated histories: what the jobs make of them, with the worker's connections cut between, against a plain
// account of the same events kept here.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { pick, type Random, randomFrom } from '../../tests/support/random.ts'
import { type Person, type Row, type World, world } from '../../tests/support/world.ts'
import { expiredGrants } from '../core/roles/grants.ts'
import { openDatabase, run } from '../platform/db/database.ts'
import { inTransaction } from '../platform/wiring.ts'

const w = world({ ENFORCE_USER_CONSENT_FOR_OFFERINGS: 'true' })

const GROUPS = 130
const ROUNDS = 2
const STEPS = 4
const SEED = Number(process.env.HISTORIES_SEED ?? 11)

/** Two people, two projects and two offerings, the second of which has terms: four histories of a person at an offering. */
type Group = {
  people: readonly [Person, Person]
  projects: readonly [Row, Row]
  offerings: readonly [Row, Row]
  /** By project and offering. */
  resources: { row: Row; state: string }[][]
  active: boolean[]
  /** By person and project. */
  roles: boolean[][]
  /** To the terms of the second offering. */
  consents: ({ uuid: string; counts: boolean } | undefined)[]
  /** Whether the person is there, as it was found last; by person and offering. */
  there: boolean[][]
  /** What happened, for whoever reads of a fault. */
  told: string[]
}

const two = <T>(make: (i: number) => T): [T, T] => [make(0), make(1)]

async function groupOf(of: World, random: Random, provider: Row, consumer: Row): Promise<Group> {
  const settings = { service_provider_can_create_offering_user: true, username_generation_policy: 'anonymized' }
  const offering = () => of.offering(provider, { category_id, plugin_options: JSON.stringify(settings) })
  const { id: category_id } = await of.category()
  const offerings = [await offering(), await offering()] as const
  const projects = [await of.project(consumer), await of.project(consumer)] as const
  await of.insert('offering_terms_of_service', { offering_id: offerings[1].id, version: '1', is_active: true, active_since: '2025-01-01' })
  const resources = []
  for (const project of projects) {
    const states = two(() => pick(random, ['OK', 'OK', 'Creating', 'Erred']))
    resources.push(
      await Promise.all(states.map(async (state, i) => ({ row: await of.resource(offerings[i as 0 | 1], project, { state }), state }))),
    )
  }
  return {
    people: [await of.user(), await of.user()],
    projects,
    offerings,
    resources,
    active: [true, true],
    roles: two(() => [false, false]),
    consents: [undefined, undefined],
    there: two(() => [false, false]),
    told: resources.map((line) => line.map(({ state }) => state).join()),
  }
}

type Step = (group: Group, who: number, where: number, at: number) => Promise<void>

/** What may happen. Each notes in the group what it has done, once it is done. */
function stepsOf(of: World, staff: Person, owner: Person): { [name: string]: Step } {
  const team = (group: Group, who: number, where: number, verb: string) =>
    of
      .as(staff)
      .post(`/api/projects/${group.projects[where as 0].uuid}/${verb}/`, { role: 'PROJECT.ADMIN', user: group.people[who as 0].uuid })
  const resource = async (group: Group, where: number, at: number, verb: string, state: string, body?: object) => {
    const one = group.resources[where]?.[at]
    if (!one || one.state === 'gone') return
    const { status } = await of.as(owner).post(`/api/marketplace-provider-resources/${one.row.uuid}/${verb}/`, body)
    if (status === 200) one.state = state
  }
  const setRole = (group: Group, who: number, where: number, held: boolean) => {
    const roles = group.roles[who]
    if (roles) roles[where] = held
  }
  const activate =
    (is_active: boolean): Step =>
    async (group, who) => {
      await of.as(staff).patch(`/api/users/${group.people[who as 0].uuid}/`, { is_active })
      group.active[who] = is_active
    }
  return {
    join: async (group, who, where) => {
      // Who is deactivated is given no role.
      if (!group.active[who]) return
      const { status } = await team(group, who, where, 'add_user')
      expect([201, 400]).toContain(status)
      setRole(group, who, where, true)
    },
    leave: async (group, who, where) => {
      if (!group.active[who]) return
      expect((await team(group, who, where, 'delete_user')).status).toBe(200)
      setRole(group, who, where, false)
    },
    expire: async (group, who, where) => {
      await run(
        of.db,
        sql`update role_grant set expiration_time = '2020-01-01' where user_id = ${group.people[who as 0].id}
          and scope_type = 'project' and scope_id = ${group.projects[where as 0].id} and is_active`,
      )
      setRole(group, who, where, false)
    },
    mend: (group, _, where, at) => resource(group, where, at, 'set_state_ok', 'OK'),
    break: (group, _, where, at) => resource(group, where, at, 'set_as_erred', 'Erred', { error_message: 'It broke' }),
    forget: async (group, _, where, at) => {
      const one = group.resources[where]?.[at]
      if (!one || one.state === 'gone' || where === 0) return
      expect((await of.as(staff).post(`/api/marketplace-resources/${one.row.uuid}/unlink/`)).status).toBe(204)
      one.state = 'gone'
    },
    agree: async (group, who) => {
      if (!group.active[who] || group.consents[who]?.counts) return
      const { status, body } = await of
        .as(group.people[who as 0])
        .post('/api/marketplace-user-offering-consents/', { offering: group.offerings[1].uuid })
      expect(status).toBe(201)
      group.consents[who] = { uuid: body.uuid, counts: true }
    },
    revoke: async (group, who) => {
      const consent = group.consents[who]
      if (!group.active[who] || !consent?.counts) return
      const { status } = await of.as(group.people[who as 0]).post(`/api/marketplace-user-offering-consents/${consent.uuid}/revoke/`)
      expect(status).toBe(200)
      consent.counts = false
    },
    deactivate: activate(false),
    activate: activate(true),
  }
}

// Coming and going more often than the rest.
const OFTEN = ['join', 'join', 'join', 'leave', 'expire', 'mend', 'break', 'forget', 'agree', 'agree', 'revoke', 'deactivate', 'activate']

/** The plain account of it. */
function isThere(group: Group, who: number, at: number, before: boolean): boolean {
  const agreed = at === 0 || group.consents[who]?.counts === true
  const states = [0, 1].flatMap((where) =>
    group.roles[who]?.[where] && group.active[who] ? [group.resources[where]?.[at]?.state ?? 'gone'] : [],
  )
  if (!agreed) return false
  if (states.includes('OK')) return true
  return before && states.some((state) => state !== 'gone')
}

/** Does `work` for each of many, some at a time. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const worker = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  }
  await Promise.all([worker(), worker(), worker(), worker()])
}

/** Runs the jobs by a worker whose connections are cut a few times, wherever it is, and then to their end. */
async function workThrough(of: World, random: Random): Promise<number> {
  const cut = openDatabase(of.url, { max: 3 })
  const deps = { db: cut.db, config: of.config, log: of.app.log as never }
  const enqueueExpiry = () => inTransaction(of.deps, ({ tx, jobs }) => jobs.send(tx, expiredGrants, {}))
  await enqueueExpiry()
  const pids = new Set<number>()
  cut.pool.on('connect', (client) => pids.add((client as unknown as { processID: number }).processID))
  cut.pool.on('error', () => undefined)
  let cuts = 0
  const working = Promise.all([of.app.jobs.runDue(deps).catch(() => 0), of.app.jobs.runDue(deps).catch(() => 0)])
  for (let i = 0; i < 3; i++) {
    await new Promise((done) => setTimeout(done, 50 + random() * 250))
    const found = await run(
      of.db,
      sql`select pg_terminate_backend(pid) from pg_stat_activity where pid = any(${[...pids]}::int[]) and state <> 'idle'`,
    )
    cuts += found.length
  }
  await working
  await cut.close()
  // A grant whose end could not be recorded has its turn in the next hour.
  await enqueueExpiry()
  // What was cut off is tried again, as after the death of a worker; the clock does not have to be waited for.
  for (let ran = 1; ran > 0; ) ran = await of.app.jobs.runDue({ db: of.db, config: of.config, log: of.app.log as never }, { early: true })
  return cuts
}

const PLACES = [0, 1].flatMap((who) => [0, 1].map((at) => [who, at] as const))
const moved = { came: 0, went: 0 }

/** Notes whether a person should be at an offering; tells when that is not so. */
function fault(group: Group, who: number, at: number, found: Map<string, boolean>): string[] {
  const line = group.there[who] ?? []
  const before = line[at] ?? false
  const expected = isThere(group, who, at, before)
  if (expected !== before) moved[expected ? 'came' : 'went']++
  line[at] = expected
  const actual = found.get(`${group.offerings[at as 0].id} ${group.people[who as 0].id}`) ?? false
  const told = `person ${who} is ${actual ? '' : 'not '}at offering ${at}: ${group.told.join('; ')}`
  return actual === expected ? [] : [told]
}

it('roles, resources, consents, expiries and kills in any order leave everybody with the accounts they should have', {
  timeout: 120_000,
}, async () => {
  const of = w.current
  const random = randomFrom(SEED)
  const cast = await of.cast()
  const groups: Group[] = []
  await each([...Array(GROUPS).keys()], async () => {
    groups.push(await groupOf(of, random, cast.provider, cast.consumer))
  })
  const steps = stepsOf(of, cast.staff, cast.providerOwner)
  let cuts = 0

  for (let round = 0; round < ROUNDS; round++) {
    await each(groups, async (group) => {
      for (let i = 0; i < STEPS; i++) {
        const name = pick(random, OFTEN)
        const places = [pick(random, [0, 1]), pick(random, [0, 1]), pick(random, [0, 1])] as const
        group.told.push(`${name} ${places.join('')}`)
        await (steps[name] as Step)(group, ...places)
      }
    })
    cuts += await workThrough(of, random)
    for (const group of groups) group.told.push('|')

    const rows = await run(
      of.db,
      sql<{ offering_id: number; user_id: number; state: string }>`select offering_id, user_id, state from offering_user`,
    )
    const found = new Map(rows.map(({ offering_id, user_id, state }) => [`${offering_id} ${user_id}`, /^(OK|Requested)$/.test(state)]))
    const wrong = groups.flatMap((group) => PLACES.flatMap(([who, at]) => fault(group, who, at, found)))
    expect(wrong).toEqual([])
  }

  // The histories went somewhere, and the worker was cut off in the middle of them.
  expect(moved.came).toBeGreaterThan(GROUPS / 4)
  expect(moved.went).toBeGreaterThan(5)
  expect(cuts).toBeGreaterThan(0)
})
