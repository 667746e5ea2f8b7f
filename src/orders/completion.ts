// How an order that is carried out ends, well or badly, and what that makes of its resource (orders.md §2.7).
import { estimate, moneyText } from '../offerings/public.ts'
import type { Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import type { Context } from '../platform/wiring.ts'
import { type Brought, failResource, findPlan, type HeldResource, heldResource, succeedResource } from '../resources/public.ts'
import { changeEvent, orderEvent } from './events.ts'
import { type MovingOrder, moveOrder, now } from './moves.ts'

export type EndingOrder = MovingOrder & {
  plan_id: number | null
  new_options: { [key: string]: unknown } | null
  force_destroy: boolean
  limits: { [type: string]: number }
  created_by_staff: boolean
}

/** What an executing order asked for is there. 409 when it is not executing any more. */
export async function completeOrder(by: Context, order: EndingOrder, told: { output?: string } = {}): Promise<void> {
  const resource = await heldResource(by.tx, order.resource_id)
  await moveOrder(by, order, 'set_state_done', 'done', { completed_at: now, ...told })
  await succeedResource(by.tx, resource, order.type, await broughtBy(by.tx, order, resource))
  await recordEvents(by, [orderEvent('marketplace_order_completed', order), changeEvent('succeeded', order)])
}

async function broughtBy(tx: Tx, { subtype, new_options, limits, plan_id }: EndingOrder, resource: HeldResource): Promise<Brought> {
  if (subtype === 'update_options') return { options: { ...resource.options, ...new_options } }
  if (subtype === 'update_limits') return { limits, cost: await costOf(tx, resource.plan_id, limits) }
  return subtype === 'plan_switch' && plan_id !== null ? { plan_id, cost: await costOf(tx, plan_id, resource.limits) } : {}
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
    completed_at: now,
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
