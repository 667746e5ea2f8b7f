// Who sees what of invoices and their lines: the customer's side sees its invoices, the provider's side lines of its own offerings,
// wherever they stand (service-providers.md §4.1).
import { sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { KeptCounts } from '../platform/counts/kept.ts'
import type { Collection, Lock } from '../platform/http/collection.ts'
import { as, int, type RowOf, str, uuid } from '../platform/http/columns.ts'
import type { Visibility } from '../platform/http/cut.ts'
import {
  choiceAmong,
  type Filter,
  numberIs,
  own,
  requireDate,
  requireNumber,
  requireUuid,
  urlOf,
  uuidIs,
} from '../platform/http/filters.ts'
import { keysOf } from '../platform/http/search.ts'
import type { InvoiceState } from './states.ts'
import { invoiceItemView, invoiceView, KNOWN_STATES } from './view.ts'

// Whoever writes anything of an organization's invoices holds its account, so that no two wait for each other's lines.
const ACCOUNT: Lock = { rows: [['account', 'update']] }

const INVOICE = {
  id: int('i.id'),
  uuid: uuid('i.uuid'),
  customer_id: int('i.customer_id'),
  customer_uuid: uuid('c.uuid'),
  customer_name: str('c.name'),
  state: as<InvoiceState>('i.state'),
  month: str('i.month::text'),
  proof_id: as<number | null>('i.proof_id'),
}
export type Invoice = RowOf<typeof INVOICE>

function visibleInvoices(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return { arms: [{ column: 'customer_id', ids: sql`select unnest(${scopeIds(actor, 'customer')}::bigint[])` }] }
}

const day = (compare: (value: string) => ReturnType<typeof sql<boolean>>): Filter =>
  own({ type: 'string', format: 'date' }, (value) => compare(requireDate(value)), 'i.month')

export const invoices: Collection<Invoice> = {
  path: '/api/invoices/',
  name: 'invoices',
  model: 'Invoice',
  view: invoiceView,
  visible: visibleInvoices,
  filters: {
    // An invoice counts as made on the first day of its month.
    created: day((value) => sql`i.month = ${value}::date`),
    customer: urlOf(['/api/customers/{uuid}/'], 'c.uuid'),
    customer_uuid: uuidIs('c.uuid'),
    end_date: day((value) => sql`i.month < ${value}::date`),
    month: numberIs('extract(month from i.month)'),
    start_date: day((value) => sql`i.month > ${value}::date`),
    state: choiceAmong(KNOWN_STATES, 'i.state'),
    year: numberIs('extract(year from i.month)'),
  },
  orderings: { created: 'i.month', month: 'extract(month from i.month)', year: 'extract(year from i.month)' },
  defaultOrder: ['-created'],
  subject: INVOICE,
  lock: ACCOUNT,
}

const ITEM = {
  id: int('item.id'),
  uuid: uuid('item.uuid'),
  invoice_id: int('item.invoice_id'),
  customer_id: int('item.customer_id'),
  state: as<InvoiceState>('i.state'),
  kind: str('item.kind'),
  name: str('item.name'),
  unit_price: str('item.unit_price::text'),
  start: str('wire_time(item.start)'),
  end: str('wire_time(item."end")'),
}
export type InvoiceItem = RowOf<typeof ITEM>

function visibleItems(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  const customers = scopeIds(actor, 'customer')
  const providers = [...new Set([...customers, ...providerCustomerIds(actor)])]
  return {
    arms: [
      ...(customers.length > 0 ? [{ column: 'customer_id', ids: sql`select unnest(${customers}::bigint[])` }] : []),
      ...(providers.length > 0 ? [{ column: 'provider_id', ids: sql`select unnest(${providers}::bigint[])` }] : []),
    ],
  }
}

const UUID = { type: 'string', format: 'uuid' }
const named = (column: string, table: string): Filter =>
  keysOf(UUID, column, (value) => sql`select id from ${sql.raw(table)} where uuid = ${requireUuid(value)}::uuid`)

/** Nobody has credit, so nothing is of one. */
const none: Filter = own(UUID, (value) => sql`${requireUuid(value)}::uuid is null`)

const counts: KeptCounts = {
  view: 'invoice_item_counted',
  filters: { customer_uuid: ['customer_id'] },
  grains: [[], ['customer_id'], ['provider_id'], ['customer_id', 'provider_id']],
}

export const invoiceItems: Collection<InvoiceItem> = {
  path: '/api/invoice-items/',
  name: 'invoice_items',
  model: 'InvoiceItem',
  view: invoiceItemView,
  visible: visibleItems,
  filters: {
    credit_uuid: none,
    customer_uuid: named('item.customer_id', 'customer'),
    invoice_uuid: named('item.invoice_id', 'invoice'),
    month: numberIs('extract(month from i.month)'),
    offering_uuid: named('item.offering_id', 'offering'),
    project_uuid: named('item.project_id', 'project'),
    resource_uuid: named('item.resource_id', 'resource'),
    start_month: own({ type: 'number' }, (value) => sql`extract(month from i.month) >= ${requireNumber(value)}::numeric`, 'i.month'),
    start_year: own({ type: 'number' }, (value) => sql`extract(year from i.month) >= ${requireNumber(value)}::numeric`, 'i.month'),
    year: numberIs('extract(year from i.month)'),
  },
  orderings: {},
  defaultOrder: [],
  counts,
  subject: ITEM,
  lock: ACCOUNT,
}
