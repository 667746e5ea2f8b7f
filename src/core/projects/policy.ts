// Who sees a project and who may do what with it (platform.md §6.5, §6.6, §11).
import { sql } from 'kysely'
import { type Actor, may, readsAll, scopeIds } from '../../platform/auth/actor.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { right } from '../../platform/http/rights.ts'

/**
 * The projects that the actor sees, removed ones included, as a condition over an alias of `project`: those where they hold a
 * role, and all of the organizations where they hold one on the organization itself.
 */
export function visibleProjects(actor: Actor | undefined, alias: string): Condition {
  if (!actor) return sql`false`
  if (readsAll(actor)) return sql`true`
  return sql`(${sql.ref(`${alias}.id`)} = any(${scopeIds(actor, 'project')}::bigint[])
    or ${sql.ref(`${alias}.customer_id`)} = any(${scopeIds(actor, 'customer')}::bigint[]))`
}

export const mayCreateProject = (actor: Actor, customerId: number): boolean => may(actor, 'PROJECT.CREATE', [['customer', customerId]])

export const mayUpdateProject = right('PROJECT.UPDATE', ['project', 'id'], ['customer', 'customer_id'])

/** Also asked of who sets an end date, because the end removes the project. */
export const mayDeleteProject = right('PROJECT.DELETE', ['customer', 'customer_id'])

/** The removed projects that the actor may have listed: of organizations where they may bring one back. */
export function recoverableProjects(actor: Actor | undefined, alias: string): Condition {
  if (!actor) return sql`false`
  if (readsAll(actor)) return sql`true`
  return sql`${sql.ref(`${alias}.customer_id`)} = any(${scopeIds(actor, 'customer', 'PROJECT.CREATE')}::bigint[])`
}
