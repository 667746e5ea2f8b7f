// What orders and resources look up: a project or an offering as the caller may name it, a plan with its prices.
import { sql } from 'kysely'
import { type PricedPlan, seesOffering } from '../offerings/public.ts'
import { type Actor, readsAll, scopeIds } from '../platform/auth/actor.ts'
import { type Executor, run } from '../platform/db/database.ts'
import { selectRows } from '../platform/http/collection.ts'
import { nobody, type Viewer } from '../platform/http/context.ts'
import type { Source } from '../platform/http/view.ts'
import { OFFERING_FACTS, type OfferingFacts, PROJECT_FACTS, type ProjectFacts } from './facts.ts'

const visibleProjects = (actor: Actor | undefined) =>
  actor && readsAll(actor)
    ? sql`true`
    : sql`(p.id = any(${actor ? scopeIds(actor, 'project') : []}::bigint[]) or c.id = any(${actor ? scopeIds(actor, 'customer') : []}::bigint[]))`

const PROJECTS: Source = { from: 'project p', alias: 'p', joins: { c: 'join customer c on c.id = p.customer_id' } }
const OFFERINGS: Source = { from: 'offering off', alias: 'off', joins: {} }

// What is found for a change is held: who would remove or close it waits until that has ended, and then finds what came of it.

/** A project in which the caller may place orders, held: whoever sees it may (orders.md §3.2). Removed ones are found too. */
export async function findProject(db: Executor, viewer: Viewer, uuid: string): Promise<ProjectFacts | undefined> {
  const where = sql<boolean>`p.uuid = ${uuid}::uuid and ${visibleProjects(viewer.actor)}`
  const [row] = await selectRows(db, PROJECTS, PROJECT_FACTS, viewer, where, { uses: ['c'], after: sql`for key share of p, c` })
  return row
}

/** Any offering, held: which of them may be ordered is a rule of its own, with texts of its own. */
export async function findOffering(db: Executor, uuid: string): Promise<OfferingFacts | undefined> {
  const [row] = await selectRows(db, OFFERINGS, OFFERING_FACTS, nobody('UTC'), sql`off.uuid = ${uuid}::uuid`, {
    after: sql`for key share of off`,
  })
  return row
}

/** One that the caller sees, in the catalogue or as its provider. */
export async function findSeenOffering(db: Executor, { actor }: Viewer, uuid: string): Promise<OfferingFacts | undefined> {
  const seen = sql<boolean>`off.uuid = ${uuid}::uuid and exists (select 1 from offering where offering.id = off.id and ${seesOffering(actor)})`
  const [row] = await selectRows(db, OFFERINGS, OFFERING_FACTS, nobody('UTC'), seen)
  return row
}

export type PlanFacts = {
  id: number
  uuid: string
  offering_id: number
  archived: boolean
  unit: string
  /** Resources that may run on it at a time; null for any number. */
  max_amount: number | null
} & PricedPlan

// Prices as texts: a number of JavaScript would lose their digits.
const PLAN_FACTS = `plan.id, plan.uuid, plan.offering_id, plan.archived, plan.unit, plan.max_amount, plan.unit_price::text as unit_price,
  (select coalesce(jsonb_agg(jsonb_build_object('type', oc.type, 'billing_type', oc.billing_type, 'is_prepaid', oc.is_prepaid,
    'price', coalesce(pc.price, 0)::text, 'amount', coalesce(pc.amount, 0), 'factor', 1) order by oc.id), '[]')
   from offering_component oc left join plan_component pc on pc.component_id = oc.id and pc.plan_id = plan.id
   where oc.offering_id = plan.offering_id) as components`

/** A plan; one that a caller names is held. */
export async function findPlan(db: Executor, by: { uuid: string } | { id: number }): Promise<PlanFacts | undefined> {
  const condition = 'uuid' in by ? sql`plan.uuid = ${by.uuid}::uuid` : sql`plan.id = ${by.id}`
  const held = 'uuid' in by ? sql`for key share of plan` : sql``
  const [row] = await run(db, sql<PlanFacts>`select ${sql.raw(PLAN_FACTS)} from plan where ${condition} ${held}`)
  return row
}

/** Resources of an offering that stand in a project, terminated ones too: the number that the next name carries on. */
export async function countResources(db: Executor, projectId: number, offeringId: number): Promise<number> {
  const [row] = await run(
    db,
    sql<{ n: number }>`select coalesce(sum(n), 0) as n from resource_counted
      where grain = 'project_id,offering_id' and project_id = ${projectId} and offering_id = ${offeringId}`,
  )
  return Number(row?.n ?? 0)
}
