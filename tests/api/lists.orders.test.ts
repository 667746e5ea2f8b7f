// What every ordering owes: it orders by something, and where a row shows a field of the key's name, by that field.

import { sql } from 'kysely'
import { beforeAll, describe, it } from 'vitest'
import { run } from '../../src/platform/db/database.ts'
import type { Client } from '../support/client.ts'
import { expectExcused } from '../support/excuses.ts'
import { type Described, keysOfOrder, wholeWorld } from '../support/whole-world.ts'

const TIMEOUT = 240_000
const CONSTANT = 'orderings by nothing'
const OTHERWISE = 'orderings by something else than the field of their name'

type Row = { [key: string]: unknown }

describe('every ordering of every list', () => {
  const w = wholeWorld()
  /** Each key of each list, with its rows in that order. */
  const ordered: { list: Described; key: string; rows: Row[] }[] = []
  const made = new Map<string, number>()
  beforeAll(async () => {
    const { operations, people, as, at, db } = w.current
    const staff: Client = as(people.staff)
    const lists = operations.filter(({ method, list }) => method === 'GET' && list)
    for (const list of lists.filter(({ path }) => !path.includes('{') || path.includes('{uuid}'))) {
      for (const key of keysOfOrder(list.query).filter((name) => !name.startsWith('-'))) {
        ordered.push({ list, key, rows: (await staff.get(at(list.path), { query: { o: key, page_size: 300 } })).body })
      }
    }
    for (const { uuid, id } of await everyId(db)) made.set(uuid, id)
  }, TIMEOUT)

  it('is by something (if not: it is by a constant, or populate() makes rows in that very order)', () => {
    const constant = ordered.filter(({ rows }) => {
      const ids = rows.map((row) => made.get(String(row.uuid)) ?? Number.NaN)
      return rows.length > 0 && ids.every((id, i) => i === 0 || id > (ids[i - 1] as number))
    })

    expectExcused(
      CONSTANT,
      constant.map(({ list, key }) => `${list.path} ${key}`),
    )
  })

  it('is by the field of its name, where rows show one', () => {
    const wrong = ordered.filter(({ key, rows }) => {
      const values = rows.map((row) => row[key]).filter((value) => value !== null && value !== undefined && !/^https?:/.test(String(value)))
      return values.some((value, i) => i > 0 && isLess(value, values[i - 1]))
    })

    expectExcused(
      OTHERWISE,
      wrong.map(({ list, key }) => `${list.path} ${key}`),
    )
  })
})

/** The database sorts texts by their bytes, and so does this. */
const isLess = (one: unknown, other: unknown): boolean => {
  const [a, b] = [Number(one), Number(other)]
  return Number.isNaN(a) || Number.isNaN(b) ? Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other))) < 0 : a < b
}

/** The internal id of everything that has a uuid: by it rows are ordered when nothing else orders them. */
async function everyId(db: Parameters<typeof run>[0]): Promise<{ uuid: string; id: number }[]> {
  const tables = await run(
    db,
    sql<{
      name: string
    }>`select table_name as name from information_schema.columns where table_schema = 'public' and column_name in ('id', 'uuid')
      group by table_name having count(*) = 2`,
  )
  const all = tables.map(({ name }) => `select wire_uuid(uuid) as uuid, id from "${name}"`).join(' union all ')
  return run(db, sql.raw<{ uuid: string; id: number }>(all))
}
