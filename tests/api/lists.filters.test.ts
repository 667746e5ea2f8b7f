// What every filter owes: its value matters, and where a row shows a field of the filter's name the two agree. Values are
// taken from what the lists themselves show, so a new filter is tried without a line here; what no row can tell apart is
// asked of tests/support/populate.ts.
import { beforeAll, describe, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { expectExcused, isExcused } from '../support/excuses.ts'
import { candidates, type Row, type Scalar, type Shown, whatIsShown } from '../support/shown.ts'
import { isPaging, type Parameter, wholeWorld } from '../support/whole-world.ts'

const TIMEOUT = 240_000
const IDLE = 'filters that change nothing'
const DISAGREEING = 'filters that disagree with the field of their name'
const TRIES_MAX = 80
const TRIES_EXCUSED = 10

describe('every filter of every list', () => {
  const w = wholeWorld()
  let staff: Client
  let lists: Shown[]
  let everywhere: Shown['own']
  beforeAll(async () => {
    staff = w.current.as(w.current.people.staff)
    ;({ lists, everywhere } = await whatIsShown(w.current, staff))
  }, TIMEOUT)

  it(
    'gives other rows for another value (if not: it ignores its value, or populate() has no row that it tells apart)',
    async () => {
      const idle: string[] = []
      for (const shown of lists.filter(({ rows }) => rows.length > 0)) {
        for (const parameter of shown.list.query.filter(({ name }) => !isPaging(name))) {
          const what = `${shown.list.path} ${parameter.name}`
          const most = isExcused(IDLE, what) ? TRIES_EXCUSED : TRIES_MAX
          if (!(await tellsApart(staff, shown, parameter, everywhere, most))) idle.push(what)
        }
      }

      expectExcused(IDLE, idle)
    },
    TIMEOUT,
  )

  it(
    'finds each row by the value that it shows under the filter’s name, and no row that shows another',
    async () => {
      const wrong: string[] = []
      for (const shown of lists) {
        for (const parameter of shown.list.query.filter(({ name }) => !isPaging(name))) {
          const fault = await disagreement(staff, shown, parameter)
          if (fault) wrong.push(`${shown.list.path} ${parameter.name}: ${fault}`)
        }
      }

      expectExcused(DISAGREEING, wrong)
    },
    TIMEOUT,
  )
})

const keyOf = (row: Row) => JSON.stringify(row.uuid ?? row)

/** The rows that a filter gives, with no more of each than is compared. */
const rowsWhere = (read: Client, { path, rows }: Shown, name: string, value: Scalar, ...fields: string[]) =>
  read.get(path, { query: { [name]: value, page_size: 300, ...(rows[0]?.uuid ? { field: ['uuid', ...fields] } : {}) } })

/** Whether two values give different rows: by their number, or else by the rows themselves. */
async function tellsApart(read: Client, shown: Shown, parameter: Parameter, everywhere: Shown['own'], most: number): Promise<boolean> {
  // Rows that are computed may be as many and say something else.
  const computed = shown.rows[0]?.uuid === undefined
  const seen = new Map<string | undefined, Scalar[]>()
  for (const value of candidates(parameter, shown, everywhere, most)) {
    const query = { [parameter.name]: value, ...(computed ? { page_size: 300 } : {}) }
    const { status, headers, text } = await (computed ? read.get : read.head)(shown.path, { query })
    const answer = computed ? text : headers['x-result-count']
    if (status === 200) seen.set(answer, [...(seen.get(answer) ?? []), value])
    if (seen.size > 1) return true
  }
  const alike = new Set<string>()
  for (const value of seen.has('0') ? [] : ([...seen.values()][0] ?? []).slice(0, ALIKE_MAX)) {
    alike.add((await rowsWhere(read, shown, parameter.name, value)).body.map(keyOf).join())
  }
  return alike.size > 1
}

const VALUES_MAX = 3
const ALIKE_MAX = 5

/** Why the filter and the field of its name do not agree; undefined when they do, or when no row shows such a field. */
async function disagreement(read: Client, shown: Shown, { name, schema }: Parameter): Promise<string | undefined> {
  const { rows } = shown
  const one = (schema.items ?? schema) as { type?: string; format?: string; enum?: Scalar[] }
  const shows = (row: Row) => (one.type === 'boolean' ? (row[name] ?? false) : row[name]) as Scalar | null | undefined
  const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value) && value !== ''
  const values = [...new Set(rows.filter((row) => name in row).map(shows))].filter(isScalar).slice(0, VALUES_MAX) as Scalar[]
  for (const value of values) {
    const answer = await rowsWhere(read, shown, name, value, name)
    if (answer.status !== 200) return `${value} answers ${answer.status}`
    const found = answer.body as Row[]
    const keys = new Set(found.map(keyOf))
    const missed = rows.find((row) => shows(row) === value && !keys.has(keyOf(row)))
    if (missed) return `${value} does not find ${keyOf(missed).slice(0, 200)}`
    const stranger = found.find((row) => !agrees(one, shows(row), value))
    if (stranger) return `${value} finds ${shows(stranger)}`
  }
  return undefined
}

function agrees(
  { type, format, enum: choices }: { type?: string; format?: string; enum?: Scalar[] },
  shown: unknown,
  asked: Scalar,
): boolean {
  if (format === 'date-time') return String(shown) >= String(asked)
  if (type === 'string' && !format && !choices) return String(shown).toLowerCase().includes(String(asked).toLowerCase())
  return String(shown) === String(asked)
}
