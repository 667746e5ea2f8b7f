// Who sees orders (orders.md §4). It stands here and not in orders because resources show their orders, and are found by them.
import { type RawBuilder, sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../platform/auth/actor.ts'
import type { Visibility } from '../platform/http/cut.ts'
import { right } from '../platform/http/rights.ts'

const LIST = 'ORDER.LIST'

/** As a right: whoever holds it on either side. Staff and support need not; the creator as such sees nothing. */
export const maySeeOrder = right(
  LIST,
  ['project', 'project_id'],
  ['consumer', 'customer_id'],
  ['offering', 'offering_id'],
  ['customer', 'provider_id'],
)

/** Ids from one or several queries; which queries depends on what kinds of roles the actor has, so that each is one index walk. */
const together = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`select null::bigint where false` : sql.join(parts, sql` union all `)

/** `text` with the ids bound, if there are any. */
const of = (ids: readonly number[], query: (ids: RawBuilder<unknown>) => RawBuilder<unknown>) =>
  ids.length > 0 ? [query(sql`any(${[...ids]}::bigint[])`)] : []

/** The projects on whose consuming side the actor holds the permission. */
export const projectsWith = (actor: Actor, permission: string): RawBuilder<unknown> =>
  together([
    ...of(scopeIds(actor, 'project', permission), (ids) => sql`select id from project where id = ${ids}`),
    ...of(scopeIds(actor, 'customer', permission), (ids) => sql`select id from project where customer_id = ${ids}`),
  ])

/** The offerings on whose providing side the actor holds the permission. */
export const offeringsWith = (actor: Actor, permission: string): RawBuilder<unknown> =>
  together([
    ...of(
      [...scopeIds(actor, 'customer', permission), ...providerCustomerIds(actor, permission)],
      (ids) => sql`select id from offering where customer_id = ${ids}`,
    ),
    ...of(scopeIds(actor, 'offering', permission), (ids) => sql`select id from offering where id = ${ids}`),
  ])

const holdsNowhere = (actor: Actor, permission: string): boolean =>
  ['project', 'customer', 'offering', 'service_provider'].every((type) => scopeIds(actor, type, permission).length === 0)

/** The same for lists, over an alias of `order`. */
export function visibleOrders(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  if (holdsNowhere(actor, LIST)) return 'none'
  return {
    arms: [
      { column: 'project_id', ids: projectsWith(actor, LIST) },
      { column: 'offering_id', ids: offeringsWith(actor, LIST) },
    ],
  }
}
