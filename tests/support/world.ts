// The smallest true world for a test: the whole application on a database of its own, people named by their rights, and
// factories that make a thing with its parents. Factories write rows; what a test is about goes through HTTP.
import { afterAll, beforeAll } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { MODULES } from '../../src/modules.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { withEffects } from '../../src/platform/effects.ts'
import { byHand } from '../../src/platform/jobs/attempt.ts'
import type { Module } from '../../src/platform/module.ts'
import type { Job, JobDeps } from '../../src/platform/wiring.ts'
import { type Client, client } from './client.ts'
import { freshDatabase } from './database.ts'
import { factories, type Person } from './factories.ts'

export { type Person, type Row, urls } from './factories.ts'

const SECRET = 'a secret for tests that is long enough to be one'

export type World = Awaited<ReturnType<typeof buildWorld>>
/** People named by their rights, in two organizations. */
export type Cast = Awaited<ReturnType<World['cast']>>

type Settings = { [name: string]: string }

/**
 * Builds a world before the tests of a file and closes it after them. `settings` are environment variables of the server, `more`
 * is what modules further right would declare.
 */
export function world(settings: Settings = {}, more: readonly Module[] = [], modules = MODULES, prepare?: Prepare): { current: World } {
  const holder = {} as { current: World }
  beforeAll(async () => {
    holder.current = await buildWorld(settings, more, modules, prepare)
  })
  afterAll(async () => {
    await holder.current?.close()
  })
  return holder
}

/** What is done to the database before anybody connects to it. */
type Prepare = (url: string) => Promise<void>

export async function buildWorld(settings: Settings = {}, more: readonly Module[] = [], modules = MODULES, prepare?: Prepare) {
  const fresh = await freshDatabase()
  await prepare?.(fresh.url)
  const database = openDatabase(fresh.url, { max: 6 })
  const config = readConfig({
    SECRET_KEY: SECRET,
    PUBLIC_URL: 'http://testserver',
    LOG_LEVEL: 'error',
    WORKER: 'off',
    // All that tests ask without a token comes from one address.
    ANONYMOUS_REQUESTS_PER_SECOND: '0',
    ...settings,
  })
  const app = await buildApp({ config, database, log: process.env.TEST_LOG === '1', modules: [...modules, ...more] })
  await app.ready()
  const { jobs, wiring } = app
  const deps: JobDeps = { db: database.db, config, jobs, wiring, log: app.log as never }
  return {
    app,
    config,
    database,
    db: database.db,
    /** What jobs are given, and contexts are made of. */
    deps,
    url: fresh.url,
    /** The checking client of a person, or of an anonymous caller. */
    as: (person?: Person): Client => client(app, person ? { token: person.token } : {}),
    /** Runs every job that is due. */
    runJobs: () => app.jobs.runDue({ db: database.db, config, log: app.log as never }),
    /** Runs one job now, due or not. */
    runJob: <Data extends object>(job: Job<Data>, data: Data) => withEffects(`job ${job.name}`, () => job.run(deps, data, byHand())),
    ...factories(database.db, config),
    close: async () => {
      await app.close()
      await database.close()
      await fresh.drop()
    },
  }
}

export type { Database }
