// Usage is reported by eight clients while limits change and the month turns: nothing is lost, and nothing is billed twice.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { selling } from '../../tests/support/billing.ts'
import { clockedWorld } from '../../tests/support/clock.ts'
import { faultsOfWorld } from '../../tests/support/faults-of-world.ts'
import { run } from '../platform/db/database.ts'

const w = clockedWorld()

it('usage by eight clients, limits and the turn of the month at once come to what was reported last, once', {
  timeout: 60_000,
}, async () => {
  await w.at('2029-01-10T00:00:00Z')
  const { buy, turn, staff } = await selling(w, {
    hours: [{ billing_type: 'usage' }, { price: '2' }],
    cores: [{ billing_type: 'limit', limit_period: 'month' }, { price: '1' }],
  })
  const cores = { cores: 4 }
  const bought = [await buy(cores), await buy(cores), await buy(cores), await buy(cores)]
  // The month ends while they are at it.
  await w.at('2029-01-31T23:59:59.200Z')
  let reporting = true
  const statuses = new Set<number>()
  const client = async (i: number) => {
    for (let n = 1; n <= 12; n++)
      statuses.add((await (bought[i % 4] as (typeof bought)[number]).use({ hours: String(i * 100 + n) }, staff)).status)
  }
  const provider = async () => {
    for (let n = 1; reporting; n++) {
      const { uuid } = bought[n % 4] as (typeof bought)[number]
      statuses.add(
        (await w.current.as(staff).post(`/api/marketplace-provider-resources/${uuid}/set_limits/`, { limits: { cores: n % 9 } })).status,
      )
    }
  }
  const clock = async () => {
    while (reporting) await turn()
  }

  const others = [provider(), clock()]
  await Promise.all(Array.from({ length: 8 }, (_, i) => client(i)))
  reporting = false
  await Promise.all(others)
  await turn()

  expect([...statuses].sort()).toEqual([200, 201])
  const states = await run(w.current.db, sql<{ month: string; state: string }>`select month::text as month, state from invoice order by 1`)
  expect(states).toEqual([
    { month: '2029-01-01', state: 'created' },
    { month: '2029-02-01', state: 'pending' },
  ])
  // What lines and corrections of a month come to is what was reported of it last.
  const differing = await run(
    w.current.db,
    sql`select cu.resource_id, cu.usage, billed.quantity from component_usage cu left join lateral (
        select sum(item.quantity * sign(item.unit_price)) as quantity from invoice_item item where item.resource_id = cu.resource_id and item.billing_type = 'usage'
          and (item.details ->> 'billing_period')::date = cu.billing_period) billed on true
      where billed.quantity is distinct from cu.usage`,
  )
  expect(differing).toEqual([])
  const twice = await run(
    w.current.db,
    sql`select resource_id, plan_component_id, invoice_id from invoice_item where kind = 'charge' group by 1, 2, 3 having count(*) > 1`,
  )
  expect(twice).toEqual([])
  const lines = () => run(w.current.db, sql`select id, quantity, unit_price, start, "end" from invoice_item order by id`)
  const before = await lines()
  for (const one of bought) {
    const [found] = await run(
      w.current.db,
      sql<{ usage: string; date: string }>`select usage::text as usage, wire_time(date) as date from component_usage
      where resource_id = (select id from resource where uuid = ${one.uuid}::uuid) limit 1`,
    )
    await one.use({ hours: found?.usage ?? '0' }, staff, found?.date)
  }
  expect(await lines()).toEqual(before)
  expect(await faultsOfWorld(w.current.db)).toEqual([])
})
