// tradepost doctor: each thing that a server needs is tried, and what is wrong is told with what to do about it.
import { existsSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { unseal } from '../platform/auth/token.ts'
import { type Config, readConfig, withSecretKey } from '../platform/config.ts'
import { findEmbedded, startEmbedded } from '../platform/db/embedded.ts'
import { pendingMigrations } from '../platform/db/migrate.ts'
import { say } from './environment.ts'

/** What is wrong and what to do about it; or a remark on what is well. */
type Finding = { problem: string; advice: string } | { remark: string } | undefined
type Database = { url: string; stop: () => Promise<void> }

const CLOCK_TOLERANCE_SECONDS = 2
const FREE_MIN_BYTES = 1024 ** 3
const POSTGRES_MIN = 160_000

export async function doctor(): Promise<void> {
  const config = withSecretKey(readConfig(process.env))
  let ill = false
  const examine = async (about: string, look: () => Finding | Promise<Finding>, advice: string) => {
    const found = await Promise.resolve()
      .then(look)
      .catch((error: Error) => ({ problem: error.message, advice }))
    const isIll = found !== undefined && 'problem' in found
    ill ||= isIll
    say(`${isIll ? 'WRONG' : 'ok   '}  ${about}${isIll ? `: ${found.problem}. Do: ${found.advice}` : found ? ` (${found.remark})` : ''}`)
    return !isIll
  }

  await examine('secret key', () => lookAtSecretKey(config), 'see that DATA_DIR can be read')
  await examine('file storage', () => lookAtFolder(config.FILE_STORAGE_DIR), 'set FILE_STORAGE_DIR to a folder that can be written')
  await examine('mail', () => lookAtMail(config), 'set SMTP_URL to smtp://user:password@host:port')
  if (config.DATABASE_URL === '' && !existsSync(join(config.DATA_DIR, 'postgres'))) {
    say('ok     database (none yet: the first `npm start` makes it)')
  } else {
    const database: Database = { url: config.DATABASE_URL, stop: async () => undefined }
    const advice =
      config.DATABASE_URL === '' ? `read ${join(config.DATA_DIR, 'postgres.log')}` : 'see that DATABASE_URL names a running PostgreSQL'
    if (await examine('database', () => lookAtDatabase(config, database), advice)) {
      await examine('migrations', () => lookAtMigrations(database.url), 'npx tradepost migrate')
      await examine('clock', () => lookAtClock(database.url), 'synchronize the clocks of server and database')
      await examine('sealed secrets', () => lookAtSeals(config, database.url), 'npx tradepost migrate')
      await examine('helpdesk', () => lookAtHelpdesk(config, database.url), 'npx tradepost migrate')
    }
    await database.stop()
  }
  if (ill) process.exitCode = 1
}

function lookAtSecretKey(config: Config): Finding {
  if (process.env.SECRET_KEY) return { remark: 'from the environment' }
  const path = join(config.DATA_DIR, 'secret-key')
  if ((statSync(path).mode & 0o077) === 0) return { remark: path }
  return { problem: `others may read ${path}`, advice: `chmod 600 ${path}` }
}

function lookAtFolder(path: string): Finding {
  mkdirSync(path, { recursive: true })
  const probe = join(path, `.probe-${process.pid}`)
  writeFileSync(probe, '')
  rmSync(probe)
  const { bavail, bsize } = statfsSync(path)
  if (bavail * bsize >= FREE_MIN_BYTES) return { remark: path }
  return { problem: `less than 1 GB is free in ${path}`, advice: 'make room, or set FILE_STORAGE_DIR to another disk' }
}

function lookAtMail(config: Config): Finding {
  if (config.SMTP_URL === '') return { remark: `no SMTP_URL: mails are written to ${join(config.DATA_DIR, 'mail')}` }
  return { remark: new URL(config.SMTP_URL).host }
}

async function lookAtDatabase(config: Config, database: Database): Promise<Finding> {
  if (database.url === '') {
    const running = await findEmbedded(config.DATA_DIR)
    Object.assign(database, running ? { url: running } : await startEmbedded(config.DATA_DIR))
  }
  const [row] = await ask<{ server_version_num: string }>(database.url, 'show server_version_num')
  const version = Number(row?.server_version_num)
  if (version >= POSTGRES_MIN) return { remark: `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}` }
  return { problem: `PostgreSQL ${Math.floor(version / 10_000)} is too old`, advice: 'use 16 or newer' }
}

async function lookAtMigrations(url: string): Promise<Finding> {
  const pending = await pendingMigrations(url)
  return pending.length === 0 ? undefined : { problem: `${pending.length} are missing`, advice: 'npx tradepost migrate' }
}

async function lookAtClock(url: string): Promise<Finding> {
  const [row] = await ask<{ seconds: number }>(url, 'select extract(epoch from clock_timestamp())::float8 as seconds')
  const apart = Math.abs((row?.seconds ?? 0) - Date.now() / 1000)
  if (apart <= CLOCK_TOLERANCE_SECONDS) return undefined
  return { problem: `it is ${Math.round(apart)} s apart from the database's`, advice: 'synchronize both with NTP' }
}

async function lookAtHelpdesk({ HELPDESK_URL, HELPDESK_USERNAME }: Config, url: string): Promise<Finding> {
  if (HELPDESK_URL === '') return { remark: 'none but the queue of requests' }
  const [user] = await ask(url, 'select id from "user" where username = $1 and is_active', [HELPDESK_USERNAME])
  if (user) return { remark: new URL(HELPDESK_URL).host }
  return {
    problem: `nobody active is called ${HELPDESK_USERNAME}`,
    advice: 'make that user, or set HELPDESK_USERNAME: nothing is told otherwise',
  }
}

async function lookAtSeals(config: Config, url: string): Promise<Finding> {
  const [row] = await ask<{ sealed: Buffer }>(url, 'select sealed from user_token order by created desc limit 1')
  if (!row) return { remark: 'none yet' }
  try {
    unseal(config.SECRET_KEY, row.sealed)
    return undefined
  } catch {
    return { problem: 'tokens were sealed under another SECRET_KEY', advice: 'set the SECRET_KEY that the data was made with' }
  }
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string, values: string[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
