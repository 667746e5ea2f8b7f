// Plain SQL files, numbered and append-only, each in a transaction of its own, all under one lock so that of two servers
// that start at once one migrates and the other waits.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { OperatorError } from '../operator-error.ts'

const FOLDER = new URL('../../../migrations/', import.meta.url)
const LOCK = 7_301_944_215
const POSTGRES_MIN = 160_000

/** The database cannot be used as it is; the message says why in one line. */
export class MigrationError extends OperatorError {}

type Migration = { name: string; text: string; sha256: string }

// Read once: readiness asks for them every few seconds, and a server's files do not change under it.
let read: Migration[] | undefined
function migrations(): Migration[] {
  read ??= readMigrations()
  return read
}

const readMigrations = (): Migration[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    })

async function applied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ present: boolean }>(`select to_regclass('public.migration') is not null as present`)
  if (!rows[0]?.present) return new Map()
  const found = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
  return new Map(found.rows.map((row) => [row.name, row.sha256]))
}

const CONNECT_MAX_MS = 3000

async function connect(url: string, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MAX_MS, ...options })
  // A connection that breaks also fails the statement under way, and that is told.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    throw new MigrationError(`The database does not let us in: ${message || code}`)
  }
}

/** Names of migrations that `url`'s database lacks; throws within seconds when it is not to be reached. */
export async function pendingMigrations(url: string): Promise<string[]> {
  const client = await connect(url, { query_timeout: CONNECT_MAX_MS })
  try {
    const done = await applied(client)
    return migrations().flatMap(({ name }) => (done.has(name) ? [] : [name]))
  } finally {
    await client.end()
  }
}

/** Brings the database to the present schema and returns the names of what was applied. */
export async function migrate(url: string): Promise<string[]> {
  const client = await connect(url)
  try {
    const version = Number((await client.query<{ server_version_num: string }>('show server_version_num')).rows[0]?.server_version_num)
    if (version < POSTGRES_MIN) throw new MigrationError(`PostgreSQL ${Math.floor(version / 10_000)} is too old: 16 or newer is needed`)
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(`create table if not exists migration (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
    await client.query(`comment on table migration is 'owner: platform/db'`)
    const done = await applied(client)
    const known = migrations()
    const unknown = [...done.keys()].find((name) => !known.some((migration) => migration.name === name))
    if (unknown) throw new MigrationError(`The database was migrated by a newer version (${unknown}): start that one`)
    const fresh: string[] = []
    for (const migration of known) {
      const before = done.get(migration.name)
      if (before === undefined) {
        await apply(client, migration)
        fresh.push(migration.name)
      } else if (before !== migration.sha256) {
        throw new MigrationError(`Migration ${migration.name} was changed after it had been applied`)
      }
    }
    await installQueue(url)
    return fresh
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, { name, text, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [name, sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new MigrationError(`Migration ${name} failed: ${(error as Error).message}`)
  }
}

// The job queue keeps its own schema and knows how to bring it up to date.
async function installQueue(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, max: 1 })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.stop({ graceful: false })
}
