// Mails about orders: to those who may approve one that waits, and to who ordered when it was refused (orders.md §2.9).
// They leave after commit; each address gets one, whatever its roles.
import { sql } from 'kysely'
import { type Db, run } from '../platform/db/database.ts'
import { sendMail } from '../platform/mail.ts'
import type { Job } from '../platform/wiring.ts'
import type { OrderSubject } from './list.ts'
import { findOrder } from './queries.ts'
import type { OrderState } from './states.ts'

type Reason = 'pending-consumer' | 'pending-provider' | 'rejected'

const reachable = sql.raw(`u.is_active and u.notifications_enabled and u.email <> ''`)

/** Addresses of the holders of ORDER.APPROVE on one of the scopes, in the order of names. */
async function approvers(db: Db, scopes: readonly (readonly [type: string, id: number])[]): Promise<string[]> {
  const rows = await run(
    db,
    sql<{
      email: string
    }>`select distinct u.email from live_grant g join role_permission rp on rp.role_id = g.role_id and rp.permission = 'ORDER.APPROVE'
        join "user" u on u.id = g.user_id left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
      where ${reachable} and (${sql.join(
        scopes.map(
          ([type, id]) =>
            sql`(g.scope_type = ${type} and g.scope_id = ${id})${type === 'customer' ? sql` or sp.customer_id = ${id}` : sql``}`,
        ),
        sql` or `,
      )}) order by u.email`,
  )
  return rows.map(({ email }) => email)
}

async function creator(db: Db, { created_by_id }: OrderSubject): Promise<string[]> {
  const rows = await run(db, sql<{ email: string }>`select u.email from "user" u where u.id = ${created_by_id} and ${reachable}`)
  return rows.map(({ email }) => email)
}

const RECIPIENTS: { readonly [R in Reason]: (db: Db, order: OrderSubject) => Promise<string[]> } = {
  'pending-consumer': (db, order) =>
    approvers(db, [
      ['project', order.project_id],
      ['customer', order.customer_id],
    ]),
  'pending-provider': (db, order) =>
    approvers(db, [
      ['offering', order.offering_id],
      ['customer', order.provider_id],
    ]),
  rejected: creator,
}

const SUBJECTS: { readonly [R in Reason]: string } = {
  'pending-consumer': 'An order waits for your approval',
  'pending-provider': 'An order on your offering waits for your approval',
  rejected: 'Your order was rejected',
}

/** Tells whom the order's state concerns; nobody when it has moved on meanwhile. */
const mailOrderState: Job<{ order_id: number; state: Reason }> = {
  name: 'orders.mail-state',
  run: async ({ db, config }, { order_id, state }) => {
    const order = await findOrder(db, order_id, config.TIME_ZONE)
    if (order?.state !== state) return
    const text = [
      `${SUBJECTS[state]}.`,
      '',
      `${order.type} of ${order.resource_name || 'a resource without a name'} (${order.offering_name})`,
      `Project ${order.project_name} of ${order.customer_name}`,
      `Order ${order.uuid}`,
      '',
      `${config.PUBLIC_URL[0]}/`,
    ].join('\n')
    for (const to of await RECIPIENTS[state](db, order)) {
      await sendMail(config, { to, subject: `${SUBJECTS[state]} at ${config.SITE_NAME}`, text })
    }
  },
}

const isReason = (state: OrderState): state is Reason => Object.hasOwn(RECIPIENTS, state)

/** What is enqueued when an order comes to stand in `state`; undefined when nobody needs to be told. */
export const mailFor = (state: OrderState) => (isReason(state) ? { job: mailOrderState, state } : undefined)

export const NOTIFY_JOBS = [mailOrderState]
