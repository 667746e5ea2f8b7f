// The states of an offering and what leads from one to another (orders.md §5.2). Only facts.
import type { StateTable } from '../platform/states/transition.ts'

export const OFFERING_STATES = ['Draft', 'Active', 'Paused', 'Archived', 'Unavailable'] as const
export type OfferingState = (typeof OFFERING_STATES)[number]

/** The catalogue shows it, and what was bought of it may be changed; new orders need Active. */
export const LISTED_OFFERING_STATES = ['Active', 'Paused'] as const satisfies readonly OfferingState[]

export type OfferingAction = 'activate' | 'draft' | 'pause' | 'unpause' | 'archive' | 'make_available' | 'make_unavailable'

export const offeringStates: StateTable<OfferingState, OfferingAction> = {
  table: 'offering',
  states: OFFERING_STATES,
  sets: { listed: LISTED_OFFERING_STATES },
  initial: ['Draft'],
  // An archived offering may become a draft again.
  final: [],
  actions: {
    activate: { from: ['Draft', 'Paused', 'Unavailable'], to: ['Active'] },
    draft: { from: OFFERING_STATES, to: ['Draft'] },
    pause: { from: ['Active'], to: ['Paused'] },
    unpause: { from: ['Paused'], to: ['Active'] },
    archive: { from: OFFERING_STATES, to: ['Archived'] },
    make_available: { from: ['Unavailable'], to: ['Active'] },
    make_unavailable: { from: ['Active'], to: ['Unavailable'] },
  },
}
