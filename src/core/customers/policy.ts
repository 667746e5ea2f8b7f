// Who sees an organization, and what a closed one refuses (platform.md §6.1, §6.6). From where the caller calls has been
// decided before: grants of organizations closed to the address are not among the actor's (platform.md §1.9).
import { sql } from 'kysely'
import { type Actor, may, providerCustomerIds, readsAll, scopeIds } from '../../platform/auth/actor.ts'
import { refused } from '../../platform/http/errors.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { right } from '../../platform/http/rights.ts'

/** What rows of operations below an organization say of it. */
export type CustomerState = { customer_blocked: boolean; customer_archived: boolean }

/** A check: 400 while the organization is blocked or archived, staff included. */
export function customerIsOpen({ customer_blocked, customer_archived }: CustomerState): void {
  if (customer_blocked) throw refused('Blocked organization is not available.')
  if (customer_archived) throw refused('Archived organization is not available.')
}

/**
 * The organizations that the actor sees, as a condition over an alias of `customer`: those where they hold any role, on the
 * organization or its service provider, and those of projects where they hold one.
 */
export function visibleCustomers(actor: Actor | undefined, alias: string): Condition {
  if (!actor) return sql`false`
  if (readsAll(actor)) return sql`not ${sql.ref(`${alias}.is_removed`)}`
  const id = sql.ref(`${alias}.id`)
  const own = [...scopeIds(actor, 'customer'), ...providerCustomerIds(actor)]
  return sql`(${id} = any(${own}::bigint[])
    or ${id} in (select held.customer_id from project held where held.id = any(${scopeIds(actor, 'project')}::bigint[])))`
}

export const mayUpdateCustomer = right('CUSTOMER.UPDATE', ['customer', 'id'])

export const mayUpdateContact = (actor: Actor, row: { id: number }): boolean =>
  mayUpdateCustomer(actor, row) || may(actor, 'CUSTOMER.CONTACT_UPDATE', [['customer', row.id]])

export const mayListUsers = (actor: Actor, { id }: { id: number }): boolean =>
  readsAll(actor) || may(actor, 'CUSTOMER.LIST_USERS', [['customer', id]])
