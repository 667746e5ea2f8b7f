// What may be changed of an order while it waits, and how it is taken out of the world (orders.md §3.5–§3.7, §3.16, §3.20).

import { sql } from 'kysely'
import {
  answersTo,
  type CategorySection,
  checkOptions,
  costOfCreation,
  estimate,
  limitsNotSupported,
  moneyText,
  readAttributes,
  supportsLimits,
} from '../offerings/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import type { FileGuards } from '../platform/files/guards.ts'
import { discardFile, replaceFile, storeFile } from '../platform/files/store.ts'
import { findSubject } from '../platform/http/collection.ts'
import { invalid, notFound } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { findPlan, followOrder, withdrawResource } from '../resources/public.ts'
import { secretAttributes, withTellingKeys } from './asked.ts'
import { requireLimits, requireStartDate } from './create.ts'
import { checkChanged, driverOf } from './drivers.ts'
import { changeEvent, orderEvent } from './events.ts'
import { type OrderSubject, orders } from './list.ts'
import { mailMessage } from './notify.ts'
import { findComponents, lockPlaces } from './places-left.ts'
import type { attachmentBody, consumerInfoBody, providerInfoBody, updateBody } from './schema.ts'

/** PUT and PATCH: what was sent replaces what was ordered; the cost follows, and so does the resource of a Create order. */
export async function updateOrder(call: Call<OrderSubject, Partial<Parsed<typeof updateBody>>>): Promise<number> {
  const { tx, row: order, input, config } = call
  const { limits } = input
  const attributes = input.attributes && withTellingKeys(order, { ...secretAttributes(order), ...input.attributes })
  if (limits) await requireNewLimits(call, limits)
  if (attributes) await requireNewAttributes(tx, order, attributes)
  const start_date = config.ENABLE_ORDER_START_DATE ? input.start_date : undefined
  requireStartDate(order, start_date ?? null)
  const cost = limits && (await costWith(tx, order, limits, start_date ?? order.start_date))
  await checkChanged(call, order, { ...(limits && { limits }), ...(attributes && { attributes }), ...(start_date && { start_date }) })
  const columns = {
    ...(limits && { limits: JSON.stringify(limits) }),
    ...(attributes && { attributes: JSON.stringify(attributes) }),
    ...(attributes && order.type === 'Create' && { answers: JSON.stringify(answersTo(order.options, attributes)) }),
    ...(start_date !== undefined && { start_date }),
    ...(cost && { cost: cost.order }),
  }
  if (Object.keys(columns).length > 0) await tx.updateTable('order').set(columns).where('id', '=', order.id).execute()
  if (order.type === 'Create') {
    await followOrder(tx, order.resource_id, {
      ...(limits && { limits }),
      ...(attributes && { attributes }),
      ...(cost && { cost: cost.resource }),
    })
  }
  return order.id
}

async function requireNewLimits(
  { tx, config, row: order }: Call<OrderSubject, unknown>,
  limits: { [type: string]: number },
): Promise<void> {
  if (!supportsLimits(order.offering_type)) throw invalid(limitsNotSupported)
  if (order.subtype === 'renew') throw invalid({ limits: ['Limits of a renewal are chosen as it is ordered.'] })
  await lockPlaces(tx, { offering: order, limits })
  requireLimits(await findComponents(tx, order.offering_id, order.resource_id, config.TIME_ZONE), limits)
}

async function requireNewAttributes(tx: Tx, order: OrderSubject, attributes: { [key: string]: unknown }): Promise<void> {
  const [category] = await run(
    tx,
    sql<{ sections: CategorySection[] }>`select sections from category join offering on offering.category_id = category.id
      where offering.id = ${order.offering_id}`,
  )
  const read = readAttributes(category?.sections ?? [], attributes)
  const errors = 'errors' in read ? read.errors : checkOptions(order.options, attributes)
  if (errors) throw invalid(errors)
}

async function costWith(tx: Tx, order: OrderSubject, limits: { [type: string]: number }, start: string | null) {
  const plan = order.plan_id === null ? undefined : await findPlan(tx, { id: order.plan_id })
  if (!plan) return undefined
  const { end_date } = order.attributes
  const period = { start: start ?? order.today, end: typeof end_date === 'string' ? end_date : null }
  const resource = moneyText(estimate(plan, limits))
  return { order: order.type === 'Create' ? moneyText(costOfCreation(plan, limits, period)) : resource, resource }
}

/** DELETE of a waiting order: what it would have made goes with it; the original leaves such resources for ever (orders.md §7 row 12). */
export async function destroyOrder(call: Call<OrderSubject>): Promise<void> {
  const { tx, row: order } = call
  await removeRows(call, order)
  await withdrawResource(tx, order.resource_id, order.type)
  await recordEvents(call, [changeEvent('canceled', order)])
  await driverOf(call.wiring, order.offering_type)?.undo?.(call, order)
}

/** Staff removes the row alone: neither the resource nor the provider's system hears of it. */
export async function unlinkOrder(call: Call<OrderSubject>): Promise<void> {
  await recordEvents(call, [orderEvent('marketplace_order_unlinked', call.row)])
  await removeRows(call, call.row)
}

async function removeRows(call: Pick<Call, 'tx' | 'jobs'>, order: OrderSubject): Promise<void> {
  await call.tx.deleteFrom('order').where('id', '=', order.id).execute()
  for (const id of [order.attachment_id, order.provider_message_attachment_id, order.consumer_message_attachment_id]) {
    await discardFile(call, id)
  }
}

/** What guards files of orders. */
export const ORDER_FILES = 'order'

/** Files of an order are read by whoever sees the order. */
export const orderFileGuards: FileGuards = {
  [ORDER_FILES]: async (db, viewer, fileId) => {
    const [order] = await run(
      db,
      sql<{
        uuid: string
      }>`select uuid from "order" where ${fileId} in (attachment_id, provider_message_attachment_id, consumer_message_attachment_id)`,
    )
    return order !== undefined && (await findSubject(db, orders, viewer, order.uuid)) !== undefined
  },
}

/** The purchase order, or what else belongs to it; a new file takes the place of the old. */
export async function updateAttachment(call: Call<OrderSubject, Parsed<typeof attachmentBody>>): Promise<number> {
  const { tx, row, input } = call
  if (!input.attachment) throw invalid({ attachment: ['No file was submitted.'] })
  const id = await storeFile(call, input.attachment, ORDER_FILES)
  await tx.updateTable('order').set({ attachment_id: id }).where('id', '=', row.id).execute()
  await discardFile(call, row.attachment_id)
  return row.id
}

export async function deleteAttachment(call: Call<OrderSubject>): Promise<void> {
  const { tx, row } = call
  if (row.attachment_id === null) throw notFound()
  await tx.updateTable('order').set({ attachment_id: null }).where('id', '=', row.id).execute()
  await discardFile(call, row.attachment_id)
}

/** What the provider tells who ordered; only what was sent changes. */
export async function setProviderInfo(call: Call<OrderSubject, Parsed<typeof providerInfoBody>>): Promise<{ detail: string }> {
  const { tx, row, input } = call
  const file = await replaceFile(call, input.provider_message_attachment, row.provider_message_attachment_id, ORDER_FILES)
  await tx
    .updateTable('order')
    .set({
      ...(input.provider_message !== undefined && { provider_message: input.provider_message }),
      ...(input.provider_message_url !== undefined && { provider_message_url: input.provider_message_url }),
      provider_message_attachment_id: file.id,
    })
    .where('id', '=', row.id)
    .execute()
  await file.discardOld()
  await mailMessage(call, row, 'provider-message')
  return { detail: 'Provider info has been saved.' }
}

/** What who ordered answers the provider. */
export async function setConsumerInfo(call: Call<OrderSubject, Parsed<typeof consumerInfoBody>>): Promise<{ detail: string }> {
  const { tx, row, input } = call
  const file = await replaceFile(call, input.consumer_message_attachment, row.consumer_message_attachment_id, ORDER_FILES)
  await tx
    .updateTable('order')
    .set({
      ...(input.consumer_message !== undefined && { consumer_message: input.consumer_message }),
      consumer_message_attachment_id: file.id,
    })
    .where('id', '=', row.id)
    .execute()
  await file.discardOld()
  await mailMessage(call, row, 'consumer-message')
  return { detail: 'Consumer info has been saved.' }
}
