// What billing does by the clock.
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { forEach } from '../platform/jobs/for-each.ts'
import { sendMail } from '../platform/mail.ts'
import { inTransaction, type Job, type JobDeps } from '../platform/wiring.ts'
import { beginMonth, holdAccount, presentMonth } from './account.ts'

const SECONDS_A_TURN = 6 * 60 * 60
/** Organizations are independent: so many are turned beside each other. */
const LANES = 2

/** The accounts of a lane that stand in a month that is over. */
async function unturned({ db, config }: JobDeps, lane: number, after: number, limit: number): Promise<number[]> {
  const rows = await run(
    db,
    sql<{ customer_id: number }>`select customer_id from billing_account
      where month < site_month(now(), ${config.TIME_ZONE}::text) and customer_id > ${after} and customer_id % ${LANES} = ${lane} order by customer_id limit ${limit}::bigint`,
  )
  return rows.map(({ customer_id }) => customer_id)
}

/**
 * Closes the invoices of a month that is over and opens those of the present one, by organization; months that were missed too. Each
 * hour, so that every zone's first of the month is met soon; what a run that ended early left is done by the next.
 */
export const turnMonths: Job = {
  name: 'billing.turn-months',
  cron: '3 * * * *',
  expireSeconds: SECONDS_A_TURN,
  run: async (deps, _, attempt) => {
    await inTransaction(deps, async ({ tx, config }) => beginMonth(tx, await presentMonth(tx, config.TIME_ZONE)))
    const lane = (n: number) =>
      forEach(deps, {
        job: `${turnMonths.name} ${n}`,
        attempt,
        find: (after, limit) => unturned(deps, n, after, limit),
        work: async ({ tx, config }, id) => {
          await holdAccount(tx, id, config)
        },
      })
    await Promise.all(Array.from({ length: LANES }, (_, n) => lane(n)))
  },
}

type Told = { number: number; month: string; total: string; due: string; customer_name: string; uuid: string; to: string[] }

/** Tells those who own an organization, and whom it wants told, of an invoice. */
export const mailInvoice: Job<{ invoice_id: number }> = {
  name: 'billing.mail-invoice',
  run: async ({ db, config }, { invoice_id }) => {
    const [told] = await run(
      db,
      sql<Told>`select 100000 + i.id as number, to_char(i.month, 'YYYY-MM') as month, (i.price + i.tax)::text as total, (i.invoice_date + 30)::text as due,
          c.name as customer_name, wire_uuid(i.uuid) as uuid,
          array(select u.email from live_grant g join role on role.id = g.role_id and role.name = 'CUSTOMER.OWNER' join "user" u on u.id = g.user_id
              where g.scope_type = 'customer' and g.scope_id = c.id and u.is_active and u.notifications_enabled and u.email <> ''
            union select trim(mail) from unnest(string_to_array(c.notification_emails, ',')) mail where trim(mail) <> '' order by 1) as to
        from invoice i join customer c on c.id = i.customer_id where i.id = ${invoice_id} and i.state = 'created'`,
    )
    if (!told || told.to.length === 0) return
    const text = [
      `Invoice ${told.number} of ${told.customer_name} for ${told.month}: ${told.total} ${config.CURRENCY_NAME}, due on ${told.due}.`,
      `${config.PUBLIC_URL[0] ?? ''}/api/invoices/${told.uuid}/`,
    ].join('\n\n')
    for (const to of told.to) await sendMail(config, { to, subject: `Invoice ${told.number} for ${told.month}`, text })
  },
}
