// What commands that change something need besides the environment: the wiring, and jobs to enqueue for whoever runs them.
import { wiringOf } from '../modules.ts'
import { openJobs } from '../platform/jobs/queue.ts'
import type { Deps } from '../platform/wiring.ts'
import { type Environment, warn } from './environment.ts'

/** `close` ends the environment too. */
export async function openDeps({ config, database, databaseUrl, close }: Environment): Promise<{ deps: Deps; close: () => Promise<void> }> {
  const wiring = wiringOf()
  const jobs = await openJobs(databaseUrl, wiring, (error) => warn('job queue', error.message))
  return {
    deps: { db: database.db, config, jobs, wiring },
    close: async () => {
      await jobs.stop()
      await close()
    },
  }
}
