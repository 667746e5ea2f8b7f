// What SQL of views, filters and subjects may refer to besides rows, as `ctx`: who asks, from where, on which day.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Actor, providerCustomerIds, readsAll, scopeIds } from '../auth/actor.ts'
import { ofContext, permissionsIn, type References, references } from './references.ts'

/** What answers depend on besides the row: the caller, the origin of links, the zone in which today is decided. */
export type Viewer = { actor: Actor | undefined; base: string; timeZone: string }

/** The server itself: nobody asks, and nothing is linked. */
export const nobody = (timeZone: string): Viewer => ({ actor: undefined, base: '', timeZone })

/** A column: its SQL around the one value that is bound. */
type Column = { sql: readonly [before: string, after: string]; value: (viewer: Viewer, permissions: readonly string[]) => unknown }

const bound = (type: string, value: Column['value']): Column => ({ sql: ['', `::${type}`], value })
const idsOn = (type: string): Column => bound('bigint[]', ({ actor }) => (actor ? scopeIds(actor, type) : []))

const TYPES = ['customer', 'consumer', 'service_provider', 'project', 'offering'] as const

/** The scopes on which the actor holds permissions, as `may` counts them: a grant on a service provider is one on its organization. */
function held(actor: Actor | undefined, permissions: readonly string[]): { [permission: string]: { [type: string]: number[] } } {
  const on = (type: string, permission: string): number[] =>
    actor ? [...scopeIds(actor, type, permission), ...(type === 'customer' ? providerCustomerIds(actor, permission) : [])] : []
  const scopes = (permission: string) => Object.fromEntries(TYPES.map((type) => [type, on(type, permission)]))
  return Object.fromEntries(permissions.map((permission) => [permission, scopes(permission)]))
}

/** Every column of `ctx`. Ids are those of the scopes on which the actor holds any role. */
const COLUMNS: { readonly [name: string]: Column } = {
  base: bound('text', ({ base }) => base),
  actor_id: bound('bigint', ({ actor }) => actor?.id ?? null),
  is_staff: bound('boolean', ({ actor }) => actor?.is_staff ?? false),
  is_support: bound('boolean', ({ actor }) => actor?.is_support ?? false),
  reads_all: bound('boolean', ({ actor }) => (actor ? readsAll(actor) : false)),
  today: { sql: ['site_day(now(), ', '::text)'], value: ({ timeZone }) => timeZone },
  customer_ids: idsOn('customer'),
  project_ids: idsOn('project'),
  offering_ids: idsOn('offering'),
  /** Organizations on whose service provider the actor holds a role. */
  provided_ids: bound('bigint[]', ({ actor }) => (actor ? providerCustomerIds(actor) : [])),
  /** Permission → type of scope → ids: `ctx.held -> 'ORDER.CANCEL' -> 'project'`. */
  held: bound('jsonb', ({ actor }, permissions) => JSON.stringify(held(actor, permissions))),
}

export const isContext = (column: string): boolean => Object.hasOwn(COLUMNS, column)

/** The text of a context and what is bound in it; worked out once for what a selection refers to. */
type Plan = { texts: TemplateStringsArray; columns: readonly Column[]; permissions: readonly string[] }

const plans = new WeakMap<References, Plan>()

function planOf(uses: References): Plan {
  const before = plans.get(uses)
  if (before) return before
  const names = [...new Set(ofContext(uses))].sort()
  const columns = names.map((name) => {
    const column = COLUMNS[name]
    if (!column) throw new Error(`ctx has no ${name}`)
    return column
  })
  // The pieces between the bound values, as a template would have them.
  const pieces = columns.map((column, i) => `${i === 0 ? '(select ' : ', '}${column.sql[0]}`)
  const ends = columns.map((column, i) => `${column.sql[1]} as ${names[i]}`)
  const texts = pieces.map((piece, i) => `${ends[i - 1] ?? ''}${piece}`)
  const whole = [...texts, `${ends.at(-1)}) ctx cross join `]
  const plan = { texts: Object.assign(whole, { raw: whole }), columns, permissions: [...new Set(permissionsIn(uses))].sort() }
  plans.set(uses, plan)
  return plan
}

const NOTHING = sql``

/** `(select …) ctx` with the columns that are referred to, and the `cross join` behind it; nothing when none is. */
export function contextFor(viewer: Viewer, uses: References): RawBuilder<unknown> {
  const { texts, columns, permissions } = planOf(uses)
  if (columns.length === 0) return NOTHING
  return sql(texts, ...columns.map(({ value }) => value(viewer, permissions)))
}

/** SQL of a view that names `ctx`, as a condition of lists, for each actor. */
export function conditionOf(text: string): (actor: Actor | undefined) => RawBuilder<SqlBool> {
  const uses = references(text)
  return (actor) => {
    const context = contextFor({ actor, base: '', timeZone: 'UTC' }, uses)
    return sql`exists (select 1 from ${context}(select 1) asked where ${sql.raw(text)})`
  }
}
