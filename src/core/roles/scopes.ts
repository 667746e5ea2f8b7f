// What a scope is: the kinds of objects that roles are held on and events are tied to. Everything that is said of scopes as such
// comes from this table; a new kind is one entry. Anyone may read any table in SQL, so kinds of later modules stand here too.
import { type RawBuilder, sql } from 'kysely'

type ScopeFacts = {
  /** The rows, as alias `s`, with what the rest needs. */
  from: string
  name: string
  /** Its organization's internal id. */
  customer_id: string
  /** Whether the object is there for anybody: what was removed stays as a row. */
  there: string
  /** The collection in whose URLs it is named. */
  path: string
  /** Roles are held on it. */
  roles: boolean
}

const plain = { name: 's.name', customer_id: 's.customer_id', there: 'true', roles: false }

export const SCOPES = {
  customer: { ...plain, from: 'customer s', customer_id: 's.id', there: 'not s.is_removed', path: '/api/customers/', roles: true },
  project: { ...plain, from: 'project s', there: 'not s.is_removed', path: '/api/projects/', roles: true },
  offering: { ...plain, from: 'offering s', path: '/api/marketplace-provider-offerings/', roles: true },
  // A service provider has no name but its organization's.
  service_provider: {
    ...plain,
    from: 'service_provider s join customer owner on owner.id = s.customer_id',
    name: 'owner.name',
    path: '/api/marketplace-service-providers/',
    roles: true,
  },
  resource: {
    ...plain,
    from: 'resource s join project inside on inside.id = s.project_id',
    customer_id: 'inside.customer_id',
    path: '/api/marketplace-resources/',
  },
  order: {
    ...plain,
    from: '"order" s join resource ordered on ordered.id = s.resource_id join project inside on inside.id = s.project_id',
    name: 'ordered.name',
    customer_id: 'inside.customer_id',
    path: '/api/marketplace-orders/',
  },
  support_request: {
    ...plain,
    from: 'support_request s join "order" asked on asked.id = s.order_id join project inside on inside.id = asked.project_id',
    name: "('REQ-' || s.id)",
    customer_id: 'inside.customer_id',
    path: '/api/marketplace-support-requests/',
  },
  offering_user: {
    ...plain,
    from: 'offering_user s join offering kept on kept.id = s.offering_id',
    name: "coalesce(s.username, '')",
    customer_id: 'kept.customer_id',
    path: '/api/marketplace-offering-users/',
  },
  user: { ...plain, from: '"user" s', name: 's.full_name', customer_id: 'null::bigint', path: '/api/users/' },
} as const satisfies { [type: string]: ScopeFacts }

export type ScopeType = keyof typeof SCOPES
/** The kinds on which roles are held. */
export type RoleScopeType = { [Type in ScopeType]: (typeof SCOPES)[Type] extends { roles: true } ? Type : never }[ScopeType]

/** Words that the contract knows for scopes of roles; those that nothing here is of have no entry in the table. */
export const ROLE_SCOPE_WORDS = ['customer', 'service_provider', 'call_organizer', 'project', 'offering', 'call', 'proposal'] as const

const roleScopes: readonly [string, ScopeFacts][] = Object.entries(SCOPES).filter(([, { roles }]) => roles)

/**
 * SQL for the scope of a role, at most one row of `uuid`, `name`, `customer_id`, `there`; `type` and `id` are SQL of the place
 * it stands in. Of each kind the table is read only for rows of that kind.
 */
export const scopeOf = (type: string, id: string): string =>
  roleScopes
    .map(
      ([word, { from, name, customer_id, there }]) =>
        `select s.uuid, ${name} as name, ${customer_id} as customer_id, ${there} as there from ${from} where ${type} = '${word}' and s.id = ${id}`,
    )
    .join(' union all ')

/** SQL: the scope of a role is there for anybody. Each kind asks one table, so that many rows are told by a hash of it. */
export const scopeIsThere = (type: string, id: string): string =>
  `case ${type} ${roleScopes
    .map(([word, { from, there }]) => `when '${word}' then exists (select from ${from} where s.id = ${id} and ${there})`)
    .join(' ')} end`

/** SQL for type and id of the scope of roles whose uuid is `hex`: what `(scope_type, scope_id)` is among. */
export const scopesWithUuid = (hex: string): RawBuilder<unknown> =>
  sql.join(
    roleScopes.map(([word, { from }]) => sql`select ${sql.lit(word)}::text, s.id from ${sql.raw(from)} where s.uuid = ${hex}::uuid`),
    sql` union all `,
  )
