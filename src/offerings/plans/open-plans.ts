// Which plans are open to whom: those kept for groups of organizations only to members of such organizations.
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Condition } from '../../platform/http/filters.ts'

/**
 * SQL over the alias `plan`, for views: open to the one who asks. A plan without groups is open to everybody, also without a
 * token; staff and support see all.
 */
export const OPEN_PLAN = `(ctx.reads_all or not exists (select 1 from plan_organization_group kept where kept.plan_id = plan.id)
  or exists (select 1 from plan_organization_group kept join organization_groups_of(ctx.actor_id) mine using (organization_group_id)
    where kept.plan_id = plan.id))`

/** SQL of a view that names `ctx`, as a condition of lists, whose statements have none. */
export const asCondition = (text: string, actor: Actor | undefined): Condition =>
  sql`exists (select 1 from (select ${actor?.id ?? null}::bigint as actor_id, ${actor ? readsAll(actor) : false}::boolean as reads_all) ctx
    where ${sql.raw(text)})`

/** `OPEN_PLAN` as a condition. */
export const isOpenPlan = (actor: Actor | undefined): Condition => asCondition(OPEN_PLAN, actor)
