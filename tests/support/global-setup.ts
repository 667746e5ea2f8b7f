// One database server for the whole run, with a migrated template that every test file clones.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/platform/db/embedded.ts'
import { migrate } from '../../src/platform/db/migrate.ts'

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-test-'))
  const embedded = await startEmbedded(folder, { durable: false })
  await migrate(embedded.url)
  const admin = new pg.Client({ connectionString: embedded.url.replace(/tradepost$/, 'postgres') })
  await admin.connect()
  await admin.query('alter database tradepost with is_template true')
  await admin.end()
  project.provide('databaseUrl', embedded.url)
  return async () => {
    await embedded.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated template database. */
    databaseUrl: string
  }
}
