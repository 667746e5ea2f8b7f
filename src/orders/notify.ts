// Mails about orders: to those who may approve one that waits, to who ordered when it was refused, of messages between the two
// sides, to a project's people when a resource of theirs has changed (orders.md §2.9). They leave after commit; each address gets
// one, whatever its roles.
import { sql } from 'kysely'
import { type Db, run } from '../platform/db/database.ts'
import { sendMail } from '../platform/mail.ts'
import type { Context, Job, JobDeps } from '../platform/wiring.ts'
import { changesLimits } from './asked.ts'
import type { OrderSubject } from './list.ts'
import { findOrder } from './queries.ts'
import type { OrderState } from './states.ts'

const reachable = sql.raw(`u.is_active and u.notifications_enabled and u.email <> ''`)

type Scope = readonly [type: string, id: number]

/** Addresses of the holders of ORDER.APPROVE on one of the scopes, and of staff where the site says so, in the order of names. */
async function approvers({ db, config }: JobDeps, scopes: readonly Scope[]): Promise<string[]> {
  const rows = await run(
    db,
    sql<{
      email: string
    }>`select u.email from live_grant g join role_permission rp on rp.role_id = g.role_id and rp.permission = 'ORDER.APPROVE'
        join "user" u on u.id = g.user_id left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
      where ${reachable} and (${sql.join(
        scopes.map(
          ([type, id]) =>
            sql`(g.scope_type = ${type} and g.scope_id = ${id})${type === 'customer' ? sql` or sp.customer_id = ${id}` : sql``}`,
        ),
        sql` or `,
      )})
      union select u.email from "user" u where ${config.NOTIFY_STAFF_ABOUT_APPROVALS}::boolean and u.is_staff and ${reachable} order by email`,
  )
  return rows.map(({ email }) => email)
}

async function people(db: Db, ids: readonly (number | null)[]): Promise<string[]> {
  const rows = await run(
    db,
    sql<{ email: string }>`select distinct u.email from "user" u where u.id = any(${ids}::bigint[]) and ${reachable} order by u.email`,
  )
  return rows.map(({ email }) => email)
}

async function team(db: Db, projectId: number): Promise<string[]> {
  const rows = await run(
    db,
    sql<{ email: string }>`select distinct u.email from live_grant g join "user" u on u.id = g.user_id
      where g.scope_type = 'project' and g.scope_id = ${projectId} and ${reachable} order by u.email`,
  )
  return rows.map(({ email }) => email)
}

type Mail = {
  subject: string
  to: (deps: JobDeps, order: OrderSubject) => Promise<string[]>
  /** Whether it is still true when the mail leaves: who may approve what has been approved meanwhile is left in peace. */
  holds?: (order: OrderSubject) => boolean
}

const toProvider: Mail['to'] = (deps, order) =>
  approvers(deps, [
    ['offering', order.offering_id],
    ['customer', order.provider_id],
  ])

const MAILS = {
  'pending-consumer': {
    subject: 'An order waits for your approval',
    to: (deps, order) =>
      approvers(deps, [
        ['project', order.project_id],
        ['customer', order.customer_id],
      ]),
    holds: ({ state }) => state === 'pending-consumer',
  },
  'pending-provider': {
    subject: 'An order on your offering waits for your approval',
    to: toProvider,
    holds: ({ state }) => state === 'pending-provider',
  },
  rejected: { subject: 'Your order was rejected', to: ({ db }, { created_by_id }) => people(db, [created_by_id]) },
  'provider-message': {
    subject: 'The provider has written about your order',
    to: ({ db }, { created_by_id, consumer_reviewed_by_id }) => people(db, [created_by_id, consumer_reviewed_by_id]),
  },
  'consumer-message': { subject: 'A message about an order on your offering', to: toProvider },
  'plan-changed': { subject: 'The plan of a resource was changed', to: ({ db }, { project_id }) => team(db, project_id) },
  'limits-changed': { subject: 'The limits of a resource were changed', to: ({ db }, { project_id }) => team(db, project_id) },
} as const satisfies { readonly [reason: string]: Mail }

type Reason = keyof typeof MAILS

const mailOrder: Job<{ order_id: number; reason: Reason }> = {
  name: 'orders.mail',
  run: async (deps, { order_id, reason }) => {
    const { db, config } = deps
    const { subject, to, holds }: Mail = MAILS[reason]
    const order = await findOrder(db, order_id, config.TIME_ZONE)
    if (!order || holds?.(order) === false) return
    const text = [
      `${subject}.`,
      '',
      `${order.type} of ${order.resource_name || 'a resource without a name'} (${order.offering_name})`,
      `Project ${order.project_name} of ${order.customer_name}`,
      `Order ${order.uuid}`,
      '',
      `${config.PUBLIC_URL[0]}/`,
    ].join('\n')
    for (const address of await to(deps, order)) {
      await sendMail(config, { to: address, subject: `${subject} at ${config.SITE_NAME}`, text })
    }
  },
}

const send = ({ tx, jobs }: Context, { id }: { id: number }, reason: Reason) => jobs.send(tx, mailOrder, { order_id: id, reason })

/** Tells whom it concerns that an order has come to stand in `state`; nobody of most. */
export async function mailState(by: Context, order: { id: number }, state: OrderState): Promise<void> {
  if (state === 'pending-consumer' || state === 'pending-provider' || state === 'rejected') await send(by, order, state)
}

/** Tells the project's people that a resource runs on another plan or with other limits. */
export async function mailChange(by: Context, order: Parameters<typeof changesLimits>[0] & { id: number }): Promise<void> {
  if (order.subtype === 'plan_switch') await send(by, order, 'plan-changed')
  if (changesLimits(order)) await send(by, order, 'limits-changed')
}

/** Tells one side of an order what the other has written, where the offering wants that. */
export async function mailMessage(by: Context, order: OrderSubject, reason: 'provider-message' | 'consumer-message'): Promise<void> {
  if (order.plugin_options.notify_about_provider_consumer_messages === true) await send(by, order, reason)
}

export const NOTIFY_JOBS = [mailOrder]
