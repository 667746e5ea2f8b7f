// The kept counts are exact: against a real count, for every caller and filter, while others write and a job folds.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../../tests/support/world.ts'
import { run } from '../db/database.ts'
import { foldCounts } from './kept.ts'

const w = world()
const PATH = '/api/marketplace-orders/'
const STATES = ['pending-consumer', 'done', 'erred', 'rejected', 'canceled']
const TYPES = ['Create', 'Update', 'Terminate']

/** Two consumers with two projects each, two providers with two offerings each, and people who see parts of it, some twice. */
async function market() {
  const [c, d] = [await w.current.cast(), await w.current.cast()]
  const projects = [c.project, d.project, await w.current.project(c.consumer), await w.current.project(d.consumer)]
  const offerings = await Promise.all([c.provider, c.provider, d.provider, d.provider].map((provider) => w.current.offering(provider)))
  const both = await w.current.user()
  await w.current.grant(both, 'CUSTOMER.OWNER', c.consumer)
  await w.current.grant(both, 'CUSTOMER.OWNER', c.provider)
  await w.current.grant(both, 'PROJECT.MANAGER', d.project)
  return { projects, offerings, people: [c.staff, c.support, c.customerOwner, c.projectManager, c.providerOwner, d.outsider, both] }
}

const pick = <T>(from: readonly T[], i: number): T => from[i % from.length] as T

async function insertOrders(market: { projects: Row[]; offerings: Row[]; people: Person[] }, n: number, seed: number) {
  for (let i = 0; i < n; i++) {
    const [project, offering] = [pick(market.projects, seed + i), pick(market.offerings, seed + i * 3 + 1)]
    const resource = await w.current.resource(offering, project)
    await w.current.insert('order', {
      project_id: project.id,
      offering_id: offering.id,
      resource_id: resource.id,
      type: pick(TYPES, seed + i),
      state: pick(STATES, seed + i * 2),
      created_by_id: market.people[0]?.id,
    })
  }
}

/** The number in the header, and how many rows all pages hold. */
async function bothCounts(person: Person, query: { [name: string]: string | string[] }) {
  const head = await w.current.as(person).head(PATH, { query })
  const rows = await w.current.as(person).get(PATH, { query: { ...query, page_size: 300, field: 'uuid' } })
  return { told: Number(head.headers['x-result-count']), real: rows.body.length as number }
}

describe('the kept counts', () => {
  it('are those of a real count for every caller and filter, folded or not', async () => {
    const m = await market()
    await insertOrders(m, 40, 0)
    const filters = [
      {},
      { state: 'done' },
      { state: ['done', 'erred'], type: 'Create' },
      { project_uuid: m.projects[0]?.uuid ?? '' },
      { offering_uuid: m.offerings[1]?.uuid ?? '' },
      { project_uuid: m.projects[0]?.uuid ?? '', offering_uuid: m.offerings[1]?.uuid ?? '' },
      { project_uuid: m.projects[1]?.uuid ?? '', type: ['Update', 'Create'], state: 'pending-consumer' },
      { offering_uuid: '0'.repeat(32) },
    ]

    for (const round of ['unfolded', 'half', 'folded']) {
      if (round !== 'unfolded') await foldCounts(w.current.db)
      for (const person of m.people) {
        for (const filter of filters) {
          const { told, real } = await bothCounts(person, filter)
          expect([round, person.username, filter, told]).toEqual([round, person.username, filter, real])
        }
      }
      if (round === 'half') await insertOrders(m, 10, 7)
    }
  })

  it('stay exact while orders are made, moved and removed and the counts are folded', async () => {
    const m = await market()
    const staff = m.people[0] as Person
    await insertOrders(m, 20, 3)
    let writing = true
    const write = async (seed: number) => {
      for (let i = 0; i < 25; i++) {
        await insertOrders(m, 1, seed + i)
        await run(
          w.current.db,
          sql`update "order" set state = ${pick(STATES, seed + i)} where id = (select id from "order" order by random() limit 1)`,
        )
        if (i % 5 === 0) await run(w.current.db, sql`delete from "order" where id = (select min(id) from "order" where id > ${seed})`)
      }
    }
    const fold = async () => {
      while (writing) await foldCounts(w.current.db)
    }
    // Both numbers come from one snapshot: neither a writer nor a fold may stand between them.
    const check = async () => {
      for (let i = 0; writing || i < 5; i++) {
        const [row] = await run(
          w.current.db,
          sql<{ kept: number; real: number }>`select (select coalesce(sum(n), 0) from (
              select n from order_counted where grain = 'all') kept) as kept, (select count(*) from "order") as real`,
        )
        expect(Number(row?.kept)).toBe(Number(row?.real))
      }
    }

    const writers = Promise.all([write(1), write(100), write(1000)]).finally(() => {
      writing = false
    })
    await Promise.all([writers, fold(), fold(), check()])

    const { told } = await bothCounts(staff, {})
    const [{ n } = { n: -1 }] = await run(w.current.db, sql<{ n: number }>`select count(*) as n from "order"`)
    expect(told).toBe(Number(n))
    await foldCounts(w.current.db)
    const left = await run(w.current.db, sql`select 1 from order_count_delta`)
    expect(left).toEqual([])
  })

  it('of every grain stay exact while rows move from one key to another', async () => {
    const { offerings, projects } = await market()
    const plans = [await w.current.plan(offerings[0] as Row), await w.current.plan(offerings[1] as Row)]
    for (let i = 0; i < 20; i++) await w.current.resource(pick(offerings, i), pick(projects, i * 3), { plan_id: pick(plans, i).id })
    let writing = true
    const write = async (seed: number) => {
      for (let i = seed; i < seed + 20; i++) {
        await w.current.resource(pick(offerings, i), pick(projects, i), { state: pick(['OK', 'Erred'], i) })
        await run(
          w.current.db,
          sql`update resource set state = ${pick(['OK', 'Terminated'], i)}, project_id = ${pick(projects, i + 1).id}, paused = ${i % 2 === 0},
            plan_id = ${pick(plans, i).id}, end_date = ${i % 3 === 0 ? '2030-01-01' : null}
            where id in (select id from resource order by random() limit 3 for update skip locked)`,
        )
        if (i % 5 === 0) await run(w.current.db, sql`delete from resource where id = (select max(id) from resource)`)
      }
    }
    const fold = async () => {
      while (writing) await foldCounts(w.current.db)
    }
    const check = async () => {
      for (let i = 0; writing || i < 3; i++) expect(await differences()).toEqual([])
    }

    const writers = Promise.all([write(0), write(50), write(90)]).finally(() => {
      writing = false
    })
    await Promise.all([writers, fold(), check()])

    expect(await differences()).toEqual([])
  })
})

const GRAINS = ['all', 'project_id', 'offering_id', 'project_id,offering_id', 'plan_id', 'day']

/** Where the kept counts of resources and a real count differ, all grains in one snapshot. */
const differences = () =>
  run(
    w.current.db,
    sql`${sql.join(
      GRAINS.map((grain) => {
        const keys = (day: string) => sql.raw(['state', 'paused', ...(grain === 'all' ? [] : grain.split(','))].join().replace('day', day))
        return sql`select ${grain}::text as grain, wrong::text from (
          select ${keys('day')}, sum(n) from (
            select ${keys('day')}, n from resource_counted where grain = ${grain}
            union all select ${keys("date_trunc('day', created, 'UTC')")}, -1 from resource) both_ways
          group by ${keys('day')} having sum(n) <> 0) wrong`
      }),
      sql` union all `,
    )}`,
  )
