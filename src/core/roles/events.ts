// What is told when somebody gains, keeps or loses a role. Modules further right react to it: a provider's manager follows
// an offering's manager (platform.md §6.7), accounts come and go.
import { eventKind, inGroups } from '../../platform/events/kinds.ts'

/** The facts of a change of a grant. */
export type GrantChange = {
  user_id: number
  /** The role's name, such as `OFFERING.MANAGER`. */
  role: string
  scope_type: string
  scope_id: number
  /** Wire form of the moment from which on it has no effect; null for a permanent one. */
  expiration_time: string | null
}

const grant = inGroups('permissions')

export const roleEvents = eventKind<GrantChange>()({
  role_granted: grant('User <user> has gained role of <role> in <scope>.'),
  role_revoked: grant('User <user> has lost role of <role> in <scope>.'),
  role_updated: grant('Permission expiration time for user <user> is updated from <before> to <now>.'),
})

export type RoleEventType = keyof typeof roleEvents.types
