// Lists: pages, links, `field` and `o` (platform.md §3.1–§3.3), for one who sees all and for one who sees by roles.
import { beforeAll, describe, expect, it } from 'vitest'
import { lampWorld } from '../support/lamps.ts'

const LAMPS = '/api/lamps/'
const BASE = `http://testserver${LAMPS}`

describe('pages', () => {
  const w = lampWorld()
  beforeAll(async () => {
    for (let i = 0; i < 25; i++) await w.current.lamp({ name: 'Equal', brightness: i % 3 })
    for (let i = 0; i < 290; i++) await w.current.lamp({ name: 'Other' })
  })

  it.each([undefined, 0, -1, 'abc', '', 1.5, '1e2', '٣'])('platform 18: page_size=%s means ten', async (size) => {
    const { lampsAs, staff, viewer } = w.current

    for (const person of [staff, viewer]) {
      const answer = await lampsAs(person).get(LAMPS, { query: { page_size: size } })
      expect(answer.body).toHaveLength(10)
      expect(answer.headers['x-result-count']).toBe('315')
    }
  })

  it.each([300, 301, 1000, '9999999999'])('platform 18: page_size=%s means three hundred', async (size) => {
    const { lampsAs, viewer } = w.current

    const answer = await lampsAs(viewer).get(LAMPS, { query: { page_size: size, field: 'uuid' } })

    expect(answer.body).toHaveLength(size === '9999999999' ? 10 : 300)
  })

  it.each([0, -1, 1.5, 'abc', 33, 1000, '999999999999999', '9'.repeat(40), 'last1', ' '])(
    'platform 19: page=%s is no page',
    async (page) => {
      const { lampsAs, staff, viewer } = w.current

      for (const person of [staff, viewer]) {
        const answer = await lampsAs(person).get(LAMPS, { query: { page } })
        expect(answer).toMatchObject({ status: 404, body: { detail: 'Invalid page.' } })
        expect((await lampsAs(person).head(LAMPS, { query: { page } })).status).toBe(404)
      }
    },
  )

  it('platform 19: the last page may be asked for by name, an empty one is the first', async () => {
    const { lampsAs, viewer } = w.current

    const last = await lampsAs(viewer).get(LAMPS, { query: { page: 'last' } })
    const numbered = await lampsAs(viewer).get(LAMPS, { query: { page: 32 } })
    const empty = await lampsAs(viewer).get(LAMPS, { query: { page: '' } })
    const first = await lampsAs(viewer).get(LAMPS)

    expect(last.body).toHaveLength(5)
    expect(last.body).toEqual(numbered.body)
    expect(last.headers.link).toBe(numbered.headers.link)
    expect(empty.body).toEqual(first.body)
  })

  it('the last of repeated numbers counts', async () => {
    const { lampsAs, viewer } = w.current

    const answer = await lampsAs(viewer).get(LAMPS, { query: { page: ['nope', 2], page_size: [3, 7], field: 'uuid' } })

    expect(answer.body).toHaveLength(7)
    expect(answer.headers.link).toContain('rel="prev"')
  })

  it('platform 20: a page in the middle names four others, parameters sorted, the first page without its number', async () => {
    const { lampsAs, staff } = w.current

    const answer = await lampsAs(staff).get(`${LAMPS}?page_size=10&o=name,-created&name=equal&page=2&field=uuid&field=name&x=%ZZ&a='*`)

    const others = 'a=%27%2A&field=uuid&field=name&name=equal&o=name%2C-created'
    expect(answer.headers['x-result-count']).toBe('25')
    expect(answer.headers.link).toBe(
      [
        `<${BASE}?${others}&page_size=10&x=%25ZZ>; rel="first"`,
        `<${BASE}?${others}&page_size=10&x=%25ZZ>; rel="prev"`,
        `<${BASE}?${others}&page=3&page_size=10&x=%25ZZ>; rel="next"`,
        `<${BASE}?${others}&page=3&page_size=10&x=%25ZZ>; rel="last"`,
      ].join(', '),
    )
  })

  it('platform 21: a single page names itself as first and last', async () => {
    const { lampsAs, staff } = w.current

    const answer = await lampsAs(staff).get(LAMPS, { query: { name: 'equal', page_size: 50, page: 1 } })

    expect(answer.headers.link).toBe(`<${BASE}?name=equal&page_size=50>; rel="first", <${BASE}?name=equal&page_size=50>; rel="last"`)
  })

  it('platform 22: an empty list is an empty list', async () => {
    const { lampsAs, staff, stranger } = w.current

    for (const answer of [await lampsAs(staff).get(LAMPS, { query: { name: 'no such lamp' } }), await lampsAs(stranger).get(LAMPS)]) {
      expect(answer).toMatchObject({ status: 200, text: '[]' })
      expect(answer.headers['x-result-count']).toBe('0')
      expect(answer.headers.link).toMatch(/^<[^>]+>; rel="first", <[^>]+>; rel="last"$/)
    }
  })

  it.each(['name', '-name', '-bought', 'customer_name', 'brightness,-name', ''])(
    'platform 23: walking all pages ordered by %j yields each object once',
    async (o) => {
      const { lampsAs, staff, viewer } = w.current

      for (const person of [staff, viewer]) {
        const seen: string[] = []
        for (let next: string | undefined = `${LAMPS}?name=equal&o=${o}&page_size=4&field=uuid`; next; ) {
          const answer = await lampsAs(person).get(next)
          seen.push(...answer.body.map(({ uuid }: { uuid: string }) => uuid))
          next = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1]
        }
        expect(seen).toHaveLength(25)
        expect(new Set(seen).size).toBe(25)
      }
    },
  )

  it('are the same for one who sees all and one who sees the same by a role', async () => {
    const { lampsAs, staff, viewer } = w.current

    for (const query of [
      { o: '-bought,name', page: 3 },
      { name: 'equal', o: 'brightness' },
      { page: 'last', o: '-customer_name' },
    ]) {
      const asked = { query: { ...query, field: ['uuid', 'name'] } }
      expect((await lampsAs(viewer).get(LAMPS, asked)).body).toEqual((await lampsAs(staff).get(LAMPS, asked)).body)
    }
  })
})

describe('the fields of an answer', () => {
  const w = lampWorld()
  let one = ''
  beforeAll(async () => {
    one = `${LAMPS}${(await w.current.lamp({ name: 'Narrow' })).uuid}/`
  })
  const keys = async (query: string, path = LAMPS, person = w.current.viewer) => {
    const { body } = await w.current.lampsAs(person).get(`${path}${query}`)
    return Object.keys(Array.isArray(body) ? body[0] : body)
  }

  it('platform 24: are those named, in the order of the view', async () => {
    expect(await keys('?field=name&field=uuid')).toEqual(['uuid', 'name'])
    expect(await keys('?field=name&field=uuid', one)).toEqual(['uuid', 'name'])
    expect(await keys('?field=uuid&field=nope')).toEqual(['uuid'])
  })

  it('platform 24: are all when none of those named exists', async () => {
    const all = await keys('')

    for (const query of [
      '?field=nope',
      '?field=uuid,name',
      '?field=',
      '?field=constructor',
      '?field=__proto__',
      '?field=toString&field=',
    ]) {
      expect([query, await keys(query)]).toEqual([query, all])
      expect([query, await keys(query, one)]).toEqual([query, all])
    }
  })

  it('stay hidden from those who may not see them, named or not', async () => {
    const { staff } = w.current

    expect(await keys('?field=secret&field=uuid')).toEqual(['uuid'])
    expect(await keys('?field=secret', one, staff)).toEqual(['secret'])
  })

  it('that are dear come only when named', async () => {
    expect(await keys('')).not.toContain('dear')
    expect(await keys('?field=dear')).toEqual(['dear'])
    expect(await keys('?field=dear', one)).toEqual(['dear'])
  })
})

describe('the order of a list', () => {
  const w = lampWorld()
  beforeAll(async () => {
    const { lamp } = w.current
    for (const [name, brightness, bought] of [
      ['b', 1, '2026-01-02'],
      ['a', 2, null],
      ['c', 1, '2026-01-01'],
    ] as const) {
      await lamp({ name, brightness, bought, created: `2026-01-01T00:00:0${brightness}Z` })
    }
  })
  const names = async (query: string) => {
    const { lampsAs, staff, viewer } = w.current
    const [all, some] = [await lampsAs(staff).get(`${LAMPS}${query}`), await lampsAs(viewer).get(`${LAMPS}${query}`)]
    expect(some.body.map(({ name }: { name: string }) => name)).toEqual(all.body.map(({ name }: { name: string }) => name))
    return all.body.map(({ name }: { name: string }) => name).join('')
  }

  it('platform 25: is that of the keys, comma separated or repeated', async () => {
    expect(await names('?o=name')).toBe('abc')
    expect(await names('?o=-name')).toBe('cba')
    expect(await names('?o=brightness,-name')).toBe('cba')
    expect(await names('?o=brightness&o=name')).toBe('bca')
    expect(await names('?o=name,-name,name')).toBe('abc')
  })

  it('has those without a value last, and first when descending', async () => {
    expect(await names('?o=bought')).toBe('cba')
    expect(await names('?o=-bought')).toBe('abc')
  })

  it('platform 25: is the usual one when nothing is asked', async () => {
    const usual = await names('')

    expect(await names('?o=')).toBe(usual)
    expect(await names('?ordering=name')).toBe(usual)
  })

  it.each(['nope', '-nope', 'name,nope', 'nope,worse', '--name', '-', '+name', 'Name', '__proto__', 'constructor', "name'"])(
    'platform 25: o=%s is refused, naming what is not known',
    async (o) => {
      const { lampsAs, viewer } = w.current
      const bad = o.split(',').find((key) => key !== 'name')

      const answer = await lampsAs(viewer).get(LAMPS, { query: { o } })

      expect(answer).toMatchObject({
        status: 400,
        body: { o: [`Select a valid choice. ${bad} is not one of the available choices.`] },
      })
    },
  )

  it('may name a key hundreds of times', async () => {
    expect(await names(`?o=${'name,-name,'.repeat(350)}brightness`)).toBe('abc')
  })
})
