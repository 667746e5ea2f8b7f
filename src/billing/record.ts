// Lines are written in the transaction of what they are of: each reaction notes what the invoices need to know of it, and settles
// the resource anew in the month that runs.
import { type RawBuilder, sql } from 'kysely'
import { customerEvents, projectEvents } from '../core/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { type Context, reaction } from '../platform/wiring.ts'
import { resourceEvents } from '../resources/events.ts'
import type { UsageReaction } from '../resources/public.ts'
import { type Held, holdAccount, nextMonth, type Site } from './account.ts'
import { follow, type Settling, settle, settleAll } from './settle.ts'

const CHANGES = [
  'marketplace_resource_create_succeeded',
  'marketplace_resource_update_succeeded',
  'marketplace_resource_update_limits_succeeded',
  'marketplace_resource_terminate_succeeded',
  // Staff may have ended it all the same.
  'marketplace_resource_terminate_failed',
  'marketplace_resource_unlinked',
] as const

/** Notes what a resource's limits are, when they are others than before; says where it is. A transaction that waited is older than what it waited for. */
async function noteLimits(tx: Tx, resourceId: number): Promise<{ customer_id: number; project_id: number } | undefined> {
  const [place] = await run(
    tx,
    sql<{ customer_id: number; project_id: number }>`with noted as (insert into billing_limit (resource_id, component_id, since, "limit")
      select r.id, oc.id, greatest(now(), last.since + interval '1 microsecond'), told."limit"
      from resource r join offering_component oc on oc.offering_id = r.offering_id
          and (oc.billing_type = 'limit' or (oc.billing_type = 'one' and oc.is_prepaid))
        cross join lateral (select greatest(case when jsonb_typeof(r.limits -> oc.type) = 'number' then (r.limits ->> oc.type)::numeric else 0 end, 0) as "limit") told
        left join lateral (select l.since, l."limit" from billing_limit l where l.resource_id = r.id and l.component_id = oc.id
          order by l.since desc limit 1) last on true
      where r.id = ${resourceId} and told."limit" <> coalesce(last."limit", 0))
      select p.customer_id, p.id as project_id from resource r join project p on p.id = r.project_id where r.id = ${resourceId}`,
  )
  return place
}

const isResource = (id: number) => sql<boolean>`r.id = ${id}`

/** A resource began, changed or ended, or was put elsewhere: its running month is billed where it is now. */
export const billChange = reaction(resourceEvents, CHANGES, async ({ tx, config }, { resource_id, customer_id, project_id }) => {
  const place = await noteLimits(tx, resource_id)
  const moved = place !== undefined && place.project_id !== project_id
  const settling = moved ? await holdBoth(tx, customer_id, place.customer_id, config) : await holdAccount(tx, customer_id, config)
  if (moved) return follow(tx, { customer_id }, settling, isResource(resource_id))
  await settleSince(tx, settling, settling.present, isResource(resource_id))
})

/** Settles the months from one on: a transaction that began before midnight may end when its month is closed. */
async function settleSince(tx: Tx, settling: Settling, month: string, of: RawBuilder<boolean>): Promise<void> {
  for (let at = month; at <= settling.open; at = nextMonth(at)) await settle(tx, settling, at, of)
}

/** It was reported what a resource used, in this month or, by staff, in one that is over. */
export const billUsage: UsageReaction = async ({ tx, config }, { resource_id, customer_id, billing_period }) => {
  const settling = await holdAccount(tx, customer_id, config)
  await settle(tx, settling, billing_period, isResource(resource_id), { usageOnly: true })
}

/** Holds the accounts of both organizations, always the older first. */
async function holdBoth(tx: Tx, from: number, to: number, site: Site): Promise<Held> {
  for (const id of [from, to].sort((a, b) => a - b)) await holdAccount(tx, id, site)
  return holdAccount(tx, to, site)
}

/** The running month of a project's resources is billed to the organization that has it now. */
export const billMovedProject = reaction(projectEvents, ['project_update_succeeded'], async ({ tx, config }, { id, customer_id }) => {
  const [former] = await run(
    tx,
    sql<{ customer_id: number }>`select invoice.customer_id from invoice_item item join invoice on invoice.id = item.invoice_id
      where item.project_id = ${id} and invoice.state = 'pending' and invoice.customer_id <> ${customer_id} limit 1`,
  )
  if (!former) return
  const settling = await holdBoth(tx, former.customer_id, customer_id, config)
  await follow(tx, former, settling, sql`p.id = ${id}`)
})

/** The day from which an organization is billed may have been moved: what runs is settled anew. */
export const billCustomer = reaction(customerEvents, ['customer_update_succeeded'], async (context: Context, { id }) => {
  const { tx, config } = context
  const [account] = await run(tx, sql`select from billing_account where customer_id = ${id}`)
  if (!account) return
  const settling = await holdAccount(tx, id, config)
  await settleAll(tx, settling)
})
