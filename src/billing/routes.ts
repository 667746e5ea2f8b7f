// Invoices and their lines (service-providers.md §5.7). Whoever belongs to the organization reads; staff writes.
import { sql } from 'kysely'
import { maySeeUsage } from '../offerings/policy.ts'
import { type ProviderOffering, providerOfferings } from '../offerings/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import type { FileGuards } from '../platform/files/guards.ts'
import { closed, WORD } from '../platform/http/answers.ts'
import { type Api, action, destroy, detail, list, read, update } from '../platform/http/api.ts'
import { type Collection, findSubject, render } from '../platform/http/collection.ts'
import { flag, own, textContains } from '../platform/http/filters.ts'
import { datetime, list as listField, number, text, type View, viewSchema } from '../platform/http/view.ts'
import { inStateFor, inStates } from '../platform/states/transition.ts'
import { type ServiceProvider, serviceProviders } from '../service-providers/list.ts'
import { onServiceProvider } from '../service-providers/policy.ts'
import * as commands from './commands.ts'
import { EXPLANATION, explain } from './explain.ts'
import { type Invoice, type InvoiceItem, invoiceItems, invoices } from './list.ts'
import { PREVIEW, preview } from './preview.ts'
import { invoiceStats, itemCosts, offeringCosts, providerRevenue } from './reports.ts'
import { invoiceStates } from './states.ts'
import { COSTS_FOR_PERIOD, costsForPeriod, GROWTH, growth, totalPrice } from './totals.ts'
import { invoiceItemView, itemUpdateView, lineView } from './view.ts'

const byStaff = (actor: Actor) => actor.is_staff

const HEX = (column: string) =>
  own({ type: 'string' }, (value) => sql`wire_uuid(${sql.raw(column)}) = replace(lower(${value}), '-', '')`, column)

/** The lines of one invoice. */
const linesOf: Collection = {
  path: `${invoices.path}{uuid}/items/`,
  name: `${invoices.name}_items`,
  model: 'InvoiceItem',
  view: lineView,
  // Whoever sees the invoice sees all of it; the route finds that.
  visible: () => 'all',
  filters: {
    conceal_compensation_items: {
      ...flag('item.price >= 0'),
      condition: (values) => (/^(true|1)$/i.test(values.at(-1) ?? '') ? sql`item.price >= 0` : undefined),
    },
    offering_uuid: HEX('off.uuid'),
    project_uuid: HEX('p.uuid'),
    provider_uuid: HEX('provider.uuid'),
    query: textContains('item.name', 'p.name', 'r.name', 'off.name'),
  },
  orderings: { name: 'item.name', project_name: 'p.name', provider_name: 'provider.name', resource_name: 'r.name' },
  defaultOrder: [],
}

/** A line with what of its component was reported in its month. */
const consumptionView: View = {
  ...invoiceItemView,
  fields: {
    ...invoiceItemView.fields,
    consumptions: listField(
      {
        date: datetime('cu.date'),
        usage: number('cu.usage'),
        description: text('cu.description'),
        type: text('oc.type'),
        measured_unit: text('oc.measured_unit'),
      },
      `from component_usage cu join offering_component oc on oc.id = cu.component_id join plan_component pc on pc.component_id = oc.id
        where cu.resource_id = item.resource_id and pc.id = item.plan_component_id and cu.billing_period = (item.details ->> 'billing_period')::date`,
      'cu.id',
    ),
  },
}

export function billingRoutes(api: Api): void {
  read(api, {
    path: `${invoices.path}growth/`,
    id: 'invoices_growth_retrieve',
    tag: invoices.name,
    summary: 'What organizations came to by month, the largest one by one',
    permission: readsAll,
    query: {
      accounting_is_running: { schema: { type: 'boolean' } },
      accounting_mode: { schema: WORD },
      customers_count: { schema: { type: 'integer' } },
    },
    answer: GROWTH,
    run: ({ db, viewer, query }) => growth(db, viewer, query),
  })
  // Beside the contract.
  read(api, {
    path: `${invoices.path}preview/`,
    id: 'invoices_preview_retrieve',
    tag: invoices.name,
    summary: 'What the running month of an organization will come to at today’s use',
    permission: 'anyone with a token',
    query: { customer: { schema: { type: 'string', format: 'uri' } } },
    answer: PREVIEW,
    run: ({ db, viewer, query }) => preview(db, viewer, query),
  })
  list(api, invoices, { summary: 'Invoices of the organizations to which the caller belongs' })
  detail(api, invoices)
  list<Invoice>(api, linesOf, {
    id: 'invoices_items_retrieve',
    summary: 'The lines of an invoice',
    short: true,
    under: { of: invoices, permission: 'anyone who sees it', where: (row) => sql`item.invoice_id = ${row.id}` },
  })
  list<Invoice>(api, invoiceStats, {
    id: 'invoices_stats_list',
    summary: 'What an invoice comes to by offering',
    under: { of: invoices, permission: 'anyone who sees it', where: (row) => sql`item.invoice_id = ${row.id}` },
  })
  invoiceActions(api)
  itemRoutes(api)
  list<ProviderOffering>(api, offeringCosts, {
    id: `${offeringCosts.name}_list`,
    summary: 'What an offering brings in, by month',
    under: { of: providerOfferings, permission: maySeeUsage, where: ({ id }) => sql`item.offering_id = ${id}` },
  })
  list<ServiceProvider>(api, providerRevenue, {
    summary: 'What the resources of a provider bring in, by month',
    short: true,
    under: {
      of: serviceProviders,
      permission: onServiceProvider('SERVICE_PROVIDER.GET_REVENUE'),
      where: ({ customer_id }) =>
        sql`item.provider_id = ${customer_id} and i.month >= site_month(now(), ${api.config.TIME_ZONE}::text) - interval '1 year'`,
    },
  })
}

function invoiceActions(api: Api): void {
  action(api, invoices, 'paid', {
    summary: 'Say that an invoice was paid, and what proves it',
    permission: byStaff,
    checks: [inStateFor(invoiceStates, 'paid')],
    body: commands.paidBody,
    answer: invoices.view,
    run: commands.payInvoice,
  })
  action(api, invoices, 'cancel', {
    summary: 'Cancel an invoice: it is not owed',
    permission: byStaff,
    checks: [inStateFor(invoiceStates, 'cancel')],
    answer: invoices.view,
    run: commands.cancelInvoice,
  })
  action(api, invoices, 'send_notification', {
    summary: 'Mail an invoice to those who own the organization',
    permission: byStaff,
    checks: [inStates(['created'])],
    run: commands.sendNotification,
  })
  action(api, invoices, 'set_backend_id', {
    summary: 'Set the number that an invoice has elsewhere',
    permission: byStaff,
    body: commands.backendIdBody,
    run: commands.setBackendId,
  })
  action(api, invoices, 'set_payment_url', {
    summary: 'Set the address at which an invoice is paid',
    permission: byStaff,
    body: commands.paymentUrlBody,
    run: commands.setPaymentUrl,
  })
  action(api, invoices, 'set_reference_number', {
    summary: 'Set the reference under which an invoice is paid',
    permission: byStaff,
    body: commands.referenceNumberBody,
    run: commands.setReferenceNumber,
  })
}

function itemRoutes(api: Api): void {
  list(api, itemCosts, { summary: 'What lines come to by month' })
  const single = { tag: invoiceItems.name, permission: 'anyone with a token' } as const
  const WHOLE = { schema: { type: 'integer' } }
  const UUID = { schema: { type: 'string', format: 'uuid' } }
  read(api, {
    ...single,
    path: `${invoiceItems.path}total_price/`,
    id: 'invoice_items_total_price_retrieve',
    summary: 'What the lines of the list come to',
    query: Object.fromEntries(Object.entries(invoiceItems.filters).map(([name, { schema }]) => [name, { schema }])),
    answer: closed({ total_price: { type: 'string', format: 'decimal' } }),
    run: ({ db, viewer, query }) => totalPrice(db, viewer, query),
  })
  for (const side of ['customer', 'project'] as const) {
    read(api, {
      ...single,
      path: `${invoiceItems.path}${side}_costs_for_period/`,
      id: `invoice_items_${side}_costs_for_period_retrieve`,
      summary: `What ${side === 'customer' ? 'an organization' : 'a project'} came to in the last months`,
      query: { [`${side}_uuid`]: UUID, period: WHOLE },
      answer: COSTS_FOR_PERIOD,
      run: ({ db, viewer, query }) => costsForPeriod(db, viewer, query, side),
    })
  }
  list(api, invoiceItems, { summary: 'Lines of invoices: of those of one’s organization, and of one’s own offerings' })
  detail(api, invoiceItems)
  const running = { permission: byStaff, checks: [inStates(['pending'])] }
  update(api, invoiceItems, {
    ...running,
    summary: 'Write a line of a running month by hand',
    body: commands.itemBody,
    answer: itemUpdateView,
    run: commands.updateItem,
  })
  destroy(api, invoiceItems, { ...running, summary: 'Take a line off a running month', run: commands.deleteItem })
  action(api, invoiceItems, 'create_compensation', {
    summary: 'Give a line back on the invoice of the running month',
    permission: byStaff,
    body: commands.compensationBody,
    answer: closed({ offering_component_name: WORD }),
    run: commands.createCompensation,
  })
  // Beside the contract.
  read<InvoiceItem>(api, {
    path: `${invoiceItems.path}{uuid}/explain/`,
    id: 'invoice_items_explain_retrieve',
    tag: invoiceItems.name,
    summary: 'How a line came to its price, step by step',
    of: invoiceItems,
    permission: 'anyone who sees it',
    answer: EXPLANATION,
    run: ({ db, config, row }) => explain(db, config.TIME_ZONE, row.id),
  })
  read<InvoiceItem>(api, {
    path: `${invoiceItems.path}{uuid}/consumptions/`,
    id: 'invoice_items_consumptions_retrieve',
    tag: invoiceItems.name,
    summary: 'A line with what was reported of it',
    of: invoiceItems,
    permission: 'anyone who sees it',
    answer: viewSchema(consumptionView),
    run: ({ db, viewer, row }) => render(db, consumptionView, viewer, row.id),
  })
}

/** Who sees an invoice reads the proof that it was paid. */
export const invoiceFileGuards: FileGuards = {
  [commands.PROOFS]: async (db, viewer, fileId) => {
    const [found] = await db.selectFrom('invoice').select('uuid').where('proof_id', '=', fileId).execute()
    return found !== undefined && (await findSubject(db, invoices, viewer, String(found.uuid))) !== undefined
  },
}
