// Agents belong to those who run the offering: whoever has a role on it, on its organization or on its service provider.
import { sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { Visibility } from '../platform/http/cut.ts'
import type { Condition } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'

const customersOf = (actor: Actor) => [...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]

/** Of rows that a query over offerings (alias `offering`) picks, those that the actor sees. */
export const tendedBy =
  (picked: (offerings: Condition) => Condition) =>
  (actor: Actor | undefined): Visibility => {
    if (!actor) return 'none'
    if (readsAll(actor)) return 'all'
    return {
      where: picked(sql`(offering.customer_id = any(${customersOf(actor)}::bigint[])
        or offering.id = any(${scopeIds(actor, 'offering')}::bigint[]))`),
    }
  }

type Offering = { offering_id: number; customer_id: number }

/** Staff and those who run the offering. */
export const tends = (actor: Actor, { offering_id, customer_id }: Offering): boolean =>
  actor.is_staff || customersOf(actor).includes(customer_id) || scopeIds(actor, 'offering').includes(offering_id)

/** An agent's settings hold its keys: they are shown to whom may change how the offering is delivered. */
export const maySeeSettings = right('OFFERING.UPDATE_INTEGRATION', ['offering', 'offering_id'], ['customer', 'customer_id'])
