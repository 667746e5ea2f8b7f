// What is told of invoices, tied to the organization (platform.md §13.3).
import { customerContext } from '../core/public.ts'
import { eventKind, inGroups, type NewEvent, newEvent } from '../platform/events/kinds.ts'

type Told = { id: number; uuid: string; month: string; customer_id: number; customer_uuid: string; customer_name: string }

const invoice = inGroups('invoices', 'customers')

export const invoiceEvents = eventKind<Told>()({
  invoice_paid: invoice('Invoice of customer <customer> for <month> has been paid.'),
  invoice_canceled: invoice('Invoice of customer <customer> for <month> has been canceled.'),
})

export const invoiceEvent = (type: keyof typeof invoiceEvents.types, told: Told): NewEvent =>
  newEvent(invoiceEvents, type, {
    words: { customer: told.customer_name, month: told.month.slice(0, 7) },
    context: { invoice_uuid: told.uuid, ...customerContext({ uuid: told.customer_uuid, name: told.customer_name }) },
    scopes: [['customer', told.customer_id]],
    facts: told,
  })
