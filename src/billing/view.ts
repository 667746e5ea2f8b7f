// What an invoice and its lines look like (service-providers.md §1.11). A line tells what it told when it was written, though what it
// is of has been renamed or removed since.
import {
  absent,
  boolean,
  date,
  datetime,
  decimal,
  described,
  type Fields,
  integer,
  json,
  list,
  nullable,
  number,
  oneOf,
  text,
  url,
  uuid,
  type View,
} from '../platform/http/view.ts'
import { CUSTOMER_DETAILS, customerDetailsSql } from './details.ts'
import { INVOICE_STATES } from './states.ts'

export const UNITS = ['month', 'quarter', 'half_month', 'day', 'hour', 'quantity'] as const

/** The contract's further state is of sites that look at invoices again before they create them. */
export const KNOWN_STATES = [...INVOICE_STATES, 'pending_finalization'] as const

/** Days in which an invoice is to be paid, from the day that it is of. */
const DAYS_TO_PAY = 30

const TOLD = {
  resource_name: { type: 'string' },
  resource_uuid: { type: 'string', format: 'uuid' },
  plan_name: { type: 'string' },
  plan_uuid: { type: 'string', format: 'uuid' },
  offering_type: { type: 'string' },
  offering_name: { type: 'string' },
  offering_uuid: { type: 'string', format: 'uuid' },
  service_provider_name: { type: 'string' },
  service_provider_uuid: { type: 'string', format: 'uuid' },
  plan_component_id: { type: 'integer' },
  offering_component_type: { type: 'string' },
  offering_component_name: { type: 'string' },
  plan_unit: { type: 'string' },
  // The month of which the line is, by its first day.
  billing_period: { type: 'string' },
  resource_limit_periods: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        start: { type: 'string' },
        end: { type: 'string' },
        quantity: { type: 'integer' },
        billing_periods: { type: 'integer' },
        total: { type: 'string' },
      },
    },
  },
}

const told = (key: string) => `(item.details ->> '${key}')`
const TAX = 'tax_of(item.price, i.tax_percent)'

/** The tax of one item, over the aliases of the item and its invoice. */
export const itemTax = TAX

/** A line on its invoice, over the aliases `item`, `i` (the invoice), `p` and `r`. */
const lineFields: Fields = {
  uuid: uuid('item.uuid'),
  url: url('/api/invoice-items/{}/', 'item.uuid'),
  name: text('item.name'),
  price: number('item.price'),
  tax: decimal(TAX, 2),
  total: decimal(`item.price + ${TAX}`, 2),
  unit_price: decimal('item.unit_price'),
  unit: oneOf(UNITS, 'item.unit'),
  factor: integer('1'),
  measured_unit: text('item.measured_unit'),
  start: datetime('item.start'),
  end: datetime('item."end"'),
  article_code: text('item.article_code'),
  project_name: text(`coalesce(p.name, '')`),
  project_uuid: nullable(uuid('p.uuid')),
  quantity: decimal('item.quantity'),
  details: json('item.details', { type: 'object', properties: TOLD }),
  resource: nullable(url('/api/marketplace-resources/{}/', 'r.uuid')),
  resource_uuid: absent(uuid(`coalesce(r.uuid, ${told('resource_uuid')}::uuid)`)),
  resource_name: text(`coalesce(r.name, ${told('resource_name')}, '')`),
  billing_type: text('item.billing_type'),
  // Nothing behind a resource has a number of its own, and nobody has credit.
  backend_uuid: nullable(uuid('null::uuid')),
  credit: boolean('false'),
}

const ITEM_JOINS = {
  i: 'join invoice i on i.id = item.invoice_id',
  p: 'left join project p on p.id = item.project_id',
  r: 'left join resource r on r.id = item.resource_id',
}

export const lineView: View = {
  name: 'InvoiceItem',
  from: 'invoice_item item',
  alias: 'item',
  joins: {
    ...ITEM_JOINS,
    off: 'left join offering off on off.id = item.offering_id',
    provider: 'left join customer provider on provider.id = item.provider_id',
  },
  fields: lineFields,
}

const customer = json(`coalesce(i.customer_details, ${customerDetailsSql('c')})`, CUSTOMER_DETAILS)
const sumOf = (condition: string) =>
  number(`(select coalesce(sum(item.price), 0) from invoice_item item where item.invoice_id = i.id and item.price ${condition})`)

export const invoiceView: View = {
  name: 'Invoice',
  from: 'invoice i',
  alias: 'i',
  joins: { c: 'join customer c on c.id = i.customer_id', account: 'join billing_account account on account.customer_id = i.customer_id' },
  fields: {
    url: url('/api/invoices/{}/', 'i.uuid'),
    uuid: uuid('i.uuid'),
    number: integer('100000 + i.id'),
    customer: url('/api/customers/{}/', 'c.uuid'),
    price: decimal('i.price'),
    tax: decimal('i.tax'),
    total: decimal('i.price + i.tax'),
    state: oneOf(KNOWN_STATES, 'i.state'),
    year: integer('extract(year from i.month)'),
    month: integer('extract(month from i.month)'),
    issuer_details: absent(json('i.issuer_details', CUSTOMER_DETAILS)),
    invoice_date: nullable(date('i.invoice_date')),
    due_date: absent(date(`i.invoice_date + ${DAYS_TO_PAY}`)),
    customer_details: customer,
    items: list(
      lineFields,
      `from invoice_item item left join project p on p.id = item.project_id left join resource r on r.id = item.resource_id where item.invoice_id = i.id`,
      'item.id',
    ),
    backend_id: text('i.backend_id'),
    payment_url: described({ format: 'uri' }, text('i.payment_url')),
    reference_number: text('i.reference_number'),
    compensations: sumOf('< 0'),
    incurred_costs: sumOf('>= 0'),
  },
}

/** A line by itself, as both sides find it. */
export const invoiceItemView: View = {
  name: 'InvoiceItemDetail',
  from: 'invoice_item item',
  alias: 'item',
  joins: {
    ...ITEM_JOINS,
    c: 'join customer c on c.id = item.customer_id',
    off: 'left join offering off on off.id = item.offering_id',
    account: 'join billing_account account on account.customer_id = item.customer_id',
  },
  fields: {
    invoice: url('/api/invoices/{}/', 'i.uuid'),
    resource: nullable(url('/api/marketplace-resources/{}/', 'r.uuid')),
    uuid: uuid('item.uuid'),
    article_code: text('item.article_code'),
    unit_price: decimal('item.unit_price'),
    unit: oneOf(UNITS, 'item.unit'),
    quantity: decimal('item.quantity'),
    measured_unit: text('item.measured_unit'),
    name: text('item.name'),
    start: datetime('item.start'),
    end: datetime('item."end"'),
    price: number('item.price'),
    details: json('item.details', {}),
    offering_uuid: uuid(`coalesce(off.uuid, ${told('offering_uuid')}::uuid)`),
    offering_name: nullable(text(`coalesce(off.name, ${told('offering_name')})`)),
    offering_component_type: nullable(text(told('offering_component_type'))),
    project_uuid: nullable(uuid('p.uuid')),
    project_name: text(`coalesce(p.name, '')`),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
  },
}

/** What an update of a line answers. */
export const itemUpdateView: View = {
  ...invoiceItemView,
  name: 'InvoiceItemUpdate',
  fields: Object.fromEntries(
    ['article_code', 'quantity', 'unit_price', 'start', 'end'].map((name) => [name, invoiceItemView.fields[name] as Fields[string]]),
  ),
}
