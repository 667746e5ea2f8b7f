// How an order that is carried out ends, well or badly, and what that makes of its resource (orders.md §2.7).
import { estimate, moneyText } from '../offerings/public.ts'
import type { Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import type { Context } from '../platform/wiring.ts'
import { type Brought, failResource, findPlan, type HeldResource, lockResource, succeedResource } from '../resources/public.ts'
import { changeOf } from './asked.ts'
import { changeEvent, orderEvent } from './events.ts'
import { type MovingOrder, moveOrder, now } from './moves.ts'

export type EndingOrder = MovingOrder & {
  plan_id: number | null
  limits: { [type: string]: number }
  created_by_staff: boolean
}

/** What an executing order asked for is there. 409 when it is not executing any more. */
export async function completeOrder(by: Context, order: EndingOrder): Promise<void> {
  const resource = await lockResource(by.tx, order.resource_id)
  await moveOrder(by, order, 'set_state_done', 'done', { completed_at: now })
  await succeedResource(by.tx, resource, order.type, await broughtBy(by.tx, order, resource))
  await recordEvents(by, [orderEvent('marketplace_order_completed', order), changeEvent('succeeded', order)])
}

async function broughtBy(tx: Tx, { type, attributes, limits, plan_id }: EndingOrder, resource: HeldResource): Promise<Brought> {
  const change = changeOf({ type, attributes })
  if (change === 'options') return { options: { ...resource.options, ...(attributes.new_options as object) } }
  if (change === 'limits') return { limits, cost: await costOf(tx, resource.plan_id, limits) }
  return change === undefined || plan_id === null ? {} : { plan_id, cost: await costOf(tx, plan_id, resource.limits) }
}

async function costOf(tx: Tx, planId: number | null, limits: HeldResource['limits']): Promise<string | null> {
  const plan = planId === null ? undefined : await findPlan(tx, { id: planId })
  return plan ? moneyText(estimate(plan, limits)) : null
}

/** Why an order failed; the traceback is for staff and support. */
export type Failure = {
  message: string
  traceback: string
  /** The provider's side said so, or the server broke off: a failed termination leaves a working resource only in the first case. */
  told_by: 'provider' | 'server'
}

/** An executing order cannot be carried out. 409 when it is not executing any more. */
export async function failOrder(by: Context, order: EndingOrder, failure: Failure): Promise<void> {
  const { message, traceback } = failure
  await moveOrder(by, order, 'set_state_erred', 'erred', { error_message: message, error_traceback: traceback, completed_at: now })
  await failResource(by.tx, order.resource_id, afterFailure(order, failure), { message, traceback })
  await recordEvents(by, [orderEvent('marketplace_order_failed', order), changeEvent('failed', order)])
}

/** How the resource of a failed order stands (orders.md §2.7). */
export function afterFailure(order: Pick<EndingOrder, 'type' | 'attributes' | 'created_by_staff'>, { told_by }: Pick<Failure, 'told_by'>) {
  if (order.type === 'Terminate') {
    if (order.created_by_staff && order.attributes.action === 'force_destroy') return 'Terminated'
    return told_by === 'provider' ? 'OK' : 'Erred'
  }
  // Limits that could not be changed leave the resource as it was; the original leaves it Updating for ever.
  if (order.type === 'Update' && ('old_limits' in order.attributes || order.attributes.action === 'renew')) return 'OK'
  return 'Erred'
}
