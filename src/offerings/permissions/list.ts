// Roles held on the offerings that the caller sees as their provider does (clients.md §3).
import { sql } from 'kysely'
import { isShown } from '../../core/public.ts'
import { grantFilters, grantOrderings } from '../../core/user-permissions/list.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { own, readUuid, textContains, uuidIs } from '../../platform/http/filters.ts'
import { providerOfferingsVisible } from '../policy.ts'
import { OFFERING_PERMISSIONS_PATH, offeringPermissionView } from './view.ts'

// The contract types it as plain text: what is no uuid is no offering's.
const scopeUuid = own(
  { type: 'string' },
  (value) => {
    const hex = readUuid(value)
    return hex ? sql`held_on.uuid = ${hex}::uuid` : sql`false`
  },
  'held_on.uuid',
)

export const offeringPermissions: Collection = {
  path: OFFERING_PERMISSIONS_PATH,
  name: 'marketplace_offering_permissions',
  model: 'UserRole',
  view: offeringPermissionView,
  visible: (actor) => {
    const seen = providerOfferingsVisible(actor)
    if (seen === 'none' || (typeof seen === 'object' && !('where' in seen))) return 'none'
    const offerings = seen === 'all' ? sql`true` : sql`(${seen.where})`
    return {
      where: sql`g.scope_type = 'offering'
        and exists (select 1 from offering where offering.id = g.scope_id and ${offerings})
        and exists (select 1 from "user" person where person.id = g.user_id and ${isShown(actor, 'person')})`,
    }
  },
  filters: {
    ...grantFilters,
    customer: uuidIs('provider.uuid'),
    offering: uuidIs('held_on.uuid'),
    role_name: textContains('held.name'),
    scope_name: textContains('held_on.name'),
    scope_uuid: scopeUuid,
    user_slug: textContains('holder.slug'),
  },
  orderings: grantOrderings,
  defaultOrder: ['created'],
}
