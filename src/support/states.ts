// The states of a request, which live no longer than its order is carried out. Pure data.
import type { StateTable } from '../platform/states/transition.ts'

export const REQUEST_STATES = ['open', 'resolved', 'refused', 'closed'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export type RequestAction = 'resolve' | 'refuse' | 'close'

export const requestStates: StateTable<RequestState, RequestAction> = {
  table: 'support_request',
  states: REQUEST_STATES,
  initial: ['open'],
  final: ['resolved', 'refused', 'closed'],
  actions: {
    resolve: { from: ['open'], to: ['resolved'] },
    refuse: { from: ['open'], to: ['refused'] },
    // The order ended without an answer: it was canceled, or somebody said by the order itself how it ended.
    close: { from: ['open'], to: ['closed'] },
  },
}
