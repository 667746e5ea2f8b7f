// What the provider's people do with a request: its answer is the end of the order.
import { sql } from 'kysely'
import { completeOrder, failOrder, findOrder, type OrderSubject } from '../orders/public.ts'
import { run } from '../platform/db/database.ts'
import { conflict } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, type Parsed, text, withDefault } from '../platform/http/shapes.ts'
import type { SupportRequest } from './list.ts'
import { endRequest, tellHelpdesk } from './requests.ts'

const TEXT_MAX = 4000
const COMMENTS_MAX = 200

export const resolveBody = body('SupportRequestResolveRequest', { answer: withDefault(text({ max: TEXT_MAX, blank: true }), '') })
export const refuseBody = body('SupportRequestRefuseRequest', { answer: text({ max: TEXT_MAX }) })
export const commentBody = body('SupportRequestCommentRequest', { text: text({ max: TEXT_MAX }) })

/** The order of a request whose resource is held. */
async function orderOf({ tx, row, config }: Call<SupportRequest, unknown>): Promise<OrderSubject> {
  const order = await findOrder(tx, row.order_id, config.TIME_ZONE)
  if (!order) throw new Error(`No order ${row.order_id}`)
  return order
}

/** What was asked for is done, and so is the order. */
export async function resolveRequest(call: Call<SupportRequest, Parsed<typeof resolveBody>>): Promise<number> {
  await endRequest(call, 'resolve', call.row.id, call.input.answer)
  await completeOrder(call, await orderOf(call))
  return call.row.id
}

/** It cannot be had: the order has failed, with what is said here as its reason. */
export async function refuseRequest(call: Call<SupportRequest, Parsed<typeof refuseBody>>): Promise<number> {
  const { answer } = call.input
  await endRequest(call, 'refuse', call.row.id, answer)
  await failOrder(call, await orderOf(call), { message: answer, traceback: '', told_by: 'provider' })
  return call.row.id
}

/** Something is said about it, by either side. */
export async function commentRequest(call: Call<SupportRequest, Parsed<typeof commentBody>>): Promise<number> {
  const { tx, row, actor, input } = call
  const [made] = await run(
    tx,
    sql`insert into support_comment (request_id, user_id, text)
      select ${row.id}, ${actor.id}, ${input.text} where (select count(*) from support_comment where request_id = ${row.id}) < ${COMMENTS_MAX}
      returning id`,
  )
  if (!made) throw conflict(`A request takes at most ${COMMENTS_MAX} comments.`)
  await tellHelpdesk(call, 'commented', row.id, { comment: input.text })
  return row.id
}
