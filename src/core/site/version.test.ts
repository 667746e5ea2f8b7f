import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'

const w = world()

describe('the version', () => {
  it('platform 80: staff and support read it, others do not', async () => {
    const cast = await w.current.cast()

    expect(await w.current.as(cast.staff).get('/api/version/')).toMatchObject({
      status: 200,
      body: { version: expect.stringMatching(/^\d+\./) },
    })
    expect(await w.current.as(cast.support).get('/api/version/')).toMatchObject({ status: 200 })
    expect(await w.current.as(cast.outsider).get('/api/version/')).toMatchObject({ status: 403 })
    expect(await w.current.as().get('/api/version/')).toMatchObject({ status: 401 })
  })
})
