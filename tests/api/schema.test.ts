// The database as the migrations make it.
import { describe, expect, inject, it } from 'vitest'
import { migrate, pendingMigrations } from '../../src/platform/db/migrate.ts'
import { dumpSchema, tablesWithoutOwner } from '../../tools/schema-dump.ts'
import { freshDatabase } from '../support/database.ts'
import { expectGenerated } from '../support/generated.ts'

const template = () => inject('databaseUrl')

describe('the migrations', () => {
  it('give an empty database the schema that is committed', async () => {
    expectGenerated('schema.sql', await dumpSchema(template()))
  })

  it("name an owner for each table (if not: comment on table … is 'owner: <module folder>')", async () => {
    expect(await tablesWithoutOwner(template())).toEqual([])
  })

  it('run once: a second start finds nothing to do, two at once change nothing', async () => {
    const { url, drop } = await freshDatabase()
    try {
      const before = await dumpSchema(url)

      const ran = await Promise.all([migrate(url), migrate(url)])

      expect(ran).toEqual([[], []])
      expect(await pendingMigrations(url)).toEqual([])
      expect(await dumpSchema(url)).toBe(before)
    } finally {
      await drop()
    }
  })
})
