// How a list finds the rows that a filter leaves without walking through all others. A filter may say by which indexed column
// its rows are told apart (an arm), or how the ids of its rows are found when they are few; without either the list is walked in
// its own order until the page is full, which is right for filters that many rows pass.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Executor, run } from '../db/database.ts'

type Condition = RawBuilder<SqlBool>

/** Rows whose key column is among what a query gives, as far as `where` holds for them. */
export type Arm = { column: string; ids: RawBuilder<unknown>; where?: Condition }

/** A column of few words: many rows have each. `paired`: an index has it behind the columns by which callers see rows. */
export type Word = { column: string; ids: RawBuilder<unknown>; paired: boolean }

/**
 * A query for the ids of the rows that pass, with `$1` for the value; `expected` is the same query as the planner estimates it
 * best. `ahead`: when it finds very many, they are counted some way beyond the page only.
 */
export type Found = { ids: string; expected: string; value: string; ahead: boolean }

/** A condition of a filter, and how else its rows may be found. */
export type Narrow = { condition: Condition; arm?: Arm | undefined; word?: Word | undefined; found?: Found | undefined }

// Fetching so many rows by their ids costs about as much as walking until the page and its count are full.
const FEW = 20_000

/** What a list does about the filters given. */
export type Plan = {
  /** What stands before the statement, each a query with a name. */
  before: readonly RawBuilder<unknown>[]
  conditions: readonly Condition[]
  /** Some filter's rows are looked up by their ids: nothing needs to be walked. */
  few: boolean
  /** A text that very many rows hold: counting all of them would cost more than the page is worth. */
  wide: boolean
  /** By which the rows are walked. */
  arm: Arm | undefined
  word: Word | undefined
}

/** SQL with the value bound for each `$1` of the text. */
export const bound = <T>(text: string, value: string): RawBuilder<T> =>
  sql<T>`${sql.join(
    text.split('$1').map((part) => sql.raw(part)),
    sql`${value}::text`,
  )}`

/** Decides how the rows are found; asks the planner about texts, whose rarity decides it. */
export async function planFor(db: Executor, alias: string, narrows: readonly Narrow[]): Promise<Plan> {
  const before: RawBuilder<unknown>[] = []
  const conditions: Condition[] = []
  let wide = false
  for (const { condition, found } of narrows) {
    const few = found !== undefined && (await expected(db, found)) <= FEW
    if (found?.ahead && !few) wide = true
    if (!found || !few) conditions.push(condition)
    else {
      const name = sql.raw(`found_${before.length}`)
      before.push(sql`${name} as materialized (select array(${bound(found.ids, found.value)}) as ids)`)
      conditions.push(sql<boolean>`${sql.raw(alias)}.id = any((select ids from ${name})::bigint[])`)
    }
  }
  const few = before.length > 0
  return {
    before,
    conditions,
    few,
    wide: wide && !few,
    arm: narrows.find((narrow) => narrow.arm)?.arm,
    word: narrows.find((narrow) => narrow.word)?.word,
  }
}

async function expected(db: Executor, { expected: query, value }: Found): Promise<number> {
  const [row] = await run(db, sql<{ n: number }>`select expected_rows(${query}, ${value}) as n`)
  return Number(row?.n ?? 0)
}

/** The arms to walk: those through which the caller sees rows, or the filter's; what both tell apart by one column is told once. */
export function armsFor(seen: readonly Arm[] | undefined, { arm, word }: Plan): readonly Arm[] | undefined {
  if (!seen) return arm ? [arm] : word ? [word] : undefined
  if (!arm) return seen
  return seen.map((one) =>
    one.column === arm.column
      ? { ...one, ids: sql`select own.id from (select unnest(array(${one.ids})) as id) own where own.id = any(array(${arm.ids}))` }
      : one,
  )
}
