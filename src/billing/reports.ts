// Sums of lines that are lists: by month of a project, by offering of an invoice, by month of an offering, by month of a provider.
// What stands on canceled invoices counts in none of them.
import { type RawBuilder, sql } from 'kysely'
import { providerOfferings } from '../offerings/public.ts'
import type { Collection, Computed } from '../platform/http/collection.ts'
import { accepted, BadValue, type Filter, own } from '../platform/http/filters.ts'
import { dayIn } from '../platform/http/moments.ts'
import { integer, number, text, uuid, type View } from '../platform/http/view.ts'
import { serviceProviders } from '../service-providers/list.ts'
import { invoiceItems, invoices } from './list.ts'
import { invoiceItemView, itemTax, lineView } from './view.ts'

const computedView = (name: string, fields: View['fields']): View => ({ name, from: 'computed sums', alias: 'sums', joins: {}, fields })
const MONTH = { year: integer('extract(year from sums.month)'), month: integer('extract(month from sums.month)') }
const counts = sql.raw("i.state <> 'canceled'")

/** The sums of rows that are found, by what they are grouped by. */
const summed = (of: Computed['of'], uses: string, rows: (found: RawBuilder<unknown>) => RawBuilder<unknown>): Computed => ({
  of,
  uses,
  rows,
})

const BY_MONTH = (found: RawBuilder<unknown>) =>
  sql`select row_number() over (order by i.month) as id, i.month, sum(item.price) as price, sum(${sql.raw(itemTax)}) as tax
    ${found} and ${counts} group by i.month`

/** What the lines that the caller sees come to, by month; of a project when it is named. */
export const itemCosts: Collection = {
  path: `${invoiceItems.path}costs/`,
  name: `${invoiceItems.name}_costs`,
  model: 'InvoiceItem',
  view: computedView('InvoiceCost', { price: number('sums.price'), ...MONTH }),
  visible: invoiceItems.visible,
  filters: { project_uuid: invoiceItems.filters.project_uuid as Filter },
  orderings: { period: 'sums.month' },
  defaultOrder: ['-period'],
  computed: summed(invoiceItemView, 'i.id', BY_MONTH),
}

/** What an invoice comes to by offering. */
export const invoiceStats: Collection = {
  path: `${invoices.path}{uuid}/stats/`,
  name: `${invoices.name}_stats`,
  model: 'Invoice',
  view: computedView('InvoiceStatsOffering', {
    offering_name: text('sums.offering_name'),
    aggregated_price: number('sums.price'),
    aggregated_tax: number('sums.tax'),
    aggregated_total: number('sums.price + sums.tax'),
    service_category_title: text('sums.title'),
    service_provider_name: text('sums.provider_name'),
    service_provider_uuid: uuid('sums.provider_uuid'),
  }),
  // Whoever sees the invoice sees all of it; the route finds that.
  visible: () => 'all',
  filters: {
    // The contract repeats the filters of invoices, where there is one invoice only.
    ...Object.fromEntries(Object.entries(invoices.filters).map(([name, { schema, many }]) => [name, accepted(schema, many)] as const)),
    provider_uuid: own({ type: 'string' }, (value) => sql`wire_uuid(provider.uuid) = replace(${value}, '-', '')`, 'provider.uuid'),
  },
  orderings: Object.fromEntries(['offering_name', ...Object.keys(invoices.orderings)].map((key) => [key, 'sums.offering_name'])),
  defaultOrder: ['offering_name'],
  computed: summed(
    { ...lineView, joins: { ...lineView.joins, category: 'left join category on category.id = off.category_id' } },
    'i.id off.id provider.id category.id',
    (
      found,
    ) => sql`select row_number() over (order by item.offering_id) as id, coalesce(off.name, '') as offering_name, coalesce(category.title, '') as title,
        coalesce(provider.name, '') as provider_name, provider.uuid as provider_uuid, sum(item.price) as price, sum(${sql.raw(itemTax)}) as tax
      ${found} group by item.offering_id, off.name, category.title, provider.name, provider.uuid`,
  ),
}

/** A month, or a day in it. */
function requireMonth(value: string): string {
  const day = dayIn(/^\d{4}-\d{2}$/.test(value.trim()) ? `${value.trim()}-01` : value)
  if (!day) throw new BadValue('Enter a valid date.')
  return day
}

const month = (compare: (first: RawBuilder<unknown>) => RawBuilder<boolean>): Filter =>
  own({ type: 'string', format: 'date' }, (value) => compare(sql`date_trunc('month', ${requireMonth(value)}::date)`), 'i.month')

/** What an offering brings in, by month. */
export const offeringCosts: Collection = {
  path: `${providerOfferings.path}{uuid}/costs/`,
  name: `${providerOfferings.name}_costs`,
  model: 'InvoiceItem',
  view: computedView('ProviderOfferingCosts', {
    period: text("to_char(sums.month, 'YYYY-MM')"),
    price: number('sums.price'),
    tax: number('sums.tax'),
    total: number('sums.price + sums.tax'),
  }),
  // Whoever may read the list may read all of it; the route decides that by the offering.
  visible: () => 'all',
  filters: {
    ...Object.fromEntries(
      [
        ...Object.entries(providerOfferings.filters).map(([name, { schema, many }]) => [name, schema, many] as const),
        ['accounting_is_running', { type: 'boolean' }, false] as const,
      ].map(([name, schema, many]) => [name, accepted(schema, many)] as const),
    ),
    start: month((first) => sql`i.month >= ${first}`),
    end: month((first) => sql`i.month <= ${first}`),
  },
  orderings: Object.fromEntries(['period', ...Object.keys(providerOfferings.orderings)].map((key) => [key, 'sums.month'])),
  defaultOrder: ['period'],
  computed: summed(lineView, 'i.id', BY_MONTH),
}

/** What a provider's resources bring in, by month, without tax: whole numbers, cut off; what has no resource counts nowhere. */
export const providerRevenue: Collection = {
  path: `${serviceProviders.path}{uuid}/revenue/`,
  name: `${serviceProviders.name}_revenue`,
  model: 'InvoiceItem',
  view: computedView('ServiceProviderRevenues', { total: integer('trunc(sums.total)'), ...MONTH }),
  visible: () => 'all',
  filters: {},
  orderings: { month: 'sums.month' },
  defaultOrder: ['month'],
  computed: summed(
    lineView,
    'i.id',
    (found) => sql`select row_number() over (order by i.month) as id, i.month, sum(item.unit_price * item.quantity) as total
      ${found} and ${counts} and item.resource_id is not null group by i.month`,
  ),
}
