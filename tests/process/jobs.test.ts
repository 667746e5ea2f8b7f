// What a worker was at when its process was killed is taken up by another.
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forgetLoginFailures } from '../../src/core/users/login.ts'
import { type Database, openDatabase, run, transaction } from '../../src/platform/db/database.ts'
import { openJobs } from '../../src/platform/jobs/queue.ts'
import { wire } from '../../src/platform/wiring.ts'
import { freshDatabase } from '../support/database.ts'
import { killGroup, type Running, startWorker } from './server-process.ts'

const TAKEN_UP_MS = 30_000

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
const workers: Pick<Running, 'process' | 'ended'>[] = []
beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.url, { max: 2 })
})
afterAll(async () => {
  await Promise.all(workers.filter(({ process }) => process.exitCode === null && process.signalCode === null).map(killGroup))
  await database.close()
  await fresh.drop()
})

it('a job whose worker is killed is done by another within half a minute', { timeout: 90_000 }, async () => {
  const env = {
    DATABASE_URL: fresh.url,
    SECRET_KEY: 'one key for all workers',
    DATABASE_LOCK_TIMEOUT_MS: '60000',
    DATABASE_STATEMENT_TIMEOUT_MS: '60000',
  }
  const job = async () =>
    (
      await run(
        database.db,
        sql<{
          state: string
          retry_count: number
        }>`select state::text, retry_count from pgboss.job where name = ${forgetLoginFailures.name}`,
      )
    )[0]
  const jobs = await openJobs(fresh.url, wire([{ jobs: [forgetLoginFailures] }]), () => undefined)
  await transaction(database.db, (tx) => jobs.send(tx, forgetLoginFailures, {}))
  await jobs.stop()
  // The first worker cannot end what it takes up.
  const other = new pg.Client({ connectionString: fresh.url })
  await other.connect()
  await other.query('begin')
  await other.query('lock table login_failure in access exclusive mode')

  const first = await startWorker(env)
  workers.push(first)
  await expect.poll(job, { timeout: 20_000 }).toMatchObject({ state: 'active', retry_count: 0 })
  workers.push(await startWorker(env))
  await killGroup(first)
  const killed = Date.now()
  await other.query('rollback')
  await other.end()

  await expect.poll(job, { timeout: TAKEN_UP_MS, interval: 200 }).toMatchObject({ state: 'completed', retry_count: 1 })
  expect(Date.now() - killed).toBeLessThan(TAKEN_UP_MS)
})
