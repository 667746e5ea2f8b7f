// Whether an order that waited can still be had: its offering takes orders, its plan is offered and has room, its limits fit
// beside those of others (orders.md §7 row 37).
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import type { Context } from '../platform/wiring.ts'
import { changesLimits } from './asked.ts'
import type { OrderSubject } from './list.ts'
import { checkSharedLimits, lockPlaces, placesTaken, type SharedComponent, sharedComponents } from './places-left.ts'
import { takesOrders } from './policy.ts'

/** What the order takes anew; a plan that the resource runs on already is not asked about again. */
function takes(order: OrderSubject): { plan: boolean; limits: boolean } {
  const { type, subtype, plan_id, limits } = order
  const whole = type === 'Create' || type === 'Restore'
  return {
    plan: plan_id !== null && (whole || subtype === 'plan_switch'),
    limits: Object.keys(limits).length > 0 && (whole || changesLimits(order)),
  }
}

type Facts = {
  plan: { id: number; offering_id: number; archived: boolean; max_amount: number | null; taken: number } | null
  components: SharedComponent[] | null
}

async function readFacts({ tx, config }: Context, order: OrderSubject, asked: { plan: boolean; limits: boolean }): Promise<Facts> {
  const plan = sql`(select jsonb_build_object('id', plan.id, 'offering_id', plan.offering_id, 'archived', plan.archived,
      'max_amount', plan.max_amount, 'taken', case when plan.max_amount is not null then ${placesTaken(sql`plan.id`, order.resource_id)} else 0 end)
    from plan where plan.id = ${order.plan_id}::bigint)`
  const components = sharedComponents(order.offering_id, order.resource_id, config.TIME_ZONE)
  const [facts] = await run(
    tx,
    sql<Facts>`select ${asked.plan ? plan : sql`null::jsonb`} as plan, ${asked.limits ? components : sql`null::jsonb`} as components`,
  )
  return facts as Facts
}

/** Why a locked order cannot go on; undefined when it can. Where places are scarce, others who take from them wait until this transaction ends. */
export const reasonAgainst = async (context: Context, order: OrderSubject): Promise<string | undefined> =>
  takesOrders(order.type, order.offering_state) ? noPlaceFor(context, order) : 'Offering is not available.'

/** Why there is no place for what a locked order takes, whatever its offering takes now. */
export async function noPlaceFor(context: Context, order: OrderSubject): Promise<string | undefined> {
  const asked = takes(order)
  if (!asked.plan && !asked.limits) return undefined
  let facts = await readFacts(context, order, asked)
  if (facts.plan?.max_amount || (asked.limits && order.has_shared_limits)) {
    await lockPlaces(context.tx, { offering: order, plan: facts.plan ?? undefined, limits: asked.limits ? order.limits : {} })
    facts = await readFacts(context, order, asked)
  }
  return reasonOfPlan(order, facts.plan) ?? reasonOfLimits(order, facts.components)
}

function reasonOfPlan({ type, offering_id, offering_parent_id }: OrderSubject, plan: Facts['plan']): string | undefined {
  if (!plan) return undefined
  const offered = [offering_id, offering_parent_id].includes(plan.offering_id) && !plan.archived
  // What is restored comes back on the plan that it had, as it may when it is ordered.
  if (!offered && type !== 'Restore') return 'This plan is not available for selected offering.'
  if (plan.max_amount !== null && plan.taken >= plan.max_amount) return 'Plan is not available because limit has been reached.'
  return undefined
}

function reasonOfLimits({ limits }: OrderSubject, components: SharedComponent[] | null): string | undefined {
  const problem = components && checkSharedLimits(components, limits)
  if (!problem) return undefined
  return 'rule' in problem ? problem.rule : textsOf(problem.fields).join(' ')
}

const textsOf = (errors: unknown): string[] =>
  typeof errors === 'string' ? [errors] : Object.entries(errors as object).flatMap(([, inner]) => textsOf(inner))
