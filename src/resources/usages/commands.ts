// Usage that the provider reports: one record per resource, component and month; a later report replaces the earlier one
// (orders.md §5.7). Months are those of the site.
import { Decimal } from 'decimal.js'
import { sql } from 'kysely'
import { type Actor, may } from '../../platform/auth/actor.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import type { Viewer } from '../../platform/http/context.ts'
import { forbidden, invalid, invalidBody, refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, boolean, datetime, decimal, list, optional, type Parsed, text, uuid, withDefault } from '../../platform/http/shapes.ts'
import type { Asked } from '../../platform/http/who.ts'
import { monthOf, now } from '../../platform/time.ts'
import { type ResourceFacts, toldOf } from '../events.ts'
import { findSeenResource } from '../sight.ts'
import { tellOfUsage } from './told.ts'

export const setUsageBody = body('ComponentUsageCreateRequest', {
  usages: list(
    body({
      type: text(),
      amount: decimal({ digits: 20, places: 2 }),
      description: withDefault(text({ max: 4096, blank: true }), ''),
      recurring: withDefault(boolean(), false),
    }),
    { empty: false, max: 500 },
  ),
  plan_period: optional(uuid()),
  resource: optional(uuid()),
  date: optional(datetime()),
})
type Input = Parsed<typeof setUsageBody>

type Reported = {
  resource_uuid: string
  resource_id: number
  resource_state: string
  offering_id: number
  provider_id: number
  plan_id: number | null
  plan_period_id: number | null
  period_closed: boolean
  told: ResourceFacts
}

/** Stores reported usage. 400 as documented, 403 without RESOURCE.SET_USAGE on the offering or its organization. */
export async function setUsage(call: Call<undefined, Input>): Promise<void> {
  const { tx, actor, viewer, input } = call
  const found = await findReported(tx, viewer, input)
  if (found.period_closed) throw invalid({ plan_period: ['Billing period is closed.'] })
  if (found.plan_id === null) throw invalid({ resource: ['Resource must have a plan to report usage.'] })
  takesUsage(found.resource_state)
  const components = await reportable(tx, found.offering_id, input)
  requireReporter(actor, found)
  const reported = { moment: input.date ?? now(), timeZone: viewer.timeZone }
  checkMoment(reported, actor.is_staff, components)
  await checkAmounts(tx, found.resource_id, components, input, reported)
  await store(tx, found, components, input, reported, actor.id)
  await refreshCurrentUsages(tx, found.resource_id, viewer.timeZone)
  await tellOfUsage(call, { ...found.told, billing_period: monthOf(reported.moment, viewer.timeZone) })
}

function requireReporter(actor: Actor, { offering_id, provider_id }: Reported): void {
  if (!may(actor, 'RESOURCE.SET_USAGE', [['offering', offering_id] as const, ['customer', provider_id] as const])) throw forbidden()
}

/** Refuses who may not report what the body reports. */
export const mayReport = async ({ tx, actor, viewer, input }: Asked<undefined, Input>): Promise<void> =>
  requireReporter(actor, await findReported(tx, viewer, input))

/** 400 for a resource that is not there to be used. */
export function takesUsage(state: string): void {
  if (!['OK', 'Updating', 'Terminating'].includes(state)) throw invalid({ resource: ['Resource is not in valid state.'] })
}

async function findReported(tx: Tx, viewer: Viewer, { plan_period, resource }: Input): Promise<Reported> {
  if (!plan_period && !resource) throw invalidBody('Either plan_period or resource should be provided.')
  // Held before it is read: what it waited for may have ended the period.
  const named = plan_period
    ? sql`r.id = (select named.resource_id from resource_plan_period named where named.uuid = ${plan_period}::uuid)`
    : sql`r.uuid = ${resource}::uuid`
  await run(tx, sql`select from resource r where ${named} for no key update`)
  const [found] = await run(
    tx,
    sql<
      Omit<Reported, 'told'>
    >`select r.id as resource_id, wire_uuid(r.uuid) as resource_uuid, r.state as resource_state, r.plan_id, off.id as offering_id, off.customer_id as provider_id,
        pp.id as plan_period_id, coalesce(pp."end" < now(), false) as period_closed
      from resource r join offering off on off.id = r.offering_id
      left join resource_plan_period pp on pp.resource_id = r.id
        and (case when ${plan_period ?? null}::uuid is null then pp."end" is null else pp.uuid = ${plan_period ?? null}::uuid end)
      where ${plan_period ? sql`pp.uuid = ${plan_period}::uuid` : sql`r.uuid = ${resource}::uuid`}`,
  )
  const seen = found && (await findSeenResource(tx, viewer, found.resource_uuid))
  if (found && seen) return { ...found, told: toldOf(seen) }
  throw plan_period ? invalid({ plan_period: ['Plan period is not found.'] }) : invalid({ resource: ['Resource is not found.'] })
}

type Component = { id: number; type: string; billing_type: string; limit_period: string | null; limit_amount: number | null }

/** The components that the report names; only those that are charged by use or by limit may be reported. */
async function reportable(tx: Tx, offeringId: number, { usages }: Input): Promise<Component[]> {
  const known = await tx
    .selectFrom('offering_component')
    .select(['id', 'type', 'billing_type', 'limit_period', 'limit_amount'])
    .where('offering_id', '=', offeringId)
    .where('billing_type', 'in', ['usage', 'limit'])
    .execute()
  const types = new Set(known.map(({ type }) => type))
  const strange = usages.filter(({ type }) => !types.has(type)).map(({ type }) => type)
  if (strange.length > 0) throw invalidBody(`These components are invalid: ${strange.join(', ')}.`)
  return known.filter(({ type }) => usages.some((usage) => usage.type === type))
}

/** When it was used, and where that is decided. */
type When = { moment: string; timeZone: string }

export function checkMoment({ moment, timeZone }: When, isStaff: boolean, components: readonly Pick<Component, 'billing_type'>[]): void {
  if (Date.parse(moment) > Date.now()) throw invalid({ date: ['Date cannot be in the future.'] })
  const past = monthOf(moment, timeZone) !== monthOf(now(), timeZone)
  if (past && !isStaff && components.some(({ billing_type }) => billing_type !== 'limit')) {
    throw invalid({ date: ['Only staff can report usage for past billing periods.'] })
  }
}

const monthIn = ({ moment, timeZone }: When) => sql`site_month(${moment}::timestamptz, ${timeZone}::text)`

async function checkAmounts(tx: Tx, resourceId: number, components: readonly Component[], { usages }: Input, when: When): Promise<void> {
  for (const { id, type, billing_type, limit_period, limit_amount } of components) {
    const sent = usages.find((usage) => usage.type === type)
    if (!sent || billing_type !== 'usage' || limit_amount === null) continue
    const period = limit_period ?? 'total'
    // The month's own record is about to be replaced, so it does not count.
    const [row] = await run(
      tx,
      sql<{ used: string }>`select coalesce(sum(usage), 0) as used from component_usage
        where resource_id = ${resourceId} and component_id = ${id} and billing_period <> ${monthIn(when)}
          and period_start(${period}, billing_period) = period_start(${period}, ${monthIn(when)})`,
    )
    const total = new Decimal(row?.used ?? 0).plus(sent.amount)
    if (total.greaterThan(limit_amount))
      throw refused(`Total amount exceeds limit. Total amount: ${total.toFixed()}, limit: ${limit_amount}.`)
  }
}

async function store(
  tx: Tx,
  found: Reported,
  components: readonly Component[],
  { usages }: Input,
  when: When,
  userId: number,
): Promise<void> {
  const rows = components.map(({ id, type }) => {
    const { amount = '0', description = '', recurring = false } = usages.findLast((usage) => usage.type === type) ?? {}
    return { component_id: id, amount, description, recurring }
  })
  await run(
    tx,
    sql`with sent as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as s (component_id bigint, amount numeric, description text, recurring boolean)),
        others as (
          -- Of a month only the last report goes on by itself.
          update component_usage set recurring = false where resource_id = ${found.resource_id}
            and billing_period = ${monthIn(when)} and component_id not in (select component_id from sent))
      insert into component_usage (resource_id, component_id, plan_period_id, billing_period, date, usage, description, recurring, modified_by_id)
      select ${found.resource_id}, component_id, ${found.plan_period_id}, ${monthIn(when)}, ${when.moment}::timestamptz,
        amount, description, recurring, ${userId} from sent
      on conflict on constraint component_usage_key do update set date = excluded.date, usage = excluded.usage,
        description = excluded.description, recurring = excluded.recurring, modified_by_id = excluded.modified_by_id,
        plan_period_id = coalesce(excluded.plan_period_id, component_usage.plan_period_id)`,
  )
}

/** What the resource used in the present month, kept beside it because every view of it shows it: until the month is over. */
async function refreshCurrentUsages(tx: Tx, resourceId: number, timeZone: string): Promise<void> {
  await run(
    tx,
    sql`update resource set current_usages_month = site_month(now(), ${timeZone}::text), current_usages = coalesce((
        select jsonb_object_agg(oc.type, trim_scale(cu.usage)) from component_usage cu join offering_component oc on oc.id = cu.component_id
        where cu.resource_id = ${resourceId} and cu.billing_period = site_month(now(), ${timeZone}::text)), '{}')
      where id = ${resourceId}`,
  )
}
