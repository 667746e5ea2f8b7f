// A role that somebody holds, with the scope it is held on: what web interfaces decide their buttons by (platform.md §8.1).
import { absent, datetime, type Fields, nullable, oneOf, text, uuid, type View } from '../../platform/http/view.ts'

/** The scope types on which roles are held (platform.md §6.2). */
export const SCOPE_TYPES = ['customer', 'service_provider', 'call_organizer', 'project', 'offering', 'call', 'proposal'] as const

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
  scope_type: oneOf(SCOPE_TYPES, 'g.scope_type'),
  scope_uuid: absent(uuid('coalesce(on_customer.uuid, on_project.uuid, on_offering.uuid, on_provider.uuid)')),
  // A service provider has no name but its organization's.
  scope_name: absent(text('coalesce(on_customer.name, on_project.name, on_offering.name, scope_customer.name)')),
  customer_uuid: absent(uuid('scope_customer.uuid')),
  customer_name: absent(text('scope_customer.name')),
}

export const permissionView: View = {
  name: 'Permission',
  from: 'live_grant g',
  alias: 'g',
  joins: {
    holder: 'join "user" holder on holder.id = g.user_id',
    held: 'join role held on held.id = g.role_id',
    granter: 'left join "user" granter on granter.id = g.created_by_id',
    on_customer: `left join customer on_customer on g.scope_type = 'customer' and on_customer.id = g.scope_id`,
    on_project: `left join project on_project on g.scope_type = 'project' and on_project.id = g.scope_id`,
    on_offering: `left join offering on_offering on g.scope_type = 'offering' and on_offering.id = g.scope_id`,
    on_provider: `left join service_provider on_provider on g.scope_type = 'service_provider' and on_provider.id = g.scope_id`,
    scope_customer: `left join customer scope_customer on scope_customer.id =
      coalesce(on_customer.id, on_project.customer_id, on_offering.customer_id, on_provider.customer_id)`,
  },
  fields,
}

/** SQL over `g`: what the grant is held on still exists. */
export const COUNTS = `case g.scope_type
  when 'customer' then exists (select from customer s where s.id = g.scope_id and not s.is_removed)
  when 'project' then exists (select from project s where s.id = g.scope_id and not s.is_removed)
  when 'offering' then exists (select from offering s where s.id = g.scope_id)
  when 'service_provider' then exists (select from service_provider s where s.id = g.scope_id)
  else false end`

/** The same fields for a list inside a user's view: the grants of the user whose id `userId` is, in SQL. */
export const permissionsOf = (userId: string) => ({
  fields,
  query: `from live_grant g ${Object.values(permissionView.joins).join(' ')} where g.user_id = ${userId} and ${COUNTS}`,
  orderBy: 'g.id',
})
