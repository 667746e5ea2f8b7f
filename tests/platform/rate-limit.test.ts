import { describe, expect, it } from 'vitest'
import { world } from '../support/world.ts'

describe('a server that limits requests', () => {
  const w = world({ REQUESTS_PER_SECOND: '3' })

  it('refuses what one token asks beyond that with 429, and nobody else for it', async () => {
    const { as, user } = w.current
    const [hasty, calm] = [await user(), await user()]

    const began = Date.now()
    const answers = await Promise.all(Array.from({ length: 30 }, () => as(hasty).get('/api/organization-groups/')))
    // A slow machine takes more than one second for them, and each lets three more pass.
    const seconds = Math.ceil((Date.now() - began) / 1000) + 1

    const passed = answers.filter(({ status }) => status === 200)
    expect(passed.length).toBeGreaterThanOrEqual(3)
    expect(passed.length).toBeLessThanOrEqual(3 * seconds)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30 - passed.length)
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.body).toEqual({ detail: 'Request was throttled. Expected available in 1 seconds.' })
    expect(refused?.headers['retry-after']).toBe('1')
    expect((await as(calm).get('/api/organization-groups/')).status).toBe(200)
  })
})

describe('a server that does not', () => {
  const w = world()

  it('answers any number', async () => {
    const { as, user } = w.current
    const hasty = await user()

    const answers = await Promise.all(Array.from({ length: 30 }, () => as(hasty).get('/api/organization-groups/')))

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
