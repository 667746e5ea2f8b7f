// npm run gen: writes every generated file anew — table types, the schema as text, the description, the README's table of
// settings, and what tests of the whole API compare. `--tables` writes the table types only, as they are needed first.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbedded } from '../src/platform/db/embedded.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { tableTypes } from './table-types.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const tablesOnly = process.argv.includes('--tables')

const folder = mkdtempSync(join(tmpdir(), 'tradepost-gen-'))
const embedded = await startEmbedded(folder, { durable: false })
try {
  await migrate(embedded.url)
  write('src/platform/db/tables.ts', tableTypes(embedded.url))
  if (!tablesOnly) {
    // Loaded late: the application may not even load before the types of its tables are there.
    const { GENERATED } = await import('./generated.ts')
    for (const { path, make } of GENERATED) write(path, await make(embedded.url, read(path)))
  }
} finally {
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}
if (!tablesOnly) {
  const words = [`${root}node_modules/.bin/vitest`, 'run', 'tests/api']
  const done = spawnSync(process.execPath, words, { cwd: root, stdio: 'inherit', env: { ...process.env, UPDATE: '1' } })
  process.exitCode = done.status ?? 1
}

function read(path: string): string {
  return existsSync(`${root}${path}`) ? readFileSync(`${root}${path}`, 'utf8') : ''
}

function write(path: string, text: string): void {
  if (read(path) === text) return
  mkdirSync(dirname(`${root}${path}`), { recursive: true })
  writeFileSync(`${root}${path}`, text)
  process.stdout.write(`${path}\n`)
}
