// Billing: what was used, what it costs, who owes whom.
import type { Module } from '../platform/module.ts'
import { invoiceEvents } from './events.ts'
import { mailInvoice, turnMonths } from './jobs.ts'
import { billChange, billCustomer, billMovedProject, billUsage } from './record.ts'
import { billingRoutes, invoiceFileGuards } from './routes.ts'

export const billing: Module = {
  routes: billingRoutes,
  jobs: [turnMonths, mailInvoice],
  reactions: [billChange, billMovedProject, billCustomer],
  usageReactions: [billUsage],
  eventTypes: invoiceEvents.types,
  fileGuards: invoiceFileGuards,
}
