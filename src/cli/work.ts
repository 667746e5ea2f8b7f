// tradepost worker: jobs and schedules in a process of their own, beside servers with WORKER=off.
import { inspect } from 'node:util'
import { wiringOf } from '../modules.ts'
import { migrate } from '../platform/db/migrate.ts'
import { openJobs } from '../platform/jobs/queue.ts'
import { openEnvironment, say } from './environment.ts'

const LEVELS = { info: 30, warn: 40, error: 50 }

/** A line of JSON as the server's logger writes it. */
const write = (level: keyof typeof LEVELS) => (facts: object, text: string) => {
  const { err, ...others } = facts as { err?: Error }
  const line = { level: LEVELS[level], time: Date.now(), pid: process.pid, ...others, ...(err ? { err: inspect(err) } : {}), msg: text }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export async function work(): Promise<void> {
  const environment = await openEnvironment()
  const { config, database, databaseUrl } = environment
  await migrate(databaseUrl)
  const log = { info: write('info'), warn: write('warn'), error: write('error') }
  const jobs = await openJobs(databaseUrl, wiringOf(), (error) => write('error')({ reason: error.message }, 'job queue'))
  await jobs.work({ db: database.db, config, log })
  say('The worker runs.')
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await jobs.stop()
    await environment.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, end)
}
