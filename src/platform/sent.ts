// What was sent, against what is stored: a column that was not named stays as it is, and one that is the same was not changed.

type Sent<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

/** The object without the keys that have no value. */
export const onlySent = <T extends object>(input: T): Sent<T> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Sent<T>

/** A value for a jsonb column. */
export const jsonText = (value: unknown): string => JSON.stringify(value ?? null)

type Columns = { readonly [column: string]: unknown }

/** Names of the columns of a row that differ after a change, but for when it was changed. */
export const changedColumns = (before: Columns, after: Columns): string[] =>
  Object.keys({ ...before, ...after }).filter(
    (column) => column !== 'modified' && JSON.stringify(before[column]) !== JSON.stringify(after[column]),
  )
