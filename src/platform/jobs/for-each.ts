// Work on many rows, each in a transaction of its own: the failure of one is its own, and keeps no other waiting.
import { sql } from 'kysely'
import { run, type Tx } from '../db/database.ts'
import { type Context, inTransaction, type JobDeps } from '../wiring.ts'
import type { Attempt } from './attempt.ts'

export type ForEach = {
  /** Whose failures are remembered: the job's name. */
  job: string
  /** The ids greater than `after` of rows that are due now, ascending, at most `limit`. */
  find: (after: number, limit: number) => Promise<readonly number[]>
  /** What is to be done for one; it looks again whether it still is, under a lock. */
  work: (context: Context, id: number) => Promise<void>
  attempt: Attempt
}

const BATCH = 500

/**
 * Does `work` for every row that `find` gives. A row that fails is logged, passed over, and tried in the next runs after all
 * others: however many fail and however long they take, the others have their turn first. Ends early when the attempt's time is over.
 */
export async function forEach(deps: JobDeps, { job, find, work, attempt }: ForEach): Promise<void> {
  const { db, log } = deps
  const stumbled = await failedBefore(db, job)
  const failing = new Set(stumbled)

  async function one(id: number): Promise<void> {
    try {
      await inTransaction(deps, async (context) => {
        await work(context, id)
        if (failing.has(id)) await forget(context.tx, job, id)
      })
    } catch (error) {
      log.error({ err: error, job, row_id: id }, 'failed for one row, and is tried again for it')
      await remember(db, job, id, error)
    }
  }

  for (let after = 0; ; ) {
    const ids = await find(after, BATCH)
    for (const id of ids) {
      if (attempt.signal.aborted) return
      if (!failing.has(id)) await one(id)
    }
    if (ids.length < BATCH) break
    after = ids.at(-1) as number
  }
  for (const id of stumbled) {
    if (attempt.signal.aborted) return
    const [due] = await find(id - 1, 1)
    if (due === id) await one(id)
    else await forget(db, job, id)
  }
}

/** The rows that failed in earlier runs, the one whose last try is longest ago first. */
const failedBefore = async (db: JobDeps['db'], job: string): Promise<number[]> =>
  (await run(db, sql<{ row_id: number }>`select row_id from job_failure where job = ${job} order by failed, row_id`)).map(
    ({ row_id }) => row_id,
  )

const remember = (db: JobDeps['db'], job: string, id: number, error: unknown) =>
  run(
    db,
    sql`insert into job_failure (job, row_id, message) values (${job}, ${id}, ${String(error)})
      on conflict (job, row_id) do update set failures = job_failure.failures + 1, failed = now(), message = excluded.message`,
  )

const forget = (db: JobDeps['db'] | Tx, job: string, id: number) =>
  run(db, sql`delete from job_failure where job = ${job} and row_id = ${id}`)
