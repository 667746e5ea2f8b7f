// How many orders there are, without counting them. Every writing statement appends signed differences (the triggers of the
// migration), a job folds them into order_count; the sum of both, read in one snapshot, is exact at any moment.
import { type RawBuilder, sql } from 'kysely'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { type Db, run } from '../platform/db/database.ts'
import { type Condition, readUuid } from '../platform/http/filters.ts'

/** Filters that the kept counts can answer. */
const COUNTED = new Set(['project_uuid', 'offering_uuid', 'type', 'state'])

const conditions = (parts: readonly (Condition | undefined)[]): Condition => {
  const real = parts.filter((part) => part !== undefined)
  return real.length === 0 ? sql`true` : sql.join(real, sql` and `)
}

const idOf = (table: 'project' | 'offering', values: readonly string[] | undefined) =>
  values && sql`(select id from ${sql.raw(table)} where uuid = ${readUuid((values.at(-1) ?? '').trim()) ?? null}::uuid)`

const among = (column: string, values: readonly string[] | undefined): Condition | undefined =>
  values && sql`${sql.raw(column)} = any(${[...values]}::text[])`

const is = (column: string, id: RawBuilder<unknown> | undefined): Condition =>
  id ? sql`${sql.raw(column)} = ${id}` : sql`${sql.raw(column)} is null`

type Reach = { projects: RawBuilder<unknown>; offerings: RawBuilder<unknown> }

/**
 * SQL for the exact number of orders that pass the filters `given` and lie in one of the projects or on one of the offerings
 * of `reach` (all, for those who read all). Undefined when another filter is given. Orders that are reached both ways are
 * added twice and taken off once.
 */
export function keptCount(actor: Actor, given: ReadonlyMap<string, readonly string[]>, reach: Reach): RawBuilder<unknown> | undefined {
  if ([...given.keys()].some((name) => !COUNTED.has(name))) return undefined
  const project = idOf('project', given.get('project_uuid'))
  const offering = idOf('offering', given.get('offering_uuid'))
  const words = [among('type', given.get('type')), among('state', given.get('state'))]

  const asked = [project && is('project_id', project), offering && is('offering_id', offering), ...words]

  // Differences are written in the finest grain, which answers every question; of the sums the grain is read that fits.
  const kept = (sign: '' | '-', grain: readonly (Condition | undefined)[]) =>
    sql`select ${sql.raw(sign)}n as n from order_count where ${conditions([...grain, ...words])}`
  const written = (reached?: Condition) => sql`select n from order_count_delta where ${conditions([reached, ...asked])}`
  const total = (parts: readonly RawBuilder<unknown>[]) => sql`coalesce(sum(n), 0) from (${sql.join(parts, sql` union all `)}) counted`

  if (readsAll(actor)) return sql`select ${total([kept('', [is('project_id', project), is('offering_id', offering)]), written()])}`
  const [inProject, onOffering] = [sql<boolean>`project_id = any(own.projects)`, sql<boolean>`offering_id = any(own.offerings)`]
  return sql`select counted.n from (select array(${reach.projects}) as projects, array(${reach.offerings}) as offerings) own
    cross join lateral (select ${total([
      kept('', [inProject, project && is('project_id', project), is('offering_id', offering)]),
      kept('', [onOffering, is('project_id', project), offering && is('offering_id', offering)]),
      kept('-', [inProject, onOffering, project && is('project_id', project), offering && is('offering_id', offering)]),
      written(sql`(${inProject} or ${onOffering})`),
    ])}) counted (n)`
}

/** SQL for how many orders were made on each day: kept the same way, in tables of their own. */
export const KEPT_DAYS =
  'select day, sum(n) as n from (select day, n from order_day union all select day, n from order_day_delta) kept group by day'

const FOLD_MAX = 20_000

/** Adds differences written so far to the sums and removes them; returns how many there were. */
export async function foldCounts(db: Db): Promise<number> {
  const [row] = await run(db, sql<{ folded: number }>`select order_count_fold(${FOLD_MAX}) + order_day_fold() as folded`)
  return Number(row?.folded ?? 0)
}
