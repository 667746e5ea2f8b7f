// Which resources the caller sees as one of those who use them (platform.md §6.6). It stands here, left of resources, because
// projects are found by their resources, counted and summed up, and what may not be seen may not be found that way either.
import { type RawBuilder, sql } from 'kysely'
import { type Actor, readsAll, scopeIds } from '../../platform/auth/actor.ts'
import { int } from '../../platform/http/columns.ts'
import { conditionOf } from '../../platform/http/context.ts'
import { type Visibility, visibleCondition } from '../../platform/http/cut.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { right, sightSql } from '../../platform/http/rights.ts'

const LIST = 'RESOURCE.LIST'

/** Ids of projects of organizations; written as a subselect so that one index walk serves each. */
const projectsOf = (customers: readonly number[]): RawBuilder<unknown> =>
  sql`select id from project where customer_id = any(${customers}::bigint[])`

/** Over an alias of `resource`: staff and support see all; others by a role on the project or its organization that grants it. */
export function usedResources(actor: Actor | undefined, alias = 'r'): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  const projects = scopeIds(actor, 'project', LIST)
  const customers = scopeIds(actor, 'customer', LIST)
  const open = sql<boolean>`not ${sql.ref(`${alias}.restrict_member_access`)}`
  return {
    arms: [
      // Access of a project's members may be restricted; that of the organization's owners is not (platform.md §6.6).
      ...(projects.length > 0 ? [{ column: 'project_id', ids: sql`select unnest(${projects}::bigint[])`, where: open }] : []),
      ...(customers.length > 0 ? [{ column: 'project_id', ids: projectsOf(customers) }] : []),
    ],
  }
}

/** The same as a condition. */
export const usesResource = (actor: Actor | undefined, alias: string): Condition =>
  visibleCondition(alias, usedResources(actor, alias)) ?? sql`true`

const seesRestricted = right(LIST, ['consumer', 'customer_id'])

/**
 * SQL for sums over the resources of a project that the caller sees: the restricted ones count for those alone who see them.
 * `resource` and `project` are aliases.
 */
export const countsFor = (resource: string, project: string): string =>
  `(not ${resource}.restrict_member_access or ${sightSql(seesRestricted, { customer_id: int(`${project}.customer_id`) })})`

/** The same as a condition over `r` and `p`. */
export const resourceCounts = conditionOf(countsFor('r', 'p'))
