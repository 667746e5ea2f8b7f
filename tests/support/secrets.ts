// What somebody is not shown: the values of a whole world that staff is shown and another caller nowhere is.
import type { Client } from './client.ts'
import { candidates, type Row, type Scalar, type Shown } from './shown.ts'
import { enumOf, isPaging, type Parameter, UNKNOWN } from './whole-world.ts'

/** What a caller is shown of every list, with every field that may be named. */
export type Knowledge = {
  /** The texts, numbers and yes or no that stand anywhere in the answers. */
  scalars: ReadonlySet<string>
  /** All texts in one, in small letters: a text that is part of it is no secret. */
  texts: string
  /** Path of a list → its rows; none where the caller may not read it. */
  rows: ReadonlyMap<string, readonly Row[]>
  /** Whether a part of a text stands there, as far as it was asked before. */
  parts: Map<string, boolean>
}

/** Reads every list as a caller may. */
export async function knowledgeOf(read: Client, lists: readonly Shown[]): Promise<Knowledge> {
  const scalars = new Set<string>()
  const rows = new Map<string, Row[]>()
  for (const { list, path } of lists) {
    const named = enumOf(list.query.find(({ name }) => name === 'field'))
    const whole = await read.get(path, { query: { page_size: 300, field: named } })
    if (whole.status !== 200) continue
    rows.set(list.path, whole.body)
    gather(whole.body, scalars)
  }
  return { scalars, texts: [...scalars].join('\n').toLowerCase(), rows, parts: new Map() }
}

function gather(value: unknown, into: Set<string>): void {
  if (value === null || value === undefined || value === '') return
  if (typeof value !== 'object') {
    into.add(String(value))
    return
  }
  for (const [key, part] of Object.entries(value)) {
    // Maps have values for keys: uuids of categories, types of components.
    into.add(key)
    gather(part, into)
  }
}

/** A value that the caller is not shown, and one like it that nothing has: what finds one must find the other. */
export type Pair = { secret: Scalar; nothing: Scalar }

/** Secrets worth asking a filter for, the likeliest first. */
export function pairsFor(parameter: Parameter, shown: Shown, everywhere: Shown['own'], known: Knowledge, most: number): Pair[] {
  const { name } = parameter
  const kind = kindOf(parameter)
  if (kind === undefined) return []
  // A number says nothing of what it is the number of: only those of the filter's own field are tried.
  const numeric = kind === 'number' || kind === 'integer'
  const pairs: Pair[] = []
  for (const value of numeric ? (shown.own.get(name) ?? []) : candidatesOf(parameter, shown, everywhere)) {
    if (pairs.length === most) break
    const secret = kind === 'date' ? String(value).slice(0, 10) : value
    if (kind === 'uuid' && !/^[0-9a-f]{32}$/.test(String(secret))) continue
    const nothing = nothingLike(secret, kind)
    // The next day must be nobody's either.
    if (isSecret(secret, kind, known) && (kind !== 'date' || isSecret(nothing, kind, known))) pairs.push({ secret, nothing })
  }
  return pairs
}

/** What values a filter takes; undefined where they are few words, or no values at all. */
function kindOf({ name, schema }: Parameter): string | undefined {
  const { type, format, enum: words } = (schema.items ?? schema) as { type?: string; format?: string; enum?: Scalar[] }
  if (isPaging(name) || words || type === 'boolean' || name === 'attributes') return undefined
  return /(^|_)uuid$/.test(name) ? 'uuid' : (format ?? type)
}

const likely = new WeakMap<Parameter, Scalar[]>()

/** The candidates of a filter, which are the same for every caller. */
function candidatesOf(parameter: Parameter, shown: Shown, everywhere: Shown['own']): Scalar[] {
  const made = likely.get(parameter) ?? candidates(parameter, shown, everywhere, CANDIDATES_MAX)
  likely.set(parameter, made)
  return made
}

const CANDIDATES_MAX = 400

function isSecret(value: Scalar, kind: string, known: Knowledge): boolean {
  const text = String(value).toLowerCase()
  if (Object.values(NOTHING).includes(value) || text.length < 3) return false
  if (kind === 'number' || kind === 'integer') return !known.scalars.has(String(value))
  const key = kind === 'uri' ? /[0-9a-f]{32}/.exec(text)?.[0] : undefined
  // Of a moment the day is enough to know it by.
  const part = kind === 'date' ? text.slice(0, 10) : (key ?? text)
  const isKnown = known.parts.get(part) ?? known.texts.includes(part)
  known.parts.set(part, isKnown)
  return !isKnown
}

const NOTHING: { [kind: string]: Scalar } = {
  uuid: UNKNOWN,
  uri: `http://testserver/api/customers/${UNKNOWN}/`,
  number: 987654,
  integer: 987654,
  string: 'nothing has this',
}

function nothingLike(secret: Scalar, kind: string): Scalar {
  if (kind === 'date-time') return new Date(Date.parse(String(secret)) + 1).toISOString()
  if (kind === 'date') return new Date(Date.parse(String(secret).slice(0, 10)) + 86_400_000).toISOString().slice(0, 10)
  if (kind === 'uri') return String(secret).replace(/[0-9a-f]{32}/, UNKNOWN)
  return NOTHING[kind] ?? 'nothing has this'
}
