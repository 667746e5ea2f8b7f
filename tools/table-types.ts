// src/platform/db/tables.ts: what Kysely knows of the tables, read from a migrated database.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Types of rows. They must say what the parsers of src/platform/db/database.ts give. */
export function tableTypes(databaseUrl: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-tables-'))
  const file = join(folder, 'tables.ts')
  const types = JSON.stringify({ timestamptz: 'string', int8: 'number', jsonb: 'unknown' })
  // The job queue's own schema and the list of migrations are nobody's to write through Kysely.
  const which = ['--dialect', 'postgres', '--out-file', file, '--exclude-pattern', '(pgboss.*|migration)']
  const parsers = ['--numeric-parser', 'string', '--date-parser', 'string', '--type-mapping', types]
  const words = [`${root}node_modules/.bin/kysely-codegen`, ...which, ...parsers]
  const done = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: databaseUrl } })
  try {
    if (done.status !== 0) throw new Error(`kysely-codegen: ${done.stdout}${done.stderr}`)
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
