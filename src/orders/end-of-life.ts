// Resources whose last day has come, or whose project's has passed, are ended by an order like any other (orders.md §1.9, T9,
// platform.md §11.2): what waited for the consumer is taken back, what the provider works on is let be.
import { sql } from 'kysely'
import { PROJECT_OVER } from '../core/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { contextFor, nobody } from '../platform/http/context.ts'
import { forEach } from '../platform/jobs/for-each.ts'
import { stateIn } from '../platform/states/sql.ts'
import type { Context, Job, JobDeps } from '../platform/wiring.ts'
import { awaiting, holdResource, type ResourceState, startChange } from '../resources/public.ts'
import { FREE } from './asked.ts'
import { end } from './moves.ts'
import { placeOrder } from './place.ts'
import { findOrder } from './queries.ts'

const REASON = 'The resource has reached its end date.'
const PROJECT_REASON = 'The project has reached its end date.'

// What the provider reviews or carries out is let be; orders that only the consumer or the clock holds up are taken back.
const IN_HAND = awaiting('provider', 'execution')
const HELD_UP = awaiting('consumer', 'clock')

// Looked for by the days of resources and of projects apart, so that each has its index.
const DUE = `select due.id from resource due where due.end_date <= ctx.today and due.state <> 'Terminated'
  union select inside.id from project p join customer c on c.id = p.customer_id join resource inside on inside.project_id = p.id
    where not p.is_removed and ${PROJECT_OVER} and inside.state <> 'Terminated'`

// A resource that failed is left to its owner, until its project is over. One whose order failed is tried again the next day.
const ENDS = `((r.end_date <= ctx.today and ${stateIn<ResourceState>('r.state', ['OK', 'Updating'])})
    or (${PROJECT_OVER} and ${stateIn<ResourceState>('r.state', ['Creating', 'OK', 'Erred', 'Updating'])}))
  and not exists (select 1 from "order" o where o.resource_id = r.id
    and (${stateIn('o.state', IN_HAND)} or (o.type = 'Terminate' and o.created > now() - interval '1 day')))`

async function endedResources({ db, config }: JobDeps, after: number, limit: number): Promise<number[]> {
  const rows = await run(
    db,
    sql<{ id: number }>`select r.id from ${contextFor(nobody(config.TIME_ZONE), ['ctx.today'])} lateral (${sql.raw(DUE)}) due
      join resource r on r.id = due.id join project p on p.id = r.project_id join customer c on c.id = p.customer_id
      where ${sql.raw(ENDS)} and r.id > ${after} order by r.id limit ${limit}::bigint`,
  )
  return rows.map(({ id }) => id)
}

const waitingOrders = (tx: Tx, resourceId: number) =>
  run(
    tx,
    sql<{ id: number }>`select id from "order" where resource_id = ${resourceId} and ${sql.raw(stateIn('state', HELD_UP))} order by id`,
  )

type Ending = { over: boolean; end_date_requested_by_id: number | null; ordered_by_id: number | null }

/** Whether the project is over; who asked for the project's end, and who made the resource, for end dates that nobody set by hand. */
async function endingOf({ tx, config }: Context, resourceId: number): Promise<Ending | undefined> {
  const [row] = await run(
    tx,
    sql<Ending>`select coalesce(${sql.raw(PROJECT_OVER)}, false) as over, p.end_date_requested_by_id,
        (select created_by_id from "order" where resource_id = r.id order by created, id limit 1) as ordered_by_id
      from ${contextFor(nobody(config.TIME_ZONE), ['ctx.today'])}resource r join project p on p.id = r.project_id
        join customer c on c.id = p.customer_id where r.id = ${resourceId}`,
  )
  return row
}

async function endResource(context: Context, id: number): Promise<void> {
  const { tx, config } = context
  if (!(await holdResource(tx, id, config.TIME_ZONE))) return
  const ending = await endingOf(context, id)
  if (!ending) return
  for (const waiting of await waitingOrders(tx, id)) {
    const order = await findOrder(tx, waiting.id, config.TIME_ZONE)
    if (order) await end(context, order, 'withdraw', { termination_comment: ending.over ? PROJECT_REASON : REASON })
  }
  const resource = await holdResource(tx, id, config.TIME_ZONE)
  if (!resource || resource.has_open_order) return
  const due = (resource.end_date ?? '9999') <= resource.today
  if (!(resource.state === 'OK' && (due || ending.over)) && !(resource.state === 'Erred' && ending.over)) return
  const creator = (due ? resource.end_date_requested_by_id : ending.end_date_requested_by_id) ?? ending.ordered_by_id
  if (creator === null) return
  await startChange(tx, resource, 'Terminate')
  await placeOrder(
    context,
    { type: 'Terminate', offering: resource, project: resource, resource, plan_id: null, attributes: {}, limits: {}, money: FREE },
    // The day was agreed on when it was set: the consumer is not asked again.
    { id: creator, standing: { is_staff: true, approves: true, approves_private: true, owns_provider: false } },
  )
}

/** Once an hour, so that each zone's midnight is met soon. */
export const endResources: Job = {
  name: 'orders.end-resources',
  cron: '7 * * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: endResources.name,
      attempt,
      find: (after, limit) => endedResources(deps, after, limit),
      work: endResource,
    }),
}
