// Who sees whom: everybody themselves, and the people with whom they share an organization or project; staff and support
// everybody (platform.md §6.6).
import { type RawBuilder, sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { visibleProjects } from './policy.ts'

/** The ids of what the actor sees of each kind that people share: organizations, their service providers, projects. */
function shared(actor: Actor): readonly (readonly [type: string, ids: RawBuilder<unknown>])[] {
  const customers = sql`select c.id from customer c where not c.is_removed and ${visibleCustomers(actor, 'c')}`
  return [
    ['customer', customers],
    ['service_provider', sql`select sp.id from service_provider sp where sp.customer_id in (${customers})`],
    ['project', sql`select p.id from project p where not p.is_removed and ${visibleProjects(actor, 'p')}`],
  ]
}

/** The grants, over the alias `g`, on what the actor sees. */
export function seenGrants(actor: Actor | undefined): Condition {
  if (!actor) return sql`false`
  if (readsAll(actor)) return sql`true`
  const kinds = shared(actor).map(([type, ids]) => sql`(g.scope_type = ${type} and g.scope_id in (${ids}))`)
  return sql`(${sql.join(kinds, sql` or `)})`
}

/** Over the alias `u` of "user". */
export function visiblePeople(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  // A query for each kind, so that an index serves each.
  const colleagues = shared(actor).map(
    ([type, ids]) => sql`select g.user_id from live_grant g where g.scope_type = ${type} and g.scope_id in (${ids})`,
  )
  return {
    arms: [
      { column: 'id', ids: sql`select ${actor.id}::bigint` },
      { column: 'id', ids: sql.join(colleagues, sql` union all `), where: sql`u.is_active and not u.is_staff` },
    ],
  }
}

/** People, for filters that find through them. */
export const people = { view: { from: '"user" u', alias: 'u' }, visible: visiblePeople }
