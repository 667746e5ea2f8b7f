// What every filter owes: its value matters, and where a row shows a field of the filter's name the two agree. Values are
// taken from what the lists themselves show, so a new filter is tried without a line here; what no row can tell apart is
// asked of tests/support/populate.ts.
import { beforeAll, describe, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { expectExcused, isExcused } from '../support/excuses.ts'
import { fillerOf } from '../support/tell-apart.ts'
import { type Described, isPaging, type Parameter, UNKNOWN, wholeWorld } from '../support/whole-world.ts'

const TIMEOUT = 240_000
const IDLE = 'filters that change nothing'
const DISAGREEING = 'filters that disagree with the field of their name'
const TRIES_MAX = 80
const TRIES_EXCUSED = 10
const UUID = /^[0-9a-f]{32}$/
const MOMENT = /^\d{4}-\d\d-\d\d(T|$)/
const URL = /^https?:\/\//

/** The key under which the uuids and names of the world's own people and things are kept. */
const CAST = 'of the cast'

type Row = { [key: string]: unknown }
type Scalar = string | number | boolean

/** A list as staff sees it whole, with every scalar in it: by its own key, and all of them. */
type Shown = { list: Described; path: string; rows: Row[]; own: Map<string, Set<Scalar>>; all: Set<Scalar> }

describe('every filter of every list', () => {
  const w = wholeWorld()
  let staff: Client
  const lists: Shown[] = []
  const everywhere: Shown['own'] = new Map()
  beforeAll(async () => {
    staff = w.current.as(w.current.people.staff)
    const { people, things } = w.current
    const known = [...Object.values(people), ...Object.values(things)].flatMap((one) => {
      const { uuid = [], username = [] } = one as { uuid?: string; username?: string }
      return [uuid, username].flat()
    })
    everywhere.set(CAST, new Set(known))
    for (const list of w.current.operations.filter(({ method, list }) => method === 'GET' && list)) {
      const path = w.current.at(list.path)
      const rows = (await staff.get(path, { query: { page_size: 300 } })).body as Row[]
      const shown: Shown = { list, path, rows, own: new Map(), all: new Set() }
      for (const row of rows) {
        for (const [key, value] of Object.entries(row)) gather(value, shown.all, shown.own, key)
      }
      for (const [key, values] of shown.own) everywhere.set(key, new Set([...(everywhere.get(key) ?? []), ...values]))
      lists.push(shown)
    }
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

/** Every scalar within a value, under the key at the top of its row. */
function gather(value: unknown, all: Set<Scalar>, own: Map<string, Set<Scalar>>, key: string): void {
  if (value === null || value === '') return
  if (typeof value === 'object') {
    for (const part of Object.values(value as object)) gather(part, all, own, key)
    return
  }
  // The key of an object that a row links to is asked for as often as its address.
  const linked = typeof value === 'string' && URL.test(value) ? /[0-9a-f]{32}/.exec(value)?.[0] : undefined
  for (const one of linked ? [value, linked] : [value]) {
    all.add(one as Scalar)
    own.set(key, (own.get(key) ?? new Set()).add(one as Scalar))
  }
}

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

/** Values worth trying: those of the field of the filter's name first, then all of its kind in this list, then in any. */
function candidates({ name, schema }: Parameter, shown: Shown, everywhere: Shown['own'], most: number): Scalar[] {
  const one = (schema.items ?? schema) as { type?: string; format?: string; enum?: Scalar[] }
  if (one.enum) return [...one.enum]
  if (one.type === 'boolean') return [true, false]
  if (name === 'attributes') return ['{"key": "value"}', '{"key": "other"}']
  const word = name.replace(/_(exact|uuid|keyword|list)$/, '')
  const under = (values: Shown['own'], near: (key: string) => boolean) =>
    [...values].filter(([key]) => near(key)).flatMap(([, some]) => [...some])
  const thing = `${name.split('_').at(-1)?.replace(/s$/, '')}_`
  const alike = (key: string) =>
    [word, thing].some((start) => key.startsWith(start)) || name.startsWith(`${key}_`) || key.endsWith(`_${name}`)
  // The contract types some uuids as plain text.
  const kind = /(^|_)uuid$/.test(name) ? 'uuid' : (one.format ?? one.type ?? '')
  const fits = KINDS[kind] ?? KINDS.string
  const same = under(shown.own, (key) => key === name)
  const addressed = kind === 'uri' ? under(everywhere, (key) => key === 'url').filter((value) => String(value).includes(word)) : []
  const others = [
    ...(everywhere.get(CAST) ?? []),
    ...under(shown.own, alike),
    ...under(everywhere, alike),
    ...shown.all,
    ...under(everywhere, () => true),
  ]
  const known = [...new Set([...same, ...addressed, ...others.filter((value) => fits?.(value))])].slice(0, most)
  const extremes = EXTREMES[kind] ?? ['nothing has this', fillerOf(name)]
  return [...extremes, ...known]
}

const KINDS: { [kind: string]: (value: Scalar) => boolean } = {
  uuid: (value) => UUID.test(String(value)),
  uri: (value) => URL.test(String(value)),
  date: (value) => MOMENT.test(String(value)),
  'date-time': (value) => MOMENT.test(String(value)),
  number: (value) => /^-?\d+(\.\d+)?$/.test(String(value)),
  integer: (value) => /^-?\d+$/.test(String(value)),
  string: (value) => typeof value === 'string' && !UUID.test(value) && !MOMENT.test(value),
}

const EXTREMES: { [kind: string]: Scalar[] } = {
  uuid: [UNKNOWN],
  uri: [`http://testserver/api/customers/${UNKNOWN}/`],
  date: ['1970-01-01', '2999-01-01'],
  'date-time': ['1970-01-01', '2999-01-01'],
  number: [987654, 1, 2025],
  integer: [987654, 1, 2025],
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
