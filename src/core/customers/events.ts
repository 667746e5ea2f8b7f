// What is told of organizations (platform.md §13.2).

import { eventKind, inGroups, type NewEvent, newEvent } from '../../platform/events/kinds.ts'
import { prefixed } from '../../platform/events/record.ts'

/** An organization as events name it. */
export type ToldCustomer = { id: number; uuid: string; name: string; native_name?: string; abbreviation?: string }

/** An event's keys for an organization. */
export const customerContext = (customer: Omit<ToldCustomer, 'id'>) =>
  prefixed('customer', {
    uuid: customer.uuid,
    name: customer.name,
    ...(customer.native_name !== undefined && { native_name: customer.native_name }),
    ...(customer.abbreviation !== undefined && { abbreviation: customer.abbreviation }),
  })

const customer = inGroups('customers')

/** `rows_stay`: a deleted organization is only hidden, with its removed projects. */
export const customerEvents = eventKind<ToldCustomer & { rows_stay: boolean }>()({
  customer_creation_succeeded: customer('Customer <name> has been created.'),
  customer_update_succeeded: customer('Customer <name> has been updated. Details: <changes>.'),
  customer_deletion_succeeded: customer('Customer <name> has been deleted.'),
})

/** `changes` are the details of an update. `scopes` and `context` come beside the organization's own. */
export const customerEvent = (
  type: keyof typeof customerEvents.types,
  told: ToldCustomer,
  more: { changes?: string; scopes?: NewEvent['scopes']; context?: NewEvent['context']; rows_stay?: boolean } = {},
): NewEvent =>
  newEvent(customerEvents, type, {
    words: { name: told.name, changes: more.changes ?? '' },
    context: { ...customerContext(told), ...more.context },
    scopes: [['customer', told.id], ...(more.scopes ?? [])],
    facts: { ...told, rows_stay: more.rows_stay ?? false },
  })
