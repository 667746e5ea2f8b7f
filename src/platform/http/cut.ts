// The ids of a list's page, cut before anything is joined: along the list's own index, along one index walk for each key through
// which the caller or a filter tells rows apart, or past whole days by their counts.
import { type RawBuilder, sql } from 'kysely'
import { allOf, type Condition } from './filters.ts'
import { type Arm, armsFor, type Plan, type Word } from './narrowing.ts'
import type { References } from './references.ts'

/** Which rows the caller sees. Arms are for large tables: each is served by an index that starts with its column. */
export type Visibility = 'all' | 'none' | { where: Condition } | { arms: readonly Arm[] }

const armCondition = (alias: string, { column, ids, where }: Arm): Condition =>
  allOf([sql`${sql.raw(`${alias}.${column}`)} = any(array(${ids}))`, where])

/** The arm as a condition of rows found otherwise: its keys are looked up in a hash. */
const lookedAt = (alias: string, { column, ids, where }: Arm): Condition =>
  allOf([sql`(${sql.raw(`${alias}.${column}`)} in (${ids})) is true`, where])

export const armsOf = (visibility: Visibility): readonly Arm[] | undefined =>
  typeof visibility === 'object' && 'arms' in visibility ? visibility.arms : undefined

/** The arms of a visibility as conditions. */
export const seenThrough = (alias: string, visibility: Visibility) =>
  (armsOf(visibility) ?? []).map((arm) => ({ column: arm.column, condition: armCondition(alias, arm) }))

/** A visibility as a condition over the alias of the rows; undefined when all are seen. */
export function visibleCondition(alias: string, visibility: Visibility): Condition | undefined {
  if (visibility === 'all') return undefined
  if (visibility === 'none') return sql`false`
  if ('where' in visibility) return visibility.where
  if (visibility.arms.length === 0) return sql`false`
  return sql.join(
    visibility.arms.map((arm) => armCondition(alias, arm)),
    sql` or `,
  )
}

export type Ordering = { terms: readonly { sql: string; descending: boolean }[]; uses: References }

/** `order by` text over the terms themselves, or over what `name` calls them. */
export const orderText = (order: Ordering, name: (sql: string, index: number) => string = (text) => text) =>
  order.terms.map((term, i) => `${name(term.sql, i)}${term.descending ? ' desc' : ''}`).join(', ')

export type Scope = {
  alias: string
  /** `from … joins` of filters and order. */
  from: RawBuilder<unknown>
  /** Everything that must hold except who sees it. */
  rest: readonly (Condition | undefined)[]
  visibility: Visibility
  /** Each arm is walked by each of these words. */
  word?: Word | undefined
  /** No index of an arm goes on in this order: all rows of an arm are gathered, and none beside it is met. */
  gathered?: boolean
}

export const whole = (scope: Scope) => allOf([visibleCondition(scope.alias, scope.visibility), ...scope.rest])

/**
 * The scope as it is walked best: rows looked up by ids are checked one by one for who sees them, others are found by their arms.
 * `own`: the order is the one in which the indexes of arms go on, those of words too; `walked`: those of arms alone do.
 */
export function narrowed(scope: Scope, plan: Plan, own: boolean, walked = false): Scope {
  const { alias, visibility } = scope
  if (plan.few) return { ...scope, visibility: { where: visibleCondition(alias, visibility) ?? sql`true` } }
  const seen = armsOf(visibility)
  // Whoever sees rows by a condition finds them behind the keys of a filter.
  if (typeof visibility === 'object' && 'where' in visibility && plan.arm)
    return { ...scope, rest: [...scope.rest, visibility.where], visibility: { arms: [plan.arm] }, gathered: !own && !walked }
  if (!seen && visibility !== 'all') return scope
  const arms = armsFor(seen, own ? plan : { ...plan, word: undefined })
  if (!arms) return scope
  const word = own && (seen || plan.arm) && plan.word?.paired ? plan.word : undefined
  return { ...scope, visibility: { arms }, gathered: !own && !walked, word }
}

/** Days of a counted column: `counts` is SQL giving `day` (its first moment) and `n`, exact in the snapshot in which it is read. */
export type Days = { column: string; counts: RawBuilder<unknown> }

export const DEEP = 1000

// A bound size would be planned as a tenth of the table, and each size in the text would make a statement of its own: the text has
// the class, and what is over is cut off by a bound one around it.
const SIZE_CLASSES = [10, 100, 300]
const classOf = (size: number) => sql.raw(String(SIZE_CLASSES.find((most) => size <= most) ?? size))

/** A deep page in the order of a counted column: the days before it are skipped by their counts, not row by row. */
export function cutByDays(scope: Scope, { column, counts }: Days, order: Ordering, size: number, offset: number): RawBuilder<unknown> {
  const down = order.terms[0]?.descending === true
  const [along, against] = down ? ['desc', 'asc'] : ['asc', 'desc']
  const begins = down ? `${column} < (select day + interval '1 day' from mark)` : `${column} >= (select day from mark)`
  return sql`with mark as materialized (
      select day, before from (select day, sum(n) over (order by day ${sql.raw(along)}) - n as before from (${counts}) counted) reached
      where before <= ${offset}::bigint order by day ${sql.raw(against)} limit 1)
    select ${sql.raw(scope.alias)}.id from ${scope.from} where ${allOf([sql`${sql.raw(begins)}`, ...scope.rest])}
    order by ${sql.raw(orderText(order))} limit ${classOf(size)} offset (select ${offset}::bigint - before from mark)`
}

/** The number of the scope's rows, told up to `most`. */
export function counted(scope: Scope, most?: number): RawBuilder<unknown> {
  const { alias, from, visibility, rest } = scope
  const window = most === undefined ? sql`` : sql`limit ${most}::bigint`
  const seen = armsOf(visibility)
  if (!seen) {
    const found = sql`from ${from} where ${whole(scope)}`
    return most === undefined ? sql`select count(*) ${found}` : sql`select count(*) from (select 1 ${found} ${window}) counted`
  }
  if (seen.length === 0) return sql`select 0`
  // Each arm by its own index; several in one condition would lead through the whole table, and so might an unbounded join. What an
  // arm before it gave is left out, so that counting ends once enough are found.
  const arms = seen.map(({ column, ids, where }, i) => {
    const given = seen.slice(0, i).map((arm) => sql<boolean>`(${lookedAt(alias, arm)}) is not true`)
    const conditions = allOf([sql`${sql.raw(`${alias}.${column}`)} = own.id`, where, ...rest, ...given])
    const row = sql`select from ${from} where ${conditions} ${most === undefined ? sql`offset 0` : window}`
    return sql`select from (select distinct unnest(array(${ids})) as id) own cross join lateral (${row}) row`
  })
  return sql`select count(*) from (select from (${sql.join(arms, sql` union all `)}) seen ${window}) counted`
}

/** The ids of the page's rows and those up to its size class, in order. */
export function cut(scope: Scope, order: Ordering, size: number, offset: number): RawBuilder<unknown> {
  const { alias, word, gathered } = scope
  const window = offset === 0 ? sql`limit ${classOf(size)}` : sql`limit ${classOf(size)} offset ${offset}`
  const ordered = sql.raw(orderText(order))
  const seen = armsOf(scope.visibility)
  if (!seen) return sql`select ${sql.raw(alias)}.id from ${scope.from} where ${whole(scope)} order by ${ordered} ${window}`
  if (seen.length === 0) return sql`select null::bigint as id where false`
  // One walk of an index for each id of each arm, so that a caller who sees little pays for little, however large the table.
  const columns = sql.raw([`${alias}.id`, ...order.terms.map((term, i) => `${term.sql} as k${i}`)].join(', '))
  const outer = sql.raw(orderText(order, (_, i) => `k${i}`))
  const words = word ? sql` cross join (select unnest(array(${word.ids})) as word) words` : sql``
  const most = sql`limit ${size}::bigint + ${offset}::bigint`
  const arms = seen.map((arm) => {
    const isWord = word && sql<boolean>`${sql.raw(`${alias}.${word.column}`)} = words.word`
    const conditions = allOf([sql`${sql.raw(`${alias}.${arm.column}`)} = own.id`, isWord, arm.where, ...scope.rest])
    const rows = sql`select ${columns} from ${scope.from} where ${conditions}`
    const row = gathered
      ? sql`select * from (${rows} offset 0) all_of_it order by ${outer} ${most}`
      : sql`${rows} order by ${ordered} ${most}`
    return sql`select row.* from (select unnest(array(${arm.ids})) as id) own${words} cross join lateral (${row}) row`
  })
  return sql`select id from (${sql.join(arms, sql` union `)}) seen order by ${outer} ${window}`
}
