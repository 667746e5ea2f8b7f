// What a thing looks like outside. A view is a table of fields; from it come the SQL that builds the JSON text in
// PostgreSQL, the joins that text needs, the keys `field` may name, who may see them, and the JSON Schema of the answer.
//
// The text is built by `concat`, which drops SQL nulls: a key without a value is left out at no cost (platform.md §2.6).
// Field expressions may use the view's aliases and `ctx` (context.ts).
import type { Actor } from '../auth/actor.ts'
import { isContext } from './context.ts'
import { aliasesIn, ofContext, type References, references } from './references.ts'

export type JsonSchema = { [key: string]: unknown }

/** How a field says "no value": always has one, JSON null, or no key at all. */
type Emptiness = 'never' | 'null' | 'absent'

/** Who is shown a field; decided by who asks, not by the row. `sql` says the same over `ctx`, for filters on what the field shows. */
export type Audience = ((actor: Actor | undefined) => boolean) & { readonly sql: string }

/** An audience, said twice: as a function and as SQL over `ctx`. */
export const audience = (lets: (actor: Actor | undefined) => boolean, sql: string): Audience => Object.assign(lets, { sql })

export type Field = {
  /** SQL whose value is JSON text, or null when the field has no value. */
  token: string
  /** What its SQL refers to, from which the joins and the context are known. */
  uses: References
  schema: JsonSchema
  empty: Emptiness
  audience?: Audience
  /** SQL for which rows it is shown of; elsewhere its key is left out. */
  guard?: string
  /** It holds fields that not everybody is shown: to whom each is, and the field as one caller is shown it. */
  within?: { audiences: readonly Audience[]; shownTo: (actor: Actor | undefined) => Field }
  /** Left out unless `field` names it: too dear for every answer. */
  onlyNamed?: boolean
  /** Changes by itself, so that it is no part of the object's tag. */
  passing?: boolean
}

export type Fields = { [name: string]: Field }

export type View = {
  /** The name of the answer's schema in the description, such as `OrderDetails`. */
  name: string
  /** The base table and its alias: `"order" o`. */
  from: string
  alias: string
  /** Alias → join text. A join may use aliases declared before it. */
  joins: { [alias: string]: string }
  fields: Fields
}

const quoted = (sql: string) => `'"' || ${sql} || '"'`
const field = (token: string, schema: JsonSchema): Field => ({ token, uses: references(token), schema, empty: 'never' })

/** The field with other SQL around, or instead of, that for its JSON text. */
export function retold(f: Field, tell: (token: string) => string): Field {
  const token = tell(f.token)
  const { within } = f
  const inside = within && { within: { ...within, shownTo: (actor: Actor | undefined) => retold(within.shownTo(actor), tell) } }
  return { ...f, token, uses: references(token), ...inside }
}

/** A field made of others, of which every caller finds those inside that they are shown. */
function composed(inner: Fields, make: (inner: Fields) => Field): Field {
  const audiences = audiencesOf(inner)
  const whole = make(inner)
  return audiences.length === 0 ? whole : { ...whole, within: { audiences, shownTo: (actor) => make(shownOf(inner, actor)) } }
}

/** The audiences on which it depends what is shown of the fields. */
const audiencesOf = (fields: Fields): Audience[] => [
  ...new Set(Object.values(fields).flatMap((f) => [...(f.audience ? [f.audience] : []), ...(f.within?.audiences ?? [])])),
]

/** The fields that a caller is shown, as they are shown. */
const shownOf = (fields: Fields, actor: Actor | undefined): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, f]) => {
      if (f.audience && !f.audience(actor)) return []
      return [[name, f.within ? { ...f, ...retoldFor(f, actor) } : f]]
    }),
  )

/** What of a field differs by who asks. */
function retoldFor({ within, token, uses }: Field, actor: Actor | undefined): Pick<Field, 'token' | 'uses'> {
  const told = within?.shownTo(actor)
  return told ? { token: told.token, uses: told.uses } : { token, uses }
}

/** Text that may hold anything; escaped by PostgreSQL. */
export const text = (sql: string): Field => field(`to_json((${sql})::text)::text`, { type: 'string' })
/** One of a few words that need no escaping. */
export const oneOf = (values: readonly string[], sql: string): Field => field(quoted(`(${sql})`), { type: 'string', enum: [...values] })
export const uuid = (sql: string): Field => field(quoted(`wire_uuid(${sql})`), { type: 'string', format: 'uuid' })
export const integer = (sql: string): Field => field(`(${sql})::text`, { type: 'integer' })
/** A JSON number; decimal digits stay exact and without trailing zeros. */
export const number = (sql: string): Field => field(`trim_scale((${sql})::numeric)::text`, { type: 'number' })
/** A decimal string with the places of its column (platform.md §2.4). */
export const decimal = (sql: string, places = 10): Field =>
  field(quoted(`(${sql})::numeric(32, ${places})`), { type: 'string', format: 'decimal' })
export const boolean = (sql: string): Field =>
  field(`(case when ${sql} then 'true' when not (${sql}) then 'false' end)`, { type: 'boolean' })
export const datetime = (sql: string): Field => field(quoted(`wire_time(${sql})`), { type: 'string', format: 'date-time' })
export const date = (sql: string): Field => field(quoted(`(${sql})::date`), { type: 'string', format: 'date' })
/** A jsonb column as it is; `schema` says what it holds. */
export const json = (sql: string, schema: JsonSchema = { type: 'object', additionalProperties: true }): Field =>
  field(`(${sql})::text`, schema)
/** An absolute URL: the path with `{}` replaced by the uuids, in order. */
export const url = (path: string, ...uuids: string[]): Field => {
  const parts = path.split('{}')
  const hexes = uuids.map((sql) => `wire_uuid(${sql})`)
  const body = parts.map((part, i) => (i < hexes.length ? `'${part}' || ${hexes[i]}` : `'${part}'`)).join(' || ')
  return field(`'"' || ctx.base || ${body} || '"'`, { type: 'string', format: 'uri' })
}
/** The address of a stored file, by the alias of its joined row. */
export const fileUrl = (sql: string): Field => url('/api/media/{}/', sql)
/** A value that is the same for all rows. */
export const constant = (value: unknown, schema: JsonSchema): Field => field(`'${JSON.stringify(value).replaceAll("'", "''")}'`, schema)

/** An object inside the row; `when` is SQL that is null when there is no such object. */
export const object = (fields: Fields, options: { when?: string; name?: string } = {}): Field => {
  const schema = objectSchema(fields)
  return composed(fields, (inner) => {
    const body = objectText(inner, Object.keys(inner))
    return field(options.when ? `case when ${options.when} is not null then ${body} end` : body, schema)
  })
}

/** A list of objects: `query` is `from … where …`, whose aliases the fields use. */
export const list = (fields: Fields, query: string, orderBy: string): Field => listOf(object(fields), query, orderBy)

/** A list of values: `item` is a field over the aliases of `query`. */
export const listOf = (item: Field, query: string, orderBy: string): Field => ({
  ...retold(item, (token) => `(select coalesce('[' || string_agg(${token}, ',' order by ${orderBy}) || ']', '[]') ${query})`),
  schema: { type: 'array', items: item.schema },
})

/** A map from a text to a value: keys must be unique within `query`. */
export const map = (key: string, value: Field, query: string): Field => {
  const entry = (token: string) => `to_json((${key})::text)::text || ':' || ${token}`
  return {
    ...retold(value, (token) => `(select coalesce('{' || string_agg(${entry(token)}, ',' order by ${key}) || '}', '{}') ${query})`),
    schema: { type: 'object', additionalProperties: value.schema },
  }
}

/** The field is JSON null when it has no value; only where the contract says so. */
export const nullable = (f: Field): Field => ({ ...f, empty: 'null' })
/** The key is left out when the field has no value. */
export const absent = (f: Field): Field => ({ ...f, empty: 'absent' })
/** The key is left out for callers outside the audience. */
export const shownTo = (audience: Audience, f: Field): Field => ({ ...f, audience })
/** The key is left out of rows for which the condition, over the view's aliases and `ctx`, does not hold. */
export const shownWhere = (guard: string, f: Field): Field => ({
  ...retold(f, (token) => `case when ${guard} then ${f.empty === 'null' ? `coalesce(${token}, 'null')` : token} end`),
  schema: { ...f.schema, ...(f.empty === 'null' ? { type: [f.schema.type, 'null'] } : {}), 'x-conditional': true },
  guard,
  empty: 'absent',
})

/**
 * The column as far as the caller is shown it by the field: null where they are not. What filters and orderings name, for what
 * is not shown may not be found either (docs/decisions/0038).
 */
export function asShown({ audience, guard }: Pick<Field, 'audience' | 'guard'>, column: string): string {
  const asked = [audience?.sql, guard].filter((part) => part !== undefined)
  return asked.length === 0 ? column : `(case when ${asked.join(' and ')} then ${column} end)`
}
export const onlyNamed = (f: Field): Field => ({ ...f, onlyNamed: true })
export const passing = (f: Field): Field => ({ ...f, passing: true })
/** The field says more about its JSON Schema than its kind does: an enum with an empty text, a named shape. */
export const described = (schema: JsonSchema, f: Field): Field => ({ ...f, schema: { ...f.schema, ...schema } })

export const forStaff = audience((actor) => actor?.is_staff === true, 'ctx.is_staff')
export const forStaffAndSupport = audience((actor) => actor?.is_staff === true || actor?.is_support === true, 'ctx.reads_all')
export const forSignedIn = audience((actor) => actor !== undefined, 'ctx.actor_id is not null')
export const forNobody = audience(() => false, 'false')

const ARGUMENTS_MAX = 90

/** SQL for the JSON text of one object with the fields named, in that order. */
function objectText(fields: Fields, names: readonly string[]): string {
  const items = names.flatMap((name): string[] => {
    const f = fields[name] as Field
    const key = `,"${name}":`
    if (f.empty === 'absent') return [`'${key}' || ${f.token}`]
    return [`'${key}'`, f.empty === 'null' ? `coalesce(${f.token}, 'null')` : f.token]
  })
  // concat takes a hundred arguments; more are concatenated in groups.
  const groups: string[] = []
  for (let i = 0; i < items.length; i += ARGUMENTS_MAX) groups.push(`concat(${items.slice(i, i + ARGUMENTS_MAX).join(', ')})`)
  const body = groups.length === 0 ? `''` : groups.length === 1 ? groups[0] : `concat(${groups.join(', ')})`
  return `'{' || substr(${body}, 2) || '}'`
}

function objectSchema(fields: Fields): JsonSchema {
  const names = Object.keys(fields)
  const properties = Object.fromEntries(
    names.map((name) => {
      const f = fields[name] as Field
      // A key that not every caller is shown says so, for those who check answers.
      return [name, f.audience || f.onlyNamed ? { ...fieldSchema(f), 'x-conditional': true } : fieldSchema(f)]
    }),
  )
  const required = names.filter((name) => {
    const f = fields[name] as Field
    return f.empty !== 'absent' && !f.audience && !f.onlyNamed
  })
  // An object without fields promises nothing about what it holds.
  if (names.length === 0) return { type: 'object', additionalProperties: true }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

function fieldSchema(f: Field): JsonSchema {
  if (f.empty !== 'null') return f.schema
  const { type, enum: values, ...rest } = f.schema
  if (typeof type !== 'string') return { anyOf: [f.schema, { type: 'null' }] }
  return { ...rest, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) }
}

/** The JSON Schema of the view's answer. */
export const viewSchema = (view: View): JsonSchema => objectSchema(view.fields)

export type Selection = {
  /** The keys that a row may have. */
  names: readonly string[]
  /** SQL for the JSON text of one row. */
  row: string
  /** Join texts the row needs, in the order of declaration. */
  joins: string
  /** What the row refers to, for its context. */
  uses: References
}

type Known = {
  /** On what it depends which fields are shown, those inside others too. */
  guarded: readonly Audience[]
  selections: Map<string, Selection>
}

// What a view's answers are made of depends on few things; it is worked out once for each of their combinations. Callers can
// ask for any set of fields, so the number kept is bounded.
const SELECTIONS_MAX = 100
const known = new WeakMap<View, Known>()

function knownOf(view: View): Known {
  const before = known.get(view)
  if (before) return before
  const fresh = { guarded: audiencesOf(view.fields), selections: new Map<string, Selection>() }
  known.set(view, fresh)
  return fresh
}

/**
 * The SQL for a row of `view` as `actor` may see it, with the fields `asked` for, and the joins that it and `alsoUsed` need.
 * Unknown names are ignored; when none is known, all fields are given (platform.md §3.2).
 */
export function selectFields(view: View, actor: Actor | undefined, asked: readonly string[], alsoUsed: References = []): Selection {
  const { guarded, selections } = knownOf(view)
  const wanted = new Set(asked.filter((name) => Object.hasOwn(view.fields, name)))
  const key = `${guarded.map((audience) => (audience(actor) ? 1 : 0)).join('')} ${[...wanted].sort()} ${alsoUsed}`
  const before = selections.get(key)
  if (before) return before
  const named = Object.entries(view.fields).filter(([name, { onlyNamed: never }]) => (wanted.size > 0 ? wanted.has(name) : !never))
  const shown = shownOf(Object.fromEntries(named), actor)
  const uses = Object.values(shown).flatMap((f) => f.uses)
  const names = Object.keys(shown)
  const selection = { names, row: objectText(shown, names), ...joinsFor(view, [...uses, ...alsoUsed]) }
  if (selections.size >= SELECTIONS_MAX) selections.delete(selections.keys().next().value as string)
  selections.set(key, selection)
  return selection
}

/** What rows are selected from. */
export type Source = Pick<View, 'from' | 'alias' | 'joins'>

const needs = new WeakMap<object, Map<string, ReadonlySet<string>>>()

/** Alias → all that its join brings along: itself, the joins that it refers to, what those and it refer to in the context. */
function needsOf({ joins }: Pick<Source, 'joins'>): Map<string, ReadonlySet<string>> {
  const before = needs.get(joins)
  if (before) return before
  const all = new Map<string, ReadonlySet<string>>()
  for (const [alias, join] of Object.entries(joins)) {
    all.set(alias, new Set([alias, ...references(join).flatMap((name) => [...(all.get(name) ?? [name])])]))
  }
  needs.set(joins, all)
  return all
}

type Joined = { joins: string; uses: References }

const joined = new WeakMap<object, Map<string, Joined>>()

/**
 * The joins for what `uses` refers to, in the order of declaration, and all that is referred to with them. Worked out once for
 * each of them, like selections: the same `uses` come back, by which the context knows its text again.
 */
export function joinsFor(source: Pick<Source, 'joins'>, uses: References): Joined {
  const known = joined.get(source.joins) ?? new Map<string, Joined>()
  joined.set(source.joins, known)
  const key = uses.join()
  const before = known.get(key)
  if (before) return before
  const all = needsOf(source)
  const needed = new Set(uses.flatMap((name) => [...(all.get(name) ?? [name])]))
  const joins = Object.entries(source.joins).flatMap(([alias, join]) => (needed.has(alias) ? [join] : []))
  const made = { joins: joins.join(' '), uses: [...needed] }
  if (known.size >= SELECTIONS_MAX) known.delete(known.keys().next().value as string)
  known.set(key, made)
  return made
}

/** What `uses` names that neither rows nor context have. */
export function unknownIn({ alias, joins }: Source, uses: References): string[] {
  const aliases = aliasesIn(uses).filter((name) => name !== alias && !Object.hasOwn(joins, name))
  return [...aliases, ...ofContext(uses).flatMap((name) => (isContext(name) ? [] : [`ctx.${name}`]))]
}

/** What is wrong with a view: names in its SQL that nothing brings, joins before what they use. Empty when all is well. */
export function faultsOf(view: View): string[] {
  const order = [view.alias, ...Object.keys(view.joins)]
  const joins = Object.entries(view.joins).flatMap(([alias, join]) => {
    const before = Object.fromEntries(order.slice(1, order.indexOf(alias)).map((name) => [name, '']))
    return unknownIn({ ...view, joins: before }, references(join)).map((name) => `${view.name}: the join of ${alias} refers to ${name}`)
  })
  const fields = Object.entries(view.fields).flatMap(([name, { uses }]) =>
    unknownIn(view, uses).map((unknown) => `${view.name}: ${name} refers to ${unknown}`),
  )
  return [...joins, ...fields]
}
