// What holds for every list: its filters, orders and fields, its count, its pages, its number of statements.
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyCollections } from '../../src/core/site/empty-collections.ts'
import type { Answer, Client } from '../support/client.ts'
import { expectExcused, isExcused } from '../support/excuses.ts'
import { statementsOf } from '../support/statements.ts'
import { type Described, enumOf, isPaging, keysOfOrder, type Parameter, UNKNOWN, wholeWorld } from '../support/whole-world.ts'

const STATEMENTS_MAX = 3
const TIMEOUT = 240_000

describe('every list', () => {
  const w = wholeWorld()
  let lists: Described[]
  let readers: { [name: string]: Client }
  beforeAll(() => {
    const { operations, people, as } = w.current
    lists = operations.filter(({ method, list }) => method === 'GET' && list)
    readers = { staff: as(people.staff), customerOwner: as(people.customerOwner) }
  })

  /** What `check` complains about, for every list and reader who may read it. */
  async function complaints(
    check: (list: Described, path: string, read: Client) => Promise<string[]>,
    who: readonly string[] = Object.keys(readers),
  ): Promise<string[]> {
    const found: string[] = []
    for (const list of lists) {
      const path = w.current.at(list.path)
      for (const name of who) {
        const read = readers[name] as Client
        if ((await read.head(path)).status !== 200) continue
        const texts = await check(list, path, read).catch((error: Error) => [error.message.slice(0, 500)])
        found.push(...texts.map((text) => `${list.path} as ${name}: ${text}`))
      }
    }
    return found
  }

  it('is read by staff', async () => {
    expect(lists.length).toBeGreaterThan(0)

    for (const { path } of lists) expect([path, (await readers.staff?.get(w.current.at(path)))?.status]).toEqual([path, 200])
  })

  it('shows rows to staff (if not: give it some in tests/support/populate.ts, or no check of lists can fail for it)', async () => {
    const empty: string[] = []
    for (const { path } of lists) if (countOf(await (readers.staff as Client).head(w.current.at(path))) === 0) empty.push(path)

    // Of what Tradepost does not have there is never any.
    expect(empty).toEqual(emptyCollections.map(({ path }) => path).sort())
  })

  const refusesWell = ({ status }: { status: number }, what: string) =>
    status === 400 && isExcused('filters that refuse what names nothing', what)

  it(
    'takes its filters, none of which shows more than there is without it',
    async () => {
      const wide: string[] = []
      const found = await complaints(
        async ({ path: list, query }, path, read) => {
          const whole = countOf(await read.head(path))
          const texts: string[] = []
          const asked = query
            .filter(({ name }) => !isPaging(name))
            .flatMap((one) => sensible(one).map((value) => [one.name, value] as const))
          for (const [name, value] of asked) {
            const answer = await read.get(path, { query: { [name]: value, page_size: 2, field: 'uuid' } })
            if (refusesWell(answer, `${list} ${name}`)) continue
            if (answer.status !== 200) texts.push(`${name}=${value} answers ${answer.status} ${answer.text.slice(0, 200)}`)
            else if (countOf(answer) > whole) wide.push(`${list} ${name}`)
          }
          return texts
        },
        // Staff sees everything anyway; that filters narrow its lists is shown in lists.filters.test.ts.
        ['customerOwner'],
      )

      expect(found).toEqual([])
      expectExcused('filters that widen a list', wide)
    },
    TIMEOUT,
  )

  it(
    'refuses a filter that makes no sense by its name, or narrows to nothing',
    async () => {
      const found = await complaints(
        async ({ query }, path, read) => {
          const whole = countOf(await read.head(path))
          const names = query.map(({ name }) => name).filter((name) => !isPaging(name))
          const texts: string[] = []
          for (const name of names) texts.push(...(await complaintsOfNonsense(read, path, name, whole)))
          return texts
        },
        ['staff'],
      )

      expect(found).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'names all its bad filters at once',
    async () => {
      const found = await complaints(async ({ query }, path, read) => {
        const bad: string[] = []
        for (const { name } of query.filter(({ name }) => !isPaging(name))) {
          const answer = await read.get(path, { query: { [name]: 'no\0pe' } })
          if (answer.status === 400 && !Array.isArray(answer.body)) bad.push(name)
        }
        const answer = await read.get(path, { query: Object.fromEntries(bad.map((name) => [name, 'no\0pe'])) })
        return bad.length > 0 && Object.keys(answer.body).sort().join() !== bad.sort().join() ? [`names ${answer.text.slice(0, 300)}`] : []
      })

      expect(found).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'is ordered by each of its keys, and the other way round by each with a minus',
    async () => {
      const found = await complaints(async ({ query }, path, read) => {
        const texts: string[] = []
        for (const key of keysOfOrder(query).filter((name) => !name.startsWith('-'))) {
          const [up, down] = [await rowsBy(read, path, key), await rowsBy(read, path, `-${key}`)]
          if (!up || !down) texts.push(`o=${key} is not taken`)
          else if (up.join() !== [...down].reverse().join()) texts.push(`o=-${key} is not o=${key} the other way round`)
        }
        if (keysOfOrder(query).length > 0 && !(await rowsBy(read, path, keysOfOrder(query).join())))
          texts.push('all keys at once are not taken')
        return texts
      })

      expect(found).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'gives each of its fields alone',
    async () => {
      const found = await complaints(async ({ query }, path, read) => {
        const texts: string[] = []
        for (const name of enumOf(query.find((parameter) => parameter.name === 'field'))) {
          const answer = await read.get(path, { query: { field: name, page_size: 5 } })
          if (answer.status !== 200) texts.push(`field=${name} answers ${answer.status}`)
          else if (answer.body.some((row: object) => Object.keys(row).some((key) => key !== name) && Object.hasOwn(row, name))) {
            texts.push(`field=${name} gives ${Object.keys(answer.body[0])}`)
          }
        }
        return texts
      })

      expect(found).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'counts the same for HEAD and GET, and yields each row once over its pages',
    async () => {
      const found = await complaints(async (_list, path, read) => {
        const [head, get] = [await read.head(path), await read.get(path, { query: { page_size: 300 } })]
        const texts = head.headers['x-result-count'] === get.headers['x-result-count'] ? [] : ['HEAD and GET count differently']
        if (Number(get.headers['x-result-count']) <= 300 && get.body.length !== countOf(get))
          texts.push(`counts ${countOf(get)}, gives ${get.body.length}`)
        const walked: string[] = []
        for (let next: string | undefined = `${path}?page_size=2`; next && walked.length < 400; ) {
          const answer = await read.get(next)
          walked.push(...answer.body.map((row: unknown) => JSON.stringify(row)))
          next = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1]
        }
        const whole = get.body.map((row: unknown) => JSON.stringify(row))
        return walked.join() === whole.join() ? texts : [...texts, 'its pages are not the whole list']
      })

      expect(found).toEqual([])
    },
    TIMEOUT,
  )

  it(
    'takes at most three statements, however large the page',
    async () => {
      const found = await complaints(async (_list, path, read) => {
        const counts: number[] = []
        for (const page_size of [1, 10, 300]) {
          counts.push((await statementsOf(w.current.database, () => read.get(path, { query: { page_size } }))).length)
        }
        const even = new Set(counts).size === 1 && counts[0] !== 0 && (counts[0] as number) <= STATEMENTS_MAX
        return even ? [] : [`takes ${counts.join(', ')} statements for pages of 1, 10, 300`]
      })

      expect(found).toEqual([])
    },
    TIMEOUT,
  )
})

const countOf = (answer: Answer) => Number(answer.headers['x-result-count'])

async function rowsBy(read: Client, path: string, o: string): Promise<string[] | undefined> {
  const { status, body } = await read.get(path, { query: { o, page_size: 300, field: 'uuid' } })
  return status === 200 ? body.map((row: { uuid?: string }) => row.uuid ?? JSON.stringify(row)) : undefined
}

async function complaintsOfNonsense(read: Client, path: string, name: string, whole: number): Promise<string[]> {
  const texts: string[] = []
  for (const value of ['', 'nope', `${UNKNOWN},nope`, '9'.repeat(40), '0001-01-01', '[]']) {
    const answer = await read.head(path, { query: { [name]: value } })
    if (answer.status !== 200 && answer.status !== 400) texts.push(`${name}=${JSON.stringify(value)} answers ${answer.status}`)
    if (answer.status === 200 && countOf(answer) > whole) texts.push(`${name}=${value} gives more than no filter`)
  }
  const { status, body, text } = await read.get(path, { query: { [name]: 'no\0pe' } })
  // Free JSON is refused as a rule is, by a bare text (service-providers.md).
  const refused = status === 400 && (Array.isArray(body) || Object.keys(body).join() === name)
  return status === 200 || refused ? texts : [...texts, `${name} with NUL answers ${status} ${text.slice(0, 200)}`]
}

/** Values that a filter's shape allows. */
function sensible({ name, schema }: Parameter): (string | string[])[] {
  if (name === 'attributes') return ['{}', '{"a": ["b"]}']
  const one = (schema.items ?? schema) as { type?: string; format?: string; enum?: string[] }
  if (one.enum) return [one.enum[0] as string, one.enum.slice(0, 2)]
  if (one.format === 'uuid') return [UNKNOWN]
  if (one.format === 'date-time') return ['2020-01-01T00:00:00Z', '2020-01-01']
  if (one.format === 'date') return ['2020-01-01']
  if (one.format === 'uri') return [`http://testserver/api/customers/${UNKNOWN}/`, `http://testserver/api/projects/${UNKNOWN}/`]
  if (one.type === 'boolean') return ['true', 'false']
  if (one.type === 'integer' || one.type === 'number') return ['1']
  return ['a']
}
