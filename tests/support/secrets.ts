// What somebody is not shown: the values of a whole world that staff is shown and another caller nowhere is.
import type { Client } from './client.ts'
import { CAST, candidates, type Row, type Scalar, type Shown } from './shown.ts'
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
  /** Texts that stand nowhere there, worked out once. */
  searched?: Scalar[]
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
    // Some maps have uuids for keys.
    if (UUID.test(key)) into.add(key)
    gather(part, into)
  }
}

/** A value that the caller is not shown, and one like it that nothing has: what finds one must find the other. */
export type Pair = { secret: Scalar; nothing: Scalar }

/** The lists of a world as staff sees them. */
export type World = { lists: readonly Shown[]; everywhere: Shown['own'] }

/** Secrets worth asking a filter for, the likeliest first: `most` of them, more where it looks through several texts. */
export function pairsFor(parameter: Parameter, shown: Shown, world: World, known: Knowledge, most: number): Pair[] {
  const kind = kindOf(parameter)
  if (kind === undefined) return []
  const searched = most > 1 && SEARCHES.test(parameter.name) ? textsOf(world, known) : []
  const pairs: Pair[] = []
  for (const value of [...searched, ...likely(parameter, kind, shown, world)]) {
    if (pairs.length === Math.max(most, searched.length)) break
    const secret = kind === 'date' ? String(value).slice(0, 10) : value
    if (kind === 'uuid' && !UUID.test(String(secret))) continue
    const nothing = nothingLike(secret, kind)
    // The next day must be nobody's either.
    if (isSecret(secret, kind, known) && (kind !== 'date' || isSecret(nothing, kind, known))) pairs.push({ secret, nothing })
  }
  return pairs
}

const UUID = /^[0-9a-f]{32}$/
const CANDIDATES_MAX = 400
/** Filters that look through several texts, of this list and of others. */
const SEARCHES = /^(query|keyword|search_string|.*_keyword)$/
const SEARCHED_MAX = 40
/** What holds texts that somebody would look for. */
const NAMED = /(name|title|slug|email|number|description|_id|code|domain|notes)$/

/** One text that is a secret from under each key, of whatever list. */
function textsOf({ everywhere }: World, known: Knowledge): Scalar[] {
  known.searched ??= [...everywhere]
    .filter(([key]) => NAMED.test(key))
    .flatMap(([, values]) => [...values].find((value) => !UUID.test(String(value)) && isSecret(value, 'string', known)) ?? [])
    .slice(0, SEARCHED_MAX)
  return known.searched
}

/** Words at the end of a filter's name → the list whose objects it takes the keys of. */
const NOUNS: readonly [RegExp, string][] = [
  [/(customer|provider|organization)(_uuid)?$/, '/api/customers/'],
  [/(project)(_uuid)?$/, '/api/projects/'],
  [/(user|manager)(_uuid|_url)?$/, '/api/users/'],
  [/(offering|parent)(_uuid)?$/, '/api/marketplace-provider-offerings/'],
  [/(resource)(_uuid)?$/, '/api/marketplace-resources/'],
  [/(plan)(_uuid)?$/, '/api/marketplace-plans/'],
]

const made = new WeakMap<Parameter, readonly Scalar[]>()

/** The candidates of a filter, which are the same for every caller. */
function likely(parameter: Parameter, kind: string, shown: Shown, { lists, everywhere }: World): readonly Scalar[] {
  const before = made.get(parameter)
  if (before) return before
  const own = shown.own.get(parameter.name) ?? []
  const path = NOUNS.find(([noun]) => noun.test(parameter.name))?.[1]
  const rows = lists.find(({ list }) => list.path === path)?.rows ?? []
  // What the world is about was made first, and is bound to more than the rest.
  const keys = rows.map(({ uuid, url }) => (kind === 'uri' ? url : uuid) as Scalar).filter((key) => key !== undefined)
  const about = new Set(everywhere.get(CAST) ?? [])
  const ofKind = kind === 'uuid' || kind === 'uri' ? [...keys.filter((key) => about.has(keyIn(key))), ...keys] : []
  const numeric = kind === 'number' || kind === 'integer'
  // A number says nothing of what it is the number of: only those of the filter's own field are tried.
  const all = numeric ? [...own] : [...ofKind, ...candidates(parameter, shown, everywhere, CANDIDATES_MAX)]
  const found = [...new Set(all)]
  made.set(parameter, found)
  return found
}

const keyIn = (key: Scalar): Scalar => /[0-9a-f]{32}/.exec(String(key))?.[0] ?? key

/** What values a filter takes; undefined where they are few words, or no values at all. */
function kindOf({ name, schema }: Parameter): string | undefined {
  const { type, format, enum: words } = (schema.items ?? schema) as { type?: string; format?: string; enum?: Scalar[] }
  if (isPaging(name) || words || type === 'boolean' || name === 'attributes') return undefined
  return /(^|_)uuid$/.test(name) ? 'uuid' : (format ?? type)
}

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
