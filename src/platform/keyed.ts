// Objects whose keys somebody else chose. A plain object has `constructor`, `toString` and `__proto__` without having been given them,
// and callers may name their components so: what is looked up or written by a foreign key goes through these.

/** What an object itself holds under a key; undefined for what every object inherits. */
export const valueAt = <T>(of: { readonly [key: string]: T } | null | undefined, key: string): T | undefined =>
  of && Object.hasOwn(of, key) ? of[key] : undefined

/** An object that holds nothing but what it is given, whatever the key. */
export const emptyRecord = <T>(): { [key: string]: T } => Object.create(null) as { [key: string]: T }
