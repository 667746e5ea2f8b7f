// What the days of a project mean for what is in it: orders wait for its first day, resources end after its last (platform.md §11.2).
import { describe, expect, it } from 'vitest'
import { urls, world } from '../../tests/support/world.ts'
import { endProjects } from '../core/projects/end-of-life.ts'
import type { Job } from '../platform/wiring.ts'
import { ORDER_JOBS } from './jobs.ts'

const w = world()
const PATH = '/api/marketplace-orders/'
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

type Values = { [name: string]: unknown }

async function started(values: Values) {
  const cast = await w.current.cast()
  const set = (changed: Values) => w.current.db.updateTable('project').set(changed).where('id', '=', cast.project.id).execute()
  await set(values)
  const offering = await w.current.offering(cast.provider)
  const plan = await w.current.plan(offering)
  const orders = async (resource?: { uuid: string }) =>
    (await w.current.as(cast.staff).get(PATH, { query: resource ? { resource_uuid: resource.uuid } : { project_uuid: cast.project.uuid } }))
      .body
  const project = async () => (await w.current.as(cast.staff).get(`/api/projects/${cast.project.uuid}/`)).body
  return { ...cast, offering, plan, set, orders, seeProject: project }
}

/** The jobs of an hour: resources first, then projects. */
async function anHourLater(): Promise<void> {
  await w.current.runJob(ORDER_JOBS.find((job) => job.name === 'orders.end-resources') as Job, {})
  await w.current.runJobs()
  await w.current.runJob(endProjects, {})
}

describe('before its first day', () => {
  it('orders 80: an order goes on at once when the day is taken away or comes nearer', async () => {
    for (const start_date of [null, day(0)]) {
      const c = await started({ start_date: day(5) })
      const sent = { offering: urls.offering(c.offering), project: urls.project(c.project), plan: urls.plan(c.offering, c.plan) }
      const { body } = await w.current.as(c.customerOwner).post(PATH, { ...sent, attributes: {} })
      expect(body.state).toBe('pending-project')

      const changed = await w.current.as(c.customerOwner).patch(`/api/projects/${c.project.uuid}/`, { start_date })
      await w.current.runJobs()

      expect(changed.status).toBe(200)
      expect(await c.orders()).toMatchObject([{ state: 'pending-provider', consumer_reviewed_by: c.customerOwner.username }])
    }
  })

  it('an order waits on when something else of the project changes', async () => {
    const c = await started({ start_date: day(5) })
    const sent = { offering: urls.offering(c.offering), project: urls.project(c.project), plan: urls.plan(c.offering, c.plan) }
    await w.current.as(c.customerOwner).post(PATH, { ...sent, attributes: {} })

    await w.current.as(c.customerOwner).patch(`/api/projects/${c.project.uuid}/`, { name: 'Renamed' })
    await w.current.runJobs()

    expect(await c.orders()).toMatchObject([{ state: 'pending-project' }])
  })
})

describe('after its last day', () => {
  it('platform 71: its resources live all that day; the next one ends them, then the empty project', async () => {
    const c = await started({ end_date: day(0) })
    await c.set({ end_date_requested_by_id: c.customerOwner.id })
    const [fine, broken] = [
      await w.current.resource(c.offering, c.project, { plan_id: c.plan.id }),
      await w.current.resource(c.offering, c.project, { plan_id: c.plan.id, state: 'Erred' }),
    ]
    await anHourLater()
    expect(await c.orders()).toEqual([])

    await c.set({ end_date: day(-1) })
    await anHourLater()
    await anHourLater()

    for (const resource of [fine, broken]) {
      expect(await c.orders(resource)).toMatchObject([
        { type: 'Terminate', state: 'pending-provider', created_by_username: c.customerOwner.username },
      ])
    }
    expect((await c.seeProject()).is_removed).toBe(false)
    for (const { uuid } of await c.orders()) await w.current.as(c.providerOwner).post(`${PATH}${uuid}/approve_by_provider/`)
    await w.current.runJobs()
    await anHourLater()

    expect((await c.seeProject()).is_removed).toBe(true)
    const grants = await w.current.db
      .selectFrom('role_grant')
      .select('id')
      .where('scope_id', '=', c.project.id)
      .where('scope_type', '=', 'project')
      .where('is_active', '=', true)
      .execute()
    expect(grants).toEqual([])
  })

  it('days of grace come first: the project’s own, else its organization’s', async () => {
    const own = await started({ end_date: day(-2), grace_period_days: 1 })
    const given = await started({ end_date: day(-2) })
    await w.current.db.updateTable('customer').set({ grace_period_days: 2 }).where('id', '=', given.consumer.id).execute()
    const endless = await started({ end_date: day(-2), grace_period_days: 2_147_483_647 })

    await anHourLater()

    expect((await own.seeProject()).is_removed).toBe(true)
    expect((await given.seeProject()).is_removed).toBe(false)
    expect((await endless.seeProject()).is_removed).toBe(false)
  })

  it('what waits for the consumer is taken back, with the reason', async () => {
    const c = await started({ start_date: null })
    const sent = { offering: urls.offering(c.offering), project: urls.project(c.project), plan: urls.plan(c.offering, c.plan) }
    await w.current.as(c.projectManager).post(PATH, { ...sent, attributes: {} })
    await c.set({ end_date: day(-1) })

    await anHourLater()

    expect(await c.orders()).toMatchObject([{ state: 'canceled', termination_comment: 'The project has reached its end date.' }])
    expect((await c.seeProject()).is_removed).toBe(true)
  })
})
