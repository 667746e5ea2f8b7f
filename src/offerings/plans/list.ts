// Plans: those of the offerings that the caller manages, and of the public ones those that are open to the caller's groups
// (orders.md §5.4; the original shows plans of offerings that are not shown).
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Executor } from '../../platform/db/database.ts'
import { type Collection, listing, type Viewer, type Visibility } from '../../platform/http/collection.ts'
import { notFound } from '../../platform/http/errors.ts'
import { type Condition, flag, textAmong, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { providerOfferingsVisible } from '../list.ts'
import { publicTo } from '../public/policy.ts'
import { isOpenPlan } from './open-plans.ts'
import { RESOURCES_COUNT } from './plan-fields.ts'
import { planComponentView, planUsageView, planView } from './view.ts'

export type Plan = {
  id: number
  uuid: string
  name: string
  archived: boolean
  offering_id: number
  offering_uuid: string
  offering_name: string
  offering_type: string
  customer_id: number
  customer_blocked: boolean
  customer_archived: boolean
  /** Whether any resource, also a terminated one, has it. */
  is_used: boolean
  /** Resources that have it now. */
  resources_count: number
}

/** Over the alias `plan`, whatever else is joined. */
function visiblePlan(actor: Actor): Condition {
  const managed = providerOfferingsVisible(actor)
  const own = typeof managed === 'object' && 'where' in managed ? managed.where : sql`false`
  return sql`exists (select 1 from offering where offering.id = plan.offering_id
    and ((${own}) or (${publicTo(actor)} and ${isOpenPlan(actor)})))`
}

const visible = (actor: Actor | undefined): Visibility => (!actor ? 'none' : readsAll(actor) ? 'all' : { where: visiblePlan(actor) })

const filters = {
  offering: urlOf(['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'], 'offering.uuid'),
  offering_slug: textAmong('offering.slug'),
  offering_uuid: uuidIs('offering.uuid'),
  parent_offering_uuid: uuidIs('above.uuid'),
}

export const plans: Collection<Plan> = {
  path: '/api/marketplace-plans/',
  name: 'marketplace_plans',
  model: 'Plan',
  view: planView,
  visible,
  filters,
  orderings: {},
  defaultOrder: [],
  subject: `plan.id, plan.uuid, plan.name, plan.archived, plan.offering_id, offering.uuid as offering_uuid, offering.name as offering_name,
    offering.type as offering_type, offering.customer_id, provider.blocked as customer_blocked, provider.archived as customer_archived,
    exists (select 1 from resource used where used.plan_id = plan.id) as is_used, ${RESOURCES_COUNT}::int as resources_count`,
}

export const planUsage: Collection = {
  path: '/api/marketplace-plans/usage_stats/',
  name: 'marketplace_plans_usage_stats',
  model: 'Plan',
  view: planUsageView,
  visible,
  filters: { ...filters, customer_provider_uuid: uuidIs('provider.uuid') },
  orderings: { limit: 'plan.max_amount', usage: RESOURCES_COUNT, remaining: `plan.max_amount - ${RESOURCES_COUNT}` },
  defaultOrder: [],
}

export const planComponents: Collection = {
  path: '/api/marketplace-plan-components/',
  name: 'marketplace_plan_components',
  model: 'PlanComponent',
  view: planComponentView,
  visible: (actor) =>
    !actor
      ? 'none'
      : readsAll(actor)
        ? 'all'
        : { where: sql`exists (select 1 from plan where plan.id = part.plan_id and ${visiblePlan(actor)})` },
  filters: {
    archived: flag('plan.archived'),
    offering_uuid: uuidIs('offering.uuid'),
    plan_uuid: uuidIs('plan.uuid'),
    shared: flag('offering.shared'),
  },
  orderings: {},
  defaultOrder: [],
}

/** The JSON text of one of them. They have no uuid and are named by number, which answers nowhere tell; 404 as elsewhere. */
export async function planComponent(db: Executor, viewer: Viewer, id: string): Promise<string> {
  const found = /^\d{1,15}$/.test(id) ? await listing(db, planComponents, viewer, {}, sql`part.id = ${id}::bigint`).page(1, 0) : undefined
  if (!found || found.count === 0) throw notFound(planComponents.model)
  return found.text.slice(1, -1)
}
