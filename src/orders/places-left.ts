// What is left of an offering: places of a plan, resources a project may have, limits that all resources share. Whoever counts
// holds a lock until the end of the transaction, so that two who ask at once are counted one after the other (orders.md §7 row 3).

import { type RawBuilder, sql } from 'kysely'
import {
  availableLimitReached,
  checkLimits,
  type LimitedComponent,
  type Limits,
  type LimitsProblem,
  periodLimitExceeded,
} from '../offerings/public.ts'
import { type Executor, run, type Tx } from '../platform/db/database.ts'
import { valueAt } from '../platform/keyed.ts'
import { stateIn } from '../platform/states/sql.ts'
import { type OfferingFacts, OPEN_ORDER_STATES, type PlanFacts } from '../resources/public.ts'

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

/** Whether all resources together may have so much of it and no more. */
export const isShared = ({ limit_amount, max_available_limit }: LimitedComponent): boolean =>
  Boolean((limit_amount ?? 0) > 0 || (max_available_limit ?? 0) > 0)

// What is asked for counts as taken from then on, as that of a new resource does: two that fit one by one need not fit together.
const OPEN = sql.raw(stateIn('coming.state', OPEN_ORDER_STATES))

// A limit counts in the period in which it was chosen: when its resource was made, or its limits were last changed.
const inPeriod = (moment: string, timeZone: string) =>
  sql`site_day(${sql.raw(moment)}, ${timeZone}::text) >= period_start(oc.limit_period, site_day(now(), ${timeZone}::text))`

/**
 * SQL for the JSON list of an offering's components; `except` is a resource whose own limits do not count.
 */
export const sharedComponents = (offeringId: number, except: number | null, timeZone: string) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('type', oc.type, 'billing_type', oc.billing_type, 'is_prepaid', oc.is_prepaid,
      'limit_period', oc.limit_period, 'limit_amount', oc.limit_amount, 'min_value', oc.min_value, 'max_value', oc.max_value,
      'max_available_limit', oc.max_available_limit, 'min_prepaid_duration', oc.min_prepaid_duration,
      'max_prepaid_duration', oc.max_prepaid_duration, 'used', coalesce(held.used, 0), 'used_in_period', coalesce(held.used_in_period, 0))
      order by oc.id), '[]')
   from offering_component oc left join lateral (
     select sum(greatest((other.limits ->> oc.type)::numeric, (coming.limits ->> oc.type)::numeric, 0)) as used,
       sum(greatest((other.limits ->> oc.type)::numeric, (coming.limits ->> oc.type)::numeric, 0)) filter (where coming.id is not null
         or ${inPeriod('other.created', timeZone)} or exists (
         select 1 from "order" change where change.resource_id = other.id and change.state = 'done'
           and (change.subtype = 'update_limits' or (change.subtype = 'renew' and change.attributes ? 'old_limits'))
           and ${inPeriod('change.completed_at', timeZone)})) as used_in_period
     from resource other left join "order" coming on coming.resource_id = other.id and ${OPEN} and coming.subtype in ('update_limits', 'renew')
     where (oc.limit_amount > 0 or oc.max_available_limit > 0) and other.offering_id = oc.offering_id and other.state <> 'Terminated'
       and other.id is distinct from ${except}::bigint and (other.limits ? oc.type or coming.limits ? oc.type)) held on true
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

/** SQL that holds when such a resource has the value already that its offering wants once in a project. */
export const attributeTaken = (
  projectId: number,
  { offering_id, plugin_options }: Pick<OfferingFacts, 'offering_id' | 'plugin_options'>,
  attributes: { [key: string]: unknown },
) => {
  const attribute = String(plugin_options.unique_resource_per_attribute ?? '')
  const value = attribute === '' ? undefined : valueAt(attributes, attribute)
  return sql`(${value !== undefined}::boolean and exists (select 1 from resource mine where mine.project_id = ${projectId}
    and mine.offering_id = ${offering_id} and mine.state <> 'Terminated' and mine.attributes -> ${attribute} = ${value === undefined ? null : JSON.stringify(value)}::jsonb))`
}

/** SQL for the number of resources of an offering in a project that are not terminated. */
export const resourcesIn = (projectId: number, offeringId: number) => sql`(select coalesce(sum(n), 0)::int from resource_counted
  where grain = 'project_id,offering_id' and project_id = ${projectId} and offering_id = ${offeringId} and state <> 'Terminated')`

/** What a project has of an offering already, beside a resource with those attributes. */
export async function heldBy(
  db: Executor,
  projectId: number,
  offering: Pick<OfferingFacts, 'offering_id' | 'plugin_options'>,
  attributes: { [key: string]: unknown },
): Promise<{ resources: number; attribute_taken: boolean }> {
  const [row] = await run(
    db,
    sql<{ resources: number; attribute_taken: boolean }>`select ${resourcesIn(projectId, offering.offering_id)} as resources,
      ${attributeTaken(projectId, offering, attributes)} as attribute_taken`,
  )
  return row ?? { resources: 0, attribute_taken: false }
}

/** SQL for the number of resources that run on a plan, or are being put on it; `except` is one that does not count. */
export const placesTaken = (plan: RawBuilder<unknown>, except: number | null) => sql`(
  (select count(*) from resource other where other.plan_id = ${plan} and other.state <> 'Terminated' and other.id is distinct from ${except}::bigint)
  + (select count(*) from "order" coming join resource switched on switched.id = coming.resource_id where coming.plan_id = ${plan}
      and ${OPEN} and coming.subtype = 'plan_switch' and switched.plan_id is distinct from coming.plan_id
      and switched.id is distinct from ${except}::bigint))`

/** Resources that run on a plan, or are being put on it. */
export async function usersOf(db: Executor, planId: number): Promise<number> {
  const [row] = await run(db, sql<{ n: number }>`select ${placesTaken(sql`${planId}::bigint`, null)} as n`)
  return Number(row?.n ?? 0)
}

export async function findComponents(
  db: Executor,
  offeringId: number,
  except: number | null,
  timeZone: string,
): Promise<SharedComponent[]> {
  const [row] = await run(
    db,
    sql<{ components: SharedComponent[] }>`select ${sharedComponents(offeringId, except, timeZone)} as components`,
  )
  return row?.components ?? []
}

/** What is wrong with limits: their types and bounds, then what all resources together may have (orders.md §1.7 steps 2–5). */
export function checkSharedLimits(components: readonly SharedComponent[], limits: Limits): LimitsProblem | undefined {
  const alone = checkLimits(components, limits)
  if (alone) return alone
  for (const component of components) {
    const limit = valueAt(limits, component.type)
    if (limit === undefined) continue
    if (component.limit_amount && component.used_in_period + limit > component.limit_amount) return { rule: periodLimitExceeded(component) }
  }
  for (const component of components) {
    const limit = valueAt(limits, component.type)
    if (limit === undefined || !component.max_available_limit) continue
    if (component.used + limit >= component.max_available_limit) return { rule: availableLimitReached(component, component.used) }
  }
  return undefined
}
