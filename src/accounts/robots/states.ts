// The states of a robot account (service-providers.md §1.6). Pure data.
import type { StateTable } from '../../platform/states/transition.ts'

/** As numbered on the wire, from 1. */
export const ROBOT_STATES = ['Requested', 'Creating', 'OK', 'Requested deletion', 'Deleted', 'Error'] as const
export type RobotState = (typeof ROBOT_STATES)[number]
export type RobotAction =
  | 'set_state_creating'
  | 'set_state_ok'
  | 'set_state_request_deletion'
  | 'set_state_deleted'
  | 'set_state_erred'
  | 'resource_ended'

export const robotStates: StateTable<RobotState, RobotAction> = {
  table: 'robot_account',
  states: ROBOT_STATES,
  // Nothing is provisioned for what is made by the API; the provider's own tools may ask for more.
  initial: ['OK', 'Requested'],
  final: ['Deleted'],
  actions: {
    set_state_creating: { from: ['Requested'], to: ['Creating'] },
    set_state_ok: { from: ['Creating', 'Error'], to: ['OK'] },
    set_state_request_deletion: { from: ['OK'], to: ['Requested deletion'] },
    set_state_deleted: { from: ['Requested deletion'], to: ['Deleted'] },
    set_state_erred: { from: ['Requested', 'Creating', 'OK', 'Requested deletion', 'Error'], to: ['Error'] },
    // What it was for is gone: the provider is to remove it.
    resource_ended: { from: ['Requested', 'Creating', 'OK', 'Error'], to: ['Requested deletion'] },
  },
}
