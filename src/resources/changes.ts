// What an order does to its resource when it is made, when it ends well or badly, and when it is withdrawn (orders.md §2.6,
// §2.7). Orders decide; the rows of resources and of their plan periods are written here and nowhere else.
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import { begun, type Stamps, transition } from '../platform/states/transition.ts'
import { slugStem } from './slug.ts'
import { type ResourceAction, type ResourceState, resourceStates } from './states.ts'

export type OrderKind = 'Create' | 'Update' | 'Terminate' | 'Restore'
/** What an Update order changes (orders.md §1.10). */
export type OrderSubtype = 'plan_switch' | 'update_limits' | 'update_options' | 'renew'
type Limits = { readonly [type: string]: number }

export type NewResource = {
  project_id: number
  offering_id: number
  plan_id: number | null
  name: string
  limits: Limits
  attributes: { [key: string]: unknown }
  options: { [key: string]: unknown }
  /** Decimal text: what it costs per unit of its plan; null without a plan. */
  cost: string | null
  end_date: string | null
  end_date_requested_by_id: number | null
}

/** Makes the resource of a Create order, in state Creating. */
export async function createResource(tx: Tx, values: NewResource): Promise<{ id: number; uuid: string }> {
  const [row] = await run(
    tx,
    sql<{ id: number; uuid: string }>`
      with fresh as (select nextval(pg_get_serial_sequence('resource', 'id')) as id)
      insert into resource (id, state, slug, project_id, offering_id, plan_id, name, limits, attributes, options, cost, end_date, end_date_requested_by_id)
      overriding system value
      select fresh.id, ${begun(resourceStates, 'Creating')}, ${slugStem(values.name)} || '-' || fresh.id, ${values.project_id}, ${values.offering_id}, ${values.plan_id}::bigint, ${values.name},
        ${JSON.stringify(values.limits)}::jsonb, ${JSON.stringify(values.attributes)}::jsonb, ${JSON.stringify(values.options)}::jsonb,
        ${values.cost}::numeric, ${values.end_date}::date, ${values.end_date_requested_by_id}::bigint
      from fresh returning id, uuid`,
  )
  if (!row) throw new Error('No resource was made')
  return row
}

/** A resource as the end of an order needs it. */
export type HeldResource = {
  id: number
  uuid: string
  name: string
  state: ResourceState
  plan_id: number | null
  limits: Limits
  options: { [key: string]: unknown }
  attributes: { [key: string]: unknown }
  end_date: string | null
}

const HELD = sql.raw('select id, uuid, name, state, plan_id, limits, options, attributes, end_date::text as end_date from resource')

/** The resource of an order that is held, and with it its resource. */
export async function heldResource(tx: Tx, id: number): Promise<HeldResource> {
  const [row] = await run(tx, sql<HeldResource>`${HELD} where id = ${id}`)
  if (!row) throw new Error(`No resource ${id}`)
  return row
}

/** Locks a resource, and with it all its orders; undefined when it is gone. */
export const lockResource = async (tx: Tx, id: number): Promise<HeldResource | undefined> =>
  (await run(tx, sql<HeldResource>`${HELD} where id = ${id} for no key update`))[0]

const move = (tx: Tx, action: ResourceAction, id: number, to: ResourceState, stamps: Stamps = {}) =>
  transition(tx, resourceStates, action, id, to, stamps)

/** An order that changes the resource was made. A resource that had failed keeps saying so. */
export async function startChange(tx: Tx, resource: { id: number; state: ResourceState }, kind: OrderKind): Promise<void> {
  if (kind === 'Restore') return move(tx, 'start_restore', resource.id, 'Creating', { error_message: '', error_traceback: '' })
  const erred = resource.state === 'Erred'
  if (kind === 'Update') return move(tx, 'start_update', resource.id, erred ? 'Erred' : 'Updating')
  if (kind === 'Terminate') return move(tx, 'start_terminate', resource.id, erred ? 'Erred' : 'Terminating')
}

const UNDER_WAY: { readonly [Kind in OrderKind]: ResourceState } = {
  Create: 'Creating',
  Restore: 'Creating',
  Update: 'Updating',
  Terminate: 'Terminating',
}

/** A failed order is carried out again. */
export const resumeChange = (tx: Tx, id: number, kind: OrderKind) => move(tx, 'resume', id, UNDER_WAY[kind])

/** What an Update order brings once it is done. */
export type Brought = {
  plan_id?: number
  limits?: Limits
  options?: { [key: string]: unknown }
  attributes?: { [key: string]: unknown }
  cost?: string | null
  end_date?: string
  end_date_requested_by_id?: number
}

const columnsOf = ({ limits, options, attributes, ...rest }: Brought): Stamps => ({
  ...rest,
  ...(limits && { limits: JSON.stringify(limits) }),
  ...(options && { options: JSON.stringify(options) }),
  ...(attributes && { attributes: JSON.stringify(attributes) }),
})

/** The order is done: the resource is what it asked for. `plan_id` is the plan that it runs on from now. */
export async function succeed(tx: Tx, resource: HeldResource, kind: OrderKind, brought: Brought = {}): Promise<void> {
  const clean = { error_message: '', error_traceback: '' }
  if (kind === 'Terminate') {
    await move(tx, 'succeed', resource.id, 'Terminated', clean)
    return closePeriod(tx, resource.id)
  }
  await move(tx, 'succeed', resource.id, 'OK', { ...columnsOf(brought), ...clean })
  const planId = brought.plan_id ?? resource.plan_id
  if (kind === 'Update' && planId === resource.plan_id) return
  if (kind === 'Update') await closePeriod(tx, resource.id)
  if (planId !== null) await openPeriod(tx, resource.id, planId)
}

/** The order failed: the resource stands in `to`, with the error's text where it is what is wrong with it. */
export async function fail(
  tx: Tx,
  id: number,
  to: 'Erred' | 'OK' | 'Terminated',
  { message, traceback }: { message: string; traceback: string },
): Promise<void> {
  await move(tx, 'fail', id, to, to === 'Erred' ? { error_message: message, error_traceback: traceback } : {})
  if (to === 'Terminated') await closePeriod(tx, id)
}

/** The order was rejected, canceled or deleted: what it would have made is gone, what it would have changed is as before. */
export const withdraw = (tx: Tx, id: number, kind: OrderKind) =>
  move(tx, 'withdraw', id, kind === 'Create' || kind === 'Restore' ? 'Terminated' : 'OK')

/** From now on it runs on the plan, unless it runs already. A transaction that waited is older than what it waited for. */
export async function openPeriod(tx: Tx, resourceId: number, planId: number): Promise<void> {
  await run(
    tx,
    sql`insert into resource_plan_period (resource_id, plan_id, start)
      select ${resourceId}::bigint, ${planId}::bigint, greatest(now(), max("end")) from resource_plan_period where resource_id = ${resourceId}
      on conflict (resource_id) where "end" is null do nothing`,
  )
}

/** It runs no longer. */
export async function closePeriod(tx: Tx, resourceId: number): Promise<void> {
  await run(tx, sql`update resource_plan_period set "end" = greatest(now(), start) where resource_id = ${resourceId} and "end" is null`)
}

/** A pending Create order was edited: its resource follows (orders.md §2.6). */
export async function followOrder(
  tx: Tx,
  id: number,
  edited: { limits?: Limits; attributes?: { [key: string]: unknown }; cost?: string | null },
): Promise<void> {
  const columns = {
    ...(edited.limits && { limits: JSON.stringify(edited.limits) }),
    ...(edited.attributes && { attributes: JSON.stringify(edited.attributes) }),
    ...(edited.cost !== undefined && { cost: edited.cost }),
  }
  if (Object.keys(columns).length === 0) return
  await tx.updateTable('resource').set(columns).where('id', '=', id).execute()
}

/** Writes options at once, without an order. */
export async function setOptions(tx: Tx, id: number, options: { [key: string]: unknown }): Promise<void> {
  await tx
    .updateTable('resource')
    .set({ options: JSON.stringify(options) })
    .where('id', '=', id)
    .execute()
}

/** The provider's own id of the resource. */
export async function noteBackendId(tx: Tx, id: number, backend_id: string): Promise<void> {
  await tx.updateTable('resource').set({ backend_id }).where('id', '=', id).execute()
}

/** Writes the day on which it ends, on nobody's demand. */
export async function setEndDate(tx: Tx, id: number, end_date: string | null): Promise<void> {
  await tx.updateTable('resource').set({ end_date, end_date_requested_by_id: null }).where('id', '=', id).execute()
}

/** Puts the resource into another project; its orders are moved by their own module. */
export async function moveToProject(tx: Tx, id: number, projectId: number): Promise<void> {
  await tx.updateTable('resource').set({ project_id: projectId }).where('id', '=', id).execute()
}

/** Removes the resource's row; nothing is told to the provider's system. Its orders must be gone. */
export async function deleteResource(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('resource').where('id', '=', id).execute()
}
