// How many rows there are, without counting them. `keep_counts` of the migrations makes triggers that append signed differences
// and a job that folds them; this reads their sum, exact in the snapshot of the statement that asks.
import { type RawBuilder, sql } from 'kysely'
import { type Db, run } from '../db/database.ts'
import { allOf, type Condition } from '../http/filters.ts'
import type { Job } from '../wiring.ts'

/** A declaration of `keep_counts` as a list uses it. Conditions run over its view under the list's own alias. */
export type KeptCounts = {
  /** The view that gives the rows of a grain: `order_counted`. */
  view: string
  /** Filter → the keys that it reads besides words. A filter that is not named needs a real count. */
  filters: { readonly [filter: string]: readonly string[] }
  /** Its grains, each as a list of keys. */
  grains: readonly (readonly string[])[]
  /** The column on whose day the grain `day` is counted: pages far down in its order skip whole days. */
  days?: string
}

export type Counted = {
  alias: string
  /** `ctx` and the joins of the filters. */
  context: RawBuilder<unknown>
  joins: RawBuilder<unknown>
  given: Iterable<string>
  conditions: readonly Condition[]
  /** Who sees what: each column and the condition on it. Rows seen through two columns count once; without any, none is seen. */
  seen: 'all' | readonly { column: string; condition: Condition }[]
}

const grainFor = ({ grains }: KeptCounts, keys: ReadonlySet<string>): string | undefined => {
  const grain = grains.find((known) => known.length === keys.size && known.every((key) => keys.has(key)))
  return grain && (grain.length === 0 ? 'all' : grain.join())
}

/** The keys that the filters given read, or undefined when one of them reads more than was counted. */
function keysOf(kept: KeptCounts, given: Iterable<string>): string[] | undefined {
  const keys: string[] = []
  for (const name of given) {
    if (!Object.hasOwn(kept.filters, name)) return undefined
    keys.push(...(kept.filters[name] ?? []))
  }
  return keys
}

/** SQL for the exact count, or undefined when the declaration cannot tell it. */
export function keptCount(kept: KeptCounts, asked: Counted): RawBuilder<unknown> | undefined {
  const { alias, context, joins, seen, conditions } = asked
  const keys = keysOf(kept, asked.given)
  if (!keys) return undefined
  if (seen.length === 0) return sql`select 0`
  const arms = seen === 'all' ? [] : seen
  const columns = [...new Set(arms.map(({ column }) => column))]
  const through = (column: string): Condition =>
    sql<boolean>`(${sql.join(
      arms.filter((arm) => arm.column === column).map(({ condition }) => condition),
      sql` or `,
    )})`
  /** The sum over the grain in which all these columns are told apart. */
  const sum = (sign: '' | '-', among: readonly string[]) => {
    const grain = grainFor(kept, new Set([...keys, ...among]))
    if (grain === undefined) return undefined
    const all = [sql<boolean>`${sql.raw(alias)}.grain = ${sql.raw(`'${grain}'`)}`, ...among.map(through), ...conditions]
    return sql`select ${sql.raw(`${sign}${alias}`)}.n as n from ${context}${sql.raw(`${kept.view} ${alias}`)} ${joins} where ${allOf(all)}`
  }
  const [first, second] = columns
  // What is reached through two columns is added twice and taken off once.
  const parts =
    first === undefined
      ? [sum('', [])]
      : second === undefined
        ? [sum('', [first])]
        : [sum('', [first]), sum('', [second]), sum('-', [first, second])]
  const known = parts.filter((part) => part !== undefined)
  if (columns.length > 2 || known.length < parts.length) return undefined
  return sql`select coalesce(sum(n), 0) from (${sql.join(known, sql` union all `)}) counted`
}

/** SQL giving `day` and `n` for the rows that pass the filters, when all of these are over words. */
export function keptDays(kept: KeptCounts, asked: Pick<Counted, 'alias' | 'given' | 'conditions'>): RawBuilder<unknown> | undefined {
  if (!kept.days || keysOf(kept, asked.given)?.length !== 0) return undefined
  const { alias } = asked
  return sql`select ${sql.raw(alias)}.day, sum(${sql.raw(alias)}.n) as n from ${sql.raw(`${kept.view} ${alias}`)}
    where ${allOf([sql<boolean>`${sql.raw(alias)}.grain = 'day'`, ...asked.conditions])} group by ${sql.raw(alias)}.day`
}

/** SQL for the sum of the rows of a grain for which `where` holds over the alias `kept`: for fields and facts. */
export const keptSum = (view: string, grain: string, where: string): string =>
  `(select coalesce(sum(kept.n), 0) from ${view} kept where kept.grain = '${grain}' and ${where})`

/** SQL for the values of a key of which there are any such rows. */
export const keptKeys = (view: string, grain: string, key: string, where: string): string =>
  `(select kept.${key} from ${view} kept where kept.grain = '${grain}' and ${where} group by kept.${key} having sum(kept.n) > 0)`

const FOLD_MAX = 20_000

/** Adds differences written so far to the sums and removes them; returns how many there were. */
export async function foldCounts(db: Db): Promise<number> {
  const [row] = await run(db, sql<{ folded: number }>`select fold_counts(${FOLD_MAX}) as folded`)
  return Number(row?.folded ?? 0)
}

/** The sums of all declarations. */
export const foldKeptCounts: Job = {
  name: 'fold-counts',
  cron: '* * * * *',
  run: async ({ db }) => {
    while ((await foldCounts(db)) > 0);
  },
}
