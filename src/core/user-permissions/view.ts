// A role that somebody holds, with the scope it is held on: what web interfaces decide their buttons by (platform.md §8.1).

import { absent, datetime, type Fields, nullable, oneOf, text, uuid, type View } from '../../platform/http/view.ts'
import { ROLE_SCOPE_WORDS, scopeIsThere, scopeOf } from '../roles/scopes.ts'

const fields: Fields = {
  user_uuid: uuid('holder.uuid'),
  user_name: text('holder.full_name'),
  user_slug: text('holder.slug'),
  created: datetime('g.created'),
  expiration_time: nullable(datetime('g.expiration_time')),
  created_by_full_name: absent(text('granter.full_name')),
  created_by_username: absent(text('granter.username')),
  role_name: text('held.name'),
  role_description: text('held.description'),
  role_uuid: uuid('held.uuid'),
  scope_type: oneOf(ROLE_SCOPE_WORDS, 'g.scope_type'),
  scope_uuid: absent(uuid('on_scope.uuid')),
  scope_name: absent(text('on_scope.name')),
  customer_uuid: absent(uuid('scope_customer.uuid')),
  customer_name: absent(text('scope_customer.name')),
}

const SCOPE = scopeOf('g.scope_type', 'g.scope_id')

export const permissionView: View = {
  name: 'Permission',
  from: 'live_grant g',
  alias: 'g',
  joins: {
    holder: 'join "user" holder on holder.id = g.user_id',
    held: 'join role held on held.id = g.role_id',
    granter: 'left join "user" granter on granter.id = g.created_by_id',
    on_scope: `left join lateral (${SCOPE}) on_scope on true`,
    scope_customer: 'left join customer scope_customer on scope_customer.id = on_scope.customer_id',
  },
  fields,
}

/** SQL over `g`: what the grant is held on still exists. */
export const COUNTS = scopeIsThere('g.scope_type', 'g.scope_id')

/** The same fields for a list inside a user's view: the grants of the user whose id `userId` is, in SQL. */
export const permissionsOf = (userId: string) => ({
  fields,
  query: `from live_grant g ${Object.values(permissionView.joins).join(' ')} where g.user_id = ${userId} and ${COUNTS}`,
  orderBy: 'g.id',
})
