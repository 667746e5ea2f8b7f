// A right is declared once, as data: a permission, and the columns of a row that hold the scopes on which it may be held. From
// it come the function that decides for an operation and the SQL by which a view shows the same to interfaces.
import { type Actor, may } from '../auth/actor.ts'
import { stateIn } from '../states/sql.ts'
import type { Column } from './columns.ts'

export type ScopeType = 'customer' | 'service_provider' | 'project' | 'offering'

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

/** SQL for the right of the one who asks, over the aliases of the subject's columns. */
export function rightSql<Row>({ permission, scopes }: Right<Row>, columns: AnyColumns): string {
  const held = scopes.map(([type, column]) => {
    return `coalesce((ctx.held -> '${permission}' -> '${type}') @> to_jsonb(${columnOf(columns, column)}), false)`
  })
  return `(${['ctx.is_staff', ...held].join(' or ')})`
}

/** What may be asked for an object: by whom, in which states, and while none of some yes/no columns says yes. */
export type Verb<Row> = { right: Right<Row>; states: readonly string[]; unless: readonly (keyof Row & string)[] }

/** SQL for whether the one who asks could do it now. */
export function verbSql<Row>({ right, states, unless }: Verb<Row>, columns: AnyColumns): string {
  const hindered = unless.map((name) => ` and not ${columnOf(columns, name)}`).join('')
  return `(${stateIn(columnOf(columns, 'state'), states)}${hindered} and ${rightSql(right, columns)})`
}
