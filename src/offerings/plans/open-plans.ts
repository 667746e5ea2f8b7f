// Which plans are open to whom: those kept for groups of organizations only to members of such organizations.
import { conditionOf } from '../../platform/http/context.ts'

/**
 * SQL over the alias `plan`, for views: open to the one who asks. A plan without groups is open to everybody, also without a
 * token; staff and support see all.
 */
export const OPEN_PLAN = `(ctx.reads_all or not exists (select 1 from plan_organization_group kept where kept.plan_id = plan.id)
  or exists (select 1 from plan_organization_group kept join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
    where kept.plan_id = plan.id))`

/** `OPEN_PLAN` as a condition. */
export const isOpenPlan = conditionOf(OPEN_PLAN)
