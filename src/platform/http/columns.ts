// The columns that operations decide on, each declared once: its name, its SQL over the aliases of a view, and its type in
// TypeScript.
import { type References, references } from './references.ts'

export type Column<T> = {
  sql: string
  uses: References
  /** Never there: it carries the type. */
  type?: T
}

/** A table of columns; `RowOf` gives the rows that it reads. */
export type Columns<Row> = { readonly [Name in keyof Row]: Column<Row[Name]> }
export type RowOf<C> = { [Name in keyof C]: C[Name] extends Column<infer T> ? T : never }

const column = <T>(sql: string): Column<T> => ({ sql, uses: references(sql) })

/** A whole number: keys and counts. */
export const int = (sql: string): Column<number> => column(sql)
export const str = (sql: string): Column<string> => column(sql)
export const bool = (sql: string): Column<boolean> => column(sql)
/** A calendar day as `YYYY-MM-DD`. */
export const day = (sql: string): Column<string> => column(sql)
/** Its 32 hex digits, as all uuids are read. */
export const uuid = (sql: string): Column<string> => column(sql)
/** Any other type: one of some words, what a jsonb column holds, bytes. */
export const as = <T>(sql: string): Column<T> => column(sql)
/** The column may be null. */
export const orNull = <T>(of: Column<T>): Column<T | null> => of as Column<T | null>

const texts = new WeakMap<object, { text: string; uses: References }>()

/** The select list of a table of columns, and what it refers to. */
export function selectList(columns: Columns<unknown>): { text: string; uses: References } {
  const before = texts.get(columns)
  if (before) return before
  const entries = Object.entries(columns as { [name: string]: Column<unknown> })
  const text = entries.map(([name, { sql }]) => `${sql} as ${name}`).join(', ')
  const made = { text, uses: [...new Set(entries.flatMap(([, { uses }]) => uses))] }
  texts.set(columns, made)
  return made
}
