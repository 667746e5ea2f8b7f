import { type Api, action, create, destroy, detail, list, update } from '../platform/http/api.ts'
import {
  canMove,
  createAccount,
  deleteAccount,
  isThere,
  move,
  moveWithComment,
  namedIn,
  updateAccount,
  updateComments,
  updateRestriction,
} from './commands.ts'
import { offeringUsersFor } from './list.ts'
import { mayDelete, mayUpdate } from './policy.ts'
import { commentsBody, createBody, pendingBody, restrictionBody, updateBody } from './schema.ts'
import type { Verb } from './states.ts'
import { commentView } from './view.ts'

/** What each step means. */
const STEPS: { readonly [V in Verb]: string } = {
  begin_creating: 'Say that the account is being made',
  set_pending_additional_validation: 'Say that the provider must know more of the person',
  set_pending_account_linking: 'Say that the person must link an account of theirs',
  set_validation_complete: 'Say that nothing more is needed: the account is usable',
  set_ok: 'Say that the account is usable',
  set_error_creating: 'Say that the account could not be made',
  request_deletion: 'Ask for the account to be removed',
  set_deleting: 'Say that the account is being removed',
  set_deleted: 'Say that the account is gone',
  set_error_deleting: 'Say that the account could not be removed',
}

const COMMENTED: readonly Verb[] = ['set_pending_additional_validation', 'set_pending_account_linking']

export function offeringUserRoutes(api: Api): void {
  const accounts = offeringUsersFor(api.config)
  list(api, accounts)
  detail(api, accounts)
  create(api, accounts, {
    summary: 'Make an account of a person at an offering',
    permission: 'whom its command lets',
    lets: namedIn,
    body: createBody,
    run: createAccount,
  })
  update(api, accounts, { summary: 'Give an account its name', permission: mayUpdate, body: updateBody, run: updateAccount })
  destroy(api, accounts, { summary: 'Forget an account', permission: mayDelete, run: deleteAccount })
  for (const [verb, summary] of Object.entries(STEPS) as [Verb, string][]) {
    const step = { summary, permission: mayUpdate, checks: [canMove(verb)] }
    if (COMMENTED.includes(verb)) action(api, accounts, verb, { ...step, body: pendingBody, run: moveWithComment(verb) })
    else action(api, accounts, verb, { ...step, run: move(verb) })
  }
  action(
    api,
    accounts,
    'update_comments',
    {
      summary: 'Say something to the person about the account',
      permission: mayUpdate,
      checks: [isThere],
      body: commentsBody,
      answer: commentView,
      run: updateComments,
    },
    { method: 'PATCH', id: `${accounts.name}_update_comments_partial_update` },
  )
  action(api, accounts, 'update_restricted', {
    summary: 'Restrict the account, or lift that',
    permission: mayUpdate,
    body: restrictionBody,
    run: updateRestriction,
  })
}
