// Orders that something is to be done to by the server itself: each in a transaction of its own, the failure of one is its own.
import { type RawBuilder, sql } from 'kysely'
import type { Attempt } from '../platform/jobs/attempt.ts'
import { forEach } from '../platform/jobs/for-each.ts'
import type { Context, Job, JobDeps } from '../platform/wiring.ts'
import { orderIds } from './queries.ts'

type Due = {
  job: Pick<Job, 'name'>
  attempt: Attempt
  /** Over o, p, off and ctx: which orders are due now. */
  condition: RawBuilder<unknown>
  /** Looks again, under a lock, whether the order still is. */
  work: (context: Context, id: number) => Promise<void>
}

/** Does `work` for every order that the condition picks. */
export const forEachOrder = (deps: JobDeps, { job, attempt, condition, work }: Due): Promise<void> =>
  forEach(deps, {
    job: job.name,
    attempt,
    find: (after, limit) => orderIds(deps.db, deps.config.TIME_ZONE, sql`(${condition}) and o.id > ${after}`, limit),
    work,
  })
