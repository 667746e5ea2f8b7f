import { type Api, action, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { type JsonSchema, viewSchema } from '../../platform/http/view.ts'
import { inStateFor, inStates } from '../../platform/states/transition.ts'
import { managesCustomerAccounts, managesProjectAccounts } from '../policy.ts'
import { serviceAccountStates } from '../states.ts'
import {
  closeAccount,
  createCustomerAccount,
  createProjectAccount,
  customerAccountBody,
  customerOf,
  projectAccountBody,
  projectOf,
  rotateCustomerKey,
  rotateProjectKey,
  updateAccount,
} from './commands.ts'
import { type CustomerAccount, customerAccounts, type ProjectAccount, projectAccounts } from './list.ts'

const open = [inStateFor(serviceAccountStates, 'close')]
const usable = [inStates(['OK'])]

const MADE = { summary: 'Create a service account; its key is in this answer alone', permission: 'whom its command lets' } as const
const CHANGED = 'Change whom to write to, and what it is for'
const CLOSED = 'Close a service account'
const ROTATED = 'Replace the key, which is in this answer alone'

function reads(api: Api, collection: Collection): JsonSchema {
  list(api, collection)
  detail(api, collection)
  return viewSchema(collection.view)
}

export function serviceAccountRoutes(api: Api): void {
  const answer = reads(api, projectAccounts)
  const lets = { permission: managesProjectAccounts }
  create(api, projectAccounts, { ...MADE, lets: projectOf, body: projectAccountBody, answer, run: createProjectAccount })
  update<ProjectAccount, typeof projectAccountBody>(api, projectAccounts, {
    summary: CHANGED,
    ...lets,
    checks: open,
    body: projectAccountBody,
    run: updateAccount,
  })
  destroy(api, projectAccounts, { summary: CLOSED, ...lets, checks: open, run: closeAccount })
  action(api, projectAccounts, 'rotate_api_key', { summary: ROTATED, ...lets, checks: usable, answer, run: rotateProjectKey })
}

export function customerAccountRoutes(api: Api): void {
  const answer = reads(api, customerAccounts)
  const lets = { permission: managesCustomerAccounts }
  create(api, customerAccounts, { ...MADE, lets: customerOf, body: customerAccountBody, answer, run: createCustomerAccount })
  update<CustomerAccount, typeof customerAccountBody>(api, customerAccounts, {
    summary: CHANGED,
    ...lets,
    checks: open,
    body: customerAccountBody,
    run: updateAccount,
  })
  destroy(api, customerAccounts, { summary: CLOSED, ...lets, checks: open, run: closeAccount })
  action(api, customerAccounts, 'rotate_api_key', { summary: ROTATED, ...lets, checks: usable, answer, run: rotateCustomerKey })
}
