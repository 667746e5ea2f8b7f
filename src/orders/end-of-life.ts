// Resources whose last day has come are ended by an order like any other (orders.md §1.9, T9): what waited for the consumer is
// taken back, what the provider works on is let be.
import { sql } from 'kysely'
import { type Db, run, type Tx } from '../platform/db/database.ts'
import { stateIn } from '../platform/states/sql.ts'
import { type Context, inTransaction, type Job } from '../platform/wiring.ts'
import { awaiting, findResource, type ResourceState, startChange } from '../resources/public.ts'
import { end } from './moves.ts'
import { FREE, placeOrder } from './place.ts'
import { findOrder } from './queries.ts'

const REASON = 'The resource has reached its end date.'

// What the provider reviews or carries out is let be; orders that only the consumer or the clock holds up are taken back.
const IN_HAND = awaiting('provider', 'execution')
const HELD_UP = awaiting('consumer', 'clock')

async function endedResources(db: Db, timeZone: string): Promise<number[]> {
  const rows = await run(
    db,
    sql<{
      id: number
    }>`select id from resource r where r.end_date <= site_day(now(), ${timeZone}::text) and ${sql.raw(stateIn<ResourceState>('r.state', ['OK', 'Updating']))}
      and not exists (select 1 from "order" o where o.resource_id = r.id and ${sql.raw(stateIn('o.state', IN_HAND))}) order by id limit 500`,
  )
  return rows.map(({ id }) => id)
}

const waitingOrders = (tx: Tx, resourceId: number) =>
  run(
    tx,
    sql<{ id: number }>`select id from "order" where resource_id = ${resourceId}
      and ${sql.raw(stateIn('state', HELD_UP))}`,
  )

/** Who made the resource, for end dates that nobody set by hand. */
async function orderedBy(tx: Tx, resourceId: number): Promise<number | undefined> {
  const [row] = await run(
    tx,
    sql<{ id: number }>`select created_by_id as id from "order" where resource_id = ${resourceId} order by created, id limit 1`,
  )
  return row?.id
}

async function endResource(context: Context, id: number): Promise<void> {
  const { tx, config } = context
  // Orders before their resource, as everywhere.
  for (const waiting of await waitingOrders(tx, id)) {
    const order = await findOrder(tx, waiting.id, config.TIME_ZONE, { lock: true })
    if (order && HELD_UP.includes(order.state)) await end(context, order, 'withdraw', { termination_comment: REASON })
  }
  const resource = await findResource(tx, id, config.TIME_ZONE)
  if (resource?.state !== 'OK' || resource.has_open_order || (resource.end_date ?? '9999') > resource.today) return
  const creator = resource.end_date_requested_by_id ?? (await orderedBy(tx, id))
  if (creator === undefined) return
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
  run: async (deps) => {
    for (const id of await endedResources(deps.db, deps.config.TIME_ZONE)) await inTransaction(deps, (context) => endResource(context, id))
  },
}
