// What is left of an offering: places of a plan, resources a project may have, limits that all resources share. Whoever counts
// holds a lock until the end of the transaction, so that two who ask at once are counted one after the other (orders.md §7 row 3).
import { sql } from 'kysely'
import {
  availableLimitReached,
  checkLimits,
  type LimitedComponent,
  type Limits,
  type LimitsProblem,
  periodLimitExceeded,
} from '../offerings/public.ts'
import { type Executor, run, type Tx } from '../platform/db/database.ts'
import type { OfferingFacts, PlanFacts } from '../resources/public.ts'

export type Contended = {
  offering: Pick<OfferingFacts, 'offering_id' | 'has_shared_limits' | 'plugin_options'>
  plan?: Pick<PlanFacts, 'id' | 'max_amount'> | undefined
  /** Set for a new resource: the project whose number of resources counts. */
  project_id?: number
  limits: Limits
}

/** Waits for others who take from the same places; one statement, none where nothing is scarce. */
export async function lockPlaces(tx: Tx, { offering, plan, project_id, limits }: Contended): Promise<void> {
  const options = offering.plugin_options
  const counted = options.maximal_resource_count_per_project !== undefined || Boolean(options.unique_resource_per_attribute)
  const keys = [
    ...(project_id !== undefined && counted ? [`project ${project_id} offering ${offering.offering_id}`] : []),
    ...(offering.has_shared_limits && Object.keys(limits).length > 0 ? [`limits of offering ${offering.offering_id}`] : []),
    ...(plan?.max_amount ? [`plan ${plan.id}`] : []),
  ]
  if (keys.length > 0) await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}::text[]) key`)
}

/** A component with what other resources of the offering hold of it: altogether, and taken in its current period. */
export type SharedComponent = LimitedComponent & {
  used: number
  used_in_period: number
  /** Months for which a prepaid component may be bought. */
  min_prepaid_duration: number | null
  max_prepaid_duration: number | null
}

// A limit counts in the period in which it was chosen: when its resource was made, or its limits were last changed.
const PERIOD_START = `case oc.limit_period when 'annual' then date_trunc('year', now()) when 'quarterly' then date_trunc('quarter', now())
  when 'total' then '-infinity' else date_trunc('month', now()) end`

/** SQL for the JSON list of an offering's components; `except` is a resource whose own limits do not count. */
export const sharedComponents = (offeringId: number, except: number | null) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('type', oc.type, 'billing_type', oc.billing_type, 'is_prepaid', oc.is_prepaid,
      'limit_period', oc.limit_period, 'limit_amount', oc.limit_amount, 'min_value', oc.min_value, 'max_value', oc.max_value,
      'max_available_limit', oc.max_available_limit, 'min_prepaid_duration', oc.min_prepaid_duration,
      'max_prepaid_duration', oc.max_prepaid_duration, 'used', coalesce(held.used, 0), 'used_in_period', coalesce(held.used_in_period, 0))
      order by oc.id), '[]')
   from offering_component oc left join lateral (
     select sum(greatest((other.limits ->> oc.type)::numeric, 0)) as used,
       sum(greatest((other.limits ->> oc.type)::numeric, 0)) filter (where other.created >= ${sql.raw(PERIOD_START)} or exists (
         select 1 from "order" change where change.resource_id = other.id and change.attributes ? 'old_limits' and change.state = 'done'
           and change.completed_at >= ${sql.raw(PERIOD_START)})) as used_in_period
     from resource other
     where (oc.limit_amount > 0 or oc.max_available_limit > 0) and other.offering_id = oc.offering_id and other.state <> 'Terminated'
       and other.id is distinct from ${except}::bigint and other.limits ? oc.type) held on true
   where oc.offering_id = ${offeringId})`

/** SQL that holds when the organization is in one of the groups of an offering or a plan, or there are none. */
export const inGroups = (table: 'offering' | 'plan', id: number | null, customerId: number) => {
  const [groups, key] = [sql.raw(`${table}_organization_group`), sql.raw(`${table}_id`)]
  return sql`(not exists (select 1 from ${groups} g where g.${key} = ${id}::bigint) or exists (select 1 from ${groups} g
    join customer_organization_group cg using (organization_group_id) where g.${key} = ${id}::bigint and cg.customer_id = ${customerId}))`
}

export async function isInGroups(db: Executor, offeringId: number, customerId: number): Promise<boolean> {
  const [row] = await run(db, sql<{ fits: boolean }>`select ${inGroups('offering', offeringId, customerId)} as fits`)
  return row?.fits === true
}

/** Resources that run on a plan now. */
export async function usersOf(db: Executor, planId: number): Promise<number> {
  const [row] = await run(
    db,
    sql<{ n: number }>`select coalesce(sum(n), 0) as n from resource_counted
      where grain = 'plan_id' and plan_id = ${planId} and state <> 'Terminated'`,
  )
  return Number(row?.n ?? 0)
}

export async function findComponents(db: Executor, offeringId: number, except: number | null): Promise<SharedComponent[]> {
  const [row] = await run(db, sql<{ components: SharedComponent[] }>`select ${sharedComponents(offeringId, except)} as components`)
  return row?.components ?? []
}

/** What is wrong with limits: their types and bounds, then what all resources together may have (orders.md §1.7 steps 2–5). */
export function checkSharedLimits(components: readonly SharedComponent[], limits: Limits): LimitsProblem | undefined {
  const alone = checkLimits(components, limits)
  if (alone) return alone
  for (const component of components) {
    const limit = limits[component.type]
    if (limit === undefined) continue
    if (component.limit_amount && component.used_in_period + limit > component.limit_amount) return { rule: periodLimitExceeded(component) }
  }
  for (const component of components) {
    const limit = limits[component.type]
    if (limit === undefined || !component.max_available_limit) continue
    if (component.used + limit >= component.max_available_limit) return { rule: availableLimitReached(component, component.used) }
  }
  return undefined
}
