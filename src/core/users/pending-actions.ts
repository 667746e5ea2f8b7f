// A mail that tells a user what waits for them, sent when staff asks for it: orders that they may approve.
import { sql } from 'kysely'
import { run } from '../../platform/db/database.ts'
import type { Call } from '../../platform/http/operation.ts'
import { sendMail } from '../../platform/mail.ts'
import type { Job } from '../../platform/wiring.ts'
import type { User } from './list.ts'

/** Has the digest sent after commit. */
export async function sendNotification({ tx, jobs, row }: Call<User>): Promise<{ status: string; message: string }> {
  await jobs.send(tx, mailPendingActions, { user_id: row.id })
  return { status: 'scheduled', message: `Notification for user ${row.username} has been scheduled.` }
}

type Waiting = { email: string; name: string; orders: { uuid: string; resource: string; project: string; state: string }[] }

/** Mails the orders that wait for the user; nothing when none do, or when the user wants no mails. */
export const mailPendingActions: Job<{ user_id: number }> = {
  name: 'mail-pending-actions',
  run: async ({ db, config }, { user_id }) => {
    const [waiting] = await run(
      db,
      sql<Waiting>`with approver as (
          select g.scope_type, g.scope_id from live_grant g join role_permission rp on rp.role_id = g.role_id and rp.permission = 'ORDER.APPROVE'
          where g.user_id = ${user_id}),
        waiting as (
          select o.uuid, o.created, o.state, r.name as resource, p.name as project
          from "order" o join resource r on r.id = o.resource_id join project p on p.id = o.project_id join offering f on f.id = o.offering_id
          where (o.state = 'pending-consumer' and (('project', p.id) in (select * from approver) or ('customer', p.customer_id) in (select * from approver)))
            or (o.state = 'pending-provider' and (('offering', f.id) in (select * from approver) or ('customer', f.customer_id) in (select * from approver)))
          order by o.created limit 100)
        select u.email, coalesce(nullif(u.full_name, ''), u.username) as name,
          (select coalesce(json_agg(json_build_object('uuid', wire_uuid(w.uuid), 'resource', w.resource, 'project', w.project, 'state', w.state)
            order by w.created), '[]') from waiting w) as orders
        from "user" u where u.id = ${user_id} and u.is_active and u.notifications_enabled and u.email <> ''`,
    )
    if (!waiting || waiting.orders.length === 0) return
    const lines = waiting.orders.map(
      ({ resource, project, state, uuid }) => `- ${resource} in project ${project}: ${state} (order ${uuid})`,
    )
    await sendMail(config, {
      to: waiting.email,
      subject: `${waiting.orders.length} orders wait for you at ${config.SITE_NAME}`,
      text: [`Hello ${waiting.name},`, '', 'these orders wait for your approval:', '', ...lines, '', `${config.PUBLIC_URL[0]}/`].join('\n'),
    })
  },
}
