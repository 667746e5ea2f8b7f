import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { world } from '../../tests/support/world.ts'
import { foldCounts } from '../platform/counts/kept.ts'

const ORDERS = 1500

describe('deep pages of all orders', () => {
  const w = world()

  it('hold the same rows as walking there would, both ways, whatever is folded and written meanwhile', async () => {
    const { cast, offering, resource, db, as } = w.current
    const c = await cast()
    const sold = await offering(c.provider)
    const bought = await resource(sold, c.project)
    const insert = (from: number, to: number) =>
      sql`insert into "order" (project_id, offering_id, resource_id, type, state, created_by_id, created)
      select ${c.project.id}::bigint, ${sold.id}::bigint, ${bought.id}::bigint, 'Create', 'done', ${c.staff.id}::bigint,
        timestamptz '2026-01-01 00:00:00+00' + (n % 37) * interval '1 day' + n * interval '7 minutes'
      from generate_series(${from}::int, ${to}::int) n`.execute(db)
    await insert(1, 1000)
    while ((await foldCounts(db)) > 0);
    await insert(1001, ORDERS)
    await sql`delete from "order" where id in (select id from "order" order by random() limit 20)`.execute(db)
    const walked = await db.selectFrom('order').select('uuid').orderBy('created').orderBy('id').execute()
    const expected = walked.map(({ uuid }) => uuid.replaceAll('-', ''))

    const page = async (o: string, number: number) =>
      (await as(c.staff).get('/api/marketplace-orders/', { query: { o, page: number, page_size: 10, field: 'uuid' } })).body.map(
        (row: { uuid: string }) => row.uuid,
      )

    for (const number of [101, 102, 120, 137, 148]) {
      expect(await page('created', number)).toEqual(expected.slice((number - 1) * 10, number * 10))
      expect(await page('-created', number)).toEqual([...expected].reverse().slice((number - 1) * 10, number * 10))
    }
  })
})
