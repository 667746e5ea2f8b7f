// How a list finds the rows that a filter leaves without walking through all others. A filter may say by which indexed column
// its rows are told apart (an arm), or how the ids of its rows are found when they are few; without either the list is walked in
// its own order until the page is full, which is right for filters that many rows pass.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Executor, run } from '../db/database.ts'

type Condition = RawBuilder<SqlBool>

/**
 * Rows whose key column is among what a query gives, as far as `where` holds for them. `elsewhere`: whether a row passes is asked
 * of another table, so that looking up even many of them costs less than asking for every row that is walked.
 */
export type Arm = { column: string; ids: RawBuilder<unknown>; where?: Condition; elsewhere?: boolean }

/** A column of few words: many rows have each. `paired`: an index has it behind the columns by which callers see rows. */
export type Word = { column: string; ids: RawBuilder<unknown>; paired: boolean }

/**
 * A query for the ids of the rows that pass, with `$1` for the value; `expected` is the same query as the planner estimates it
 * best. `ahead`: when it finds very many, they are counted some way beyond the page only.
 */
export type Found = {
  ids: string
  expected: string
  value: string
  ahead: boolean
  /** Other values for `$1` that find all of the rows and further ones, which the condition then leaves out: the rarest is taken. */
  wider?: readonly string[]
  /** An index gives its ids in order: a list of which nothing else is asked is counted by them. */
  counted?: boolean
  /** It finds rows too that do not pass for everybody: the filter's condition is asked of what it found. */
  rough?: boolean
}

/** A condition of a filter, and how else its rows may be found. */
export type Narrow = { condition: Condition; arm?: Arm | undefined; word?: Word | undefined; found?: Found | undefined }

// Fetching so many rows by their ids costs about as much as walking until the page and its count are full.
const FEW = 20_000
/** So many rows behind a filter's keys are looked at one by one sooner than all rows behind the caller's. */
const FEW_BEHIND = 5000

/** The list's own table and its alias. */
type Table = { from: string; alias: string }

/** What a list does about the filters given. */
export type Plan = {
  /** What stands before the statement, each a query with a name. */
  before: readonly RawBuilder<unknown>[]
  conditions: readonly Condition[]
  /** Some filter's rows are looked up by their ids: nothing needs to be walked. */
  few: boolean
  /** A text that very many rows hold: counting all of them would cost more than the page is worth. */
  wide: boolean
  /** A query for the ids of all rows that pass, where it is cheaper to count than the rows are. */
  counted: RawBuilder<unknown> | undefined
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

/** Decides how the rows are found; asks the planner about texts, whose rarity decides it. `seen`: the arms of who sees what. */
export async function planFor(db: Executor, source: Table, narrows: readonly Narrow[], seen?: readonly Arm[]): Promise<Plan> {
  const before: RawBuilder<unknown>[] = []
  const conditions: Condition[] = []
  let wide = false
  for (const { condition, arm, found } of narrows) {
    const rarest = found && (await rarestOf(db, found))
    if (found?.ahead && !rarest) wide = true
    const ids = found
      ? rarest !== undefined && bound(found.ids, rarest)
      : before.length === 0 && arm && crosses(arm, seen) && (await fewBehind(db, source, arm))
    // The condition stays where the ids are those of more than pass.
    if (!ids || (found && (found.rough || rarest !== found.value))) conditions.push(condition)
    if (!ids) continue
    const name = sql.raw(`found_${before.length}`)
    before.push(sql`${name} as materialized (select array(${ids}) as ids)`)
    conditions.push(sql<boolean>`${sql.raw(source.alias)}.id = any((select ids from ${name})::bigint[])`)
  }
  const few = before.length > 0
  const [only, ...others] = narrows
  return {
    before,
    conditions,
    few,
    wide: wide && !few,
    counted: !few && others.length === 0 && only?.found?.counted ? bound(only.found.ids, only.found.value) : undefined,
    arm: narrows.find((narrow) => narrow.arm)?.arm,
    word: narrows.find((narrow) => narrow.word)?.word,
  }
}

/** The value by which few rows are found, or undefined; the rarest of the wider ones before the value itself, which asks more of an index. */
async function rarestOf(db: Executor, { expected: query, value, wider = [] }: Found): Promise<string | undefined> {
  const expected = async (asked: string) => {
    const [row] = await run(db, sql<{ n: number }>`select expected_rows(${query}, ${asked}) as n`)
    return { asked, n: Number(row?.n ?? 0) }
  }
  const rares: { asked: string; n: number }[] = []
  for (const asked of wider) rares.push(await expected(asked))
  const [rarest] = rares.sort((a, b) => a.n - b.n)
  const taken = rarest && rarest.n <= FEW ? rarest : await expected(value)
  return taken.n <= FEW ? taken.asked : undefined
}

/** The caller sees rows through another column: an index of either would lead through what the other leaves out. */
const crosses = (arm: Arm, seen: readonly Arm[] | undefined) => seen?.some(({ column }) => column !== arm.column) === true

/** The query for the rows behind an arm, if they are few. */
async function fewBehind(db: Executor, { from, alias }: Table, arm: Arm): Promise<RawBuilder<unknown> | undefined> {
  const rows = sql`select ${sql.raw(`${alias}.id from ${from} where ${alias}.${arm.column}`)} = any(array(${arm.ids}))`
  const most = arm.elsewhere ? FEW : FEW_BEHIND
  const [found] = await run(db, sql<{ n: number }>`select count(*) as n from (${rows} limit ${most + 1}::bigint) rows_behind`)
  return Number(found?.n) <= most ? rows : undefined
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
