// Who may do what to a resource, and what must hold first (orders.md §5.5, §5.6).
import { refused } from '../platform/http/errors.ts'
import { right } from '../platform/http/rights.ts'
import type { OfferingFacts } from './facts.ts'

/** Whoever holds the permission in the project, in either organization, or on the offering. */
export const mayOnEverySide = (permission: string) =>
  right(permission, ['project', 'project_id'], ['customer', 'customer_id'], ['offering', 'offering_id'], ['customer', 'provider_id'])

/** Whoever holds it in the providing organization. */
export const mayAsProvider = (permission: string) => right(permission, ['customer', 'provider_id'])

/** Whoever holds it on the offering or in the providing organization. */
export const mayOnOffering = (permission: string) => right(permission, ['offering', 'offering_id'], ['customer', 'provider_id'])

/** 400 while the provider has made the offering unavailable: nothing of its resources may change (orders.md §1.3). */
export function available(row: Pick<OfferingFacts, 'offering_unavailable'>): void {
  if (row.offering_unavailable) throw refused('Offering is unavailable.')
}
