// The states of a resource and every step between them (orders.md §1.9, §2.6, §2.7). Pure data.
import type { StateTable } from '../platform/states/transition.ts'

export const RESOURCE_STATES = ['Creating', 'OK', 'Erred', 'Updating', 'Terminating', 'Terminated'] as const
export type ResourceState = (typeof RESOURCE_STATES)[number]

/** Everything but what is gone for good: what takes a place, holds limits, is counted. SQL says `state <> 'Terminated'`. */
export const LIVE_RESOURCE_STATES = RESOURCE_STATES.filter((state) => state !== 'Terminated')

export type ResourceAction =
  | 'start_update'
  | 'start_terminate'
  | 'start_restore'
  | 'resume'
  | 'succeed'
  | 'fail'
  | 'withdraw'
  | 'set_as_erred'
  | 'set_as_ok'
  | 'set_state_ok'

export const resourceStates: StateTable<ResourceState, ResourceAction> = {
  table: 'resource',
  states: RESOURCE_STATES,
  sets: { live: LIVE_RESOURCE_STATES },
  initial: ['Creating'],
  // A terminated resource may come back by a Restore order.
  final: [],
  actions: {
    // An order to change it was made. A resource that had failed stays so until the order has succeeded.
    start_update: { from: ['OK', 'Erred'], to: ['Updating', 'Erred'] },
    start_terminate: { from: ['OK', 'Erred'], to: ['Terminating', 'Erred'] },
    start_restore: { from: ['Terminated', 'Erred'], to: ['Creating'] },
    // A failed order is tried again.
    resume: { from: ['Erred', 'OK', 'Creating', 'Updating', 'Terminating'], to: ['Creating', 'Updating', 'Terminating'] },
    // The order ended. The provider may have set the state by hand meanwhile, so any live state will do.
    succeed: { from: LIVE_RESOURCE_STATES, to: ['OK', 'Terminated'] },
    fail: { from: LIVE_RESOURCE_STATES, to: ['Erred', 'OK', 'Terminated'] },
    // The order was rejected, canceled or deleted before it was carried out.
    withdraw: { from: LIVE_RESOURCE_STATES, to: ['OK', 'Terminated'] },
    // By the provider's hand, beside any order (orders.md §5.6).
    set_as_erred: { from: [...RESOURCE_STATES], to: ['Erred'] },
    set_as_ok: { from: ['Creating', 'OK', 'Updating', 'Terminating', 'Erred'], to: ['OK'] },
    set_state_ok: { from: ['Erred', 'Creating', 'Updating', 'Terminating'], to: ['OK'] },
  },
}
