// States stand once, in the state tables; what the database and SQL in the source say of them is compared with that.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { ORDER_STATE_FACTS, ORDER_STATES } from '../../src/resources/states.orders.ts'
import { stateTables } from '../../tools/state-drawings.ts'

const tables = Object.values(await stateTables())
const source = fileURLToPath(new URL('../../src/', import.meta.url))
let database: pg.Client

beforeAll(async () => {
  database = new pg.Client({ connectionString: inject('databaseUrl') })
  await database.connect()
})
afterAll(() => database.end())

const sorted = (words: readonly string[]) => [...words].sort()

/** Those of the states for which a condition over one row of the table holds, whatever its other columns are. */
async function statesWhere(table: string, states: readonly string[], condition: string): Promise<string[]> {
  const { rows } = await database.query<{ state: string }>(
    `select ${table}.state from unnest($1::text[]) word
       cross join lateral jsonb_populate_record(null::${table}, jsonb_build_object('state', word)) ${table} where ${condition}`,
    [states],
  )
  return sorted(rows.map(({ state }) => state))
}

describe.each(tables.map((table) => [table.table, table] as const))('%s', (name, { states, sets = {} }) => {
  it('may stand in its states and in no other, as the check constraint of the table says', async () => {
    const { rows } = await database.query<{ condition: string }>(
      `select pg_get_expr(conbin, conrelid) as condition from pg_constraint where conrelid = $1::regclass and contype = 'c'
         and conkey = array[(select attnum from pg_attribute where attrelid = conrelid and attname = 'state')]`,
      [name],
    )

    const allowed = rows.flatMap(({ condition }) => [...condition.matchAll(/'([^']+)'::text/g)].map(([, state]) => state as string))

    expect(sorted(allowed)).toEqual(sorted(states))
  })

  it('has no index on a list of states other than the declared sets: a new state needs a migration that makes such an index anew', async () => {
    const { rows } = await database.query<{ index: string; condition: string }>(
      `select indexrelid::regclass::text as index, pg_get_expr(indpred, indrelid) as condition from pg_index
        where indrelid = $1::regclass and indpred is not null`,
      [name],
    )

    const declared = Object.values(sets).map((set) => sorted(set).join())
    const strangers: string[] = []
    for (const { index, condition } of rows.filter((row) => /\bstate\b/.test(row.condition))) {
      const held = await statesWhere(name, states, condition)
      if (held.length > 1 && !declared.includes(held.join())) strangers.push(`${index} is on ${held.join(', ')}`)
    }

    expect(strangers).toEqual([])
  })
})

it('one open order a resource: the index that sees to it names exactly the open states', async () => {
  const { rows } = await database.query<{ condition: string }>(
    `select pg_get_expr(indpred, indrelid) as condition from pg_index where indexrelid = 'order_in_progress_key'::regclass and indisunique`,
  )
  const open = tables.find(({ table }) => table === '"order"')?.sets?.open ?? []

  expect(await statesWhere('"order"', ORDER_STATES, rows[0]?.condition ?? 'false')).toEqual(sorted(open))
})

it('lists sorted by state put each state at its place (if not: order_state_rank by a migration)', async () => {
  const { rows } = await database.query<{ state: string; rank: number }>(
    'select state, order_state_rank(state) as rank from unnest($1::text[]) state',
    [ORDER_STATES],
  )

  expect(Object.fromEntries(rows.map(({ state, rank }) => [state, rank]))).toEqual(
    Object.fromEntries(ORDER_STATES.map((state) => [state, ORDER_STATE_FACTS[state].rank])),
  )
})

/** Modules left of the one that declares the states may not import them: their lists stand in SQL, each with what it means. */
const BY_HAND: { readonly [line: string]: string } = {
  'offerings/view.ts: OK, Updating, Terminating': 'resources that are in use',
  'service-providers/view.ts: Active, Paused, Unavailable': 'offerings that are not being prepared and not put away',
}

it('SQL in the source lists no states by hand, where it could use a declared list', () => {
  const known = new Set(tables.flatMap(({ states }) => states))
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ts$/.test(path) && !/\.test\.ts$/.test(path))

  const found = files.flatMap((path) =>
    [...readFileSync(join(source, path), 'utf8').matchAll(/\bin\s*\(('[\w-]+'(?:,\s*'[\w-]+')+)\)/g)].flatMap(([, list]) => {
      const words = (list as string).split(/,\s*/).map((word) => word.slice(1, -1))
      return words.every((word) => known.has(word)) ? [`${path}: ${words.join(', ')}`] : []
    }),
  )

  expect(sorted(found)).toEqual(sorted(Object.keys(BY_HAND)))
})
