// npm run gen: writes every generated file anew — table types, the description, and what tests compare (schema, drawings,
// SQL of lists, permission table). A committed file that differs afterwards fails the tests.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const tablesOnly = process.argv.includes('--tables')

const folder = mkdtempSync(join(tmpdir(), 'tradepost-gen-'))
const embedded = await startEmbedded(folder, { durable: false })
try {
  await migrate(embedded.url)
  writeTables(embedded.url)
  if (!tablesOnly) await writeDescription(embedded.url)
} finally {
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}
if (!tablesOnly) runOrEnd('vitest', ['run', 'tests/api'], { UPDATE: '1' })

/** Types of rows; they must say what the parsers of src/platform/db/database.ts give. */
function writeTables(url: string): void {
  const words = [
    '--dialect',
    'postgres',
    '--out-file',
    'src/platform/db/tables.ts',
    '--numeric-parser',
    'string',
    '--date-parser',
    'string',
  ]
  const types = JSON.stringify({ timestamptz: 'string', int8: 'number', jsonb: 'unknown' })
  // The job queue's own schema and the list of migrations are nobody's to write through Kysely.
  runOrEnd('kysely-codegen', [...words, '--type-mapping', types, '--exclude-pattern', '(pgboss.*|migration)'], { DATABASE_URL: url })
}

async function writeDescription(url: string): Promise<void> {
  const { buildApp } = await import('../src/app.ts')
  const { readConfig } = await import('../src/platform/config.ts')
  const { openDatabase } = await import('../src/platform/db/database.ts')
  const database = openDatabase(url)
  const app = await buildApp({ config: readConfig({ SECRET_KEY: 'generated files have no secrets', WORKER: 'off' }), database, log: false })
  await app.ready()
  mkdirSync(`${root}openapi`, { recursive: true })
  writeFileSync(`${root}openapi/openapi.json`, `${JSON.stringify(app.openapi(), null, 1)}\n`)
  await app.close()
  await database.close()
}

function runOrEnd(program: string, words: string[], env: { [name: string]: string }): void {
  const done = spawnSync(process.execPath, [`${root}node_modules/.bin/${program}`, ...words], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (done.status !== 0) process.exit(done.status ?? 1)
}
