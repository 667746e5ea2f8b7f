// What SQL of views, filters and subjects may refer to besides rows, as `ctx`: who asks, from where, on which day.
import { type RawBuilder, sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../auth/actor.ts'
import { ofContext, permissionsIn, type References } from './references.ts'

/** What answers depend on besides the row: the caller, the origin of links, the zone in which today is decided. */
export type Viewer = { actor: Actor | undefined; base: string; timeZone: string }

/** The server itself: nobody asks, and nothing is linked. */
export const nobody = (timeZone: string): Viewer => ({ actor: undefined, base: '', timeZone })

const bigints = (ids: readonly number[]) => sql`${[...ids]}::bigint[]`
const idsOn =
  (type: string) =>
  ({ actor }: Viewer) =>
    bigints(actor ? scopeIds(actor, type) : [])

const TYPES = ['customer', 'service_provider', 'project', 'offering'] as const

/** The scopes on which the actor holds permissions, as `may` counts them: a grant on a service provider is one on its organization. */
function held(actor: Actor | undefined, permissions: readonly string[]): { [permission: string]: { [type: string]: number[] } } {
  const on = (type: string, permission: string): number[] =>
    actor ? [...scopeIds(actor, type, permission), ...(type === 'customer' ? providerCustomerIds(actor, permission) : [])] : []
  const scopes = (permission: string) => Object.fromEntries(TYPES.map((type) => [type, on(type, permission)]))
  return Object.fromEntries(permissions.map((permission) => [permission, scopes(permission)]))
}

/** Every column of `ctx`. Ids are those of the scopes on which the actor holds any role. */
const COLUMNS: { readonly [name: string]: (viewer: Viewer, permissions: readonly string[]) => RawBuilder<unknown> } = {
  base: ({ base }) => sql`${base}::text`,
  actor_id: ({ actor }) => sql`${actor?.id ?? null}::bigint`,
  is_staff: ({ actor }) => sql`${actor?.is_staff ?? false}::boolean`,
  is_support: ({ actor }) => sql`${actor?.is_support ?? false}::boolean`,
  reads_all: ({ actor }) => sql`${actor ? readsAll(actor) : false}::boolean`,
  today: ({ timeZone }) => sql`site_day(now(), ${timeZone}::text)`,
  customer_ids: idsOn('customer'),
  project_ids: idsOn('project'),
  offering_ids: idsOn('offering'),
  /** Organizations on whose service provider the actor holds a role. */
  provided_ids: ({ actor }) => bigints(actor ? providerCustomerIds(actor) : []),
  /** Permission → type of scope → ids: `ctx.held -> 'ORDER.CANCEL' -> 'project'`. */
  held: ({ actor }, permissions) => sql`${JSON.stringify(held(actor, permissions))}::jsonb`,
}

export const isContext = (column: string): boolean => Object.hasOwn(COLUMNS, column)

/** `(select …) ctx` with the columns that are referred to, and the `cross join` behind it; nothing when none is. */
export function contextFor(viewer: Viewer, ...uses: References[]): RawBuilder<unknown> {
  const names = [...new Set(uses.flatMap(ofContext))].sort()
  if (names.length === 0) return sql``
  const permissions = [...new Set(uses.flatMap(permissionsIn))].sort()
  const columns = names.map((name) => {
    const column = COLUMNS[name]
    if (!column) throw new Error(`ctx has no ${name}`)
    return sql`${column(viewer, permissions)} as ${sql.raw(name)}`
  })
  return sql`(select ${sql.join(columns)}) ctx cross join `
}
