// What orders look up about themselves.
import { type RawBuilder, sql } from 'kysely'
import { type Executor, run, type Tx } from '../platform/db/database.ts'
import { selectRows } from '../platform/http/collection.ts'
import { contextFor, nobody } from '../platform/http/context.ts'
import { stateIn } from '../platform/states/sql.ts'
import { OPEN_ORDER_STATES, type OrderSubtype } from '../resources/public.ts'
import { ORDER_SUBJECT, type OrderSubject } from './list.ts'
import type { Standing } from './policy.ts'
import { orderView } from './view.ts'

/** An order as operations see it, whoever asks. */
export async function findOrder(db: Executor, id: number, timeZone: string): Promise<OrderSubject | undefined> {
  const [row] = await selectRows(db, orderView, ORDER_SUBJECT, nobody(timeZone), sql`o.id = ${id}`)
  return row
}

/** As `findOrder`, locked as operations lock it: its resource stands for it. */
export async function holdOrder(tx: Tx, id: number, timeZone: string): Promise<OrderSubject | undefined> {
  await run(tx, sql`select from resource where id = (select resource_id from "order" where id = ${id}) for no key update`)
  return findOrder(tx, id, timeZone)
}

/** Ids of orders that a condition over o and p picks, oldest first; at most `max`. */
export async function orderIds(db: Executor, timeZone: string, condition: RawBuilder<unknown>, max = 500): Promise<number[]> {
  const rows = await run(
    db,
    sql<{ id: number }>`select o.id from ${contextFor(nobody(timeZone), ['ctx.today'])}"order" o join project p on p.id = o.project_id
      join offering off on off.id = o.offering_id where ${condition} order by o.id limit ${sql.raw(String(max))}`,
  )
  return rows.map(({ id }) => id)
}

/** What the one who made an order holds around it now (orders.md §2.3). */
export async function creatorStanding(db: Executor, order: OrderSubject): Promise<Standing> {
  const held = (permission: string) => sql`coalesce(bool_or(rp.permission = ${permission} and (
      (g.scope_type = 'project' and g.scope_id = ${order.project_id}) or (g.scope_type = 'customer' and g.scope_id = ${order.customer_id}))), false)`
  const [row] = await run(
    db,
    sql<Standing>`select ${order.created_by_staff}::boolean as is_staff, ${held('ORDER.APPROVE')} as approves,
        ${held('ORDER.APPROVE_PRIVATE')} as approves_private,
        coalesce(bool_or(role.name = 'CUSTOMER.OWNER' and g.scope_type = 'customer' and g.scope_id = ${order.provider_id}), false) as owns_provider
      from live_grant g join role on role.id = g.role_id left join role_permission rp on rp.role_id = role.id
      where g.user_id = ${order.created_by_id}`,
  )
  return row as Standing
}

/** The order that holds a resource back, if any. */
export async function findOpenOrder(db: Executor, resourceId: number): Promise<{ uuid: string; subtype: OrderSubtype | null } | undefined> {
  const [row] = await run(
    db,
    sql<{ uuid: string; subtype: OrderSubtype | null }>`select uuid, subtype from "order" where resource_id = ${resourceId}
      and ${sql.raw(stateIn('state', OPEN_ORDER_STATES))} limit 1`,
  )
  return row
}
