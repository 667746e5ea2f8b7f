// What the SQL of declarations reads: which columns of which tables filters and orderings look at, and which of these only fields
// show that not everybody is shown.
import type { FastifyInstance } from 'fastify'
import type { RawBuilder } from 'kysely'
import { COLLEAGUE, isShown } from '../../src/core/roles/person.ts'
import { MODULES } from '../../src/modules.ts'
import type { Actor } from '../../src/platform/auth/actor.ts'
import type { Db } from '../../src/platform/db/database.ts'
import type { Collection } from '../../src/platform/http/collection.ts'
import type { DescribedRoute } from '../../src/platform/http/description.ts'
import type { Filter } from '../../src/platform/http/filters.ts'
import { isSeen } from '../../src/platform/http/sight.ts'
import type { Field, View } from '../../src/platform/http/view.ts'
import type { World } from './world.ts'

/** Every collection that is listed, as the modules declare them. */
export function collectionsOf({ app: served, db, config }: World): Collection[] {
  const described: DescribedRoute[] = []
  const app = { route: () => undefined } as unknown as FastifyInstance
  for (const { routes } of MODULES) routes?.({ app, db, config, jobs: served.jobs, wiring: served.wiring, described })
  return [...new Set(described.flatMap(({ list }) => (list ? [list] : [])))]
}

type Tables = ReadonlyMap<string, string>

/** Alias → table of everything that follows `from` and `join`. */
const tablesIn = (text: string): Tables =>
  new Map(
    [...text.matchAll(/\b(?:from|join)\s+("?\w+"?)(?:\s+(?:as\s+)?(?!on\b|where\b|join\b|left\b|cross\b|group\b|order\b)(\w+))?/g)].map(
      ([, table = '', alias]) => [alias ?? table, table.replaceAll('"', '')],
    ),
  )

const tablesOf = ({ from, joins }: Pick<View, 'from' | 'joins'>): Tables => tablesIn(`from ${from} ${Object.values(joins).join(' ')}`)

/** Columns that are read, as `table.column`; keys of rows tell nothing. */
function columnsIn(text: string, tables: Tables): string[] {
  const bare = text.replace(/'(?:[^']|'')*'/g, "''").replaceAll('"', '')
  return [...bare.matchAll(/\b([a-z_]\w*)\.([a-z_]\w*)/g)].flatMap(([, alias = '', column = '']) => {
    const table = tables.get(alias)
    return table === undefined || /(^|_)(id|uuid)$/.test(column) ? [] : [`${table}.${column}`]
  })
}

const isGuarded = ({ audience, guard }: Field) => audience !== undefined || guard !== undefined
/** As somebody without a token is shown it. */
const tokenOf = (f: Field) => f.within?.shownTo(undefined).token ?? f.token

const viewsOf = ({ view, detailView }: Collection): View[] => (detailView ? [view, detailView] : [view])

/** The columns that the fields of a view for which `which` holds show. */
const shownBy = (view: View, which: (f: Field) => boolean): string[] =>
  Object.values(view.fields)
    .filter(which)
    .flatMap((f) => columnsIn(f.guard ? tokenOf(f).replaceAll(f.guard, '') : tokenOf(f), tablesOf(view)))

/** Columns that are shown to some only, by the views of the things that they are columns of. */
export function guardedColumns(collections: readonly Collection[]): ReadonlySet<string> {
  const columns = collections.flatMap(viewsOf).flatMap((view) => {
    const [own = ''] = tablesOf({ from: view.from, joins: {} }).values()
    const open = new Set(shownBy(view, (f) => !isGuarded(f)))
    return shownBy(view, isGuarded).filter((column) => column.startsWith(`${own}.`) && !open.has(column))
  })
  return new Set(columns)
}

/** What may stand in a filter's SQL around a guarded column: the guards of the fields themselves. */
const guardsOf = (collections: readonly Collection[]): ReadonlySet<string> =>
  new Set([
    COLLEAGUE,
    ...collections
      .flatMap(viewsOf)
      .flatMap((view) => Object.values(view.fields))
      .flatMap(({ audience, guard }) => [...(audience ? [audience.sql] : []), ...(guard ? [guard] : [])]),
  ])

const SAMPLES: { [kind: string]: string } = {
  uuid: '0'.repeat(32),
  date: '2025-01-01',
  'date-time': '2025-01-01',
  number: '1',
  integer: '1',
  boolean: 'true',
  uri: 'http://testserver/api/users/0/',
}

function sampleOf(name: string, { schema }: Filter): string {
  const { type = '', format = '', enum: words } = schema as { type?: string; format?: string; enum?: (string | number)[] }
  if (words) return String(words[0])
  return name === 'attributes' ? '{"a": "b"}' : (SAMPLES[format] ?? SAMPLES[type] ?? 'text')
}

/** The guarded columns that a list's filters and orderings read without asking who is shown them: `list filter reads column`. */
export function unasked(db: Db, all: readonly Collection[], collection: Collection, actor: Actor): string[] {
  const guarded = guardedColumns(all)
  const guards = guardsOf(all)
  const own = new Set(viewsOf(collection).flatMap((view) => shownBy(view, (f) => !isGuarded(f))))
  const textOf = (condition: RawBuilder<unknown>) => condition.compile(db).sql.replace(/\$\d+/g, '$')
  // Who sees a row is asked by rules, which are no filters.
  const rules = all.map((one) => textOf(isSeen(one, actor))).filter((text) => text.includes('.'))
  const deactivated = new RegExp(textOf(isShown(actor, 'alias')).replace('.', '\\.').replace('alias', '\\w+'), 'g')
  const source = collection.computed?.of ?? collection.view
  const reads = (text: string) => {
    const asked = rules
      .reduce((rest, rule) => rest.replaceAll(rule, ''), text)
      .replace(/\(case when (.+?) then \w+\.\w+ end\)/g, (whole, guard) => (guards.has(guard) ? '' : whole))
      .replaceAll(COLLEAGUE, '')
      .replaceAll(deactivated, '')
    const found = columnsIn(asked, new Map([...tablesOf(source), ...tablesOf(collection.view), ...tablesIn(asked)]))
    return [...new Set(found)].filter((column) => guarded.has(column) && !own.has(column))
  }
  const filters = Object.entries(collection.filters).flatMap(([name, filter]): [string, string][] => {
    const condition = filter.condition([sampleOf(name, filter)], actor)
    return condition ? [[name, textOf(condition)]] : []
  })
  const orderings = Object.entries(collection.orderings).map(([key, text]): [string, string] => [`o=${key}`, text])
  return [...filters, ...orderings].flatMap(([name, text]) => reads(text).map((column) => `${collection.path} ${name} reads ${column}`))
}
