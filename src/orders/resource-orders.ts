// Orders that change a resource that exists: terminate, another plan, other limits, other options, restore (orders.md §5.5).
// Each locks the resource first, so that of two who ask at once one finds it in another state.

import {
  checkOptions,
  costOfPlanSwitch,
  estimate,
  type Limits,
  limitsNotSupported,
  moneyText,
  supportsLimits,
  switchPrice,
} from '../offerings/public.ts'
import type { Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { conflict, invalid, refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { valueAt } from '../platform/keyed.ts'
import {
  endDateOf,
  findPlan,
  type OrderKind,
  type PlanFacts,
  type ResourceSubject,
  resourceEvent,
  setEndDate,
  setOptions,
  startChange,
  toldOf,
} from '../resources/public.ts'
import { type AskedOrder, FREE, type OrderMoney } from './asked.ts'
import { requirePlace } from './create.ts'
import { inOwnName, pendingOrderExists, placeOrder, requireOffered, requireOrderable } from './place.ts'
import { checkSharedLimits, findComponents, heldBy, isInGroups, lockPlaces, usersOf } from './places-left.ts'
import { findOpenOrder } from './queries.ts'
import type { optionsBody, restoreBody, switchPlanBody, terminateBody, updateLimitsBody } from './schema.ts'

export type OrderUuid = { order_uuid: string }

/** The common end: nothing else is under way, the resource says what is coming, the order is made. */
export async function place(
  call: Call<ResourceSubject, unknown>,
  type: OrderKind,
  asked: Pick<AskedOrder, 'plan_id' | 'attributes' | 'limits' | 'money'> & Partial<AskedOrder>,
): Promise<OrderUuid> {
  const { tx, row, actor } = call
  requireOrderable(type, row, row)
  if (row.has_open_order) throw pendingOrderExists()
  await startChange(tx, row, type)
  const whole: AskedOrder = { ...asked, type, offering: row, project: row, resource: row }
  const order = await placeOrder(call, whole, inOwnName(actor, whole))
  return { order_uuid: order.uuid }
}

const planOf = async (tx: Tx, { plan_id }: ResourceSubject): Promise<PlanFacts | undefined> =>
  plan_id === null ? undefined : findPlan(tx, { id: plan_id })

const costNow = (plan: PlanFacts | undefined, limits: Limits) => (plan ? moneyText(estimate(plan, limits)) : null)

export async function terminateResource(call: Call<ResourceSubject, Parsed<typeof terminateBody>>): Promise<OrderUuid> {
  const { tx, row, input } = call
  const money: OrderMoney = { ...FREE, old_cost_estimate: costNow(await planOf(tx, row), row.limits) }
  return place(call, 'Terminate', { plan_id: null, attributes: input.attributes ?? {}, limits: {}, money })
}

/** Another plan of the same offering, billed in the same rhythm. */
export async function switchPlan(call: Call<ResourceSubject, Parsed<typeof switchPlanBody>>): Promise<OrderUuid> {
  const { tx, row, input, actor } = call
  const { plan } = input
  const wrong = (text: string) => invalid({ plan: [text] })
  if (![row.offering_id, row.offering_parent_id].includes(plan.offering_id) || plan.archived || plan.id === row.plan_id) {
    throw wrong('Plan is not available for this offering.')
  }
  await lockPlaces(tx, { offering: row, plan, limits: {} })
  if (plan.max_amount !== null && (await usersOf(tx, plan.id)) >= plan.max_amount) {
    throw wrong('Plan is not available because limit has been reached.')
  }
  const old = await planOf(tx, row)
  if (old && old.unit !== plan.unit) throw wrong('Billing period of new plan must match the old one.')
  requireOffered(row, row, await isInGroups(tx, row.offering_id, row.customer_id), actor.is_staff)
  return place(call, 'Update', {
    plan_id: plan.id,
    old_plan_id: row.plan_id,
    subtype: 'plan_switch',
    attributes: {},
    limits: row.limits,
    money: {
      cost: moneyText(costOfPlanSwitch(plan, row.limits)),
      old_cost_estimate: costNow(old, row.limits),
      fixed_price: '0',
      activation_price: moneyText(switchPrice(plan)),
    },
  })
}

/** The order shows the old limits, by which clients know it as one of limits; the resource's own change when it is done. */
export async function updateLimits(call: Call<ResourceSubject, Parsed<typeof updateLimitsBody>>): Promise<OrderUuid> {
  const { tx, row, input } = call
  const { limits } = input
  if (!supportsLimits(row.offering_type)) throw invalid(limitsNotSupported)
  if (sameLimits(limits, row.limits)) throw refused('Impossible to create update orders with limits set to exactly the same.')
  await lockPlaces(tx, { offering: row, limits })
  const problem = checkSharedLimits(await findComponents(tx, row.offering_id, row.id, call.config.TIME_ZONE), limits)
  if (problem) throw 'fields' in problem ? invalid(problem.fields) : refused(problem.rule)
  const plan = await planOf(tx, row)
  return place(call, 'Update', {
    plan_id: row.plan_id,
    subtype: 'update_limits',
    attributes: { old_limits: row.limits },
    limits,
    // No plan is switched, so nothing is charged for that, which the original does (orders.md §1.11).
    money: { ...FREE, cost: costNow(plan, limits), old_cost_estimate: costNow(plan, row.limits) },
    request_comment: input.request_comment ?? null,
  })
}

const sameLimits = (a: Limits, b: Limits): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (type) => valueAt(a, type) !== undefined && valueAt(a, type) === valueAt(b, type),
  )

type OptionsAnswer = { status: string; order_uuid?: string }

/** Options that may be changed later: at once, or by an order where the offering says so. */
export async function updateOptions(call: Call<ResourceSubject, Parsed<typeof optionsBody>>): Promise<OptionsAnswer> {
  const { tx, row, input } = call
  const status = 'Resource options are submitted'
  const options = requireOptions(row, input.options)
  if (!row.plugin_options.create_orders_on_resource_option_change) {
    await writeOptions(call, options)
    return { status }
  }
  const open = row.has_open_order ? await findOpenOrder(tx, row.id) : undefined
  if (open?.subtype === 'update_options') throw conflict("There's a pending order for changing resource options.")
  const order = await place(call, 'Update', {
    plan_id: row.plan_id,
    subtype: 'update_options',
    new_options: options,
    attributes: { old_options: row.resource_choices, new_options: options },
    limits: row.limits,
    money: FREE,
  })
  return { status, ...order }
}

/** The provider writes options without an order. */
export async function updateOptionsDirect(call: Call<ResourceSubject, Parsed<typeof optionsBody>>): Promise<OptionsAnswer> {
  await writeOptions(call, requireOptions(call.row, call.input.options))
  return { status: 'Resource options have been updated directly.' }
}

/** What no order tells of is told by an event (orders.md §7 row 23). */
async function writeOptions(call: Call<ResourceSubject, unknown>, options: { [key: string]: unknown }): Promise<void> {
  const { tx, row } = call
  await setOptions(tx, row.id, { ...row.resource_choices, ...options })
  await recordEvents(call, [resourceEvent('marketplace_resource_update_succeeded', toldOf(row))])
}

function requireOptions(row: ResourceSubject, sent: { [key: string]: unknown } | null | undefined): { [key: string]: unknown } {
  const form = row.resource_options
  if (Object.keys(form.options ?? {}).length === 0) throw invalid({ options: ['Metadata for resource options is not defined.'] })
  const options = sent ?? {}
  const errors = checkOptions(form, { ...row.resource_choices, ...options })
  if (errors) throw invalid(errors)
  return options
}

/** Brings back what was terminated; returns the resource's id, for the answer shows it. */
export async function restoreResource(call: Call<ResourceSubject, Parsed<typeof restoreBody>>): Promise<number> {
  const { tx, row } = call
  if (!row.plugin_options.can_restore_resource) throw refused('Restoring resource is not supported for this offering type.')
  if (row.state !== 'Terminated') throw refused('Resource must be in TERMINATED state to be restored.')
  // What is brought back takes its places anew, and nothing lives in a project that was removed.
  if (row.is_removed) throw refused('Cannot restore resources of terminated projects.')
  await requireTime(tx, row)
  const plan = await planOf(tx, row)
  await lockPlaces(tx, { offering: row, plan, project_id: row.project_id, limits: row.limits })
  requirePlace(row, row, await heldBy(tx, row.project_id, row, row.attributes), row.attributes)
  const problem = checkSharedLimits(await findComponents(tx, row.offering_id, row.id, call.config.TIME_ZONE), row.limits)
  if (problem && 'rule' in problem) throw refused(problem.rule)
  if (plan && plan.max_amount !== null && (await usersOf(tx, plan.id)) >= plan.max_amount) {
    throw invalid({ plan: ['Plan is not available because limit has been reached.'] })
  }
  const cost = costNow(plan, row.limits)
  await place(call, 'Restore', {
    plan_id: row.plan_id,
    attributes: {},
    limits: row.limits,
    money: { ...FREE, cost, old_cost_estimate: cost },
  })
  return row.id
}

/** What has ended by its last day is not to end again within the hour; what was paid ahead until then does not come back for nothing. */
async function requireTime(tx: Tx, { id, end_date, today, not_prepaid, plugin_options }: ResourceSubject): Promise<void> {
  if (end_date === null || end_date > today) return
  if (!not_prepaid) throw refused('What was paid ahead for the resource is over.')
  await setEndDate(tx, id, endDateOf(plugin_options, null, today))
}
