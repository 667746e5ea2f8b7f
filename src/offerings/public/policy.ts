// Which offerings the public catalogue shows to whom: active and paused ones that are shared, or the caller's own (orders.md §5.3).
import { sql } from 'kysely'
import { type Actor, liveGrants, providerCustomerIds, readsAll, scopeIds } from '../../platform/auth/actor.ts'
import type { Config } from '../../platform/config.ts'
import { conditionOf } from '../../platform/http/context.ts'
import type { Condition } from '../../platform/http/filters.ts'

import { stateIn } from '../../platform/states/sql.ts'
import { isOpenPlan } from '../plans/open-plans.ts'
import { managedBy } from '../policy.ts'
import { LISTED_OFFERING_STATES } from '../states.ts'

/** The site's settings that decide what the catalogue shows. */
export type CatalogueSettings = Pick<
  Config,
  'ANONYMOUS_USER_CAN_VIEW_OFFERINGS' | 'ANONYMOUS_USER_CAN_VIEW_PLANS' | 'RESTRICTED_OFFERING_VISIBILITY_MODE'
>

/** Everything shared is shown: what holds wherever an offering is named by those who may see it. */
export const OPEN_CATALOGUE: CatalogueSettings = {
  ANONYMOUS_USER_CAN_VIEW_OFFERINGS: true,
  ANONYMOUS_USER_CAN_VIEW_PLANS: true,
  RESTRICTED_OFFERING_VISIBILITY_MODE: 'show_all',
}

/** SQL over the alias `offering`, for views: the caller's organizations may order it. Staff and support count as members. */
export const ACCESSIBLE = `(ctx.reads_all or not exists (select 1 from offering_organization_group kept where kept.offering_id = offering.id)
  or exists (select 1 from offering_organization_group kept join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
    where kept.offering_id = offering.id))`

const isAccessible = conditionOf(ACCESSIBLE)

// An offering that belongs to another is sold by that one's plans.
const ownPlans = (condition: Condition): Condition =>
  sql`exists (select 1 from plan where plan.offering_id = coalesce(offering.parent_id, offering.id) and not plan.archived and ${condition})`

const hasOpenPlan = (actor: Actor | undefined): Condition => ownPlans(isOpenPlan(actor))

/** Shared offerings that a caller is shown, by the site's way of treating those kept for groups of organizations. */
function sharedWith(actor: Actor | undefined, mode: CatalogueSettings['RESTRICTED_OFFERING_VISIBILITY_MODE']): Condition {
  if (mode === 'hide_inaccessible') return sql`offering.shared and ${isAccessible(actor)} and ${hasOpenPlan(actor)}`
  if (mode === 'require_membership' && !(actor && liveGrants(actor).length > 0)) return sql`false`
  return sql`offering.shared`
}

/** Private offerings are shown to those who belong to the organization, or hold a role on the offering or its project. */
function connectedTo(actor: Actor): Condition {
  const [customers, projects] = [scopeIds(actor, 'customer'), scopeIds(actor, 'project')]
  return sql`(offering.customer_id = any(${[...customers, ...providerCustomerIds(actor)]}::bigint[])
    or offering.customer_id in (select project.customer_id from project where project.id = any(${projects}::bigint[]))
    or offering.project_id = any(${projects}::bigint[]) or offering.id = any(${scopeIds(actor, 'offering')}::bigint[]))`
}

/** A condition over the alias `offering`; `actor` is absent for a caller without a token. */
export function publicTo(actor: Actor | undefined, site: CatalogueSettings = OPEN_CATALOGUE): Condition {
  const state = sql.raw(stateIn('offering.state', LISTED_OFFERING_STATES))
  if (!actor && !site.ANONYMOUS_USER_CAN_VIEW_OFFERINGS) return sql`false`
  if (actor && readsAll(actor)) return sql`${state} and (offering.shared or ${ownPlans(sql`true`)})`
  const shared = sharedWith(actor, site.RESTRICTED_OFFERING_VISIBILITY_MODE)
  if (!actor) return sql`${state} and ${shared}`
  return sql`${state} and ((${shared}) or (not offering.shared and ${connectedTo(actor)} and ${hasOpenPlan(actor)}))`
}

/** Over the alias `offering`: the caller sees it in the catalogue, or as its provider. */
export const seesOffering = (actor: Actor | undefined, site: CatalogueSettings = OPEN_CATALOGUE): Condition => {
  if (!actor) return publicTo(actor, site)
  return readsAll(actor) ? sql`true` : sql`((${publicTo(actor, site)}) or ${managedBy(actor)})`
}
