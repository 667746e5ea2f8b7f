// How many of the users that pass the list's filters are active, and how many are not; for staff and support, who see all.
import { sql } from 'kysely'
import type { Actor } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { integer, text } from '../../platform/http/view.ts'
import { staffAndSupportOnly } from '../roles/policy.ts'
import { users } from './list.ts'

export const statusCounts: Collection = {
  path: '/api/users/user_active_status_count/',
  name: 'users_user_active_status_count',
  model: 'User',
  view: {
    name: 'UserActiveStatusCount',
    from: 'computed counted',
    alias: 'counted',
    joins: {},
    fields: { status: text('counted.status'), count: integer('counted.n') },
  },
  visible: users.visible,
  listed: (_query, actor) => {
    staffAndSupportOnly(actor as Actor)
    return undefined
  },
  filters: users.filters,
  // The contract repeats the orderings of users, who are not shown here.
  orderings: Object.fromEntries(Object.keys(users.orderings).map((key) => [key, 'counted.id'])),
  defaultOrder: [],
  computed: {
    of: users.view,
    rows: (found) => sql`select row.id, row.status, row.n
      from (select count(*) filter (where u.is_active) as active, count(*) filter (where not u.is_active) as inactive ${found}) sums
      cross join lateral (values (1, 'active', sums.active), (2, 'inactive', sums.inactive)) row (id, status, n)`,
  },
}
