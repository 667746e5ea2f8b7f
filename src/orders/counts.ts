// How many orders there are, without counting them. Every writing statement appends signed differences (the triggers of the
// migration), a job folds them into order_count; the sum of both, read in one snapshot, is exact at any moment.
import { type RawBuilder, sql } from 'kysely'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { type Db, run, transaction } from '../platform/db/database.ts'
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
const within = (column: string, ids: RawBuilder<unknown>): Condition => sql`${sql.raw(column)} = any(array(${ids}))`

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

  // The finest grain of a delta answers every question; of the folded rows the one grain is read that fits it.
  const sum = (sign: 1 | -1, grain: readonly (Condition | undefined)[], finest: readonly (Condition | undefined)[]) => sql`
    select ${sql.raw(sign === 1 ? 'n' : '-n')} as n from order_count where ${conditions([...grain, ...words])}
    union all select ${sql.raw(sign === 1 ? 'n' : '-n')} from order_count_delta where ${conditions([...finest, ...words])}`
  const asked = [project && is('project_id', project), offering && is('offering_id', offering)]

  if (readsAll(actor)) {
    return sql`select coalesce(sum(n), 0) from (${sum(1, [is('project_id', project), is('offering_id', offering)], asked)}) kept`
  }
  const [ownProjects, ownOfferings] = [within('project_id', reach.projects), within('offering_id', reach.offerings)]
  const byProject = sum(1, [ownProjects, project && is('project_id', project), is('offering_id', offering)], [ownProjects, ...asked])
  const byOffering = sum(1, [ownOfferings, is('project_id', project), offering && is('offering_id', offering)], [ownOfferings, ...asked])
  const twice = sum(-1, [ownProjects, ownOfferings, ...asked], [ownProjects, ownOfferings, ...asked])
  return sql`select coalesce(sum(n), 0) from (${byProject} union all ${byOffering} union all ${twice}) kept`
}

const FOLD_MAX = 20_000

/** Adds the differences written so far to the four grains and removes them; returns how many there were. */
export function foldCounts(db: Db): Promise<number> {
  return transaction(db, async (tx) => {
    // Two folding at once would wait for each other's rows in different order.
    await run(tx, sql`select pg_advisory_xact_lock(hashtextextended('order_count', 0))`)
    const [row] = await run(
      tx,
      sql<{ folded: number }>`
        with folded as (
          delete from order_count_delta where id in (select id from order_count_delta order by id limit ${sql.raw(String(FOLD_MAX))})
          returning project_id, offering_id, type, state, n),
        added as (
          select project_id, offering_id, type, state, sum(n) as n from folded
          group by grouping sets ((type, state), (project_id, type, state), (offering_id, type, state), (project_id, offering_id, type, state))
          having sum(n) <> 0),
        written as (
          insert into order_count as c (project_id, offering_id, type, state, n) select * from added
          on conflict on constraint order_count_key do update set n = c.n + excluded.n returning 1)
        select count(*) as folded from folded`,
    )
    return Number(row?.folded ?? 0)
  })
}
