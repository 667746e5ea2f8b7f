// What holds for everything that is answered, wherever it is answered: how uuids, moments and links are written, and that
// links lead somewhere (platform.md §2).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { wholeWorld } from '../support/whole-world.ts'

const UUID = /^[0-9a-f]{32}$/
const DASHED = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?Z$/
const TIMEOUT = 60_000

/** A value in an answer, and where: `/api/projects/ 0.customer_uuid`. */
type Found = { place: string; key: string; value: string }

describe('every answer to a reader', () => {
  const w = wholeWorld()
  let staff: Client
  const texts: Found[] = []
  beforeAll(async () => {
    staff = w.current.as(w.current.people.staff)
    for (const { method, path } of w.current.operations) {
      if (method !== 'GET' || path === '/api/schema/' || path === '/api/docs/') continue
      const answer = await staff.get(w.current.at(path), { query: { page_size: 20 } })
      collect(answer.body, path, '', texts)
    }
  }, TIMEOUT)
  const wrong = (found: readonly Found[]) => found.map(({ place, value }) => `${place}: ${value}`)

  it('platform 16: writes uuids in 32 hex digits', () => {
    const uuids = texts.filter(({ key }) => /(^|_)uuid$/.test(key))

    expect(uuids.length).toBeGreaterThan(0)
    expect(wrong(uuids.filter(({ value }) => !UUID.test(value)))).toEqual([])
    expect(wrong(texts.filter(({ value }) => DASHED.test(value)))).toEqual([])
  })

  it('writes moments in UTC with six digits of a second or none', () => {
    const moments = texts.filter(({ value }) => /^\d{4}-\d{2}-\d{2}[T ]\d/.test(value))

    expect(moments.length).toBeGreaterThan(0)
    expect(wrong(moments.filter(({ value }) => !MOMENT.test(value)))).toEqual([])
  })

  it(
    'has links to this server alone, and each leads somewhere',
    async () => {
      const links = texts.filter(({ value }) => /^https?:\/\//.test(value))
      const own = [...new Map(links.filter(({ value }) => value.includes('/api/')).map((link) => [link.value, link])).values()]
      const lost: string[] = []
      for (const { place, value } of own) {
        const found = value.startsWith('http://testserver/api/') && (await staff.get(value)).status
        if (found !== 200) lost.push(`${place}: ${value} answers ${found}`)
      }

      expect(own.length).toBeGreaterThan(0)
      expect(lost).toEqual([])
    },
    TIMEOUT,
  )

  it('gives one object by any spelling of its uuid', async () => {
    const { operations, at } = w.current
    for (const { path } of operations.filter(({ method, path }) => method === 'GET' && /^[^{]*\{uuid\}\/$/.test(path))) {
      const target = at(path)
      const dashed = target.replace(/([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})/, '$1-$2-$3-$4-$5')
      const statuses = [
        await staff.get(target),
        await staff.get(dashed),
        await staff.get(dashed.toUpperCase().replace(/^.*(?=[0-9A-F]{8}-)/, path.split('{')[0] as string)),
      ]
      expect([path, new Set(statuses.map(({ status }) => status)).size]).toEqual([path, 1])
    }
  })

  it('platform 25: takes any order where lists are lenient', async () => {
    expect((await staff.get('/api/customers/', { query: { o: 'nope' } })).status).toBe(200)
  })
})

function collect(value: unknown, path: string, where: string, into: Found[]): void {
  if (typeof value === 'string') into.push({ place: `${path} ${where}`, key: where.split('.').at(-1) ?? '', value })
  if (typeof value !== 'object' || value === null) return
  for (const [key, part] of Object.entries(value)) collect(part, path, where === '' ? key : `${where}.${key}`, into)
}
