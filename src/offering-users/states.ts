// The states of a person's account at an offering and every step between them (service-providers.md §1.4). Pure data.
import type { StateTable } from '../platform/states/transition.ts'

/** In the order of their codes, which begin with 1. */
export const OFFERING_USER_STATES = [
  'Requested',
  'Creating',
  'Pending account linking',
  'Pending additional validation',
  'OK',
  'Requested deletion',
  'Deleting',
  'Deleted',
  'Error creating',
  'Error deleting',
] as const
export type OfferingUserState = (typeof OFFERING_USER_STATES)[number]

/** The number that messages and the compliance list have for a state. */
export const codeOf = (state: OfferingUserState): number => OFFERING_USER_STATES.indexOf(state) + 1

/** On its way to be usable: a name makes it so. */
export const COMING: readonly OfferingUserState[] = [
  'Requested',
  'Creating',
  'Pending account linking',
  'Pending additional validation',
  'Error creating',
]

/** On its way out, or gone. */
export const GOING: readonly OfferingUserState[] = ['Requested deletion', 'Deleting', 'Deleted', 'Error deleting']

/** What the provider may ask for, by its word in URLs. */
export const VERBS = [
  'begin_creating',
  'set_pending_additional_validation',
  'set_pending_account_linking',
  'set_validation_complete',
  'set_ok',
  'set_error_creating',
  'request_deletion',
  'set_deleting',
  'set_deleted',
  'set_error_deleting',
] as const
export type Verb = (typeof VERBS)[number]

export const offeringUserStates: StateTable<OfferingUserState, Verb | 'name' | 'leave' | 'come_back'> = {
  table: 'offering_user',
  states: OFFERING_USER_STATES,
  initial: ['Requested', 'OK'],
  // Who comes back has the account again, also one that was deleted.
  final: [],
  actions: {
    begin_creating: { from: ['Requested', 'Error creating'], to: ['Creating'] },
    set_pending_additional_validation: {
      from: ['Creating', 'Error creating', 'Pending account linking'],
      to: ['Pending additional validation'],
    },
    set_pending_account_linking: {
      from: ['Creating', 'Error creating', 'Pending additional validation'],
      to: ['Pending account linking'],
    },
    set_validation_complete: { from: ['Pending account linking', 'Pending additional validation'], to: ['OK'] },
    set_ok: {
      from: ['Requested', 'Creating', 'Pending account linking', 'Pending additional validation', 'Error creating', 'Error deleting'],
      to: ['OK'],
    },
    set_error_creating: {
      from: ['Requested', 'Creating', 'Pending account linking', 'Pending additional validation'],
      to: ['Error creating'],
    },
    request_deletion: { from: ['OK'], to: ['Requested deletion'] },
    set_deleting: { from: ['Requested deletion', 'Error deleting'], to: ['Deleting'] },
    set_deleted: { from: ['Deleting'], to: ['Deleted'] },
    set_error_deleting: { from: ['Requested deletion', 'Deleting'], to: ['Error deleting'] },
    // It got a name.
    name: { from: COMING, to: ['OK'] },
    // The last role is gone that tied the person to the offering. The provider knows nothing yet of one that is only requested.
    leave: {
      from: ['Requested', 'Creating', 'Pending account linking', 'Pending additional validation', 'OK', 'Error creating'],
      to: ['Requested deletion', 'Deleted'],
    },
    // A role ties the person again, before the provider has begun to remove the account, or after it is gone.
    come_back: { from: ['Requested deletion', 'Deleted'], to: ['OK', 'Requested'] },
  },
}
