// What the provider's agent says about an order that it carries out (orders.md §3.13–§3.15, §3.18).
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { approve } from './approve.ts'
import { completeOrder, failOrder } from './completion.ts'
import { executeAgain } from './execute.ts'
import type { OrderSubject } from './list.ts'
import { now } from './moves.ts'
import type { backendIdBody, errorBody } from './schema.ts'
import { REPLIES } from './states.ts'

/**
 * The agent begins, whatever review is still open: who lets it counts as the provider's reviewer, which the original does
 * not record (orders.md §7 row 35).
 */
export async function setStateExecuting(call: Call<OrderSubject>): Promise<void> {
  const { row: order, actor } = call
  if (order.state === 'erred') return executeAgain(call, order, 'set_state_executing')
  await approve(call, order, 'set_state_executing', { provider_reviewed_by_id: actor.id, provider_reviewed_at: now })
}

/** An erred order is carried out again. */
export async function retryOrder(call: Call<OrderSubject>): Promise<{ detail: string }> {
  await executeAgain(call, call.row, 'retry')
  return { detail: REPLIES.executing }
}

export const setStateDone = (call: Call<OrderSubject>): Promise<void> => completeOrder(call, call.row)

export const setStateErred = (call: Call<OrderSubject, Parsed<typeof errorBody>>): Promise<void> =>
  failOrder(call, call.row, { message: call.input.error_message, traceback: call.input.error_traceback, told_by: 'provider' })

/** The provider's own id of the order; says whether it was another one before. */
export async function setBackendId({ tx, row, input }: Call<OrderSubject, Parsed<typeof backendIdBody>>): Promise<{ status: string }> {
  if (row.backend_id === input.backend_id) return { status: 'Order backend_id is not changed.' }
  await tx.updateTable('order').set({ backend_id: input.backend_id }).where('id', '=', row.id).execute()
  return { status: 'Order backend_id has been changed.' }
}
