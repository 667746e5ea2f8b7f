// Work that goes on after the answer. A job is enqueued in the transaction of the change that needs it, so a crash leaves
// either both or nothing; it must be safe to run twice. Schedules run on one server, however many there are.
import { CompiledQuery } from 'kysely'
import { type JobResult, PgBoss } from 'pg-boss'
import type { Config } from '../config.ts'
import type { Db, Tx } from '../db/database.ts'

export type Log = {
  info: (facts: object, text: string) => void
  error: (facts: object, text: string) => void
  warn: (facts: object, text: string) => void
}

export type JobDeps = { db: Db; config: Config; jobs: Jobs; log: Log }

/** A kind of work: its queue, what it does, and for a schedule when (cron, UTC). */
export type Job<Data extends object = object> = {
  name: string
  run: (deps: JobDeps, data: Data) => Promise<void>
  cron?: string
  /** How often it is tried again after a failure, with growing pauses. */
  retryLimit?: number
}

/** A job whose data is nobody's concern but its own. */
export type AnyJob = Job<never>

export type Jobs = {
  /** Enqueues work in the caller's transaction: one statement. */
  send: <Data extends object>(tx: Tx, job: Job<Data>, data: Data) => Promise<void>
  /** Starts the workers and schedules of this process. */
  work: (deps: Omit<JobDeps, 'jobs'>) => Promise<void>
  /** Runs what is due now until nothing is, and says how much it was; for tests and commands. */
  runDue: (deps: Omit<JobDeps, 'jobs'>) => Promise<number>
  /** Lets running jobs end and takes no more. */
  stop: () => Promise<void>
}

const POLL_SECONDS = 2

// A worker is told of new work at once; it also looks by itself, and goes on without a pause while there is more than a batch.
const WORKING = {
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
  batchSize: 10,
  burstWhenBatchFull: true,
  perJobResults: true,
} as const

/** Opens the queues of `known` jobs on a database whose migrations are done. */
export async function openJobs(databaseUrl: string, known: readonly AnyJob[], onError: (error: Error) => void): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 4,
    application_name: 'tradepost jobs',
    // A sender says on which queue there is work, so that no worker sits out its pause.
    useListenNotify: true,
    supervise: false,
    schedule: false,
    persistWarnings: false,
  })
  boss.on('error', onError)
  await boss.start()
  const present = new Set((await boss.getQueues()).map((queue) => queue.name))
  for (const { name, retryLimit = 5 } of known) {
    if (!present.has(name)) await boss.createQueue(name, { retryLimit, retryDelay: 2, retryBackoff: true, notify: true })
  }
  let working: PgBoss | undefined

  const jobs: Jobs = {
    send: async (tx, job, data) => {
      const executeSql = (text: string, values: unknown[] = []) => tx.executeQuery<never>(CompiledQuery.raw(text, values))
      await boss.send(job.name, data, { db: { executeSql: async (text, values) => ({ rows: (await executeSql(text, values)).rows }) } })
    },
    work: async (deps) => {
      working = new PgBoss({
        connectionString: databaseUrl,
        max: 4,
        application_name: 'tradepost worker',
        useListenNotify: true,
        persistWarnings: false,
      })
      working.on('error', onError)
      await working.start()
      for (const job of known) {
        await working.work(job.name, WORKING, (tasks) => runEach(job, { ...deps, jobs }, tasks))
        if (job.cron) await working.schedule(job.name, job.cron, {}, { tz: 'UTC' })
      }
    },
    runDue: async (deps) => {
      let total = 0
      for (let found = true; found; ) {
        found = false
        for (const job of known) {
          for (const task of await boss.fetch(job.name, { batchSize: 50 })) {
            found = true
            total++
            await runJob(job, { ...deps, jobs }, task)
            await boss.complete(job.name, task.id)
          }
        }
      }
      return total
    },
    stop: async () => {
      await working?.stop({ graceful: true, timeout: 20_000 })
      await boss.stop({ graceful: false })
    },
  }
  return jobs
}

/** One after another; the failure of one is its own. */
async function runEach(job: AnyJob, deps: JobDeps, tasks: readonly Task[]): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const task of tasks) {
    try {
      await runJob(job, deps, task)
      results.push({ id: task.id, status: 'completed' })
    } catch (error) {
      results.push({ id: task.id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } })
    }
  }
  return results
}

type Task = { id: string; data: unknown }

async function runJob(job: AnyJob, deps: JobDeps, task: Task): Promise<void> {
  try {
    await job.run(deps, (task.data ?? {}) as never)
  } catch (error) {
    deps.log.error({ err: error, job: job.name, job_id: task.id, data: task.data }, 'job failed')
    throw error
  }
}
