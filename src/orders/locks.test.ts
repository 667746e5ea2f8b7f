// Orders are locked before their resource, everywhere: who holds an order and then wants its resource waits for nobody who does
// it the other way round.
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
  const post = (path: string, sent?: unknown) => w.current.as(cast.staff).post(path, sent)
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
    unlink: () => post(`${resource}unlink/`),
    move: () => post(`${resource}move_resource/`, { project: { url: urls.project(other) } }),
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
  it.each(['unlink', 'move'] as const)('%s waits for an order without holding the resource', async (verb) => {
    const c = await placed()
    const holder = await w.current.database.pool.connect()
    let waiting: Promise<{ status: number }> | undefined
    try {
      await holder.query('begin')
      await holder.query('select 1 from "order" where uuid = $1 for update', [c.uuid])
      waiting = c[verb]()
      await someoneWaits()
      await holder.query('select 1 from resource where uuid = $1 for update nowait', [c.resourceUuid])
      await holder.query('commit')
    } finally {
      holder.release(true)
    }

    expect((await waiting).status).toBe(verb === 'unlink' ? 204 : 200)
  })

  it('races with approvals, refusals and new orders, and nobody stands in another’s way', async () => {
    const before = await deadlocks()
    const statuses = new Set<number>()
    for (let round = 0; round < 6; round++) {
      const c = await placed()
      const [ends, moves] = [[c.approve, c.reject, c.cancel][round % 3] ?? c.approve, round % 2 ? c.unlink : c.move]
      const answers = await Promise.all([ends(), moves(), c.terminate()])
      for (const { status } of answers) statuses.add(status)
    }

    expect([...statuses].filter((status) => ![200, 204, 400, 404, 409].includes(status))).toEqual([])
    expect(await deadlocks()).toBe(before)
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

  it('gets nothing moved into it', async () => {
    const c = await placed()

    expect((await removedDuring(c.other, c.move)).status).toBe(409)
  })
})
