// One order of locks everywhere (docs/decisions/0041): a resource is held for its orders, so that who ends one and who ends it wait for
// each other once, and what an operation refers to stays until it has ended.
import { describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-orders/'
const RESOURCES = '/api/marketplace-resources/'

async function placed() {
  const cast = await w.current.cast()
  const offering = await w.current.offering(cast.provider)
  const plan = await w.current.plan(offering)
  const sent = { offering: urls.offering(offering), project: urls.project(cast.project), plan: urls.plan(offering, plan) }
  const { body } = await w.current.as(cast.staff).post(PATH, { ...sent, attributes: {} })
  const other = await w.current.project(cast.consumer)
  const post = (path: string, sent?: unknown, headers: { [name: string]: string } = {}) =>
    w.current.as(cast.staff).post(path, sent, { headers })
  const resource = `${RESOURCES}${body.marketplace_resource_uuid}/`
  return {
    ...cast,
    uuid: body.uuid as string,
    resourceUuid: body.marketplace_resource_uuid as string,
    other,
    approve: () => post(`${PATH}${body.uuid}/approve_by_provider/`),
    reject: () => post(`${PATH}${body.uuid}/reject_by_provider/`),
    cancel: () => post(`${PATH}${body.uuid}/cancel/`),
    terminate: () => post(`${resource}terminate/`, {}),
    done: () => post(`${PATH}${body.uuid}/set_state_done/`),
    unlink: (headers = {}) => post(`${resource}unlink/`, undefined, headers),
    move: (headers = {}) => post(`${resource}move_resource/`, { project: { url: urls.project(other) } }, headers),
  }
}

const deadlocks = async (): Promise<number> => {
  const { rows } = await w.current.database.pool.query(
    'select pg_stat_clear_snapshot(), (select deadlocks from pg_stat_database where datname = current_database()) as n',
  )
  return Number(rows[0].n)
}

/** Until a statement waits for a lock. */
async function someoneWaits(): Promise<void> {
  for (let blocked = 0; blocked === 0; ) {
    const { rows } = await w.current.database.pool.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    blocked = rows[0].n
  }
}

describe('unlinking and moving a resource', () => {
  it.each(['unlink', 'move', 'done', 'cancel'] as const)(
    '%s waits for whoever holds the resource, and holds nothing of it meanwhile',
    async (verb) => {
      const c = await placed()
      const holder = await w.current.database.pool.connect()
      let waiting: Promise<{ status: number }> | undefined
      try {
        await holder.query('begin')
        await holder.query('select 1 from resource where uuid = $1 for no key update', [c.resourceUuid])
        waiting = c[verb]()
        await someoneWaits()
        await holder.query('select 1 from "order" where uuid = $1 for update nowait', [c.uuid])
        await holder.query('commit')
      } finally {
        holder.release(true)
      }

      expect([200, 204, 409]).toContain((await waiting).status)
    },
  )

  it('compares If-Match with the resource as it is once it is held', async () => {
    for (const verb of ['unlink', 'move'] as const) {
      const c = await placed()
      const { headers } = await w.current.as(c.staff).get(`${RESOURCES}${c.resourceUuid}/`)
      const holder = await w.current.database.pool.connect()
      let waiting: Promise<{ status: number }> | undefined
      try {
        await holder.query('begin')
        await holder.query(`update resource set name = 'changed meanwhile' where uuid = $1`, [c.resourceUuid])
        waiting = c[verb]({ 'If-Match': headers.etag as string })
        await someoneWaits()
        await holder.query('commit')
      } finally {
        holder.release(true)
      }

      expect((await waiting).status).toBe(412)
    }
  })

  it('races with approvals, refusals, ends and new orders, and nobody stands in another’s way', async () => {
    const before = await deadlocks()
    const givenUp: string[] = []
    const statuses = new Set<number>()
    for (let round = 0; round < 12; round++) {
      const c = await placed()
      if (round % 4 === 3) await c.approve()
      const [ends, moves] = [[c.approve, c.reject, c.cancel, c.done][round % 4] ?? c.approve, round % 2 ? c.unlink : c.move]
      const answers = await Promise.all([ends(), moves(), c.terminate(), c.done()])
      for (const { status } of answers) statuses.add(status)
      // A wait for a lock that was given up says so.
      givenUp.push(...answers.map(({ text }) => text).filter((text) => /being changed by somebody else/.test(text)))
    }

    expect([...statuses].filter((status) => ![200, 204, 400, 404, 409].includes(status))).toEqual([])
    expect(await deadlocks()).toBe(before)
    expect(givenUp).toEqual([])
  })
})

describe('a project that is removed meanwhile', () => {
  /** Begins to act while the project is held, and removes it before that goes on. */
  async function removedDuring<T>(project: { id: number }, act: () => Promise<T>): Promise<T> {
    const holder = await w.current.database.pool.connect()
    try {
      await holder.query('begin')
      await holder.query('select 1 from project where id = $1 for update', [project.id])
      const acting = act()
      await someoneWaits()
      await holder.query('update project set is_removed = true where id = $1', [project.id])
      await holder.query('commit')
      return await acting
    } finally {
      holder.release(true)
    }
  }

  it('gets nothing new', async () => {
    const { staff, project, provider } = await w.current.cast()
    const offering = await w.current.offering(provider)
    const plan = await w.current.plan(offering)
    const sent = { offering: urls.offering(offering), project: urls.project(project), plan: urls.plan(offering, plan), attributes: {} }

    const { status, body } = await removedDuring(project, () => w.current.as(staff).post(PATH, sent))

    expect([status, body]).toEqual([400, { project: ['Cannot create orders for terminated projects.'] }])
  })

  it('gets nothing back that was terminated', async () => {
    const { staff, project, provider } = await w.current.cast()
    const offering = await w.current.offering(provider, { plugin_options: JSON.stringify({ can_restore_resource: true }) })
    const gone = await w.current.resource(offering, project, { state: 'Terminated' })

    const { status, body } = await removedDuring(project, () => w.current.as(staff).post(`${RESOURCES}${gone.uuid}/restore/`, {}))

    expect([status, body]).toEqual([400, ['Cannot restore resources of terminated projects.']])
  })

  it('has nothing come to life by its provider’s hand', async () => {
    const { staff, project, provider } = await w.current.cast()
    const gone = await w.current.resource(await w.current.offering(provider), project, { state: 'Terminated' })
    const act = () => w.current.as(staff).post(`/api/marketplace-provider-resources/${gone.uuid}/set_as_erred/`, {})

    expect((await removedDuring(project, act)).status).toBe(409)
  })

  it('is not removed when something came back just before', async () => {
    const { staff, provider } = await w.current.cast()
    const offering = await w.current.offering(provider, { plugin_options: JSON.stringify({ can_restore_resource: true }) })
    for (let round = 0; round < 8; round++) {
      const place = await w.current.project(provider)
      const gone = await w.current.resource(offering, place, { state: 'Terminated' })
      const answers = await Promise.all([
        w.current.as(staff).delete(`/api/projects/${place.uuid}/`),
        w.current.as(staff).post(`${RESOURCES}${gone.uuid}/restore/`, {}),
      ])

      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
    }
  })

  it('gets nothing moved into it', async () => {
    const c = await placed()

    expect((await removedDuring(c.other, () => c.move())).status).toBe(409)
  })
})

describe('an offering that is closed meanwhile', () => {
  it('takes no order that was being placed', async () => {
    const { staff, project, provider } = await w.current.cast()
    const offering = await w.current.offering(provider)
    const plan = await w.current.plan(offering)
    const sent = { offering: urls.offering(offering), project: urls.project(project), plan: urls.plan(offering, plan), attributes: {} }
    const holder = await w.current.database.pool.connect()
    try {
      await holder.query('begin')
      await holder.query('select 1 from offering where id = $1 for update', [offering.id])
      const asked = w.current.as(staff).post(PATH, sent)
      await someoneWaits()
      await holder.query(`update offering set state = 'Paused' where id = $1`, [offering.id])
      await holder.query('commit')

      const { status, body } = await asked
      expect([status, body]).toEqual([400, { offering: ['Offering is not available.'] }])
    } finally {
      holder.release(true)
    }
  })
})

describe('a resource that is removed while it is read', () => {
  it('is not found', async () => {
    const { staff, project, provider } = await w.current.cast()
    const offering = await w.current.offering(provider)
    const resource = await w.current.resource(offering, project)
    const facts = { project_id: project.id, offering_id: offering.id, resource_id: resource.id, created_by_id: staff.id }
    const order = await w.current.insert('order', { ...facts, type: 'Create', state: 'done' })
    const holder = await w.current.database.pool.connect()
    try {
      await holder.query('begin')
      // Only the showing of a resource reads this table, not the looking it up.
      await holder.query('lock table resource_plan_period, component_usage in access exclusive mode')
      const asked = w.current.as(staff).get(`${PATH}${order.uuid}/resource/`)
      await someoneWaits()
      await holder.query('delete from "order" where id = $1', [order.id])
      await holder.query('delete from resource where id = $1', [resource.id])
      await holder.query('commit')

      expect((await asked).status).toBe(404)
    } finally {
      holder.release(true)
    }
  })
})
