// What reviewers do: the consumer's side and the provider's approve or refuse, and who ordered may take it back
// (orders.md §3.8–§3.12).
import { checkOptions } from '../offerings/public.ts'
import { forbidden, invalid, refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { approve } from './approve.ts'
import { withTellingKeys } from './asked.ts'
import { checkChanged } from './drivers.ts'
import type { OrderSubject } from './list.ts'
import { end, now } from './moves.ts'
import { needsConsumerReview, needsFourEyes, needsPurchaseOrder, RULES } from './policy.ts'
import { creatorStanding } from './queries.ts'
import type { errorBody, providerApprovalBody, providerRejectionBody } from './schema.ts'
import { REPLIES } from './states.ts'

const hasAttachment = (order: OrderSubject) => ({ ...order, has_attachment: order.attachment_id !== null })

/** The consumer agrees; says where the order stands then. 400 without a purchase order that the offering asks for. */
export async function approveByConsumer(call: Call<OrderSubject>): Promise<{ detail: string }> {
  const { row: order, actor } = call
  if (needsFourEyes(order) && actor.id === order.created_by_id) throw forbidden(RULES.four_eyes)
  if (needsPurchaseOrder(hasAttachment(order))) throw refused('Purchase order is required for approval.')
  const to = await approve(call, order, 'approve_by_consumer', { consumer_reviewed_by_id: actor.id, consumer_reviewed_at: now })
  return { detail: REPLIES[to] }
}

/** The provider agrees, and may add to the order's attributes; of an order of options it may change the options (orders.md §3.9). */
export async function approveByProvider(call: Call<OrderSubject, Parsed<typeof providerApprovalBody>>): Promise<{ detail: string }> {
  const { row: order, actor, input } = call
  const options = newOptions(order, input.attributes?.new_options)
  const new_options = order.subtype === 'update_options' ? options : undefined
  const merged = input.attributes && withTellingKeys(order, { ...order.attributes, ...input.attributes })
  const attributes = merged && { ...merged, ...(new_options && { new_options }) }
  if (attributes) await checkChanged(call, order, { attributes })
  const to = await approve(call, order, 'approve_by_provider', {
    provider_reviewed_by_id: actor.id,
    provider_reviewed_at: now,
    ...(attributes && { attributes: JSON.stringify(attributes) }),
    ...(new_options && { new_options: JSON.stringify(new_options) }),
  })
  return { detail: REPLIES[to] }
}

/** The options that were sent, if they were and the offering's form takes them. */
function newOptions({ resource_options }: OrderSubject, sent: unknown): { [key: string]: unknown } | undefined {
  if (sent === undefined) return undefined
  if (Object.keys(resource_options.options ?? {}).length === 0) {
    throw invalid({ attributes: ['Metadata for resource options is not defined.'] })
  }
  const options = typeof sent === 'object' && sent !== null && !Array.isArray(sent) ? { ...sent } : undefined
  const errors = checkOptions(resource_options, options)
  if (errors) throw invalid(errors)
  return options ?? {}
}

/** The consumer refuses; 400 when the order never waited for them. */
export async function rejectByConsumer(call: Call<OrderSubject, Parsed<typeof errorBody>>): Promise<void> {
  const { row: order, actor, input, tx } = call
  const waits = needsConsumerReview(hasAttachment(order), await creatorStanding(tx, order))
  if (!waits) throw refused('Review of order by consumer is not required.')
  if (order.consumer_reviewed_at !== null) throw refused('Order is already reviewed by consumer.')
  await end(call, order, 'reject_by_consumer', {
    consumer_reviewed_by_id: actor.id,
    consumer_reviewed_at: now,
    consumer_rejection_comment: input.consumer_rejection_comment,
    error_message: input.error_message,
    error_traceback: input.error_traceback,
  })
}

/** The provider refuses. */
export async function rejectByProvider(call: Call<OrderSubject, Parsed<typeof providerRejectionBody>>): Promise<void> {
  const { row: order, actor, input } = call
  await end(call, order, 'reject_by_provider', {
    provider_reviewed_by_id: actor.id,
    provider_reviewed_at: now,
    provider_rejection_comment: input.provider_rejection_comment,
  })
}

/** Who ordered takes it back, as long as nothing irrevocable was done. */
export const cancelOrder = (call: Call<OrderSubject>): Promise<void> => end(call, call.row, 'cancel')
