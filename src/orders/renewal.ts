// What was paid ahead is prolonged by an order (orders.md §5.5, §1.11): by whole months from the day on which it would end, or
// from today when that has passed, with more of it if wanted (docs/decisions/0053).
import { sql } from 'kysely'
import {
  costOfRenewal,
  estimate,
  type Limits,
  limitsNotSupported,
  moneyText,
  renewalByComponent,
  supportsLimits,
} from '../offerings/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { storeFile } from '../platform/files/store.ts'
import { type FieldErrors, invalid, refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import { emptyRecord, valueAt } from '../platform/keyed.ts'
import { daysBetween, monthsAfter } from '../platform/time.ts'
import { checkEndDate, findPlan, type PlanFacts, type ResourceSubject } from '../resources/public.ts'
import { FREE } from './asked.ts'
import { ORDER_FILES } from './edit.ts'
import { checkSharedLimits, findComponents, lockPlaces } from './places-left.ts'
import { type OrderUuid, place } from './resource-orders.ts'
import type { renewalEstimateBody, renewBody } from './schema.ts'

type Asked = Parsed<typeof renewalEstimateBody>

/** 400 where nothing is paid ahead. */
export function prepaid({ not_prepaid }: ResourceSubject): void {
  if (not_prepaid) throw refused('This action is only available for prepaid resources.')
}

type Terms = { limits: Limits; more: boolean; new_end_date: string; plan: PlanFacts | undefined }

/** What it would come to; refuses what cannot be had. */
async function termsOf(call: Call<ResourceSubject, Asked>): Promise<Terms> {
  const { tx, row, input } = call
  const limits = { ...row.limits, ...input.limits }
  const more = Object.entries(limits).some(([type, limit]) => valueAt(row.limits, type) !== limit)
  if (more) await requireMore(call, limits)
  const from = row.end_date !== null && row.end_date > row.today ? row.end_date : row.today
  const new_end_date = monthsAfter(from, input.extension_months)
  checkEndDate(row.plugin_options, new_end_date, row.today, row.created.slice(0, 10))
  const plan = row.plan_id === null ? undefined : await findPlan(tx, { id: row.plan_id })
  return { limits, more, new_end_date, plan }
}

/** A renewal may bring more, never less; other resources must leave enough. */
async function requireMore({ tx, row, config }: Call<ResourceSubject, Asked>, limits: Limits): Promise<void> {
  if (!supportsLimits(row.offering_type)) throw invalid(limitsNotSupported)
  const lower: FieldErrors = emptyRecord()
  for (const [type, limit] of Object.entries(limits)) {
    const now = valueAt(row.limits, type) ?? 0
    if (limit < now) lower[type] = [`Ensure this value is greater than or equal to ${now}.`]
  }
  if (Object.keys(lower).length > 0) throw invalid({ limits: lower })
  await lockPlaces(tx, { offering: row, limits })
  const problem = checkSharedLimits(await findComponents(tx, row.offering_id, row.id, config.TIME_ZONE), limits)
  if (problem) throw 'fields' in problem ? invalid(problem.fields) : refused(problem.rule)
}

export async function renewResource(call: Call<ResourceSubject, Parsed<typeof renewBody>>): Promise<OrderUuid> {
  const { row, input } = call
  const { extension_months } = input
  const { limits, more, new_end_date, plan } = await termsOf(call)
  const cost = plan ? moneyText(costOfRenewal(plan, limits, extension_months)) : null
  const attachment_id = input.attachment ? await storeFile(call, input.attachment, ORDER_FILES) : undefined
  return place(call, 'Update', {
    plan_id: row.plan_id,
    subtype: 'renew',
    extension_months,
    new_end_date,
    attributes: {
      action: 'renew',
      extension_months,
      old_end_date: row.end_date,
      new_end_date,
      renewal_cost: cost,
      ...(more && { old_limits: row.limits }),
    },
    limits,
    money: { ...FREE, cost, old_cost_estimate: plan ? moneyText(estimate(plan, row.limits)) : null },
    request_comment: input.request_comment ?? null,
    ...(attachment_id !== undefined && { attachment_id }),
  })
}

type Named = { type: string; name: string; measured_unit: string; limit_period: string | null }

const namesOf = (tx: Tx, offeringId: number) =>
  run(tx, sql<Named>`select type, name, measured_unit, limit_period from offering_component where offering_id = ${offeringId}`)

const months = (n: number) => `${n} month${n === 1 ? '' : 's'}`

/** What the same body would cost as a renewal, by component; nothing is written. */
export async function estimateRenewal(call: Call<ResourceSubject, Asked>) {
  const { tx, row, input } = call
  const { limits, new_end_date, plan } = await termsOf(call)
  const named = new Map((await namesOf(tx, row.offering_id)).map((component) => [component.type, component]))
  const remaining_days = Math.max(0, row.end_date === null ? 0 : daysBetween(row.today, row.end_date))
  const asked = { current: row.limits, limits, months: input.extension_months, remaining_days }
  const { components, subscription, change } = renewalByComponent(plan ?? { unit_price: '0', components: [] }, asked)
  return {
    components: components.map(({ component, total }) => ({
      component_type: component.type,
      component_name: named.get(component.type)?.name ?? component.type,
      billing_type: component.billing_type,
      billing_period: component.is_prepaid ? null : (named.get(component.type)?.limit_period ?? null),
      current_limit: valueAt(row.limits, component.type) ?? 0,
      new_limit: valueAt(limits, component.type) ?? 0,
      unit_price: component.price,
      measured_unit: named.get(component.type)?.measured_unit ?? '',
      period_description: component.is_prepaid ? months(input.extension_months) : (plan?.unit ?? ''),
      total: moneyText(total),
    })),
    subscription_total: moneyText(subscription),
    limit_change_total: moneyText(change),
    total: moneyText(subscription.plus(change)),
    remaining_days,
    new_end_date,
  }
}
