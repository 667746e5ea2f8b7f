// A database of its own for a test file: a clone of the migrated template.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

async function administer(statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: inject('databaseUrl').replace(/tradepost$/, 'postgres') })
  await admin.connect()
  try {
    await admin.query(statement)
  } finally {
    await admin.end()
  }
}

/** Clones the template; `drop` removes the clone, whoever is still connected. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(`create database ${name} template tradepost`)
  return {
    url: inject('databaseUrl').replace(/tradepost$/, name),
    drop: () => administer(`drop database if exists ${name} with (force)`),
  }
}
