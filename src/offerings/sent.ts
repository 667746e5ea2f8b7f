// What a caller sent of a body, and only that: a column that was not named stays as it is.

type Sent<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

/** The object without the keys that have no value. */
export const onlySent = <T extends object>(input: T): Sent<T> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Sent<T>

/** A value for a jsonb column. */
export const jsonText = (value: unknown): string => JSON.stringify(value ?? null)
