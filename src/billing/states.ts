// The states of an invoice (service-providers.md §1.11). Pure data.
import type { StateTable } from '../platform/states/transition.ts'

/** Those that invoices have here. */
export const INVOICE_STATES = ['pending', 'created', 'paid', 'canceled'] as const
export type InvoiceState = (typeof INVOICE_STATES)[number]
export type InvoiceAction = 'close' | 'paid' | 'cancel'

export const invoiceStates: StateTable<InvoiceState, InvoiceAction> = {
  table: 'invoice',
  states: INVOICE_STATES,
  initial: ['pending'],
  final: ['paid', 'canceled'],
  actions: {
    // Its month is over.
    close: { from: ['pending'], to: ['created'] },
    paid: { from: ['created'], to: ['paid'] },
    cancel: { from: ['created'], to: ['canceled'] },
  },
}
