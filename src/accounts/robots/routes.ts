import { type Api, action, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import {
  createRobot,
  deleteRobot,
  erredBody,
  keptHere,
  mayCreateFor,
  mayDelete,
  mayUpdate,
  robotBody,
  robotIn,
  setErred,
  step,
  updateRobot,
} from './commands.ts'
import { robotAccounts } from './list.ts'
import { robotAccountDetailsView, robotAccountView } from './view.ts'

export function robotRoutes(api: Api): void {
  list(api, robotAccounts)
  detail(api, robotAccounts)
  create(api, robotAccounts, {
    summary: 'Create an account of a program on a resource',
    allowed: mayCreateFor,
    body: robotBody,
    answer: robotAccountView,
    run: createRobot,
  })
  update(api, robotAccounts, {
    summary: 'Change a robot account',
    permission: mayUpdate,
    checks: [keptHere],
    body: robotBody,
    answer: robotAccountView,
    run: updateRobot,
  })
  destroy(api, robotAccounts, { summary: 'Delete a robot account', permission: mayDelete, checks: [keptHere], run: deleteRobot })
  for (const [verb, summary] of [
    ['set_state_creating', 'Say that the account is being made'],
    ['set_state_ok', 'Say that the account can be used'],
    ['set_state_request_deletion', 'Ask for the account to be removed'],
    ['set_state_deleted', 'Say that the account is gone'],
  ] as const) {
    action(api, robotAccounts, verb, {
      summary,
      permission: mayUpdate,
      checks: [keptHere, robotIn(verb)],
      answer: robotAccountDetailsView,
      run: step(verb),
    })
  }
  action(api, robotAccounts, 'set_state_erred', {
    summary: 'Say what went wrong with the account',
    permission: mayUpdate,
    checks: [keptHere, robotIn('set_state_erred')],
    body: erredBody,
    answer: robotAccountDetailsView,
    run: setErred,
  })
}
