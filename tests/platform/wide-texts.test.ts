// A text that very many rows hold: its count ends some way beyond the page, and who follows the pages still sees them all.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type Person, world } from '../support/world.ts'

const w = world()
const ROWS = 21_000
const AHEAD = 10_000

it('what very many rows hold is counted some way ahead; HEAD and the last page count all of it', async () => {
  const { staff, consumer, customerOwner } = await w.current.cast()
  await sql`insert into project (name, customer_id, slug) select 'Wide project ' || n, ${consumer.id}, 'wide-' || n from generate_series(1, ${ROWS}::int) n`.execute(
    w.current.db,
  )
  await sql`analyze project`.execute(w.current.db)
  const asked = async (person: Person, method: 'GET' | 'HEAD', more: { [name: string]: string } = {}) => {
    const query = new URLSearchParams({ name: 'wide project', field: 'uuid', ...more })
    const answer = await w.current.app.inject({
      method,
      url: `/api/projects/?${query}`,
      headers: { authorization: `Token ${person.token}` },
    })
    return { count: Number(answer.headers['x-result-count']), rows: method === 'GET' ? answer.json().length : 0 }
  }

  for (const person of [staff, customerOwner]) {
    expect(await asked(person, 'GET')).toEqual({ count: 10 + AHEAD, rows: 10 })
    expect(await asked(person, 'GET', { page: '31', page_size: '300' })).toEqual({ count: 31 * 300 + AHEAD, rows: 300 })
    expect(await asked(person, 'GET', { page: '70', page_size: '300' })).toEqual({ count: ROWS, rows: 300 })
    expect(await asked(person, 'GET', { page: 'last', page_size: '300' })).toEqual({ count: ROWS, rows: 300 })
    expect((await asked(person, 'HEAD')).count).toBe(ROWS)
    // Beside a rare text the rows are told by that.
    expect(await asked(person, 'GET', { name: 'wide project 4711' })).toEqual({ count: 1, rows: 1 })
  }
})
