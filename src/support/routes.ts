// Beside the contract: the queue of requests, which stands for a helpdesk.
import { mayAsProvider } from '../orders/policy.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { type Api, action, detail, list } from '../platform/http/api.ts'
import { inStateFor } from '../platform/states/transition.ts'
import { commentBody, commentRequest, refuseBody, refuseRequest, resolveBody, resolveRequest } from './commands.ts'
import { type SupportRequest, supportRequests } from './list.ts'
import { requestStates } from './states.ts'
import { supportRequestView } from './view.ts'

/** As for orders. */
const mayAnswer = mayAsProvider('ORDER.APPROVE')

const mayComment = (actor: Actor, row: SupportRequest) => actor.id === row.created_by_id || mayAnswer(actor, row)

export function supportRoutes(api: Api): void {
  list(api, supportRequests, { summary: 'What people of the provider are asked to do for orders of support offerings' })
  detail(api, supportRequests)
  action(api, supportRequests, 'resolve', {
    summary: 'Say that what was ordered is there: the order is done',
    permission: mayAnswer,
    checks: [inStateFor(requestStates, 'resolve')],
    body: resolveBody,
    answer: supportRequestView,
    run: resolveRequest,
  })
  action(api, supportRequests, 'refuse', {
    summary: 'Say why what was ordered cannot be had: the order has failed',
    permission: mayAnswer,
    checks: [inStateFor(requestStates, 'refuse')],
    body: refuseBody,
    answer: supportRequestView,
    run: refuseRequest,
  })
  action(api, supportRequests, 'comment', {
    summary: 'Say something about a request',
    permission: mayComment,
    checks: [inStateFor(requestStates, 'resolve')],
    body: commentBody,
    answer: supportRequestView,
    run: commentRequest,
  })
}
