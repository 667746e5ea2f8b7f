// What callers may ask in many ways must not fill the database: which statements are planned once and kept, and which are not.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countStatements, type Database, openDatabase, run, transaction } from '../../src/platform/db/database.ts'
import { freshDatabase } from '../support/database.ts'
import { world } from '../support/world.ts'

const MEGABYTE = 1024 * 1024

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
beforeAll(async () => {
  fresh = await freshDatabase()
  // Two connections, of which statements sent one after another use one: its memory can be looked at.
  database = openDatabase(fresh.url, { max: 2 })
})
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

type Kept = { statement: string; uses: number; prepared: string }

const kept = (like = '%') =>
  run(
    database.db,
    sql<Kept>`select statement, generic_plans + custom_plans as uses, prepare_time::text as prepared from pg_prepared_statements
      where statement like ${like} and statement not like '%pg_prepared_statements%'`,
  )
const backendBytes = async () =>
  Number((await run(database.db, sql<{ bytes: number }>`select sum(total_bytes) as bytes from pg_backend_memory_contexts`))[0]?.bytes)
const heapBytes = () => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** As a list with some fields asked for: a text of its own for each `n`, over the same table. */
const asked = (n: number) =>
  run(database.db, sql`select ${sql.raw(`id, username as "${n}", ${'first_name, '.repeat(5)} ${n}`)} from "user" where id = ${n}`)
const ordinary = () => run(database.db, sql`select 'ordinary', id from "user" where id = ${1}`)

describe('a statement', () => {
  it('is named on its second use, and planned once', async () => {
    await ordinary()
    expect(await kept(`%'ordinary'%`)).toEqual([])

    for (let i = 0; i < 50; i++) await ordinary()
    expect(await kept(`%'ordinary'%`)).toMatchObject([{ uses: 50 }])
  })

  it('that is much asked stays planned while 50,000 others are asked once or twice, and no memory grows', {
    timeout: 600_000,
  }, async () => {
    for (let i = 0; i < 50; i++) await ordinary()
    const [before] = await kept(`%'ordinary'%`)
    for (let n = 0; n < 1000; n++) await asked(n)
    const [bytes, heap] = [await backendBytes(), heapBytes()]

    for (let n = 1000; n < 50_000; n++) {
      await asked(n)
      if (n % 20 === 0) await asked(n)
      if (n % 100 === 0) await ordinary()
    }

    const texts = await kept()
    const [after] = texts.filter(({ statement }) => statement.includes("'ordinary'"))
    expect(after?.prepared).toBe(before?.prepared)
    // 2,400 texts came twice.
    expect(database.statements.count()).toBeLessThan(1000)
    expect(texts.length).toBeLessThanOrEqual(database.statements.count())
    expect(texts.length).toBeGreaterThan(500)
    expect((await backendBytes()) - bytes).toBeLessThan(100 * MEGABYTE)
    expect(heapBytes() - heap).toBeLessThan(30 * MEGABYTE)
  })

  it('that made room is planned anew when it comes again, also within a transaction that failed', async () => {
    const [old] = await kept('%"2000"%')
    for (let i = 0; i < 3; i++) await asked(2000)
    expect(old).toBeUndefined()

    const failed = transaction(database.db, async (tx) => {
      await run(tx, sql`select ${1}::int / ${0}::int`).catch(() => undefined)
      for (let n = 60_000; n < 60_010; n++) await run(tx, sql`select ${n}`)
    })
    await expect(failed).rejects.toThrow('current transaction is aborted')
    for (let i = 0; i < 3; i++) await asked(2000)
    expect(await kept('%"2000"%')).toHaveLength(1)
  })
})

describe('a list', () => {
  const w = world()
  /** The texts of what a query asks of the database, without those that look up the caller. */
  const textOf = async (query: string) => {
    const { texts } = await countStatements(() => w.current.as().get(`/api/marketplace-public-offerings/${query}`))
    return texts.join('\n')
  }
  const textsOf = async (...queries: string[]) => {
    const texts: string[] = []
    for (const query of queries) texts.push(await textOf(query))
    return new Set(texts).size
  }

  it('is one statement for the sizes of a class', async () => {
    expect(await textsOf('', '?page_size=1', '?page_size=7', '?page_size=10')).toBe(1)
    expect(await textsOf('?page_size=11', '?page_size=50', '?page_size=100')).toBe(1)
    expect(await textsOf('?page_size=101', '?page_size=300', '?page_size=5000')).toBe(1)
  })

  it('is one statement for a set of fields, in any order, repeated or beside unknown ones', async () => {
    const set = [
      '?field=name&field=uuid',
      '?field=uuid&field=name',
      '?field=uuid&field=name&field=uuid',
      '?field=uuid&field=name&field=nonsense',
    ]

    expect(await textsOf(...set)).toBe(1)
    expect(await textsOf('', '?field=nonsense', '?field=more&field=nonsense')).toBe(1)
  })

  it('gives as many rows as asked for, on every page', { timeout: 60_000 }, async () => {
    const customer = await w.current.customer()
    const category = await w.current.category()
    for (let i = 0; i < 13; i++)
      await w.current.offering(customer, { category_id: category.id, name: `Offering ${String(i).padStart(2, '0')}`, shared: true })
    const names = async (query: string) =>
      (await w.current.as().get(`/api/marketplace-public-offerings/?o=name&${query}`)).body.map(({ name }: { name: string }) =>
        name.slice(-2),
      )

    expect(await names('page_size=3&page=2')).toEqual(['03', '04', '05'])
    expect(await names('page_size=12&page=2')).toEqual(['12'])
    expect(await names('page_size=11')).toHaveLength(11)
    expect(await names('page_size=300')).toHaveLength(13)
  })
})
