// Sums over users.
import { sql } from 'kysely'
import { type Db, run } from '../../platform/db/database.ts'
import { type Query, readFilters, readOrder, type Viewer } from '../../platform/http/collection.ts'
import { joinsFor } from '../../platform/http/view.ts'
import { users } from './list.ts'

export type StatusCount = { status: string; count: number }

/** How many users that pass the list's filters are active and how many are not; for staff and support, who see all. */
export async function countByActiveStatus(db: Db, { actor }: Viewer, query: Query): Promise<StatusCount[]> {
  const filters = readFilters(users.filters, query, actor)
  // The order changes nothing here, but a bad one is refused as on the list.
  readOrder(users, query)
  const joins = sql.raw(joinsFor(users.view, filters.uses))
  const [found] = await run(
    db,
    sql<{
      active: number
      inactive: number
    }>`select count(*) filter (where u.is_active) as active, count(*) filter (where not u.is_active) as inactive
      from (select ${actor?.id ?? null}::bigint as actor_id, true as reads_all) ctx cross join "user" u ${joins}
      where ${sql.join([sql`true`, ...filters.all], sql` and `)}`,
  )
  return [
    { status: 'active', count: Number(found?.active ?? 0) },
    { status: 'inactive', count: Number(found?.inactive ?? 0) },
  ]
}
