// Who manages an offering also manages its provider, and the other way round loses both (service-providers.md §1.11). Of two
// offerings taken from somebody at once the second finds the first gone: a person's roles are changed by one transaction at a time.
import { sql } from 'kysely'
import { type GrantChange, grantRoleNamed, revokeRole, roleEvents } from '../core/public.ts'
import { run } from '../platform/db/database.ts'
import { type Context, reaction } from '../platform/wiring.ts'

/** Keeps the managers of offerings and of their providers in step, whatever changed the grant: a request, the end of a scope, the clock. */
export const followOfferingManagers = reaction(
  roleEvents,
  ['role_granted', 'role_updated', 'role_revoked'],
  async (context, change, type) => {
    const revoked = type === 'role_revoked'
    if (change.scope_type === 'offering') await followOffering(context, change, revoked)
    if (change.scope_type === 'service_provider' && change.role === 'CUSTOMER.MANAGER' && revoked) await leaveOfferings(context, change)
  },
)

async function followOffering(
  context: Context,
  { role, user_id, scope_id, expiration_time }: GrantChange,
  revoked: boolean,
): Promise<void> {
  const [provider] = await run(
    context.tx,
    sql<{
      id: number
      customer_id: number
    }>`select sp.id, sp.customer_id from offering o join service_provider sp on sp.customer_id = o.customer_id
      where o.id = ${scope_id}`,
  )
  if (!provider) return
  const manager = { user_id, role: 'CUSTOMER.MANAGER', scope: { type: 'service_provider', id: provider.id } }
  if (!revoked) {
    if (role === 'OFFERING.MANAGER') await grantRoleNamed(context, { ...manager, expiration_time })
    return
  }
  const left = await run(
    context.tx,
    sql`select 1 from live_grant g join offering o on o.id = g.scope_id and g.scope_type = 'offering'
      where g.user_id = ${user_id} and o.customer_id = ${provider.customer_id} limit 1`,
  )
  if (left.length === 0) await revokeRole(context, manager)
}

async function leaveOfferings(context: Context, { user_id, scope_id }: GrantChange): Promise<void> {
  const held = await run(
    context.tx,
    sql<{ role: string; id: number }>`select r.name as role, o.id from live_grant g join role r on r.id = g.role_id
      join offering o on o.id = g.scope_id and g.scope_type = 'offering' join service_provider sp on sp.customer_id = o.customer_id
      where g.user_id = ${user_id} and sp.id = ${scope_id} order by g.id`,
  )
  for (const { role, id } of held) await revokeRole(context, { user_id, role, scope: { type: 'offering', id } })
}
