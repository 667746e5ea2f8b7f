import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, describe, expect, inject, it } from 'vitest'
import { freshDatabase } from '../../../tests/support/database.ts'
import { MigrationError, migrate, pendingMigrations } from './migrate.ts'

const made: string[] = []

async function on(database: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: inject('databaseUrl').replace(/tradepost$/, database) })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

async function emptyDatabase(): Promise<{ name: string; url: string }> {
  const name = `test_migrate_${randomBytes(4).toString('hex')}`
  await on('postgres', `create database ${name}`)
  made.push(name)
  return { name, url: inject('databaseUrl').replace(/tradepost$/, name) }
}

/** A clone of the migrated template. */
async function migratedDatabase(): Promise<{ name: string; url: string }> {
  const { url } = await freshDatabase()
  const name = url.split('/').at(-1) ?? ''
  made.push(name)
  return { name, url }
}

afterEach(async () => {
  for (const name of made.splice(0)) await on('postgres', `drop database ${name} with (force)`)
})

describe('migrate', () => {
  it('applies every file once, however many servers start at once', async () => {
    const { name, url } = await emptyDatabase()
    const wanted = await pendingMigrations(url)

    const applied = await Promise.all([migrate(url), migrate(url), migrate(url)])

    expect(wanted.length).toBeGreaterThan(0)
    expect(applied.filter((names) => names.length > 0)).toEqual([wanted])
    expect(await on(name, 'select name from migration order by name')).toEqual(wanted.map((file) => ({ name: file })))
    expect(await pendingMigrations(url)).toEqual([])
  })

  it('brings the job queue’s tables too', async () => {
    const { name, url } = await emptyDatabase()

    await migrate(url)

    expect(await on(name, `select to_regclass('pgboss.job') is not null as present`)).toEqual([{ present: true }])
  })

  it('does nothing on a database that is up to date', async () => {
    const { url } = await migratedDatabase()

    expect(await migrate(url)).toEqual([])
  })

  it('refuses a file that was changed after it had been applied', async () => {
    const { name, url } = await migratedDatabase()
    await on(name, `update migration set sha256 = 'another' where name like '0001%'`)

    await expect(migrate(url)).rejects.toThrow(/^Migration 0001_\w+\.sql was changed after it had been applied$/)
  })

  it('refuses a database that a newer version migrated', async () => {
    const { name, url } = await migratedDatabase()
    await on(name, `insert into migration (name, sha256) values ('9999_from_the_future.sql', '')`)

    await expect(migrate(url)).rejects.toThrow('The database was migrated by a newer version (9999_from_the_future.sql): start that one')
  })

  it('says in one line that there is no such database', async () => {
    const url = inject('databaseUrl').replace(/tradepost$/, 'nowhere')

    await expect(migrate(url)).rejects.toThrow(MigrationError)
    await expect(migrate(url)).rejects.toThrow('The database does not let us in: database "nowhere" does not exist')
  })
})
