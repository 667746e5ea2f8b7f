// Orders are found by ids where few hold a text, and row by row where many do or one is retrieved: both must say the same.
import { describe, expect, it } from 'vitest'
import { type Person, type Row, world } from '../../tests/support/world.ts'

const w = world()
const PATH = '/api/marketplace-orders/'

async function orders() {
  const c = await w.current.cast()
  const offering = await w.current.offering(c.provider)
  const lab = await w.current.project(c.consumer, { name: 'Astro_Lab ü' })
  const made: Row[] = []
  const place = async (project: Row, name: string, values: object) => {
    const resource = await w.current.resource(offering, project, { name })
    const facts = { project_id: project.id, offering_id: offering.id, resource_id: resource.id, created_by_id: c.staff.id }
    made.push(await w.current.insert('order', { ...facts, type: 'Create', state: 'done', ...values }))
  }
  await place(lab, 'vm', { slug: 'acme-hpc-7' })
  await place(c.project, 'Big Data', { attributes: JSON.stringify({ name: 'Cluster A' }) })
  await place(c.project, 'ab', { slug: '100%' })
  await place(c.project, 'x', { type: 'Update', state: 'erred' })
  return { ...c, made }
}

/** Which of the orders, by place, the list gives, and which are retrieved with the same filter. */
async function bothWays(person: Person, made: readonly Row[], query: { [name: string]: string }) {
  const { body } = await w.current.as(person).get(PATH, { query })
  const listed = made.flatMap(({ uuid }, i) => ((body as Row[]).some((row) => row.uuid === uuid) ? [i] : []))
  const single: number[] = []
  for (const [i, { uuid }] of made.entries())
    if ((await w.current.as(person).get(`${PATH}${uuid}/`, { query })).status === 200) single.push(i)
  return { listed, single }
}

describe('a text', () => {
  it('is found in any side of the order, in any case, by whoever sees it', async () => {
    const { made, staff, customerOwner, providerOwner } = await orders()
    const expected: { [text: string]: number[] } = {
      astro_l: [0],
      'LAB Ü': [0],
      'hpc-7': [0],
      cluster: [1],
      'g da': [1],
      'big data': [1],
      // Its words stand in some order, but not so.
      'data big': [],
      'cluster data': [],
      '100%': [2],
    }
    for (const person of [staff, customerOwner, providerOwner]) {
      for (const [query, places] of Object.entries(expected)) {
        expect([query, await bothWays(person, made, { query })]).toEqual([query, { listed: places, single: places }])
      }
    }
  })

  it('of one or two letters must be the whole, and one without letters finds nothing', async () => {
    const { made, staff } = await orders()

    expect(await bothWays(staff, made, { query: 'AB' })).toEqual({ listed: [2], single: [2] })
    expect(await bothWays(staff, made, { query: 'as' })).toEqual({ listed: [], single: [] })
    expect(await bothWays(staff, made, { query: '%' })).toEqual({ listed: [], single: [] })
  })

  it('beside other filters narrows further', async () => {
    const { made, staff, customerOwner } = await orders()
    for (const person of [staff, customerOwner]) {
      expect(await bothWays(person, made, { query: 'cluster', state: 'done' })).toEqual({ listed: [1], single: [1] })
      expect(await bothWays(person, made, { query: 'cluster', state: 'erred' })).toEqual({ listed: [], single: [] })
      expect(await bothWays(person, made, { type: 'Update', state: 'erred' })).toEqual({ listed: [3], single: [3] })
      expect(await bothWays(person, made, { type: 'Update', modified: '2100-01-01T00:00:00Z' })).toEqual({ listed: [], single: [] })
    }
  })
})

describe('a filter by another key than that through which the caller sees orders', () => {
  it('gives what is behind both, and counts it', async () => {
    const { made, providerOwner, customerOwner, project, provider, consumer } = await orders()
    const asked = async (person: Person, query: { [name: string]: string }) => {
      const { headers } = await w.current.as(person).get(PATH, { query })
      return { ...(await bothWays(person, made, query)), count: headers['x-result-count'] }
    }
    const three = { listed: [1, 2, 3], single: [1, 2, 3], count: '3' }

    expect(await asked(providerOwner, { project_uuid: project.uuid })).toEqual(three)
    expect(await asked(customerOwner, { project_uuid: project.uuid })).toEqual(three)
    expect(await asked(customerOwner, { project_uuid: project.uuid, provider_uuid: provider.uuid })).toEqual(three)
    expect(await asked(providerOwner, { customer_uuid: consumer.uuid, type: 'Update' })).toEqual({ listed: [3], single: [3], count: '1' })
    expect(await asked(customerOwner, { provider_uuid: consumer.uuid })).toEqual({ listed: [], single: [], count: '0' })
  })
})

describe('an outsider', () => {
  it('finds nothing by any filter', async () => {
    const { made, outsider } = await orders()
    for (const query of [
      { query: 'cluster' },
      { state: 'done' },
      { type: 'Update' },
      { resource_name: 'vm' },
      { modified: '2020-01-01' },
    ]) {
      expect(await bothWays(outsider, made, query)).toEqual({ listed: [], single: [] })
    }
  })
})
