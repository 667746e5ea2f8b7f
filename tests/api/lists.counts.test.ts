// What a list says it holds is what a caller can fetch of it, and no more: for everybody, without a filter and with each one.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Client, Query } from '../support/client.ts'
import { expectExcused } from '../support/excuses.ts'
import { candidates, type Row, type Scalar, type Shown, whatIsShown } from '../support/shown.ts'
import { isPaging, keysOfOrder, wholeWorld } from '../support/whole-world.ts'

const TIMEOUT = 400_000
const TRIES_MAX = 15
/** Pairs of filters tried of each list. */
const PAIRS = 6
const WIDENING = 'filters that show what the list leaves out'

/** A list with a filter on it, or none. */
type Asked = { shown: Shown; query: Query }

describe('the count of every list', () => {
  const w = wholeWorld()
  const asked: Asked[] = []
  let readers: [name: string, Client][]
  beforeAll(async () => {
    const { people, as } = w.current
    const staff = as(people.staff)
    const { lists, everywhere } = await whatIsShown(w.current, staff)
    for (const shown of lists) {
      asked.push({ shown, query: {} })
      for (const parameter of shown.list.query.filter(({ name }) => !isPaging(name))) {
        const value = await telling(staff, shown, parameter.name, candidates(parameter, shown, everywhere, TRIES_MAX))
        if (value !== undefined) asked.push({ shown, query: { [parameter.name]: value } })
      }
    }
    const actors = Object.entries(people).flatMap(([name, one]): [string, Client][] => ('token' in one ? [[name, as(one)]] : []))
    readers = [...actors, ['nobody', as()]]
  }, TIMEOUT)

  it(
    'is that of the rows that its pages give, with GET and HEAD, whoever asks and for whatever',
    async () => {
      const found = await Promise.all(readers.map(([name, read]) => complaintsOf(name, read, asked)))

      expect(found.flatMap(({ wrong }) => wrong)).toEqual([])
      expectExcused(WIDENING, [...new Set(found.flatMap(({ widening }) => widening))])
    },
    TIMEOUT,
  )

  it(
    'is that of its rows with two filters together too, in any order',
    async () => {
      const pairs = [...new Set(asked.map(({ shown }) => shown))].flatMap((shown) => pairsOf(shown, asked))
      const found = await Promise.all(readers.map(([name, read]) => complaintsOf(name, read, pairs)))

      expect(pairs.length).toBeGreaterThan(PAIRS)
      expect(found.flatMap(({ wrong }) => wrong)).toEqual([])
    },
    TIMEOUT,
  )
})

const countOf = ({ headers }: { headers: { [name: string]: unknown } }) => Number(headers['x-result-count'])
const keyOf = (row: Row) => JSON.stringify(row.uuid ?? row)

/** A value for which some rows are left: of several, one that leaves some out. */
async function telling(staff: Client, { path, rows }: Shown, name: string, values: readonly Scalar[]): Promise<Scalar | undefined> {
  let some: Scalar | undefined
  for (const value of values) {
    const answer = await staff.head(path, { query: { [name]: value } })
    if (answer.status !== 200 || countOf(answer) === 0) continue
    some ??= value
    if (countOf(answer) < rows.length) return value
  }
  return some
}

/** Some pairs of a list's filters, each with an order of the list: others for each list, the same in each run. */
function pairsOf(shown: Shown, asked: readonly Asked[]): Asked[] {
  const filters = asked.filter((one) => one.shown === shown && Object.keys(one.query).length > 0).map(({ query }) => query)
  const orders = keysOfOrder(shown.list.query)
  if (filters.length < 2) return []
  return Array.from({ length: PAIRS }, (_, i) => {
    const one = i * 7 + shown.path.length
    const other = one + 1 + ((i * 3) % (filters.length - 1))
    const order = orders.length > 0 ? { o: orders[one % orders.length] } : {}
    return { shown, query: { ...filters[one % filters.length], ...filters[other % filters.length], ...order } }
  })
}

async function complaintsOf(name: string, read: Client, asked: readonly Asked[]): Promise<{ wrong: string[]; widening: string[] }> {
  const [wrong, widening]: [string[], string[]] = [[], []]
  let own = new Set<string>()
  for (const { shown, query } of asked) {
    const { path, list, rows } = shown
    const told = (text: string) => wrong.push(`${list.path} ${JSON.stringify(query)} as ${name}: ${text}`)
    const head = await read.head(path, { query })
    const fetched = await everyPage(read, path, rows[0]?.uuid ? { ...query, field: 'uuid' } : query)
    if (head.status !== fetched.status) told(`HEAD answers ${head.status}, GET ${fetched.status}`)
    if (fetched.status !== 200 || head.status !== 200) continue
    const keys = fetched.rows.map(keyOf)
    const counts = new Set([countOf(head), ...fetched.counts, keys.length, new Set(keys).size])
    if (counts.size > 1) told(`HEAD counts ${countOf(head)}, its pages ${fetched.counts} and give ${keys.length}`)
    if (Object.keys(query).length === 0) own = new Set(keys)
    // Rows that are computed say something else about less.
    else if (rows[0]?.uuid !== undefined && keys.some((key) => !own.has(key))) widening.push(`${list.path} ${Object.keys(query)}`)
  }
  return { wrong, widening }
}

/** What all pages of a list give, and what each of them counts. Pages are so small that most lists have several. */
async function everyPage(read: Client, path: string, query: Query) {
  const [rows, counts]: [Row[], number[]] = [[], []]
  let next: string | undefined = path
  for (let page = 1; next; page++) {
    const answer = await read.get(path, { query: { ...query, page, page_size: 7 } })
    if (answer.status !== 200) return { status: answer.status, rows, counts }
    rows.push(...answer.body)
    counts.push(countOf(answer))
    next = /<([^>]+)>; rel="next"/.exec(answer.headers.link ?? '')?.[1]
  }
  return { status: 200, rows, counts }
}
