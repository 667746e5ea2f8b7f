// Work that goes on after the answer. A job is enqueued in the transaction of the change that needs it, so a crash leaves
// either both or nothing; it must be safe to run twice. Schedules run on one server, however many there are. What a process
// that died was at is taken up by another within half a minute.
import { CompiledQuery, sql } from 'kysely'
import { type ConstructorOptions, type JobWithMetadata, PgBoss, type QueueOptions } from 'pg-boss'
import { type Db, run } from '../db/database.ts'
import { noteEffect, withEffects } from '../effects.ts'
import type { AnyJob, JobDeps, Jobs, Wiring } from '../wiring.ts'
import { type Attempt, TryAgain } from './attempt.ts'

const POLL_SECONDS = 2

// A worker says that it lives while it is at a job. One that has not for so long is dead, and its job is tried again: found out
// after 10 seconds at the earliest and 20 at the latest, tried again 2 to 4 seconds later.
const ALIVE_SECONDS = 10
const SAY_ALIVE_SECONDS = 3
const LOOK_SECONDS = 5

// A worker is told of new work at once; it also looks by itself.
const WORKING = {
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
  heartbeatRefreshSeconds: SAY_ALIVE_SECONDS,
  batchSize: 1,
  includeMetadata: true,
} as const

const COMMON: ConstructorOptions = {
  max: 4,
  connectionTimeoutMillis: 5000,
  // A sender says on which queue there is work, so that no worker sits out its pause.
  useListenNotify: true,
  persistWarnings: false,
}

const queueOptions = ({ retryLimit = 5, expireSeconds = 900 }: AnyJob) =>
  ({
    retryLimit,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: expireSeconds,
    heartbeatSeconds: ALIVE_SECONDS,
    deleteAfterSeconds: 24 * 60 * 60,
    notify: true,
  }) satisfies QueueOptions & { notify: boolean }

/** Opens the queues of the wiring's jobs on a database whose migrations are done. */
export async function openJobs(databaseUrl: string, wiring: Wiring, onError: (error: Error) => void): Promise<Jobs> {
  const known = wiring.jobs
  const boss = new PgBoss({
    ...COMMON,
    connectionString: databaseUrl,
    application_name: 'tradepost jobs',
    supervise: false,
    schedule: false,
  })
  boss.on('error', onError)
  await boss.start()
  await openQueues(boss, known)
  let working: PgBoss | undefined

  const jobs: Jobs = {
    send: async (tx, job, data, { startAfter } = {}) => {
      noteEffect('job', job.name)
      const executeSql = async (text: string, values: unknown[] = []) => ({
        rows: (await tx.executeQuery<never>(CompiledQuery.raw(text, values))).rows,
      })
      await boss.send(job.name, data, {
        db: { executeSql },
        ...(startAfter === undefined ? {} : { startAfter }),
        ...(job.key ? { group: { id: job.key(data) } } : {}),
      })
    },
    work: async (deps) => {
      working = new PgBoss({
        ...COMMON,
        connectionString: databaseUrl,
        application_name: 'tradepost worker',
        superviseIntervalSeconds: LOOK_SECONDS,
        monitorIntervalSeconds: LOOK_SECONDS,
      })
      working.on('error', onError)
      await working.start()
      for (const job of known) await startWorkers(working, job, { ...deps, jobs, wiring })
      await keepSchedules(working, known)
    },
    runDue: (deps, options) => runDue(boss, known, { ...deps, jobs, wiring }, options),
    stop: async () => {
      await working?.stop({ graceful: true, timeout: 20_000 })
      await boss.stop({ graceful: false })
    },
  }
  return jobs
}

/** Every job has its queue, with the settings that it has now. */
async function openQueues(boss: PgBoss, known: readonly AnyJob[]): Promise<void> {
  const present = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]))
  for (const job of known) {
    const options = queueOptions(job)
    const queue = present.get(job.name)
    if (!queue) await boss.createQueue(job.name, options)
    else if (Object.entries(options).some(([name, value]) => queue[name as keyof QueueOptions] !== value))
      await boss.updateQueue(job.name, options)
  }
}

async function startWorkers(working: PgBoss, job: AnyJob, deps: JobDeps): Promise<void> {
  const { concurrency = job.cron ? 1 : 4, key } = job
  const options = { ...WORKING, ...(key ? { groupConcurrency: 1 } : {}) }
  // Each of them is told by itself, so that one that has just ended a job looks for the next without a pause.
  for (let i = 0; i < concurrency; i++) {
    const worker: string = await working.work<object, void, typeof options>(job.name, options, async (tasks) => {
      working.notifyWorker(worker)
      for (const task of tasks) if (!key || !(await giveBack(deps.db, task))) await runJob(job, deps, task)
    })
  }
}

/** Schedules are those of the jobs known now: one whose job is gone, or has none any more, would fill a queue that nobody empties. */
async function keepSchedules(working: PgBoss, known: readonly AnyJob[]): Promise<void> {
  for (const { name, cron } of known) if (cron) await working.schedule(name, cron, {}, { tz: 'UTC' })
  const wanted = new Set(known.flatMap(({ name, cron }) => (cron ? [name] : [])))
  for (const { name, key } of await working.getSchedules()) if (!wanted.has(name)) await working.unschedule(name, key)
}

type Task = JobWithMetadata<object>

// Two workers that look at the same moment may both take a job of one key. Who sees the other gives its own back for a moment;
// both may, but never does neither: one of them asks after both are seen. The queue is told of its end a moment after it was given back,
// and must not meet it taken up again by then.
async function giveBack(db: Db, { id, name, groupId }: Task): Promise<boolean> {
  const given = await run(
    db,
    sql`update pgboss.job own set state = 'created', started_on = null, heartbeat_on = null, start_after = now() + (0.5 + random()) * interval '1 second'
      where own.name = ${name} and own.id = ${id}::uuid and own.state = 'active' and exists (
        select from pgboss.job other where other.name = own.name and other.state = 'active' and other.group_id = ${groupId} and other.id <> own.id)
      returning own.id`,
  )
  return given.length > 0
}

async function runDue(boss: PgBoss, known: readonly AnyJob[], deps: JobDeps, { early = false } = {}): Promise<number> {
  const failures: unknown[] = []
  let total = 0
  for (let found = true, ignoreStartAfter = early; found; ignoreStartAfter = false) {
    found = false
    for (const job of known) {
      const tasks = await boss.fetch<object>(job.name, { batchSize: 50, includeMetadata: true, ignoreStartAfter })
      for (const task of tasks as Task[]) {
        found = true
        total++
        try {
          await runJob(job, deps, task)
          await boss.complete(job.name, task.id)
        } catch (error) {
          await boss.fail(job.name, task.id, { message: String(error) })
          if (!(error instanceof TryAgain) || attemptOf(task).last) failures.push(error)
        }
      }
    }
  }
  if (failures.length > 0) throw failures[0]
  return total
}

const attemptOf = ({ retryCount, retryLimit, signal }: Task): Attempt => ({
  number: retryCount + 1,
  last: retryCount >= retryLimit,
  signal: signal ?? new AbortController().signal,
})

async function runJob(job: AnyJob, deps: JobDeps, task: Task): Promise<void> {
  const attempt = attemptOf(task)
  try {
    await withEffects(`job ${job.name}`, () => job.run(deps, (task.data ?? {}) as never, attempt))
  } catch (error) {
    const facts = { job: job.name, job_id: task.id, attempt: attempt.number, data: task.data }
    if (attempt.last) deps.log.error({ err: error, ...facts }, 'job failed for good')
    else if (error instanceof TryAgain) deps.log.warn({ reason: error.message, ...facts }, 'job is tried again')
    else deps.log.error({ err: error, ...facts }, 'job failed, and is tried again')
    throw error
  }
}
