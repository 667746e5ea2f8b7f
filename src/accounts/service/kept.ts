// Service accounts, as a system outside is told of them. It never hears a key, only what it is recognized by.
import { sql } from 'kysely'
import { run } from '../../platform/db/database.ts'
import type { Kind } from '../keeper/kind.ts'
import { serviceAccountStates } from '../states.ts'

export const serviceKind: Kind = {
  states: serviceAccountStates,
  wanted: (
    id,
  ) => sql`select wire_uuid(a.uuid) as uuid, a.changed, a.told, jsonb_build_object('state', case a.state when 'Closed' then 'Closed' else 'OK' end,
      'username', a.username, 'preferred_identifier', a.preferred_identifier, 'email', a.email, 'description', a.description,
      'key_sha256', encode(a.key_digest, 'hex'), 'key_expires_at', wire_time(a.key_expires_at),
      'project_uuid', wire_uuid(p.uuid), 'project_name', p.name, 'customer_uuid', wire_uuid(c.uuid), 'customer_name', c.name) as wanted
    from service_account a left join project p on p.id = a.project_id join customer c on c.id = coalesce(a.customer_id, p.customer_id)
    where a.id = ${id}`,
  take: async ({ tx }, id, { username, email }) => {
    if (username !== undefined) {
      const taken = await run(tx, sql`select from service_account where username = ${username} and state <> 'Closed' and id <> ${id}`)
      if (taken.length > 0) return { error: `The account service named it ${username}, which another account is called.`, for_good: true }
    }
    await run(
      tx,
      sql`update service_account set username = coalesce(${username ?? null}, username), email = coalesce(${email ?? null}, email) where id = ${id}`,
    )
    return undefined
  },
}
