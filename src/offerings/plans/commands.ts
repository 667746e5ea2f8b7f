// Making, changing and retiring plans. What their components cost stands in prices.ts.
import { customerIsOpen, organizationGroups } from '../../core/public.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { conflict } from '../../platform/http/errors.ts'
import { linksTo, linkTo } from '../../platform/http/links.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, boolean, choice, decimal, html, integer, nullable, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import { onlySent } from '../../platform/sent.ts'
import { planEvent } from '../events.ts'
import { providerOfferings } from '../list.ts'
import type { Plan } from './list.ts'
import { PLAN_UNITS } from './plan-fields.ts'
import { insertPlan } from './stored-plans.ts'

export const planBody = body('ProviderPlanDetailsRequest', {
  offering: linkTo(providerOfferings),
  name: text({ max: 150 }),
  description: optional(html()),
  article_code: optional(text({ max: 30, blank: true })),
  max_amount: optional(nullable(integer({ min: 1, max: 32_767 }))),
  archived: optional(boolean()),
  unit: optional(choice(PLAN_UNITS)),
  // Clients send it along; it is always the sum of the fixed components and never taken from them.
  unit_price: optional(decimal({ digits: 22, places: 10 })),
  backend_id: optional(text({ max: 255, blank: true })),
})
type PlanInput = Parsed<typeof planBody>

const inUse = () => conflict('Cannot delete plan with existing resources')

export const planConstraints: Translations = {
  resource_plan_id_fkey: inUse,
  resource_plan_period_plan_id_fkey: inUse,
  order_plan_id_fkey: inUse,
  order_old_plan_id_fkey: inUse,
}

// The columns that a caller sets; only those sent.
const columnsOf = ({ offering: _offering, unit_price: _sum, ...columns }: Partial<PlanInput>) => onlySent(columns)

export async function createPlan(call: Call<undefined, PlanInput>): Promise<number> {
  const { tx, input } = call
  const { offering } = input
  customerIsOpen(offering)
  const id = await insertPlan(tx, offering.id, { ...columnsOf(input), name: input.name } as Parameters<typeof insertPlan>[2])
  const { uuid } = await tx.selectFrom('plan').select('uuid').where('id', '=', id).executeTakeFirstOrThrow()
  const plan = {
    id,
    uuid,
    name: input.name,
    offering_id: offering.id,
    offering_uuid: offering.uuid,
    offering_name: offering.name,
    customer_id: offering.customer_id,
  }
  await recordEvents(call, [planEvent('marketplace_plan_created', plan)])
  return id
}

/** Changes what a plan says; the offering it belongs to stays. */
export async function updatePlan(call: Call<Plan, Partial<PlanInput>>): Promise<number> {
  const { tx, row, input } = call
  const columns = columnsOf(input)
  if (Object.keys(columns).length > 0) await tx.updateTable('plan').set(columns).where('id', '=', row.id).execute()
  await recordEvents(call, [planEvent('marketplace_plan_updated', { ...row, name: input.name ?? row.name })])
  return row.id
}

export async function deletePlan(call: Call<Plan>): Promise<void> {
  const { tx, row } = call
  await tx.deleteFrom('plan').where('id', '=', row.id).execute()
  await recordEvents(call, [planEvent('marketplace_plan_deleted', row)])
}

/** Hides the plan from ordering; resources that have it keep it (orders.md §1.8). */
export async function archivePlan(call: Call<Plan>): Promise<void> {
  const { tx, row } = call
  await tx.updateTable('plan').set({ archived: true }).where('id', '=', row.id).execute()
  await recordEvents(call, [planEvent('marketplace_plan_archived', row)])
}

export const groupsBody = body('OrganizationGroupsRequest', { organization_groups: optional(linksTo(organizationGroups)) })

/** Sets the groups of organizations that see and use the plan; nothing sent leaves them as they are. */
export async function updatePlanGroups({ tx, row, input }: Call<Plan, Parsed<typeof groupsBody>>): Promise<void> {
  if (!input.organization_groups) return
  await clearGroups(tx, row.id)
  const ids = new Set(input.organization_groups.map(({ id }) => id))
  if (ids.size === 0) return
  await tx
    .insertInto('plan_organization_group')
    .values([...ids].map((organization_group_id) => ({ plan_id: row.id, organization_group_id })))
    .execute()
}

export async function deletePlanGroups({ tx, row }: Call<Plan>): Promise<void> {
  await clearGroups(tx, row.id)
}

const clearGroups = (tx: Call['tx'], planId: number) => tx.deleteFrom('plan_organization_group').where('plan_id', '=', planId).execute()
