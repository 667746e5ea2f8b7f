// The few kinds of filter that lists are declared with (platform.md §3.4). A filter turns the texts of a query parameter
// into a condition with bound values; a bad text is reported under the parameter's name.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { dayIn, momentIn } from './moments.ts'
import type { Arm, Found, Word } from './narrowing.ts'
import { type References, references } from './references.ts'
import type { JsonSchema } from './view.ts'

export type Condition = RawBuilder<SqlBool>

export type Filter = {
  schema: JsonSchema
  /** Whether the parameter may be repeated; otherwise its last occurrence counts. */
  many: boolean
  /** What the condition refers to, to know the joins. */
  uses: References
  /** A single choice ignores an empty text, a multiple choice refuses it. */
  emptyCounts: boolean
  condition: (values: readonly string[], actor: Actor | undefined) => Condition | undefined
  /** How else the rows are found where there are very many (narrowing.ts). */
  word?: ((values: readonly string[], actor: Actor | undefined) => Word | undefined) | undefined
  arm?: ((values: readonly string[], actor: Actor | undefined) => Arm | undefined) | undefined
  found?: ((values: readonly string[], actor: Actor | undefined) => Found | undefined) | undefined
}

/** Thrown by a condition: the text goes under the parameter's name. */
export class BadValue extends Error {}

/** All of the conditions, each in parentheses: one that says `a or b` narrows and never opens. */
export const allOf = (parts: readonly (Condition | undefined)[]): Condition => {
  const real = parts.filter((part) => part !== undefined).map((part) => sql`(${part})`)
  return real.length === 0 ? sql`true` : sql.join(real, sql` and `)
}

type One = (value: string, actor: Actor | undefined) => Condition | undefined

const single = (schema: JsonSchema, uses: string, one: One): Filter => ({
  schema,
  many: false,
  uses: references(uses),
  emptyCounts: false,
  condition: (values, actor) => one(values[values.length - 1] as string, actor),
})

const column = (name: string) => sql.raw(name)
/** The pattern of `like` for texts that hold `value`, none of whose characters is a joker. */
export const containing = (value: string): string => `%${value.replace(/[\\%_]/g, '\\$&')}%`

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** The 32 hex digits of a uuid in any spelling; undefined when it is none. */
export const readUuid = (value: string): string | undefined => (UUID.test(value) ? value.replaceAll('-', '').toLowerCase() : undefined)

/** As `readUuid`; a text that is none is refused. */
export const requireUuid = (value: string): string => {
  const hex = readUuid(value.trim())
  if (!hex) throw new BadValue('Enter a valid UUID.')
  return hex
}

export const uuidIs = (name: string): Filter =>
  single({ type: 'string', format: 'uuid' }, name, (value) => sql`${column(name)} = ${requireUuid(value)}::uuid`)

/** The uuids of a parameter that takes several, comma separated or repeated. */
export const uuidsIn = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(','))
    .filter((value) => value.trim() !== '')
    .map(requireUuid)

/** Several uuids, comma separated or repeated. */
export const uuidAmong = (name: string): Filter => ({
  schema: { type: 'string', format: 'uuid' },
  many: true,
  uses: references(name),
  emptyCounts: false,
  condition: (values) => {
    const wanted = uuidsIn(values)
    return wanted.length > 0 ? sql`${column(name)} = any(${wanted}::uuid[])` : undefined
  },
})

export const textIs = (name: string): Filter => single({ type: 'string' }, name, (value) => sql`${column(name)} = ${value}`)

/** Case-insensitive substring of any of the columns. */
export const textContains = (...names: string[]): Filter =>
  single({ type: 'string' }, names.join(' '), (value) => {
    const pattern = containing(value)
    return sql`(${sql.join(
      names.map((name) => sql`${column(name)} ilike ${pattern}`),
      sql` or `,
    )})`
  })

/** Exact texts, repeated or comma separated, any of them; a text that nothing has matches nothing. */
export const textAmong = (name: string): Filter => ({
  schema: { type: 'string' },
  many: true,
  uses: references(name),
  emptyCounts: false,
  condition: (values) => sql`${column(name)} = any(${values.flatMap((value) => value.split(','))}::text[])`,
})

/** One of the words, as it is written; any other text is refused. */
export const requireChoice = (values: readonly string[], value: string): string => {
  if (!values.includes(value)) throw new BadValue(`Select a valid choice. ${value} is not one of the available choices.`)
  return value
}

/** One of the display names. */
export const choiceIs = (values: readonly string[], name: string): Filter =>
  single({ type: 'string', enum: [...values] }, name, (value) => sql`${column(name)} = ${requireChoice(values, value)}`)

/** Any of the display names sent; repeated. */
export const choiceAmong = (choices: readonly string[], name: string): Filter => ({
  schema: { type: 'string', enum: [...choices] },
  many: true,
  uses: references(name),
  emptyCounts: true,
  condition: (values) => sql`${column(name)} = any(${values.map((value) => requireChoice(choices, value))}::text[])`,
})

export const requireMoment = (value: string): string => {
  // A plus sign that was not encoded arrives as a space.
  const moment = momentIn(value.trim().replace(/(T[\d:.,]+) (\d{2}:?\d{2})$/, '$1+$2'))
  if (!moment) throw new BadValue('Enter a valid date/time.')
  return moment
}

/** At or after; a date alone is its midnight, and a moment without a zone counts as UTC. */
export const since = (name: string): Filter =>
  single({ type: 'string', format: 'date-time' }, name, (value) => sql`${column(name)} >= ${requireMoment(value)}::timestamptz`)

/** Before. */
export const before = (name: string): Filter =>
  single({ type: 'string', format: 'date-time' }, name, (value) => sql`${column(name)} < ${requireMoment(value)}::timestamptz`)

export const requireDate = (value: string): string => {
  const day = dayIn(value)
  if (!day) throw new BadValue('Enter a valid date.')
  return day
}

export const dateIs = (name: string): Filter =>
  single({ type: 'string', format: 'date' }, name, (value) => sql`${column(name)} = ${requireDate(value)}::date`)

/** A date compared with an operator of SQL; the operator is part of the declaration. */
export const dateCompared = (operator: '>=' | '<=', name: string): Filter =>
  single({ type: 'string', format: 'date' }, name, (value) => sql`${column(name)} ${sql.raw(operator)} ${requireDate(value)}::date`)

export const requireNumber = (value: string): string => {
  const text = value.trim()
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) || text.length > 40) throw new BadValue('Enter a number.')
  return text
}

export const numberIs = (name: string): Filter =>
  single({ type: 'number' }, name, (value) => sql`${column(name)} = ${requireNumber(value)}::numeric`)

/** True, false, 1 or 0 in any case; undefined for anything else, which a yes/no filter ignores. */
export const readFlag = (value: string): boolean | undefined =>
  /^(true|1)$/i.test(value.trim()) ? true : /^(false|0)$/i.test(value.trim()) ? false : undefined

/** A yes/no filter over a predicate. Other spellings are ignored; `false` is an active value. */
export const flag = (predicate: string): Filter =>
  single({ type: 'boolean' }, predicate, (value) => {
    const wanted = readFlag(value)
    if (wanted === undefined) return undefined
    return wanted ? sql`(${column(predicate)})` : sql`not coalesce(${column(predicate)}, false)`
  })

/** A yes/no filter whose "yes" depends on who asks; nothing holds for nobody. */
export const flagFor = (predicate: (actor: Actor) => Condition): Filter =>
  single({ type: 'boolean' }, '', (value, actor) => {
    const wanted = readFlag(value)
    if (wanted === undefined) return undefined
    const holds = actor ? predicate(actor) : sql<boolean>`false`
    return wanted ? sql`(${holds})` : sql`not (${holds})`
  })

/** The URL of an object: one of the paths with `{uuid}`; any other text matches nothing (platform.md §3.4). */
export const urlOf = (paths: readonly string[], name: string): Filter =>
  single({ type: 'string', format: 'uri' }, name, (value) => {
    const hex = paths.map((path) => uuidInPath(path, value)).find((found) => found !== undefined)
    return hex ? sql`${column(name)} = ${hex}::uuid` : sql`false`
  })

/** The last uuid of an absolute or rooted URL that has the form of `path`. */
export function uuidInPath(path: string, value: string): string | undefined {
  const rooted = value.startsWith('/') ? value : value.replace(/^https?:\/\/[^/]+/i, '')
  const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, '([0-9a-fA-F-]+)')}$`)
  const found = pattern.exec(rooted)
  return found ? readUuid(found[found.length - 1] as string) : undefined
}

/** A predicate of the list's own. `uses` is SQL that names what it needs: `p.name r.name`. */
export const own = (schema: JsonSchema, one: One, uses = ''): Filter => single(schema, uses, one)

/** As `own`, for a parameter that may be repeated. */
export const ownMany = (
  schema: JsonSchema,
  many: (values: readonly string[], actor: Actor | undefined) => Condition | undefined,
  uses = '',
): Filter => ({ schema, many: true, uses: references(uses), emptyCounts: false, condition: many })

/** A parameter that is accepted and changes nothing, because what it asks about does not exist here (contract notes). */
export const accepted = (schema: JsonSchema, many = false): Filter => ({
  schema,
  many,
  uses: [],
  emptyCounts: false,
  condition: () => undefined,
})
