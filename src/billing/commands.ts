// What staff does with invoices and their lines. A line of an invoice that was created is never rewritten: it is compensated.
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { storeFile } from '../platform/files/store.ts'
import { conflict, invalid, refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, date, datetime, decimal, file, optional, type Parsed, text, url, withDefault } from '../platform/http/shapes.ts'
import { transition } from '../platform/states/transition.ts'
import { holdAccount } from './account.ts'
import { invoiceEvent } from './events.ts'
import { mailInvoice } from './jobs.ts'
import type { Invoice, InvoiceItem } from './list.ts'
import { invoiceStates } from './states.ts'

export const paidBody = body('PaidRequest', { date: optional(date()), proof: optional(file('document')) })
export const backendIdBody = body('BackendIdRequest', { backend_id: withDefault(text({ max: 255, blank: true }), '') })
export const paymentUrlBody = body('PaymentURLRequest', { payment_url: withDefault(url({ max: 200, blank: true }), '') })
export const referenceNumberBody = body('ReferenceNumberRequest', { reference_number: withDefault(text({ max: 300, blank: true }), '') })
export const compensationBody = body('InvoiceItemCompensationRequest', { offering_component_name: text({ max: 150 }) })

const amount = () => decimal({ digits: 22, places: 10 })
export const itemBody = body('InvoiceItemUpdateRequest', {
  article_code: optional(text({ max: 30, blank: true })),
  quantity: optional(amount()),
  unit_price: optional(amount()),
  start: optional(datetime()),
  end: optional(datetime()),
})

/** The word under which proofs of payment are kept. */
export const PROOFS = 'invoice'

/** An invoice was paid; the day, and what proves it, where they are told. */
export async function payInvoice(call: Call<Invoice, Parsed<typeof paidBody>>): Promise<number> {
  const { tx, row, input } = call
  if (input.proof && !input.date) throw invalid({ date: ['This field is required.'] })
  const proof_id = input.proof ? await storeFile(call, input.proof, PROOFS) : null
  await transition(tx, invoiceStates, 'paid', row.id, 'paid', { paid_on: input.date ?? null, proof_id })
  await recordEvents(call, [invoiceEvent('invoice_paid', row)])
  return row.id
}

/** What it asks for is not owed: it counts nowhere any more. What it billed is not billed again. */
export async function cancelInvoice(call: Call<Invoice>): Promise<number> {
  await transition(call.tx, invoiceStates, 'cancel', call.row.id, 'canceled')
  await recordEvents(call, [invoiceEvent('invoice_canceled', call.row)])
  return call.row.id
}

export const sendNotification = async ({ tx, jobs, row }: Call<Invoice>): Promise<void> =>
  jobs.send(tx, mailInvoice, { invoice_id: row.id })

/** Writes columns that say nothing about money. */
const write = async (
  { tx, row }: Call<Invoice, unknown>,
  columns: { [name in 'backend_id' | 'payment_url' | 'reference_number']?: string },
) => {
  await tx.updateTable('invoice').set(columns).where('id', '=', row.id).execute()
}

export const setBackendId = (call: Call<Invoice, Parsed<typeof backendIdBody>>) => write(call, { backend_id: call.input.backend_id })
export const setPaymentUrl = (call: Call<Invoice, Parsed<typeof paymentUrlBody>>) => write(call, { payment_url: call.input.payment_url })
export const setReferenceNumber = (call: Call<Invoice, Parsed<typeof referenceNumberBody>>) =>
  write(call, { reference_number: call.input.reference_number })

/** Writes a line of a running month; from then on nothing that happens changes it. */
export async function updateItem({ tx, row, input }: Call<InvoiceItem, Partial<Parsed<typeof itemBody>>>): Promise<number> {
  const { start = row.start, end = row.end } = input
  if (Date.parse(end) < Date.parse(start)) throw invalid({ end: ['End must not be before start.'] })
  await tx
    .updateTable('invoice_item')
    .set({ ...input, by_hand: true })
    .where('id', '=', row.id)
    .execute()
  return row.id
}

/** Takes a line off the running month for good. */
export async function deleteItem({ tx, row }: Call<InvoiceItem>): Promise<void> {
  await run(
    tx,
    sql`insert into billing_waiver (resource_id, plan_component_id, kind, start)
      select resource_id, plan_component_id, kind, start from invoice_item
      where id = ${row.id} and kind in ('charge', 'discount') and resource_id is not null and plan_component_id is not null on conflict do nothing`,
  )
  const [corrected] = await run(tx, sql`select from invoice_item where corrects_id = ${row.id} limit 1`)
  if (corrected) throw conflict('The item has been compensated.')
  await tx.deleteFrom('invoice_item').where('id', '=', row.id).execute()
}

/** Gives a line back, on the invoice of the running month, with a reference to what it gives back. */
export async function createCompensation(
  call: Call<InvoiceItem, Parsed<typeof compensationBody>>,
): Promise<{ offering_component_name: string }> {
  const { tx, row, input, config } = call
  if (Number(row.unit_price) < 0) throw refused('Can not create compensation for invoice item with negative unit price.')
  const { customer_id, open } = await holdAccount(tx, row.customer_id, config)
  await run(
    tx,
    sql`with opened as (insert into invoice (customer_id, month, state, tax_percent)
        select id, ${open}::date, 'pending', default_tax_percent from customer where id = ${customer_id}
        on conflict on constraint invoice_month_key do nothing returning id),
      target as (select id from opened union all select id from invoice where customer_id = ${customer_id} and month = ${open}::date)
      insert into invoice_item (invoice_id, customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, kind, corrects_id, billing_type,
        name, article_code, measured_unit, unit, unit_price, quantity, start, "end", details, by_hand)
      select target.id, item.customer_id, provider_id, project_id, resource_id, offering_id, plan_component_id, 'compensation', item.id, billing_type,
        'Compensation. ' || item.name, article_code, measured_unit, unit, -unit_price, quantity, start, "end",
        details || jsonb_build_object('offering_component_name', ${input.offering_component_name}::text), true
      from invoice_item item cross join target where item.id = ${row.id}`,
  )
  return input
}
