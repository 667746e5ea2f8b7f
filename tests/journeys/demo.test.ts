// The demo world, and the story that its printed lines tell: an order becomes a resource.
import { describe, expect, it } from 'vitest'
import { ensureAdministrator } from '../../src/core/users/administrator.ts'
import { PASSWORD } from '../../src/demo/facts.ts'
import { isEmpty, loadDemo } from '../../src/demo/load.ts'
import { client } from '../support/client.ts'
import { world } from '../support/world.ts'

describe('the demo world', () => {
  const w = world()

  it('has forty orders in every state, and in it an order becomes a resource', async () => {
    const { app, config, database, runJobs } = w.current
    await ensureAdministrator(database.db, config)
    expect(await isEmpty(database)).toBe(true)

    const lines = await loadDemo(config, database)

    expect(await isEmpty(database)).toBe(false)
    const login = async (username: string) => {
      const { body } = await client(app).post('/api-auth/password/', { username, password: PASSWORD })
      return client(app, { token: body.token })
    }
    const [staff, mia, olga, paul] = [await login('sten'), await login('mia'), await login('olga'), await login('paul')]
    const orders = (await staff.get('/api/marketplace-orders/', { query: { page_size: 100 } })).body
    const states = Map.groupBy(orders as { state: string }[], ({ state }) => state)
    expect(Object.fromEntries([...states].map(([state, rows]) => [state, rows.length]))).toEqual({
      done: 14,
      executing: 4,
      erred: 3,
      canceled: 3,
      rejected: 4,
      'pending-consumer': 4,
      'pending-provider': 4,
      'pending-project': 2,
      'pending-start-date': 2,
    })
    expect((await staff.get('/api/marketplace-component-usages/')).body.length).toBeGreaterThan(0)

    const body = JSON.parse(/-d '(\{.*\})'/.exec(lines.find((line) => line.startsWith('ORDER=')) ?? '')?.[1] ?? '')
    const placed = (await mia.post('/api/marketplace-orders/', body)).body
    expect(placed.state).toBe('pending-consumer')
    expect((await olga.post(`/api/marketplace-orders/${placed.uuid}/approve_by_consumer/`)).status).toBe(200)
    expect((await paul.post(`/api/marketplace-orders/${placed.uuid}/approve_by_provider/`)).status).toBe(200)
    await runJobs()

    const [resource] = (await mia.get('/api/marketplace-resources/', { query: { name_exact: 'my-first-machine' } })).body
    expect(resource).toMatchObject({ state: 'OK', limits: { cpu: 2, ram: 8 } })
  }, 60_000)
})
