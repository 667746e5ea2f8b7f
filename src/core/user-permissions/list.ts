// Everybody's own roles; staff and support read those of all (platform.md §8.1).
import { sql } from 'kysely'
import { readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { own, readUuid, since, textContains, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { scopesWithUuid } from '../roles/scopes.ts'
import { COUNTS, permissionView } from './view.ts'

const counts = sql.raw(COUNTS)

// The contract types it as plain text: what is no uuid is nobody's.
const scopeUuid = own(
  { type: 'string' },
  (value) => {
    const hex = readUuid(value)
    return hex ? sql`(g.scope_type, g.scope_id) in (${scopesWithUuid(hex)})` : sql`false`
  },
  'g.id',
)

/** What every list of grants is filtered by; over the aliases `g` (the grant), `holder` (who holds it) and `held` (the role). */
export const grantFilters = {
  created: since('g.created'),
  full_name: textContains('holder.full_name'),
  modified: since('g.modified'),
  native_name: textContains('holder.native_name'),
  role_uuid: uuidIs('held.uuid'),
  scope_type: textIs('g.scope_type'),
  user: uuidIs('holder.uuid'),
  user_url: urlOf(['/api/users/{uuid}/'], 'holder.uuid'),
  username: textIs('holder.username'),
}

export const grantOrderings = {
  created: 'g.created',
  email: 'holder.email',
  expiration_time: 'g.expiration_time',
  full_name: 'holder.full_name',
  native_name: 'holder.native_name',
  role: 'held.name',
  username: 'holder.username',
}

export const userPermissions: Collection = {
  path: '/api/user-permissions/',
  name: 'user_permissions',
  model: 'UserRole',
  view: permissionView,
  visible: (actor) => {
    if (!actor) return 'none'
    return { where: readsAll(actor) ? sql`${counts}` : sql`g.user_id = ${actor.id} and ${counts}` }
  },
  filters: {
    ...grantFilters,
    expiration_time: since('g.expiration_time'),
    role_name: textIs('held.name'),
    scope_name: textContains('on_scope.name'),
    scope_uuid: scopeUuid,
    user_slug: textIs('holder.slug'),
  },
  orderings: grantOrderings,
  defaultOrder: ['created'],
}
