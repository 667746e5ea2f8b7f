// A collection is a table of facts: what it looks like, who sees what, how it may be filtered and ordered.
// From it come the three statements of every list and detail view: a page with its count, a count, one row.
// The page is cut before anything is joined, so its cost does not grow with the table (stack.md, the hot path).
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { type Executor, run } from '../db/database.ts'
import { invalid, notFound } from './errors.ts'
import { BadValue, type Condition, type Filter, readUuid } from './filters.ts'
import { joinsFor, selectFields, type View } from './view.ts'

/** One way in which a row may be visible: its key column is among the ids that a query gives. */
export type Arm = { column: string; ids: RawBuilder<unknown> }

/** Which rows the caller sees. Arms are for large tables: each is served by an index that starts with its column. */
export type Visibility = 'all' | 'none' | { where: Condition } | { arms: readonly Arm[] }

/** `counts` is SQL giving `day` (its first moment) and `n`, exact in the snapshot in which it is read. */
export type Days = { column: string; counts: string }

export type Collection<Row = unknown> = {
  /** With slashes at both ends; `{name}` for the keys of parents. */
  path: string
  /** The stem of operation ids, such as `marketplace_orders`. */
  name: string
  /** The model's name in "No … matches the given query." */
  model: string
  view: View
  /** The view of one row where it differs from that of the list. */
  detailView?: View
  /** The one place that says who sees what; a collection without it cannot be declared. */
  visible: (actor: Actor | undefined) => Visibility
  filters: { [name: string]: Filter }
  /** Key of `o` → SQL. */
  orderings: { [key: string]: string }
  /** As in `o`: `-created`. The primary key always follows. */
  defaultOrder: readonly string[]
  /** Unknown keys of `o` are ignored (platform.md §3.3). */
  lenientOrder?: boolean
  /** Conditions of lists alone, not of retrieving one: a removed project is found by its uuid only. */
  listed?: (query: Query, actor: Actor | undefined) => Condition | undefined
  /** A count that needs no scan for these filters, or undefined for an ordinary one. */
  count?: (actor: Actor, given: ReadonlyMap<string, readonly string[]>) => RawBuilder<unknown> | undefined
  /** How many rows fall on each day of a column, for deep pages of the whole list in that column's order. */
  days?: Days
  /** SQL columns that an operation on one row needs to decide; over the view's aliases. */
  subject?: string
  /** The row type that `subject` gives. */
  row?: Row
  /** The column that the path's key is compared with; the row's uuid unless said. */
  key?: string
  /** Answered without a token too. */
  anonymous?: boolean
}

export type Query = { [name: string]: string | string[] | undefined }

/** What answers depend on besides the row: the caller, the origin of links, the zone in which today is decided. */
export type Viewer = { actor: Actor | undefined; base: string; timeZone: string }

/** All values of a query parameter, in order. */
export const valuesOf = (query: Query, name: string): string[] => {
  const value = query[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

type Conditions = { all: Condition[]; uses: string; given: Map<string, readonly string[]> }

/** The conditions of the filters present in the query; 400 naming every bad one (platform.md §3.4). */
export function readFilters(filters: { [name: string]: Filter }, query: Query, actor: Actor | undefined): Conditions {
  const found: Conditions = { all: [], uses: '', given: new Map() }
  const errors: { [name: string]: string[] } = {}
  for (const [name, filter] of Object.entries(filters)) {
    const sent = valuesOf(query, name)
    const values = filter.emptyCounts ? sent : sent.filter((value) => value !== '')
    if (values.length === 0) continue
    try {
      if (values.some((value) => value.includes('\0'))) throw new BadValue('Null characters are not allowed.')
      const condition = filter.condition(values, actor)
      if (!condition) continue
      found.all.push(condition)
      found.uses += ` ${filter.uses}`
      found.given.set(name, values)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      errors[name] = [error.message]
    }
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return found
}

/** The keys of `o`, comma separated or repeated, each once; 400 naming the first that is not one of the list's. */
export function readOrder(collection: Collection, query: Query): string[] {
  const asked = valuesOf(query, 'o')
    .flatMap((value) => value.split(','))
    .filter((key) => key !== '')
  const named = (key: string) => key.replace(/^-/, '')
  const known = (key: string) => Object.hasOwn(collection.orderings, named(key))
  const bad = asked.find((key) => !known(key))
  if (bad !== undefined && !collection.lenientOrder) {
    throw invalid({ o: [`Select a valid choice. ${bad} is not one of the available choices.`] })
  }
  const keys = asked.filter((key, i) => known(key) && asked.findIndex((other) => named(other) === named(key)) === i)
  return keys.length > 0 ? keys : [...collection.defaultOrder]
}

const both = (parts: readonly (Condition | undefined)[]): Condition => {
  const real = parts.filter((part) => part !== undefined)
  return real.length === 0 ? sql`true` : sql.join(real, sql` and `)
}

const armCondition = (alias: string, arm: Arm): Condition => sql`${sql.raw(`${alias}.${arm.column}`)} = any(array(${arm.ids}))`

/** A visibility as a condition over the alias of the rows; undefined when all are seen. */
export function visibleCondition(alias: string, visibility: Visibility): Condition | undefined {
  if (visibility === 'all') return undefined
  if (visibility === 'none') return sql`false`
  if ('where' in visibility) return sql`(${visibility.where})`
  if (visibility.arms.length === 0) return sql`false`
  return sql`(${sql.join(
    visibility.arms.map((arm) => armCondition(alias, arm)),
    sql` or `,
  )})`
}

/** What field and filter expressions may refer to as `ctx`. */
const contextOf = ({ actor, base, timeZone }: Viewer) => sql`(select ${base}::text as base, ${actor?.id ?? null}::bigint as actor_id,
  ${actor?.is_staff ?? false}::boolean as is_staff, ${actor?.is_support ?? false}::boolean as is_support,
  ${(actor?.is_staff || actor?.is_support) ?? false}::boolean as reads_all,
  (now() at time zone ${timeZone}::text)::date as today) ctx`

type Ordering = { terms: readonly { sql: string; descending: boolean }[] }

function orderingOf(collection: Collection, keys: readonly string[]): Ordering {
  const terms = keys.map((key) => ({ sql: collection.orderings[key.replace(/^-/, '')] as string, descending: key.startsWith('-') }))
  // Without a unique last term pages would repeat rows and lose others; it runs the same way so that one index serves both.
  const last = { sql: `${collection.view.alias}.id`, descending: terms.length === 1 && terms[0]?.descending === true }
  return { terms: [...terms, last] }
}

/** `order by` text over the terms themselves, or over what `name` calls them. */
const orderText = (order: Ordering, name: (sql: string, index: number) => string = (text) => text) =>
  order.terms.map((term, i) => `${name(term.sql, i)}${term.descending ? ' desc' : ''}`).join(', ')

const orderUses = (order: Ordering) => order.terms.map((term) => term.sql).join(' ')

type Scope = {
  /** `from … joins` of filters and order. */
  from: RawBuilder<unknown>
  /** Everything that must hold except who sees it. */
  rest: readonly (Condition | undefined)[]
  visibility: Visibility
}

const whole = (collection: Collection, scope: Scope) => both([visibleCondition(collection.view.alias, scope.visibility), ...scope.rest])

const DEEP = 1000

/** A deep page of a whole list: the days before it are skipped by their counts, not row by row. */
function cutByDays(collection: Collection, days: Days, order: Ordering, size: number, offset: number): RawBuilder<unknown> {
  const down = order.terms[0]?.descending === true
  const [along, against] = down ? ['desc', 'asc'] : ['asc', 'desc']
  const begins = down ? `${days.column} < (select day + interval '1 day' from mark)` : `${days.column} >= (select day from mark)`
  return sql`with mark as materialized (
      select day, before from (select day, sum(n) over (order by day ${sql.raw(along)}) - n as before from (${sql.raw(days.counts)}) counted) reached
      where before <= ${offset}::bigint order by day ${sql.raw(against)} limit 1)
    select ${sql.raw(collection.view.alias)}.id from ${sql.raw(collection.view.from)} where ${sql.raw(begins)}
    order by ${sql.raw(orderText(order))} limit ${sql.raw(String(size))} offset (select ${offset}::bigint - before from mark)`
}

const isWhole = ({ visibility, rest }: Scope) => visibility === 'all' && rest.every((condition) => condition === undefined)

/** The ids of the page's rows, cut before the joins of the view. */
function cut(collection: Collection, scope: Scope, order: Ordering, size: number, offset: number): RawBuilder<unknown> {
  const { alias } = collection.view
  const { days } = collection
  if (days && offset >= DEEP && isWhole(scope) && order.terms[0]?.sql === days.column && order.terms.length === 2) {
    return cutByDays(collection, days, order, size, offset)
  }
  // The size stands as a number in the text: a bound one would be planned as a tenth of the table.
  const window = offset === 0 ? sql.raw(`limit ${size}`) : sql`limit ${sql.raw(String(size))} offset ${offset}`
  const ordered = sql.raw(orderText(order))
  if (typeof scope.visibility === 'string' || 'where' in scope.visibility) {
    return sql`select ${sql.raw(alias)}.id from ${scope.from} where ${whole(collection, scope)} order by ${ordered} ${window}`
  }
  // One walk of an index for each id of each arm, so that a caller who sees little pays for little, however large the table.
  const id = sql.raw(`${alias}.id`)
  const keys = sql.raw(order.terms.map((term, i) => `${term.sql} as k${i}`).join(', '))
  const outer = sql.raw(orderText(order, (_, i) => `k${i}`))
  const arms = scope.visibility.arms.map(
    (arm) => sql`select row.* from (select unnest(array(${arm.ids})) as id) own cross join lateral (
      select ${id}, ${keys} from ${scope.from} where ${sql.raw(`${alias}.${arm.column}`)} = own.id and ${both(scope.rest)}
      order by ${ordered} limit ${sql.raw(String(size))} + ${offset}::bigint) row`,
  )
  if (arms.length === 0) return sql`select null::bigint as id where false`
  return sql`select id from (${sql.join(arms, sql` union `)}) seen order by ${outer} ${window}`
}

/** A list with its filters and order read and its caller known, ready to be counted or cut. */
export type Listing = {
  count: () => Promise<number>
  /** The page's JSON text, and the count of the whole list from the same snapshot. */
  page: (size: number, offset: number) => Promise<{ count: number; text: string }>
}

/** Prepares a list; 400 for bad filters or order. `under` narrows it to the rows of a parent. */
export function listing(db: Executor, collection: Collection, viewer: Viewer, query: Query, under?: Condition): Listing {
  const { view } = collection
  const filters = readFilters(collection.filters, query, viewer.actor)
  const order = orderingOf(collection, readOrder(collection, query))
  const listed = collection.listed?.(query, viewer.actor)
  const visibility = collection.visible(viewer.actor)
  const rest = [...filters.all, listed, under]
  const counted = scopeWith(filters.uses)
  const quick = viewer.actor && !listed && !under ? collection.count?.(viewer.actor, filters.given) : undefined
  const count = quick ?? sql`select count(*) from ${counted.from} where ${whole(collection, counted)}`

  function scopeWith(uses: string): Scope {
    const joins = joinsFor(view, uses)
    const context = uses.includes('ctx.') ? sql`${contextOf(viewer)} cross join ` : sql``
    return { from: sql`${context}${sql.raw(`${view.from} ${joins}`)}`, rest, visibility }
  }

  return {
    count: async () => Number((await run<{ count: number }>(db, sql`select (${count}) as count`))[0]?.count ?? 0),
    page: async (size, offset) => {
      const { row, joins } = selectFields(view, viewer.actor, valuesOf(query, 'field'), orderUses(order))
      const ids = cut(collection, scopeWith(`${filters.uses} ${orderUses(order)}`), order, size, offset)
      const statement = sql<{ count: number; page: string }>`select (${count}) as count, (
        select coalesce('[' || string_agg(${sql.raw(row)}, ',' order by ${sql.raw(orderText(order))}) || ']', '[]')
        from ${contextOf(viewer)} cross join (${ids}) cut join ${sql.raw(view.from)} on ${sql.raw(view.alias)}.id = cut.id ${sql.raw(joins)}) as page`
      const [found] = await run(db, statement)
      return { count: Number(found?.count ?? 0), text: found?.page ?? '[]' }
    },
  }
}

const notThis = (collection: Collection) => notFound(collection.model)

/** The uuid of a path in its 32 hex digits; 404 for a malformed one, as for an unknown one (platform.md §2.2). */
export function requireKey(collection: Collection, value: string | undefined): string {
  const hex = readUuid(value ?? '')
  if (!hex) throw notThis(collection)
  return hex
}

const keyColumn = (collection: Collection) => sql.raw(collection.key ?? `${collection.view.alias}.uuid`)

/** The JSON text of one visible row. Filters of the list apply here too (platform.md §3.4). 404 when there is none. */
export async function retrieve(db: Executor, collection: Collection, viewer: Viewer, key: string, query: Query = {}): Promise<string> {
  const view = collection.detailView ?? collection.view
  const filters = readFilters(collection.filters, query, viewer.actor)
  const { row, joins } = selectFields(view, viewer.actor, valuesOf(query, 'field'), filters.uses)
  const visible = visibleCondition(view.alias, collection.visible(viewer.actor))
  const [found] = await run(
    db,
    sql<{ body: string }>`select ${sql.raw(row)} as body from ${contextOf(viewer)} cross join ${sql.raw(`${view.from} ${joins}`)}
      where ${both([sql`${keyColumn(collection)} = ${key}::uuid`, visible, ...filters.all])}`,
  )
  if (!found) throw notThis(collection)
  return found.body
}

/** The JSON text of a row of any view by its internal id, whoever may see it: for answers to the one who just wrote it. */
export async function render(db: Executor, view: View, viewer: Viewer, id: number, asked: readonly string[] = []): Promise<string> {
  const { row, joins } = selectFields(view, viewer.actor, asked)
  const [found] = await run(
    db,
    sql<{ body: string }>`select ${sql.raw(row)} as body from ${contextOf(viewer)} cross join ${sql.raw(`${view.from} ${joins}`)}
      where ${sql.raw(view.alias)}.id = ${id}`,
  )
  if (!found) throw new Error(`No row ${id} in ${view.from} to show`)
  return found.body
}

/** The row that an operation decides on, locked until the transaction ends when `lock` is set; 404 when not visible. */
export async function requireSubject<Row>(
  db: Executor,
  collection: Collection<Row>,
  viewer: Viewer,
  key: string,
  options: { query?: Query; lock?: boolean } = {},
): Promise<Row> {
  const found = await findSubject(db, collection, viewer, key, options)
  if (!found) throw notThis(collection)
  return found
}

/** As `requireSubject`, undefined when there is none. */
export async function findSubject<Row>(
  db: Executor,
  collection: Collection<Row>,
  viewer: Viewer,
  key: string,
  options: { query?: Query; lock?: boolean } = {},
): Promise<Row | undefined> {
  const { view } = collection
  const filters = readFilters(collection.filters, options.query ?? {}, viewer.actor)
  const columns = collection.subject ?? `${view.alias}.id, ${view.alias}.uuid`
  const visible = visibleCondition(view.alias, collection.visible(viewer.actor))
  const context = `${columns} ${filters.uses}`.includes('ctx.') ? sql`${contextOf(viewer)} cross join ` : sql``
  const lock = options.lock ? sql.raw(`for update of ${view.alias}`) : sql``
  const [row] = await run(
    db,
    sql<Row>`select ${sql.raw(columns)} from ${context}${sql.raw(`${view.from} ${joinsFor(view, `${columns} ${filters.uses}`)}`)}
      where ${both([sql`${keyColumn(collection)} = ${key}::uuid`, visible, ...filters.all])} ${lock}`,
  )
  return row
}
