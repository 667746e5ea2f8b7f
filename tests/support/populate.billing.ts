// Invoices in every state, with lines of two offerings, and what is done to each.
import { sql } from 'kysely'
import { run } from '../../src/platform/db/database.ts'
import type { Row, World } from './world.ts'

/** The account without which an organization has no invoices; its open month is the present one. */
export const accountOf = (w: World, customer: Row) =>
  run(
    w.db,
    sql`insert into billing_account (customer_id, month) values (${customer.id}, date_trunc('month', now())) on conflict do nothing`,
  )

type Billed = { customer: Row; project: Row; provider: Row; offering: Row; resource: Row }

/** An invoice of a month. */
export async function invoiceOf(w: World, customer: Row, month: string, state: string, tax_percent = '0'): Promise<Row> {
  const created = state === 'pending' ? {} : { invoice_date: `${month}-28`, customer_details: JSON.stringify({ name: 'Then' }) }
  return w.insert('invoice', { customer_id: customer.id, month: `${month}-01`, state, tax_percent, ...created })
}

/** A line of an invoice, over its month. */
export const itemOf = (
  w: World,
  invoice: Row,
  of: Billed,
  month: string,
  price: string,
  values: { [column: string]: unknown } = {},
): Promise<Row> =>
  w.insert('invoice_item', {
    invoice_id: invoice.id,
    customer_id: of.customer.id,
    provider_id: of.provider.id,
    project_id: of.project.id,
    resource_id: of.resource.id,
    offering_id: of.offering.id,
    kind: 'charge',
    name: 'Line-1',
    unit: 'month',
    unit_price: price,
    quantity: '1',
    start: `${month}-01T00:00:00Z`,
    end: `${month}-02T00:00:00Z`,
    details: JSON.stringify({ billing_period: `${month}-01`, offering_component_type: 'cpu' }),
    ...values,
  })

export async function billedOf(
  w: World,
  { consumer, provider, project }: Awaited<ReturnType<World['cast']>>,
  offering: Row,
  ownOffering: Row,
  resource: Row,
) {
  await accountOf(w, consumer)
  const of = { customer: consumer, project, provider, offering, resource }
  const made: [string, Row][] = []
  // The second line of each differs in all that lines are ordered by, against the order of making.
  const beside = {
    ...of,
    project: await w.project(consumer),
    provider: consumer,
    offering: ownOffering,
    resource: await w.resource(ownOffering, project),
  }
  for (const [i, state] of (['paid', 'canceled', 'created', 'pending'] as const).entries()) {
    const month = `2026-0${[4, 2, 3, 1][i]}`
    const invoice = await invoiceOf(w, consumer, month, state, '20')
    const first = await itemOf(w, invoice, of, month, `${i + 1}.5`)
    await itemOf(w, invoice, beside, month, `${i + 3}`)
    await itemOf(w, invoice, of, month, '-1', { kind: 'compensation', corrects_id: first.id })
    made.push([state, invoice])
  }
  const invoices = Object.fromEntries(made) as { [state in 'paid' | 'canceled' | 'created' | 'pending']: Row }
  const item = await itemOf(w, invoices.pending, of, '2026-01', '9')
  const removable = await itemOf(w, invoices.pending, of, '2026-01', '8')
  return { invoices, item, removable }
}

/** The invoice of another organization, for another provider. */
export async function billedBeside(w: World, of: Billed, month: string): Promise<void> {
  await accountOf(w, of.customer)
  await itemOf(w, await invoiceOf(w, of.customer, month, 'created'), of, month, '7')
}
