// tradepost doctor: each thing that a server needs is tried, and what is wrong is told with what to do.
import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import pg from 'pg'
import { unseal } from '../platform/auth/token.ts'
import { readConfig, withSecretKey } from '../platform/config.ts'
import { findEmbedded, startEmbedded } from '../platform/db/embedded.ts'
import { pendingMigrations } from '../platform/db/migrate.ts'
import { say } from './environment.ts'

type Finding = { about: string; problem?: string; advice?: string }

const CLOCK_TOLERANCE_SECONDS = 2

export async function doctor(): Promise<void> {
  const findings: Finding[] = []
  const tried = async (about: string, attempt: () => Promise<Omit<Finding, 'about'> | undefined>) => {
    const found = await attempt().catch((error: Error) => ({ problem: error.message }))
    findings.push({ about, ...found })
  }
  const config = withSecretKey(readConfig(process.env))
  let url = config.DATABASE_URL
  let stop = async () => {}
  await tried('file storage', async () => {
    mkdirSync(config.FILE_STORAGE_DIR, { recursive: true })
    accessSync(config.FILE_STORAGE_DIR, constants.W_OK)
    return undefined
  })
  await tried('secret key', async () => {
    if (process.env.SECRET_KEY) return undefined
    const { mode } = statSync(`${config.DATA_DIR}/secret-key`)
    return mode & 0o077 ? { problem: 'others may read it', advice: `chmod 600 ${config.DATA_DIR}/secret-key` } : undefined
  })
  await tried('database', async () => {
    if (url === '') {
      const running = await findEmbedded(config.DATA_DIR)
      const embedded = running ? { url: running, stop } : await startEmbedded(config.DATA_DIR)
      url = embedded.url
      stop = embedded.stop
    }
    await ask(url, 'select 1')
    return undefined
  })
  await tried('migrations', async () => {
    const pending = await pendingMigrations(url)
    return pending.length > 0 ? { problem: `${pending.length} are missing`, advice: 'npx tradepost migrate' } : undefined
  })
  await tried('clock', async () => {
    const [row] = await ask<{ seconds: number }>(url, 'select extract(epoch from now())::float8 as seconds')
    const apart = Math.abs((row?.seconds ?? 0) - Date.now() / 1000)
    return apart > CLOCK_TOLERANCE_SECONDS
      ? { problem: `it differs from the database's by ${Math.round(apart)} s`, advice: 'synchronize both with NTP' }
      : undefined
  })
  await tried('secrets', async () => {
    const [row] = await ask<{ sealed: Buffer }>(url, 'select sealed from user_token where length(sealed) > 0 limit 1').catch(() => [])
    if (!row) return undefined
    try {
      unseal(config.SECRET_KEY, row.sealed)
      return undefined
    } catch {
      return { problem: 'tokens were sealed under another SECRET_KEY', advice: 'set the SECRET_KEY that the data was made with' }
    }
  })
  await stop()
  for (const { about, problem, advice } of findings)
    say(`${problem ? 'WRONG' : 'ok   '}  ${about}${problem ? `: ${problem}` : ''}${advice ? `. Do: ${advice}` : ''}`)
  if (findings.some(({ problem }) => problem)) process.exitCode = 1
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
