// How an order that is carried out ends, well or badly, and what that makes of its resource (orders.md §2.7).
import { estimate, moneyText } from '../offerings/public.ts'
import type { Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { now } from '../platform/time.ts'
import type { Context } from '../platform/wiring.ts'
import { type Brought, failResource, findPlan, type HeldResource, heldResource, succeedResource } from '../resources/public.ts'
import { changesLimits } from './asked.ts'
import { changeEvent, endDateEvent, orderEvent } from './events.ts'
import { type MovingOrder, moveOrder, now as stampNow } from './moves.ts'
import { mailChange } from './notify.ts'

export type EndingOrder = MovingOrder & {
  plan_id: number | null
  new_options: { [key: string]: unknown } | null
  force_destroy: boolean
  limits: { [type: string]: number }
  attributes: { [key: string]: unknown }
  extension_months: number | null
  new_end_date: string | null
  cost: string | null
  created_by_staff: boolean
  created_by_username: string
}

/** What an executing order asked for is there. 409 when it is not executing any more. */
export async function completeOrder(by: Context, order: EndingOrder, told: { output?: string } = {}): Promise<void> {
  const resource = await heldResource(by.tx, order.resource_id)
  await moveOrder(by, order, 'set_state_done', 'done', { completed_at: stampNow, ...told })
  const brought = await broughtBy(by.tx, order, resource)
  await succeedResource(by.tx, resource, order.type, brought)
  const moved = brought.end_date === undefined ? [] : [endDateEvent(order, brought.end_date)]
  await recordEvents(by, [orderEvent('marketplace_order_completed', order), changeEvent('succeeded', order), ...moved])
  await mailChange(by, order)
}

async function broughtBy(tx: Tx, order: EndingOrder, resource: HeldResource): Promise<Brought> {
  const { subtype, new_options, limits, plan_id } = order
  if (subtype === 'renew') return renewed(tx, order, resource)
  if (subtype === 'update_options') return { options: { ...resource.options, ...new_options } }
  if (subtype === 'update_limits') return { limits, cost: await costOf(tx, resource.plan_id, limits) }
  return subtype === 'plan_switch' && plan_id !== null ? { plan_id, cost: await costOf(tx, plan_id, resource.limits) } : {}
}

/** What a renewal brings, with a line for the history that the resource keeps of them. An end date that was moved further on meanwhile stays. */
async function renewed(tx: Tx, order: EndingOrder, resource: HeldResource): Promise<Brought> {
  const { uuid, new_end_date, extension_months, cost, limits, created_by_id } = order
  // Orders of a release that knew no renewals name no day.
  if (new_end_date === null) return {}
  const end_date = resource.end_date !== null && resource.end_date > new_end_date ? resource.end_date : new_end_date
  const more = changesLimits(order)
  const line = {
    order_uuid: uuid.replaceAll('-', ''),
    date: now(),
    extension_months,
    old_end_date: resource.end_date,
    new_end_date: end_date,
    cost,
    ...(more && { old_limits: resource.limits, new_limits: limits }),
  }
  const before = resource.attributes.renewal_history
  return {
    end_date,
    end_date_requested_by_id: created_by_id,
    attributes: { ...resource.attributes, renewal_history: [...(Array.isArray(before) ? before : []), line] },
    ...(more && { limits, cost: await costOf(tx, resource.plan_id, limits) }),
  }
}

async function costOf(tx: Tx, planId: number | null, limits: HeldResource['limits']): Promise<string | null> {
  const plan = planId === null ? undefined : await findPlan(tx, { id: planId })
  return plan ? moneyText(estimate(plan, limits)) : null
}

/** Why an order failed; the traceback is for staff and support. */
export type Failure = {
  message: string
  traceback: string
  /** What whoever carried it out wrote meanwhile; everybody who sees the order reads it. */
  output?: string
  /** The provider's side said so, or the server broke off: a failed termination leaves a working resource only in the first case. */
  told_by: 'provider' | 'server'
}

/** An executing order cannot be carried out. 409 when it is not executing any more. */
export async function failOrder(by: Context, order: EndingOrder, failure: Failure): Promise<void> {
  const { message, traceback, output } = failure
  await moveOrder(by, order, 'set_state_erred', 'erred', {
    error_message: message,
    error_traceback: traceback,
    completed_at: stampNow,
    ...(output === undefined ? {} : { output }),
  })
  await failResource(by.tx, order.resource_id, afterFailure(order, failure), { message, traceback })
  await recordEvents(by, [orderEvent('marketplace_order_failed', order), changeEvent('failed', order)])
}

/** How the resource of a failed order stands (orders.md §2.7). */
export function afterFailure(
  order: Pick<EndingOrder, 'type' | 'subtype' | 'force_destroy' | 'created_by_staff'>,
  { told_by }: Pick<Failure, 'told_by'>,
) {
  if (order.type === 'Terminate') {
    if (order.created_by_staff && order.force_destroy) return 'Terminated'
    return told_by === 'provider' ? 'OK' : 'Erred'
  }
  // Limits that could not be changed leave the resource as it was; the original leaves it Updating for ever.
  if (order.subtype === 'update_limits' || order.subtype === 'renew') return 'OK'
  return 'Erred'
}
