// What the running month of an organization will come to if all goes on as it does: the same lines that would be written, with what
// is used carried on at its pace until today.
import { sql } from 'kysely'
import { customers } from '../core/public.ts'
import { readsAll, scopeIds } from '../platform/auth/actor.ts'
import { type Db, run } from '../platform/db/database.ts'
import { findSubject } from '../platform/http/collection.ts'
import type { Viewer } from '../platform/http/context.ts'
import { invalid } from '../platform/http/errors.ts'
import { readUuid, uuidInPath } from '../platform/http/filters.ts'
import { type Query, valuesOf } from '../platform/http/query.ts'
import { monthOf, now } from '../platform/time.ts'
import { wantedIn } from './wanted.ts'

const MONEY = { type: 'string', format: 'decimal' }

export const PREVIEW = {
  type: 'object',
  properties: {
    customer_uuid: { type: 'string', format: 'uuid' },
    customer_name: { type: 'string' },
    year: { type: 'integer' },
    month: { type: 'integer' },
    price: MONEY,
    tax: MONEY,
    total: MONEY,
    items: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          resource_uuid: { type: 'string', format: 'uuid' },
          billing_type: { type: 'string' },
          unit: { type: 'string' },
          unit_price: MONEY,
          quantity: MONEY,
          price: MONEY,
          expected: { type: 'boolean' },
        },
        required: ['name', 'billing_type', 'unit', 'unit_price', 'quantity', 'price', 'expected'],
      },
    },
  },
  required: ['customer_uuid', 'customer_name', 'year', 'month', 'price', 'tax', 'total', 'items'],
}

/** The organization that a query names, whose invoices the caller sees. */
async function requireCustomer(db: Db, viewer: Viewer, query: Query): Promise<number> {
  const sent = valuesOf(query, 'customer').at(-1) ?? ''
  if (sent === '') throw invalid({ customer: ['This field is required.'] })
  const hex = readUuid(sent) ?? uuidInPath('/api/customers/{uuid}/', sent)
  const found = hex ? await findSubject(db, customers, viewer, hex) : undefined
  const { actor } = viewer
  if (!found || !actor || !(readsAll(actor) || scopeIds(actor, 'customer').includes(found.id)))
    throw invalid({ customer: ['Invalid hyperlink - Object does not exist.'] })
  return found.id
}

const month = (zone: string) => monthOf(now(), zone)

/** Lines that are expected to grow say so; corrections and compensations that stand on the invoice already are among them. */
export async function preview(db: Db, viewer: Viewer, query: Query): Promise<string> {
  const id = await requireCustomer(db, viewer, query)
  const [found] = await run(
    db,
    sql<{ text: string }>`with ${wantedIn(month(viewer.timeZone), viewer.timeZone, sql`p.customer_id = ${id}`)},
      standing as (select item.* from invoice_item item join invoice on invoice.id = item.invoice_id cross join m
        where invoice.customer_id = ${id} and invoice.month = m.day),
      lines as (
        select coalesce(item.name, r.name || ' (' || off.name || ') / ' || wanted.component_name) as name, r.uuid as resource_uuid, wanted.billing_type, wanted.unit,
          coalesce(item.unit_price, wanted.unit_price) as unit_price, wanted.billing_type = 'usage' and wanted.kind = 'charge' as expected,
          case when wanted.billing_type = 'usage' then ceil(wanted.quantity * m.days / greatest(site_day(now(), m.zone) - m.day + 1, 1) * 100) / 100 else wanted.quantity end as quantity
        from wanted cross join m join resource r on r.id = wanted.resource_id join offering off on off.id = r.offering_id
          left join standing item on item.resource_id = wanted.resource_id and item.plan_component_id = wanted.plan_component_id
            and item.kind = wanted.kind and item.start = wanted.start
        where not coalesce(item.by_hand, false) and not exists (select from billing_waiver gone where gone.resource_id = wanted.resource_id
          and gone.plan_component_id = wanted.plan_component_id and gone.kind = wanted.kind and gone.start = wanted.start)
        union all
        select item.name, r.uuid, item.billing_type, item.unit, item.unit_price, false, item.quantity from standing item cross join m
          left join resource r on r.id = item.resource_id
        where item.by_hand or item.kind in ('correction', 'compensation') or item.resource_id is null or item.start < m.start),
      sums as (select coalesce(sum(cents(unit_price * quantity)), 0) as price,
        coalesce(sum(tax_of(cents(unit_price * quantity), percent.tax_percent)), 0) as tax
        from (select coalesce((select tax_percent from invoice cross join m where invoice.customer_id = c.id and invoice.month = m.day), c.default_tax_percent) as tax_percent
          from customer c where c.id = ${id}) percent left join lines on true)
      select json_build_object('customer_uuid', wire_uuid(c.uuid), 'customer_name', c.name, 'year', extract(year from m.day), 'month', extract(month from m.day),
        'price', sums.price::numeric(32, 10)::text, 'tax', sums.tax::numeric(32, 10)::text, 'total', (sums.price + sums.tax)::numeric(32, 10)::text,
        'items', coalesce((select json_agg(json_strip_nulls(json_build_object('name', name, 'resource_uuid', wire_uuid(resource_uuid), 'billing_type', billing_type, 'unit', unit,
          'unit_price', unit_price::numeric(32, 10)::text, 'quantity', quantity::numeric(32, 10)::text, 'price', cents(unit_price * quantity)::text, 'expected', expected))
          order by name) from lines), '[]'))::text as text
      from customer c cross join m cross join sums where c.id = ${id}`,
  )
  return found?.text ?? '{}'
}
