// Who stands behind a token: the user with every role held, read in one statement. What platform/auth keeps for seconds.
import { sql } from 'kysely'
import type { Actor, Grant } from '../../platform/auth/actor.ts'
import type { Session, SessionSource } from '../../platform/auth/authenticate.ts'
import { type Db, run } from '../../platform/db/database.ts'
import { scopeOf } from '../roles/scopes.ts'

type GrantRow = Omit<Grant, 'permissions' | 'expires'> & { permissions: string[]; expires: number | null }

type SessionRow = Omit<Actor, 'grants' | 'ip_address'> & {
  grants: GrantRow[]
  is_active: boolean
  token_lifetime: number | null
  used: number
}

const COLUMNS = sql`u.id, wire_uuid(u.uuid) as uuid, u.username, u.full_name, u.native_name, u.email, u.civil_number,
  u.is_staff, u.is_support, u.is_identity_manager, u.is_active, u.token_lifetime,
  coalesce(extract(epoch from t.used) * 1000, 0)::float8 as used,
  (select coalesce(json_agg(json_build_object(
      'scope_type', g.scope_type, 'scope_id', g.scope_id, 'role', r.name, 'role_id', r.id,
      'customer_id', sp.customer_id, 'expires', extract(epoch from g.expiration_time) * 1000,
      'networks', coalesce((select c.access_subnets
        from (${sql.raw(scopeOf('g.scope_type', 'g.scope_id'))}) held_on join customer c on c.id = held_on.customer_id), ''),
      'permissions', (select coalesce(json_agg(rp.permission), '[]') from role_permission rp where rp.role_id = r.id))), '[]')
    from live_grant g join role r on r.id = g.role_id
    left join service_provider sp on g.scope_type = 'service_provider' and sp.id = g.scope_id
    where g.user_id = u.id) as grants`

function sessionOf(row: SessionRow | undefined): Session | undefined {
  if (!row) return undefined
  const { grants, is_active, token_lifetime, used, ...user } = row
  const held = grants.map((grant) => ({ ...grant, permissions: new Set(grant.permissions) }))
  return { actor: { ...user, grants: held, ip_address: '' }, is_active, token_lifetime, used }
}

export const sessionSource = (db: Db): SessionSource => ({
  findByToken: async (digest) => {
    const rows = await run(
      db,
      sql<SessionRow>`select ${COLUMNS} from user_token t join "user" u on u.id = t.user_id where t.digest = ${digest}`,
    )
    return sessionOf(rows[0])
  },
  // Also found without a token, so that staff is told why they cannot act as them (platform.md §1.5).
  findByUser: async (uuid) => {
    const rows = await run(
      db,
      sql<SessionRow>`select ${COLUMNS} from "user" u left join user_token t on t.user_id = u.id where u.uuid = ${uuid}::uuid`,
    )
    return sessionOf(rows[0])
  },
  markUsed: async (userId) => {
    await run(db, sql`update user_token set used = now() where user_id = ${userId}`)
  },
})
