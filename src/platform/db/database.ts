// The one way to PostgreSQL: a pool whose every statement is named, so that a connection plans each text once
// (planning an 11-way join costs more than running it), Kysely on top of it, and the transaction.

import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './tables.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>
/** Anything that can run a statement: the pool, or a transaction. */
export type Executor = Db | Tx

// bigint keys and counts fit a JavaScript number here; timestamps and dates stay the text that PostgreSQL wrote,
// so that no value passes through Date and loses its microseconds.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => text)
types.setTypeParser(pg.types.builtins.DATE, (text) => text)
// Uuids are 32 hex digits wherever they are seen (platform.md §2.2).
types.setTypeParser(pg.types.builtins.UUID, (text) => text.replaceAll('-', ''))

// A statement's text is bounded by its declared shape, but `field` lets callers choose among many; past this number a
// text is run unnamed, so that nobody can fill a connection's memory with prepared statements.
const NAMED_STATEMENTS_MAX = 2000
const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  let name = names.get(text)
  if (name === undefined && names.size < NAMED_STATEMENTS_MAX) {
    name = createHash('sha256').update(text).digest('hex').slice(0, 20)
    names.set(text, name)
  }
  return name
}

/** Statements run inside `countStatements`, transaction begin and commit included. */
const counting = new AsyncLocalStorage<{ texts: string[] }>()

/** Runs `work` and returns the statements it sent; for tests and benchmarks of the promised numbers of statements. */
export async function countStatements<T>(work: () => Promise<T>): Promise<{ result: T; texts: string[] }> {
  const log = { texts: [] as string[] }
  const result = await counting.run(log, work)
  return { result, texts: log.texts }
}

/** A statement as the driver takes it: named by its text, so that a connection plans it once. */
function queryOf(text: string, values: readonly unknown[]) {
  counting.getStore()?.texts.push(text)
  const name = values.length > 0 || text.startsWith('select') ? nameOf(text) : undefined
  return { text, values: [...values], ...(name === undefined ? {} : { name }) }
}

const named = (client: pg.PoolClient) => ({
  query: (text: string, values: readonly unknown[] = []) => client.query(queryOf(text, values)) as never,
  release: () => client.release(),
})

export type Database = {
  db: Db
  pool: pg.Pool
  /** For connections of their own: those that listen, and the job queue's. */
  url: string
  close: () => Promise<void>
}

/** Opens a pool on `url`. Connections are made on demand; `max` is their number. */
export function openDatabase(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    types,
    application_name: 'tradepost',
    connectionTimeoutMillis: 5000,
    // JSON text and `today` are the same for every caller only in one zone. A statement is written so that one plan serves
    // all values; left to itself PostgreSQL plans some joins of twenty tables anew each time, which costs more than they do.
    options: '-c timezone=UTC -c jit=off -c extra_float_digits=0 -c plan_cache_mode=force_generic_plan',
  })
  // An idle connection that dies must not end the process: the next request opens another.
  pool.on('error', (error) => options.onError?.(error))
  // Nor one that dies while a request holds it: what the request asks of it next is refused, and the pool drops it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: { connect: async () => named(await pool.connect()) as never, end: () => pool.end(), options: pool.options as never },
    }),
  })
  pools.set(db, pool)
  return { db, pool, url, close: () => db.destroy() }
}

// A read outside a transaction goes straight to the pool: Kysely only writes its text.
const pools = new WeakMap<object, pg.Pool>()

/** Runs a `sql` fragment that is a whole statement and returns its rows. */
export async function run<R>(executor: Executor, statement: RawBuilder<R>): Promise<R[]> {
  const pool = pools.get(executor)
  if (!pool) return (await statement.execute(executor)).rows
  const { sql, parameters } = statement.compile(executor)
  return (await pool.query(queryOf(sql, parameters))).rows
}

/** One transaction around `work`: committed when it returns, undone when it throws. Commands never begin one themselves. */
export function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work)
}
