// A right is declared once, as data: a permission, and the columns of a row that hold the scopes on which it may be held. From
// it come the function that decides for an operation and the SQL by which a view shows the same to interfaces.
import { type Actor, may } from '../auth/actor.ts'
import { stateIn } from '../states/sql.ts'
import type { Column } from './columns.ts'

/** `consumer` is an organization, and not its service provider: those who sell for it do not use for it. */
export type ScopeType = 'customer' | 'consumer' | 'service_provider' | 'project' | 'offering'

/** Whether an actor may, by a row's columns. */
export type Right<Row> = {
  (actor: Actor, row: Row): boolean
  readonly permission: string
  readonly scopes: readonly (readonly [type: ScopeType, column: string])[]
}

/** Staff, and whoever holds the permission on one of the scopes: `right('ORDER.CANCEL', ['project', 'project_id'])`. */
export function right<const Name extends string>(
  permission: string,
  ...scopes: readonly (readonly [type: ScopeType, column: Name])[]
): Right<{ readonly [N in Name]: number | null }> {
  const decide = (actor: Actor, row: { readonly [N in Name]: number | null }) =>
    may(
      actor,
      permission,
      scopes.map(([type, column]) => [type, row[column]]),
    )
  return Object.assign(decide, { permission, scopes })
}

type AnyColumns = { readonly [name: string]: Column<unknown> }

const columnOf = (columns: AnyColumns, name: string): string => {
  const found = columns[name]
  if (!found) throw new Error(`No column ${name}`)
  return found.sql
}

/** SQL over the aliases of the columns: the one who asks holds the permission on one of the scopes. */
const heldSql = <Row>({ permission, scopes }: Right<Row>, columns: AnyColumns): string[] =>
  scopes.map(([type, column]) => `coalesce((ctx.held -> '${permission}' -> '${type}') @> to_jsonb(${columnOf(columns, column)}), false)`)

/** SQL for the right of the one who asks, over the aliases of the subject's columns. */
export const rightSql = <Row>(right: Right<Row>, columns: AnyColumns): string =>
  `(${['ctx.is_staff', ...heldSql(right, columns)].join(' or ')})`

/** The same where the right is to see: those who read all need no role. */
export const sightSql = <Row>(right: Right<Row>, columns: AnyColumns): string =>
  `(${['ctx.reads_all', ...heldSql(right, columns)].join(' or ')})`

/** What may be asked for an object: by whom, in which states, and while none of some yes/no columns says yes. */
export type Verb<Row> = { right: Right<Row>; states: readonly string[]; unless: readonly (keyof Row & string)[] }

/** SQL for whether the one who asks could do it now. */
export function verbSql<Row>({ right, states, unless }: Verb<Row>, columns: AnyColumns): string {
  const hindered = unless.map((name) => ` and not ${columnOf(columns, name)}`).join('')
  return `(${stateIn(columnOf(columns, 'state'), states)}${hindered} and ${rightSql(right, columns)})`
}
