// Who is asking: the user behind a token and what they hold on which scope. Knows scopes and permissions as words only.

/** A role held on a scope. `customer_id` is set for a service provider: its organization. */
export type Grant = {
  scope_type: string
  scope_id: number
  customer_id: number | null
  role: string
  role_id: number
  permissions: ReadonlySet<string>
  /** Milliseconds since the epoch from which on the grant is without effect; null for a permanent one. */
  expires: number | null
  /** Networks from which alone the scope's organization is reached; empty for everywhere. */
  networks: string
}

export type Actor = {
  id: number
  uuid: string
  username: string
  full_name: string
  native_name: string
  email: string
  civil_number: string | null
  is_staff: boolean
  is_support: boolean
  is_identity_manager: boolean
  grants: readonly Grant[]
  /** The staff user who acts as this one (platform.md §1.5). */
  impersonator?: { uuid: string; username: string; full_name: string }
  ip_address: string
}

/** An object on which a permission may be held: `['project', 17]`. */
export type Scope = readonly [type: string, id: number | null]

const live = (grant: Grant) => grant.expires === null || grant.expires > Date.now()

/** The grants that count now: a grant past its expiry has no effect, whether or not a job recorded it (platform.md §7.4). */
export const liveGrants = (actor: Actor): Grant[] => actor.grants.filter(live)

/** Of what a grant is that counts on a type of scope: who uses for an organization holds it on that organization. */
const granted = (type: string): string => (type === 'consumer' ? 'customer' : type)

// A check on a provider's organization also counts a grant on that organization's service provider (platform.md §6.2).
const sits = (grant: Grant, [type, id]: Scope) =>
  id !== null &&
  ((grant.scope_type === granted(type) && grant.scope_id === id) ||
    (type === 'customer' && grant.scope_type === 'service_provider' && grant.customer_id === id))

/** Whether the actor may: staff always, others by a live grant exactly on one of the scopes (platform.md §6.2). */
export const may = (actor: Actor, permission: string, scopes: readonly Scope[]): boolean =>
  actor.is_staff || holds(actor, permission, scopes)

/** As `may`, without the pass for staff. */
export const holds = (actor: Actor, permission: string, scopes: readonly Scope[]): boolean =>
  actor.grants.some((grant) => grant.permissions.has(permission) && live(grant) && scopes.some((scope) => sits(grant, scope)))

/** Ids of the scopes of a type on which the actor holds any role, or one that gives `permission`. */
export const scopeIds = (actor: Actor, type: string, permission?: string): number[] => [
  ...new Set(
    actor.grants
      .filter(
        (grant) => grant.scope_type === granted(type) && live(grant) && (permission === undefined || grant.permissions.has(permission)),
      )
      .map((grant) => grant.scope_id),
  ),
]

/** Ids of the organizations on whose service provider the actor holds any role, or one that gives `permission`. */
export const providerCustomerIds = (actor: Actor, permission?: string): number[] => [
  ...new Set(
    actor.grants
      .filter(
        (grant) =>
          grant.scope_type === 'service_provider' && live(grant) && (permission === undefined || grant.permissions.has(permission)),
      )
      .flatMap((grant) => (grant.customer_id === null ? [] : [grant.customer_id])),
  ),
]

/** Whether the actor holds the named role on one of the scopes; for the few rules that name a role and not a permission. */
export const hasRole = (actor: Actor, role: string, scopes: readonly Scope[]): boolean =>
  actor.grants.some((grant) => grant.role === role && live(grant) && scopes.some((scope) => sits(grant, scope)))

export const readsAll = (actor: Actor): boolean => actor.is_staff || actor.is_support
