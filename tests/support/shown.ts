// What the lists of a whole world show, and the values that are worth trying for a filter: those that some row has.
import type { Client } from './client.ts'
import { fillerOf } from './tell-apart.ts'
import { type Described, type Parameter, UNKNOWN, type WholeWorld } from './whole-world.ts'

const UUID = /^[0-9a-f]{32}$/
const MOMENT = /^\d{4}-\d\d-\d\d(T|$)/
const URL = /^https?:\/\//

/** The key under which the uuids and names of the world's own people and things are kept. */
export const CAST = 'of the cast'

export type Row = { [key: string]: unknown }
export type Scalar = string | number | boolean

/** A list as staff sees it whole, with every scalar in it: by its own key, and all of them. */
export type Shown = { list: Described; path: string; rows: Row[]; own: Map<string, Set<Scalar>>; all: Set<Scalar> }

/** Every list as staff sees it, and the scalars of all of them by their keys. */
export async function whatIsShown(w: WholeWorld, staff: Client): Promise<{ lists: Shown[]; everywhere: Shown['own'] }> {
  const known = [...Object.values(w.people), ...Object.values(w.things)].flatMap((one) => {
    const { uuid = [], username = [] } = one as { uuid?: string; username?: string }
    return [uuid, username].flat()
  })
  const everywhere: Shown['own'] = new Map([[CAST, new Set(known)]])
  const lists: Shown[] = []
  for (const list of w.operations.filter(({ method, list }) => method === 'GET' && list)) {
    const path = w.at(list.path)
    const rows = (await staff.get(path, { query: { page_size: 300 } })).body as Row[]
    const shown: Shown = { list, path, rows, own: new Map(), all: new Set() }
    for (const row of rows) {
      for (const [key, value] of Object.entries(row)) gather(value, shown.all, shown.own, key)
    }
    for (const [key, values] of shown.own) everywhere.set(key, new Set([...(everywhere.get(key) ?? []), ...values]))
    lists.push(shown)
  }
  return { lists, everywhere }
}

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

/** Values worth trying: those of the field of the filter's name first, then all of its kind in this list, then in any. */
export function candidates({ name, schema }: Parameter, shown: Shown, everywhere: Shown['own'], most: number): Scalar[] {
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
