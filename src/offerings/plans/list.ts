// Plans: those of the offerings that the caller manages, and of the public ones those that are open to the caller's groups
// (orders.md §5.4; the original shows plans of offerings that are not shown).
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { type Condition, flag, textAmong, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { providerOfferingsVisible } from '../policy.ts'
import { publicTo } from '../public/policy.ts'
import { isOpenPlan } from './open-plans.ts'
import { RESOURCES_COUNT } from './plan-fields.ts'
import { planComponentView, planUsageView, planView } from './view.ts'

const PLAN = {
  id: int('plan.id'),
  uuid: uuid('plan.uuid'),
  name: str('plan.name'),
  archived: bool('plan.archived'),
  offering_id: int('plan.offering_id'),
  offering_uuid: uuid('offering.uuid'),
  offering_name: str('offering.name'),
  offering_type: str('offering.type'),
  customer_id: int('offering.customer_id'),
  customer_blocked: bool('provider.blocked'),
  customer_archived: bool('provider.archived'),
  /** Whether any resource, also a terminated one, has it. */
  is_used: bool('exists (select 1 from resource used where used.plan_id = plan.id)'),
  /** Resources that have it now. */
  resources_count: int(`${RESOURCES_COUNT}::int`),
}
export type Plan = RowOf<typeof PLAN>

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
  subject: PLAN,
  // Prices of all plans of an offering are summed up with its components: those who change them come one after the other.
  lock: {
    rows: [
      ['offering', 'no key update'],
      ['plan', 'update'],
    ],
  },
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
  // They have no uuid and are named by a number, which answers nowhere tell.
  key: { column: 'part.id', kind: 'number' },
}
