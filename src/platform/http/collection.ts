// A collection is a table of facts: what it looks like, who sees what, how it may be filtered and ordered.
// From it come the three statements of every list and detail view: a page with its count, a count, one row.
// The page is cut before anything is joined, so its cost does not grow with the table (stack.md, the hot path).
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import { type KeptCounts, keptCount, keptDays } from '../counts/kept.ts'
import { type Executor, run } from '../db/database.ts'
import { type Columns, int, selectList, uuid } from './columns.ts'
import { contextFor, type Viewer } from './context.ts'
import type { Rows } from './csv.ts'
import {
  armsOf,
  counted,
  cut,
  cutByDays,
  type Days,
  DEEP,
  narrowed,
  type Ordering,
  orderText,
  type Scope,
  seenThrough,
  type Visibility,
  visibleCondition,
  whole,
} from './cut.ts'
import { notFound } from './errors.ts'
import { allOf, type Condition, readUuid } from './filters.ts'
import { type Plan, planFor } from './narrowing.ts'
import { type Asked, type Query, readFilters, readQuery, valuesOf } from './query.ts'
import { type References, references } from './references.ts'
import { faultsOf as faultsOfView, joinsFor, type Source, selectFields, unknownIn, type View } from './view.ts'
import type { Before } from './who.ts'

/**
 * How rows are computed from those of `of`, of which the collection's visibility, filters and `listed` speak: `rows` is SQL
 * giving them with a whole number `id` each, around `found`, which is `from … where …`; `uses` names the aliases it needs.
 */
export type Computed = { of: Source; uses?: string; rows: (found: RawBuilder<unknown>) => RawBuilder<unknown> }

/**
 * What operations lock, by aliases of the view, in this order everywhere (docs/decisions/0041): `rows` one after the other, of which
 * the first stands for all that belongs to it; `holding` are rows on which they decide, so that nobody changes those meanwhile.
 */
export type Lock = { rows: readonly (readonly [alias: string, strength: 'update' | 'no key update'])[]; holding?: readonly string[] }

export type Collection<Row = unknown> = Asked & {
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
  /** Who reads it at all: 403 for others, where an empty list would be no answer. Operations say it themselves. */
  before?: Before
  /** Orderings besides the default one with which indexes of the arms of its visibility go on. */
  walked?: readonly string[]
  /** Conditions of lists alone, not of retrieving one: a removed project is found by its uuid only. */
  listed?: (query: Query, actor: Actor | undefined) => Condition | undefined
  /** Counts kept beside the table: lists whose filters they know are not counted. */
  counts?: KeptCounts
  /** What an operation on one row decides on; over the view's aliases. */
  subject?: Columns<Row>
  /** What an operation on one row holds until it has ended; the row itself, against everybody who would refer to it, unless said. */
  lock?: Lock
  /** What the path's key is compared with; the row's uuid unless said. A number is called `{id}` in paths. */
  key?: { column: string; kind: 'uuid' | 'number' }
  /** Rows that are not stored but computed: groups, counts, statistics. They stand as the view's `from`, under the name `computed`. */
  computed?: Computed
  /** Answered without a token too. */
  anonymous?: boolean
}

function orderingOf(collection: Collection, keys: readonly string[]): Ordering {
  const terms = keys.map((key) => ({ sql: collection.orderings[key.replace(/^-/, '')] as string, descending: key.startsWith('-') }))
  // Without a unique last term pages would repeat rows and lose others; it runs the same way so that one index serves both.
  const last = { sql: `${collection.view.alias}.id`, descending: terms.length === 1 && terms[0]?.descending === true }
  return { terms: [...terms, last], uses: terms.flatMap((term) => usesOf(collection, term.sql)) }
}

const orderingUses = new WeakMap<object, Map<string, References>>()

/** What an ordering refers to; read once for all orderings of a collection. */
function usesOf({ orderings }: Asked, text: string): References {
  const known = orderingUses.get(orderings) ?? new Map(Object.values(orderings).map((one) => [one, references(one)]))
  orderingUses.set(orderings, known)
  return known.get(text) ?? []
}

/** A list with its filters and order read and its caller known, ready to be counted or cut. */
export type Listing = {
  count: () => Promise<number>
  /** All of it, as a statement for the JSON text of each row, in order. */
  all: () => Promise<Rows>
  /** The page's JSON text, and the count of the whole list from the same snapshot. */
  page: (size: number, offset: number) => Promise<{ count: number; text: string }>
}

/** Rows beyond the page asked for that are counted of a text that very many rows hold (docs/decisions/0029). */
const COUNTED_AHEAD = 10_000

/** Prepares a list; 400 for bad filters or order. `under` narrows it to the rows of a parent. */
export function listing(db: Executor, collection: Collection, viewer: Viewer, query: Query, under?: Condition): Listing {
  const { view, computed, counts } = collection
  const { filters, keys } = readQuery(collection, query, viewer.actor)
  const order = orderingOf(collection, keys)
  const listed = collection.listed?.(query, viewer.actor)
  const visibility = collection.visible(viewer.actor)
  const over = (source: Source, uses: References, facts: Pick<Scope, 'rest' | 'visibility'>): Scope => {
    const { joins, uses: all } = joinsFor(source, uses)
    return { alias: source.alias, from: sql`${contextFor(viewer, all)}${sql.raw(`${source.from} ${joins}`)}`, ...facts }
  }

  /** The parts of the statement: what stands before it, the count, of which `most` bounds what is told ahead, and the page's ids. */
  function partsOf(plan: Plan, most?: number) {
    const facts = { rest: [...plan.conditions, listed, under], visibility }
    // Computed rows stand before everything else; what is asked for has been applied to what they are computed of.
    const source = over(computed?.of ?? view, [...filters.uses, ...references(computed?.uses ?? '')], facts)
    const found = sql`from ${source.from} where ${whole(source)}`
    const kept = keptFor()
    return {
      before: [...plan.before, ...(computed ? [sql`computed as materialized (${computed.rows(found)})`] : [])],
      count: kept.count ?? (computed ? sql`select count(*) from computed` : countOf(source, plan, plan.wide ? most : undefined)),
      days: kept.days,
      scope: (uses: References) =>
        computed ? over(view, uses, { rest: [], visibility: 'all' }) : over(view, [...filters.uses, ...uses], facts),
    }
  }

  /** The count, where it must be counted. */
  function countOf(source: Scope, plan: Plan, most: number | undefined): RawBuilder<unknown> {
    const window = most === undefined ? sql`` : sql`limit ${most}::bigint`
    if (plan.counted && visibility === 'all' && !listed && !under)
      return sql`select count(*) from (select distinct * from (${plan.counted}) ids ${window}) counted`
    return counted(narrowed(source, plan, false), most)
  }

  /** What the kept counts tell of the list: its count, and for who sees all of it how many rows fall on each day. */
  function keptFor(): { count?: RawBuilder<unknown> | undefined; days?: Days | undefined } {
    if (!counts || listed || under || !(visibility === 'all' || armsOf(visibility))) return {}
    const { joins, uses } = joinsFor(view, filters.uses)
    const { alias } = view
    const asked = { alias, given: [...filters.given.keys()], conditions: filters.all }
    const days = visibility === 'all' ? keptDays(counts, asked) : undefined
    const seen = visibility === 'all' ? 'all' : seenThrough(alias, visibility)
    const whole = { ...asked, context: contextFor(viewer, uses), joins: sql.raw(joins), seen } as const
    return { count: keptCount(counts, whole), days: days && { column: counts.days ?? '', counts: days } }
  }

  const planned = () => planFor(db, computed?.of ?? view, filters.narrows, armsOf(visibility))
  const isOrder = (key: string | undefined) => order.terms[0]?.sql === collection.orderings[key?.replace(/^-/, '') ?? '']
  const ownOrder = isOrder(collection.defaultOrder[0])
  const walkedOrder = collection.walked?.some(isOrder) === true
  const after = (before: readonly RawBuilder<unknown>[]) => (before.length > 0 ? sql`with ${sql.join(before)} ` : sql``)

  return {
    count: async () => {
      const { before, count } = partsOf(await planned())
      return Number((await run<{ count: number }>(db, sql`${after(before)}select (${count}) as count`))[0]?.count ?? 0)
    },
    all: async () => {
      const { before, scope } = partsOf(await planned())
      const { names, row, uses } = selectFields(view, viewer.actor, valuesOf(query, 'field'), order.uses)
      const every = scope(uses)
      const statement = sql`${after(before)}select ${sql.raw(row)} as row from ${every.from} where ${whole(every)} order by ${sql.raw(orderText(order))}`
      return { names, statement }
    },
    page: async (size, offset) => {
      const plan = await planned()
      const { before, count, days, scope } = partsOf(plan, offset + size + COUNTED_AHEAD)
      const { row, joins, uses } = selectFields(view, viewer.actor, valuesOf(query, 'field'), order.uses)
      const walked = scope(order.uses)
      const byDays = days && offset >= DEEP && order.terms[0]?.sql === days.column && order.terms.length === 2
      const ids = byDays
        ? cutByDays(walked, days, order, size, offset)
        : cut(computed ? walked : narrowed(walked, plan, ownOrder, walkedOrder), order, size, offset)
      const statement = sql<{ count: number; page: string }>`${after(before)}select (${count}) as count, (
        select coalesce('[' || string_agg(${sql.raw(row)}, ',' order by ${sql.raw(orderText(order))}) || ']', '[]')
        from ${contextFor(viewer, uses)}(select id from (${ids}) sized limit ${size}::bigint) cut join ${sql.raw(view.from)} on ${sql.raw(view.alias)}.id = cut.id ${sql.raw(joins)}) as page`
      const [found] = await run(db, statement)
      return { count: Number(found?.count ?? 0), text: found?.page ?? '[]' }
    },
  }
}

/** What is wrong with a collection's declarations. Empty when all is well. */
export function faultsOf(collection: Collection): string[] {
  const { view, detailView, computed, filters, orderings, subject } = collection
  const told = (what: string, unknown: string[]) => unknown.map((name) => `${collection.name}: ${what} refers to ${name}`)
  return [
    ...faultsOfView(view),
    ...(detailView ? faultsOfView(detailView) : []),
    ...Object.entries(filters).flatMap(([name, { uses }]) => told(`the filter ${name}`, unknownIn(computed?.of ?? view, uses))),
    ...Object.entries(orderings).flatMap(([key, text]) => told(`the order ${key}`, unknownIn(view, references(text)))),
    ...(subject ? told('its subject', unknownIn(view, selectList(subject).uses)) : []),
  ]
}

const notThis = (collection: Collection) => notFound(collection.model)

const KEYS = {
  uuid: { read: readUuid, type: sql.raw('uuid') },
  number: { read: (value: string) => (/^\d{1,15}$/.test(value) ? value : undefined), type: sql.raw('bigint') },
} as const

/** What the path calls the key of a row. */
export const keyName = ({ key }: Pick<Collection, 'key'>): string => (key?.kind === 'number' ? 'id' : 'uuid')

/** The key of a path: a uuid in its 32 hex digits, or a number; 404 for a malformed one, as for an unknown one (platform.md §2.2). */
export function requireKey(collection: Collection, value: string | undefined): string {
  const key = KEYS[collection.key?.kind ?? 'uuid'].read(value ?? '')
  if (key === undefined) throw notThis(collection)
  return key
}

const hasKey = ({ key, view }: Pick<Collection, 'key' | 'view'>, value: string): Condition =>
  sql`${sql.raw(key?.column ?? `${view.alias}.uuid`)} = ${value}::${KEYS[key?.kind ?? 'uuid'].type}`

/** The JSON text of one visible row. Filters of the list apply here too (platform.md §3.4). 404 when there is none. */
export async function retrieve(db: Executor, collection: Collection, viewer: Viewer, key: string, query: Query = {}): Promise<string> {
  const view = collection.detailView ?? collection.view
  const filters = readFilters(collection.filters, query, viewer.actor)
  const { row, joins, uses } = selectFields(view, viewer.actor, valuesOf(query, 'field'), filters.uses)
  const visible = visibleCondition(view.alias, collection.visible(viewer.actor))
  const [found] = await run(
    db,
    sql<{ body: string }>`select ${sql.raw(row)} as body from ${contextFor(viewer, uses)}${sql.raw(`${view.from} ${joins}`)}
      where ${allOf([hasKey(collection, key), visible, ...filters.all])}`,
  )
  if (!found) throw notThis(collection)
  return found.body
}

/** The JSON text of a row of any view by its internal id, whoever may see it: for answers to the one who just wrote it. */
export async function render(db: Executor, view: View, viewer: Viewer, id: number, asked: readonly string[] = []): Promise<string> {
  const { row, joins, uses } = selectFields(view, viewer.actor, asked)
  const [found] = await run(
    db,
    sql<{ body: string }>`select ${sql.raw(row)} as body from ${contextFor(viewer, uses)}${sql.raw(`${view.from} ${joins}`)}
      where ${sql.raw(view.alias)}.id = ${id}`,
  )
  // Outside a transaction it may have been removed since it was looked up.
  if (!found) throw notFound()
  return found.body
}

/** The row that an operation decides on; 404 when not visible. */
export async function requireSubject<Row>(
  db: Executor,
  collection: Collection<Row>,
  viewer: Viewer,
  key: string,
  options: Finding = {},
): Promise<Row> {
  const found = await findSubject(db, collection, viewer, key, options)
  if (!found) throw notThis(collection)
  return found
}

/** `holding`: aliases of rows that nobody may change or remove until the transaction ends. */
type Finding = { query?: Query; holding?: readonly string[] | undefined }

const columnsOf = <Row>({ view, subject }: Collection<Row>) => (subject ?? identityOf(view)) as Columns<Row>

/** As `requireSubject`, undefined when there is none. */
export async function findSubject<Row>(
  db: Executor,
  collection: Collection<Row>,
  viewer: Viewer,
  key: string,
  { query, holding = [] }: Finding = {},
): Promise<Row | undefined> {
  const after = holding.length > 0 ? `for key share of ${holding.join(', ')}` : ''
  const [row] = await selectOf(db, collection, columnsOf(collection), viewer, key, query, after, holding)
  return row
}

/**
 * As `requireSubject`, locked as the collection says. It is read after it is locked: what a statement that waited for the lock
 * reads of other tables is older than what it waited for.
 */
export async function holdSubject<Row>(
  tx: Executor,
  collection: Collection<Row>,
  viewer: Viewer,
  key: string,
  query: Query = {},
): Promise<Row> {
  const { rows, holding }: Lock = collection.lock ?? { rows: [[collection.view.alias, 'update']] }
  for (const [alias, strength] of rows) {
    const [locked] = await selectOf(tx, collection, { id: int(`${alias}.id`) }, viewer, key, query, `for ${strength} of ${alias}`)
    if (!locked) throw notThis(collection)
  }
  return requireSubject(tx, collection, viewer, key, { query, holding })
}

function selectOf<Row>(
  db: Executor,
  collection: Omit<Collection, 'subject'>,
  columns: Columns<Row>,
  viewer: Viewer,
  key: string,
  query: Query = {},
  after = '',
  uses: readonly string[] = [],
): Promise<Row[]> {
  const { view } = collection
  const filters = readFilters(collection.filters, query, viewer.actor)
  const visible = visibleCondition(view.alias, collection.visible(viewer.actor))
  return selectRows(db, view, columns, viewer, allOf([hasKey(collection, key), visible, ...filters.all]), {
    uses: [...filters.uses, ...uses],
    after: sql.raw(after),
  })
}

const identities = new WeakMap<View, Columns<{ id: number; uuid: string }>>()

/** What is read of rows of which nothing more is to be known. */
function identityOf(view: View): Columns<{ id: number; uuid: string }> {
  const made = identities.get(view) ?? { id: int(`${view.alias}.id`), uuid: uuid(`${view.alias}.uuid`) }
  identities.set(view, made)
  return made
}

/**
 * Rows of `columns` over the aliases of a view for which `where` holds, with the joins and the context that the columns, and
 * `uses` for the condition, need. For a module's own reads of what its operations decide on.
 */
export function selectRows<Row>(
  db: Executor,
  source: Source,
  columns: Columns<Row>,
  viewer: Viewer,
  where: Condition,
  options: { uses?: References; after?: RawBuilder<unknown> } = {},
): Promise<Row[]> {
  const selected = selectList(columns)
  const { joins, uses } = joinsFor(source, [...selected.uses, ...(options.uses ?? [])])
  return run(
    db,
    sql<Row>`select ${sql.raw(selected.text)} from ${contextFor(viewer, uses)}${sql.raw(`${source.from} ${joins}`)}
      where ${where} ${options.after ?? sql``}`,
  )
}
