// The account of an organization says which of its months is open. Whoever bills to it holds it, and finds it in the present month:
// whoever comes first after a month has ended turns it, be that the job or somebody's order.
import { sql } from 'kysely'
import { takeUpFuturePrices } from '../offerings/public.ts'
import type { Config } from '../platform/config.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { transition } from '../platform/states/transition.ts'
import { monthsAfter } from '../platform/time.ts'
import { customerDetailsSql } from './details.ts'
import { type Settling, settleAll } from './settle.ts'
import { invoiceStates } from './states.ts'

/** What bills depend on besides what happened. */
export type Site = Pick<Config, 'TIME_ZONE' | 'SITE_NAME'>

/** The month of this transaction, in the site's zone. */
export async function presentMonth(tx: Tx, zone: string): Promise<string> {
  const [row] = await run(tx, sql<{ month: string }>`select site_month(now(), ${zone}::text) as month`)
  return row?.month ?? ''
}

/** Begins a month, unless it has begun: with it the prices that were announced are in force. Held until the transaction ends. */
export async function beginMonth(tx: Tx, month: string): Promise<void> {
  const [last] = await run(tx, sql<{ month: string | null }>`select max(month) as month from billing_month`)
  if (last?.month && last.month >= month) return
  const begun = await run(tx, sql`insert into billing_month (month) values (${month}::date) on conflict do nothing returning month`)
  if (begun.length === 0) return
  // What was in force until the month after the last one that had begun: the server may have been off for some.
  await run(
    tx,
    sql`insert into billing_past_price (plan_component_id, until, price) select id, ${last?.month ? nextMonth(last.month) : month}::date, price
      from plan_component where future_price is not null and future_price <> price`,
  )
  await takeUpFuturePrices(tx)
}

/** An account that is held; `present` is the month of the transaction, which may have begun before the open one did. */
export type Held = Settling & { present: string }

/** Holds the account of an organization, turned to the present month. */
export async function holdAccount(tx: Tx, customer_id: number, site: Site): Promise<Held> {
  const zone = site.TIME_ZONE
  const [account] = await run(
    tx,
    sql<{ open: string; present: string }>`select month as open, site_month(now(), ${zone}::text) as present
      from billing_account where customer_id = ${customer_id} for update`,
  )
  if (!account) return openAccount(tx, customer_id, site)
  const { open, present } = account
  const held = { customer_id, open, zone }
  return { ...(open < present ? await turn(tx, held, present, site) : held), present }
}

/** Whoever is billed for the first time begins with the present month. */
async function openAccount(tx: Tx, customer_id: number, site: Site): Promise<Held> {
  const zone = site.TIME_ZONE
  const [made] = await run(
    tx,
    sql<{ open: string }>`insert into billing_account (customer_id, month) values (${customer_id}, site_month(now(), ${zone}::text))
      on conflict do nothing returning month as open`,
  )
  if (!made) return holdAccount(tx, customer_id, site)
  await beginMonth(tx, made.open)
  return { customer_id, open: made.open, zone, present: made.open }
}

/** The month after another. */
export const nextMonth = (month: string): string => monthsAfter(month, 1)

/** Closes each month before `present` and opens the next with what goes on. */
async function turn(tx: Tx, settling: Settling, present: string, site: Site): Promise<Settling> {
  await beginMonth(tx, present)
  let { open } = settling
  while (open < present) {
    await close(tx, settling.customer_id, open, site)
    open = nextMonth(open)
    await settleAll(tx, { ...settling, open })
  }
  await run(tx, sql`update billing_account set month = ${open}::date where customer_id = ${settling.customer_id}`)
  return { ...settling, open }
}

async function close(tx: Tx, customerId: number, month: string, { SITE_NAME }: Site): Promise<void> {
  const [invoice] = await run(
    tx,
    sql<{
      id: number
    }>`select id from invoice where customer_id = ${customerId} and month = ${month}::date and state = 'pending' for update`,
  )
  if (!invoice) return
  await transition(tx, invoiceStates, 'close', invoice.id, 'created', {
    // The first day after its month, however late that is found out.
    invoice_date: sql`(${month}::date + interval '1 month')::date`,
    issuer_details: JSON.stringify({ name: SITE_NAME }),
    customer_details: sql`(select ${sql.raw(customerDetailsSql('c'))} from customer c where c.id = ${customerId})`,
  })
}
