// Who may do what to a resource, and what must hold first (orders.md §5.5, §5.6).
import { type Actor, may } from '../platform/auth/actor.ts'
import { refused } from '../platform/http/errors.ts'
import type { OfferingFacts, ProjectFacts } from './facts.ts'

type Around = Pick<OfferingFacts, 'offering_id' | 'provider_id'> & Pick<ProjectFacts, 'project_id' | 'customer_id'>

/** Whoever holds the permission in the project, in either organization, or on the offering. */
export const mayOnEverySide =
  (permission: string) =>
  (actor: Actor, row: Around): boolean =>
    may(actor, permission, [
      ['project', row.project_id],
      ['customer', row.customer_id],
      ['offering', row.offering_id],
      ['customer', row.provider_id],
    ])

/** Whoever holds it in the providing organization. */
export const mayAsProvider =
  (permission: string) =>
  (actor: Actor, row: Around): boolean =>
    may(actor, permission, [['customer', row.provider_id]])

/** Whoever holds it on the offering or in the providing organization. */
export const mayOnOffering =
  (permission: string) =>
  (actor: Actor, row: Around): boolean =>
    may(actor, permission, [
      ['offering', row.offering_id],
      ['customer', row.provider_id],
    ])

/** 400 while the provider has made the offering unavailable: nothing of its resources may change (orders.md §1.3). */
export function available(row: Pick<OfferingFacts, 'offering_state'>): void {
  if (row.offering_state === 'Unavailable') throw refused('Offering is unavailable.')
}
