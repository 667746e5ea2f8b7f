// How approved orders are carried out, by the kind of processing that the offering's type names. What a further kind needs is
// one more entry here: it gets the order, and says whether it is done or goes on elsewhere.
import { findOfferingType, type OfferingType } from '../offerings/public.ts'
import type { OrderSubject } from './list.ts'

/** `done`: the order may be completed. `waiting`: somebody else will say so through `set_state_done` or `set_state_erred`. */
export type Outcome = 'done' | 'waiting'

/**
 * Carries out an order. It may be called twice for one order: what it asks of another system it must ask under the order's
 * uuid. Its error ends the order, with the error's text for everybody and its stack for staff.
 */
export type Driver = (order: OrderSubject) => Promise<Outcome>

const DRIVERS: { readonly [Processing in OfferingType['processing']]: Driver } = {
  // There is nothing to set up: what was sold is given by people.
  immediate: async () => 'done',
  // The provider's agent sees the order in its next round.
  agent: async () => 'waiting',
}

/** The driver of an offering's type; undefined for a type that this server does not know. */
export function findDriver(offeringType: string): Driver | undefined {
  const type = findOfferingType(offeringType)
  return type && DRIVERS[type.processing]
}
