// Work that goes on after the answer. A job is enqueued in the transaction of the change that needs it, so a crash leaves
// either both or nothing; it must be safe to run twice. Schedules run on one server, however many there are.
import { CompiledQuery } from 'kysely'
import { type JobResult, PgBoss } from 'pg-boss'
import { noteEffect, withEffects } from '../effects.ts'
import type { AnyJob, JobDeps, Jobs, Wiring } from '../wiring.ts'

const POLL_SECONDS = 2

// A worker is told of new work at once; it also looks by itself, and goes on without a pause while there is more than a batch.
const WORKING = {
  pollingIntervalSeconds: POLL_SECONDS,
  notifyPollingIntervalSeconds: POLL_SECONDS,
  batchSize: 10,
  burstWhenBatchFull: true,
  perJobResults: true,
} as const

/** Opens the queues of the wiring's jobs on a database whose migrations are done. */
export async function openJobs(databaseUrl: string, wiring: Wiring, onError: (error: Error) => void): Promise<Jobs> {
  const known = wiring.jobs
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
      noteEffect('job', job.name)
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
        await working.work(job.name, WORKING, (tasks) => runEach(job, { ...deps, jobs, wiring }, tasks))
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
            await runJob(job, { ...deps, jobs, wiring }, task)
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
    await withEffects(`job ${job.name}`, () => job.run(deps, (task.data ?? {}) as never))
  } catch (error) {
    deps.log.error({ err: error, job: job.name, job_id: task.id, data: task.data }, 'job failed')
    throw error
  }
}
