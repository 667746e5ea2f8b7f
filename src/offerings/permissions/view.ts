// Who holds a role on an offering, as web interfaces of the field list it.
import { datetime, integer, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'

export const OFFERING_PERMISSIONS_PATH = '/api/marketplace-offering-permissions/'

export const offeringPermissionView: View = {
  name: 'OfferingPermission',
  from: 'live_grant g',
  alias: 'g',
  joins: {
    held_on: 'join offering held_on on held_on.id = g.scope_id',
    provider: 'join customer provider on provider.id = held_on.customer_id',
    held: 'join role held on held.id = g.role_id',
    holder: 'join "user" holder on holder.id = g.user_id',
    granter: 'left join "user" granter on granter.id = g.created_by_id',
  },
  fields: {
    url: url(`${OFFERING_PERMISSIONS_PATH}{}/`, 'g.uuid'),
    pk: integer('g.id'),
    created: datetime('g.created'),
    expiration_time: nullable(datetime('g.expiration_time')),
    created_by: nullable(url('/api/users/{}/', 'granter.uuid')),
    offering: url('/api/marketplace-provider-offerings/{}/', 'held_on.uuid'),
    offering_uuid: uuid('held_on.uuid'),
    offering_slug: text('held_on.slug'),
    offering_name: text('held_on.name'),
    role: url('/api/roles/{}/', 'held.uuid'),
    role_name: text('held.name'),
    user: url('/api/users/{}/', 'holder.uuid'),
    user_full_name: text('holder.full_name'),
    user_native_name: text('holder.native_name'),
    user_username: text('holder.username'),
    user_uuid: uuid('holder.uuid'),
    user_email: text('holder.email'),
  },
}
