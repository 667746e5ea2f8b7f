// The one way to PostgreSQL: a pool whose statements are bounded in time and planned once when they come again (planning an
// 11-way join costs more than running it), Kysely on top of it, and the transaction.

import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, type RawBuilder, type Transaction } from 'kysely'
import pg from 'pg'
import { ask, closeLater, type Query } from './ask.ts'
import { asAway, isRetryable } from './failures.ts'
import { createStatements, type Statements } from './statements.ts'
import type { DB } from './tables.ts'
import { createTurns, type Turns } from './turns.ts'

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

/** Statements run inside `countStatements`, transaction begin and commit included. */
const counting = new AsyncLocalStorage<{ texts: string[] }>()

/** Runs `work` and returns the statements it sent; for tests and benchmarks of the promised numbers of statements. */
export async function countStatements<T>(work: () => Promise<T>): Promise<{ result: T; texts: string[] }> {
  const log = { texts: [] as string[] }
  const result = await counting.run(log, work)
  return { result, texts: log.texts }
}

export type Database = {
  db: Db
  pool: pg.Pool
  /** For connections of their own: those that listen, and the job queue's. */
  url: string
  /** The texts that connections plan once and keep. */
  statements: Statements
  close: () => Promise<void>
}

export type Limits = {
  /** Connections. */
  max?: number
  /** Milliseconds that a statement may run; that one may wait for a lock; that a transaction may do nothing. */
  statementMs?: number
  lockMs?: number
  idleMs?: number
}

// The database ends a statement by itself; this much later it is taken not to answer at all.
const SILENCE_MS = 1000
const CONNECT_MAX_MS = 5000

type Source = { pool: pg.Pool; statements: Statements; maxMs: number; write: Turns }
// A read outside a transaction goes straight to the pool: Kysely only writes its text.
const sources = new WeakMap<object, Source>()

/** Opens a pool on `url`, with the limits of the site's settings where it serves. Connections are made on demand. */
export function openDatabase(url: string, options: Limits & { onError?: (error: Error) => void } = {}): Database {
  const { max = 10, statementMs = 60_000, lockMs = 30_000, idleMs = 60_000 } = options
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: 'tradepost',
    connectionTimeoutMillis: CONNECT_MAX_MS,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleMs,
    // JSON text and `today` are the same for every caller only in one zone. A statement is written so that one plan serves
    // all values; left to itself PostgreSQL plans some joins of twenty tables anew each time, which costs more than they do.
    options: '-c timezone=UTC -c jit=off -c extra_float_digits=0 -c plan_cache_mode=force_generic_plan',
  })
  const clients = new Set<pg.PoolClient>()
  const statements = createStatements((name) => {
    for (const client of clients) closeLater(client, name)
  })
  // An idle connection that dies must not end the process: the next request opens another.
  pool.on('error', (error) => options.onError?.(error))
  pool.on('connect', (client) => {
    clients.add(client)
    // Nor one that dies while a request holds it: what the request asks of it next is refused, and the pool drops it.
    client.on('error', () => undefined)
  })
  pool.on('remove', (client) => clients.delete(client as pg.PoolClient))
  // Those who change things may wait for each other's locks: a third of the connections is left to those who only read.
  const write = createTurns(Math.max(1, max - Math.max(1, Math.floor(max / 3))), CONNECT_MAX_MS)
  const source: Source = { pool, statements, maxMs: statementMs + SILENCE_MS, write }
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: { connect: async () => (await connectionOf(source)) as never, end: () => pool.end(), options: pool.options as never },
    }),
  })
  sources.set(db, source)
  return { db, pool, url, statements, close: () => db.destroy() }
}

/** A statement as the driver takes it: under a name when it is to be planned once. */
function queryOf({ statements }: Source, text: string, values: readonly unknown[]): Query {
  counting.getStore()?.texts.push(text)
  const named = values.length > 0 || text.startsWith('select') ? statements.nameOf(text) : undefined
  return named ? { text: named.text, name: named.name, values: [...values] } : { text, values: [...values] }
}

/** A connection of the pool as Kysely takes it. What was waited for it counts for its first statement, so that nobody waits twice. */
async function connectionOf(source: Source) {
  const from = performance.now()
  const client = await connect(source)
  let waited = performance.now() - from
  return {
    query: (text: string, values: readonly unknown[] = []) => {
      const maxMs = source.maxMs - waited
      waited = 0
      return ask(client, queryOf(source, text, values), maxMs)
    },
    release: (discard?: boolean) => client.release(discard),
  }
}

const connect = ({ pool }: Source): Promise<pg.PoolClient> =>
  pool.connect().catch((error: unknown) => {
    throw asAway(error)
  })

/** Runs a `sql` fragment that is a whole statement and returns its rows. */
export async function run<R>(executor: Executor, statement: RawBuilder<R>): Promise<R[]> {
  const source = sources.get(executor)
  if (!source) return (await statement.execute(executor)).rows
  const { sql, parameters } = statement.compile(executor)
  const client = await connectionOf(source)
  try {
    return (await client.query(sql, parameters)).rows
  } finally {
    client.release()
  }
}

const TRIES = 3

/**
 * One transaction around `work`: committed when it returns, undone when it throws. Commands never begin one themselves. The
 * loser of a deadlock begins again, `tries` times at most; the winner has finished by then.
 */
export async function transaction<T>(db: Db, work: (tx: Tx) => Promise<T>, { tries = TRIES } = {}): Promise<T> {
  const write: Turns = sources.get(db)?.write ?? ((alone) => alone())
  for (let attempt = 1; ; attempt++) {
    try {
      return await write(() => db.transaction().execute(work))
    } catch (error) {
      if (attempt >= tries || !isRetryable(error)) throw error
    }
  }
}
