// What the job queue promises to the work that is handed to it.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, readConfig } from '../../src/platform/config.ts'
import { type Database, openDatabase, run, transaction } from '../../src/platform/db/database.ts'
import { type Attempt, byHand, TryAgain } from '../../src/platform/jobs/attempt.ts'
import { forEach } from '../../src/platform/jobs/for-each.ts'
import { openJobs } from '../../src/platform/jobs/queue.ts'
import { type AnyJob, type Job, type Jobs, wire } from '../../src/platform/wiring.ts'
import { freshDatabase } from '../support/database.ts'

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
const config: Config = readConfig({ SECRET_KEY: 'a secret for tests that is long enough', WORKER: 'off' })
type Line = { level: string; text: string; facts: { err?: Error; [name: string]: unknown } }
const lines: Line[] = []
const write = (level: string) => (facts: object, text: string) => void lines.push({ level, text, facts: facts as Line['facts'] })
const log = { info: write('info'), warn: write('warn'), error: write('error') }
const opened: Jobs[] = []
const deps = () => ({ db: database.db, config, log })

async function open(...known: AnyJob[]): Promise<Jobs> {
  const jobs = await openJobs(fresh.url, wire([{ jobs: known }]), (error) => lines.push({ level: 'queue', text: error.message, facts: {} }))
  opened.push(jobs)
  return jobs
}

beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.url, { max: 6 })
})
afterAll(async () => {
  await Promise.all(opened.map((jobs) => jobs.stop()))
  await database.close()
  await fresh.drop()
})

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const send = <Data extends object>(jobs: Jobs, job: Job<Data>, data: Data, options?: { startAfter?: Date | number }) =>
  transaction(database.db, (tx) => jobs.send(tx, job, data, options))
const settings = async (name: string) =>
  (await run(database.db, sql<{ retry_limit: number }>`select retry_limit from pgboss.queue where name = ${name}`))[0]?.retry_limit

describe('a job', () => {
  it('knows which attempt it is and whether it is the last; only the last failure is one for good', async () => {
    const attempts: Omit<Attempt, 'signal'>[] = []
    const failing: Job = {
      name: 'test.failing',
      retryLimit: 2,
      run: async (_, __, { number, last }) => {
        attempts.push({ number, last })
        throw new TryAgain('not yet')
      },
    }
    const jobs = await open(failing)
    lines.length = 0

    await send(jobs, failing, {})
    await jobs.runDue(deps())
    await jobs.runDue(deps())
    await jobs.runDue(deps(), { early: true })
    await expect(jobs.runDue(deps(), { early: true })).rejects.toThrow('not yet')
    expect(await jobs.runDue(deps(), { early: true })).toBe(0)

    expect(attempts).toEqual([
      { number: 1, last: false },
      { number: 2, last: false },
      { number: 3, last: true },
    ])
    expect(lines.map(({ level, text }) => [level, text])).toEqual([
      ['warn', 'job is tried again'],
      ['warn', 'job is tried again'],
      ['error', 'job failed for good'],
    ])
    expect(lines.at(-1)?.facts.err?.stack).toContain('jobs.test.ts')
  })

  it('that is to start later does', async () => {
    const ran: string[] = []
    const later: Job<{ word: string }> = { name: 'test.later', run: async (_, { word }) => void ran.push(word) }
    const jobs = await open(later)

    await send(jobs, later, { word: 'in an hour' }, { startAfter: new Date(Date.now() + 3_600_000) })
    await send(jobs, later, { word: 'now' })
    await jobs.runDue(deps())
    const soon = [...ran]
    await jobs.runDue(deps(), { early: true })

    expect(soon).toEqual(['now'])
    expect(ran).toEqual(['now', 'in an hour'])
  })

  it('has the settings of today, and a schedule only while it asks for one', async () => {
    const name = 'test.settings'
    const first = await open({ name, retryLimit: 1, run: async () => undefined })
    expect(await settings(name)).toBe(1)
    await open({ name, retryLimit: 7, run: async () => undefined })
    expect(await settings(name)).toBe(7)

    const scheduled = await open({ name, cron: '7 * * * *', run: async () => undefined })
    await scheduled.work(deps())
    expect(await run(database.db, sql`select name, cron from pgboss.schedule`)).toEqual([{ name, cron: '7 * * * *' }])
    await first.work(deps())
    expect(await run(database.db, sql`select name from pgboss.schedule`)).toEqual([])
    await Promise.all([first.stop(), scheduled.stop()])
  })

  it('runs beside others up to its concurrency, and beside none of its key', async () => {
    const running = new Set<string>()
    const most = { all: 0, same: 0 }
    const ended: string[] = []
    const keyed: Job<{ key: string; n: number }> = {
      name: 'test.keyed',
      concurrency: 3,
      key: ({ key }) => key,
      run: async (_, { key, n }) => {
        running.add(`${key}${n}`)
        most.all = Math.max(most.all, running.size)
        most.same = Math.max(most.same, [...running].filter((one) => one.startsWith(key)).length)
        await pause(150)
        running.delete(`${key}${n}`)
        ended.push(`${key}${n}`)
      },
    }
    const [one, other] = [await open(keyed), await open(keyed)]
    for (const n of [1, 2, 3]) for (const key of ['a', 'b', 'c']) await send(one, keyed, { key, n })

    await Promise.all([one.work(deps()), other.work(deps())])
    await expect.poll(() => ended.length, { timeout: 15_000 }).toBe(9)

    expect(most.same).toBe(1)
    expect(most.all).toBeGreaterThan(1)
    await Promise.all([one.stop(), other.stop()])
  })

  it('that takes too long fails alone, while its neighbours end', async () => {
    const ended: string[] = []
    let aborted = false
    const slow: Job<{ slow: boolean }> = {
      name: 'test.slow',
      retryLimit: 0,
      expireSeconds: 1,
      run: async (_, data, { signal }) => {
        if (!data.slow) return void ended.push('quick')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
        aborted = true
      },
    }
    const jobs = await open(slow)
    await send(jobs, slow, { slow: true })
    await send(jobs, slow, { slow: false })

    await jobs.work(deps())
    const states = () => run(database.db, sql<{ state: string }>`select state from pgboss.job where name = 'test.slow' order by state`)
    await expect.poll(async () => (await states()).map(({ state }) => state), { timeout: 10_000 }).toEqual(['completed', 'failed'])

    expect(ended).toEqual(['quick'])
    expect(aborted).toBe(true)
    await jobs.stop()
  })
})

describe('work on many rows', () => {
  /** Rows 1 to `many`, due until they are done; `bad` fail. Returns the order in which they were tried. */
  async function rows(job: string, many: number, bad: ReadonlySet<number>, done: Set<number>): Promise<number[]> {
    const tried: number[] = []
    const jobs = opened[0] as Jobs
    await forEach(
      { ...deps(), jobs, wiring: wire([]) },
      {
        job,
        find: async (after, limit) =>
          Array.from({ length: many }, (_, i) => i + 1)
            .filter((id) => id > after && !done.has(id))
            .slice(0, limit),
        work: async ({ tx }, id) => {
          tried.push(id)
          await run(tx, sql`insert into login_failure (username, address) values (${`${job} ${id}`}, 'nowhere')`)
          if (bad.has(id)) throw new Error(`row ${id} is bad`)
          done.add(id)
        },
        attempt: byHand(),
      },
    )
    return tried
  }
  const kept = async (job: string) =>
    (
      await run(
        database.db,
        sql<{ username: string }>`select username from login_failure where username like ${`${job} %`} order by failed`,
      )
    ).length
  const failures = (job: string) =>
    run(database.db, sql<object>`select row_id, failures from job_failure where job = ${job} order by row_id`)

  it('is done for all but those that fail, each in a transaction of its own', async () => {
    const done = new Set<number>()
    lines.length = 0

    const tried = await rows('test.rows', 523, new Set([1, 2, 500]), done)

    expect(tried).toHaveLength(523)
    expect(done.size).toBe(520)
    expect(await kept('test.rows')).toBe(520)
    expect(lines.map(({ facts }) => [facts.row_id, facts.err?.message])).toEqual([1, 2, 500].map((id) => [id, `row ${id} is bad`]))
  })

  it('takes rows that failed before after all others, forgets those that went well, and those that are not due any more', async () => {
    const done = new Set<number>()
    await rows('test.later-rows', 4, new Set([1, 2, 3]), done)
    expect(await failures('test.later-rows')).toEqual([1, 2, 3].map((row_id) => ({ row_id, failures: 1 })))

    done.add(3)
    const tried = await rows('test.later-rows', 6, new Set([1]), done)

    expect(tried).toEqual([5, 6, 1, 2])
    expect(await failures('test.later-rows')).toEqual([{ row_id: 1, failures: 2 }])
  })
})
