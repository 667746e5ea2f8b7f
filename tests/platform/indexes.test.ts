// What the catalogue of the database must hold: keys that are followed or whose target is deleted have an index.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/platform/db/database.ts'
import { world } from '../support/world.ts'

const w = world()

/** Keys without an index, each with the reason. This list may only shrink. */
const UNINDEXED: { readonly [key: string]: string } = {}

type Key = { key: string; indexed: boolean }

const foreignKeys = () =>
  run(
    w.current.db,
    // A partial index counts when it leaves out nothing but rows without the key: no others are looked for.
    sql<Key>`select format('%s(%s)', con.conrelid::regclass, string_agg(att.attname, ',' order by place)) as key,
        exists (select 1 from pg_index i where i.indrelid = con.conrelid and i.indisvalid and i.indkey[0] = con.conkey[1]
          and (i.indpred is null or (cardinality(con.conkey) = 1
            and pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', min(att.attname))))) as indexed
      from pg_constraint con cross join unnest(con.conkey) with ordinality k (attnum, place)
      join pg_attribute att on att.attrelid = con.conrelid and att.attnum = k.attnum
      where con.contype = 'f' and con.connamespace = 'public'::regnamespace group by con.oid order by 1`,
  )

describe('indexes', () => {
  it('serve every foreign key (if not: create one where the key is made)', async () => {
    const keys = await foreignKeys()

    expect(keys.length).toBeGreaterThan(60)
    expect(keys.filter(({ key, indexed }) => !indexed && !(key in UNINDEXED)).map(({ key }) => key)).toEqual([])
  })

  it('are missing only where a reason says so', async () => {
    const missing = (await foreignKeys()).filter(({ indexed }) => !indexed).map(({ key }) => key)

    expect(Object.keys(UNINDEXED).filter((key) => !missing.includes(key))).toEqual([])
  })
})
