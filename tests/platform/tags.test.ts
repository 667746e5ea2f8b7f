// Nobody overwrites what they have not seen: tags of objects (platform.md §5).
import { describe, expect, it } from 'vitest'
import { lampWorld } from '../support/lamps.ts'
import { urls } from '../support/world.ts'

const LAMPS = '/api/lamps/'
const TAG = /^"[\w-]{22}"$/

describe('the tag of an object', () => {
  const w = lampWorld()
  const given = (headers: { [name: string]: string }) => ({ headers })

  it('comes with the whole object, and is another one after a change', async () => {
    const { lampsAs, owner, lamp } = w.current
    const path = `${LAMPS}${(await lamp()).uuid}/`

    const before = await lampsAs(owner).get(path)
    const again = await lampsAs(owner).get(path)
    const changed = await lampsAs(owner).patch(path, { name: 'Changed' })
    const after = await lampsAs(owner).get(path)

    expect(before.headers.etag).toMatch(TAG)
    expect(again.headers.etag).toBe(before.headers.etag)
    expect(after.headers.etag).not.toBe(before.headers.etag)
    expect(changed.headers.etag).toBe(after.headers.etag)
    expect((await lampsAs(owner).get(path, { query: { field: 'uuid' } })).headers.etag).toBeUndefined()
  })

  it('lets a change through while nothing else was changed, and refuses it with 412 afterwards', async () => {
    const { lampsAs, owner, lamp } = w.current
    const path = `${LAMPS}${(await lamp()).uuid}/`
    const { etag = '' } = (await lampsAs(owner).get(path)).headers

    const first = await lampsAs(owner).patch(path, { name: 'First' }, given({ 'If-Match': etag }))
    const second = await lampsAs(owner).patch(path, { name: 'Second' }, given({ 'If-Match': etag }))
    const gone = await lampsAs(owner).delete(path, undefined, given({ 'If-Match': etag }))
    const acted = await lampsAs(owner).post(`${path}switch_on/`, undefined, given({ 'If-Match': etag }))
    const fresh = await lampsAs(owner).patch(path, { name: 'Third' }, given({ 'If-Match': `"x", ${first.headers.etag}` }))

    expect(first.status).toBe(200)
    for (const late of [second, gone, acted]) {
      expect(late).toMatchObject({ status: 412, body: { detail: 'The object has been changed since it was read.' } })
    }
    expect(fresh.body.name).toBe('Third')
    expect((await lampsAs(owner).patch(path, { name: 'Any' }, given({ 'If-Match': '*' }))).status).toBe(200)
    expect((await lampsAs(owner).patch(path, { name: 'Weak' }, given({ 'If-Match': `W/${etag}` }))).status).toBe(412)
  })

  it('lets one of two through who change at once what both have seen', async () => {
    const { lampsAs, owner, staff, lamp } = w.current
    const path = `${LAMPS}${(await lamp()).uuid}/`
    const tags = await Promise.all([owner, staff].map(async (person) => (await lampsAs(person).get(path)).headers.etag ?? ''))

    const answers = await Promise.all([
      lampsAs(owner).patch(path, { name: 'One' }, given({ 'If-Match': tags[0] as string })),
      lampsAs(staff).patch(path, { name: 'Two' }, given({ 'If-Match': tags[1] as string })),
    ])

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  })

  it('is told only to those who may act: who does not see the object, or may not change it, learns no more than before', async () => {
    const { lampsAs, viewer, stranger, lamp } = w.current
    const path = `${LAMPS}${(await lamp()).uuid}/`

    expect((await lampsAs(viewer).patch(path, { name: 'x' }, given({ 'If-Match': '"x"' }))).status).toBe(403)
    expect((await lampsAs(stranger).patch(path, { name: 'x' }, given({ 'If-Match': '"x"' }))).status).toBe(404)
  })

  it('spares those who have the object already its text', async () => {
    const { lampsAs, viewer, lamp, home } = w.current
    const path = `${LAMPS}${(await lamp()).uuid}/`
    const { etag = '' } = (await lampsAs(viewer).get(path)).headers

    for (const known of [etag, `W/${etag}`, '*']) {
      expect(await lampsAs(viewer).get(path, given({ 'If-None-Match': known }))).toMatchObject({ status: 304, text: '' })
    }
    expect((await lampsAs(viewer).get(path, given({ 'If-None-Match': '"x"' }))).body.customer).toBe(urls.customer(home))
  })
})
