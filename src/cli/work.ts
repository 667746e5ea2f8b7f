// tradepost worker: jobs and schedules in a process of their own, beside servers with WORKER=off.
import { JOBS } from '../app.ts'
import { openJobs } from '../platform/jobs/queue.ts'
import { openEnvironment, say } from './environment.ts'

export async function work(): Promise<void> {
  const environment = await openEnvironment()
  const { config, database, databaseUrl } = environment
  const write = (level: string) => (facts: object, text: string) => {
    const error = (facts as { err?: Error }).err
    process.stdout.write(`${JSON.stringify({ level, time: Date.now(), msg: text, ...facts, ...(error ? { err: error.stack } : {}) })}\n`)
  }
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  const jobs = await openJobs(databaseUrl, JOBS, (error) => log.error({ err: error }, 'job queue'))
  await jobs.work({ db: database.db, config, log })
  say('The worker runs.')
  const end = async () => {
    await jobs.stop()
    await environment.close()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}
