// Moving an offering from one state to another (orders.md §5.2).
import { recordEvents } from '../platform/events/record.ts'
import { refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { transition } from '../platform/states/transition.ts'
import { offeringEvent } from './events.ts'
import type { pauseBody } from './schema.ts'
import { type OfferingAction, type OfferingState, offeringStates } from './states.ts'
import type { ProviderOffering } from './subject.ts'

export type StateAnswer = { detail: string; state: OfferingState }

// The row is locked, so that its state cannot change between this check and the transition.
async function moved(call: Call<ProviderOffering, unknown>, action: OfferingAction, paused_reason?: string): Promise<StateAnswer> {
  const { tx, row } = call
  const { from, to } = offeringStates.actions[action]
  // Elsewhere a wrong state is a 409; the field's server answers this one so.
  if (!from.includes(row.state)) throw refused('Offering state is invalid.')
  const [state] = to as readonly [OfferingState]
  await transition(tx, offeringStates, action, row.id, state, paused_reason === undefined ? {} : { paused_reason })
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', row)])
  return { detail: 'Offering state updated.', state }
}

type StateCall = Call<ProviderOffering, unknown>

export const activateOffering = (call: StateCall) => moved(call, 'activate', '')
export const draftOffering = (call: StateCall) => moved(call, 'draft')
export const pauseOffering = (call: Call<ProviderOffering, Parsed<typeof pauseBody>>) =>
  moved(call, 'pause', call.input.paused_reason ?? '')
export const unpauseOffering = (call: StateCall) => moved(call, 'unpause', '')
export const archiveOffering = (call: StateCall) => moved(call, 'archive')
export const makeOfferingUnavailable = (call: StateCall) => moved(call, 'make_unavailable')
export const makeOfferingAvailable = (call: StateCall) => moved(call, 'make_available')
