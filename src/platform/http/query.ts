// What the query of a list says: its filters as conditions, its order as keys; everything that makes no sense is told at once.

import type { Actor } from '../auth/actor.ts'
import { valueAt } from '../keyed.ts'
import { invalid } from './errors.ts'
import { BadValue, type Condition, type Filter } from './filters.ts'
import type { Narrow } from './narrowing.ts'
import type { References } from './references.ts'

export type Query = { [name: string]: string | string[] | undefined }

/** What a list may be asked for. */
export type Asked = {
  filters: { [name: string]: Filter }
  /** Key of `o` → SQL. */
  orderings: { [key: string]: string }
  /** As in `o`: `-created`. The primary key always follows. */
  defaultOrder: readonly string[]
  /** Unknown keys of `o` are ignored (platform.md §3.3). */
  lenientOrder?: boolean
}

/** All values of a query parameter, in order. */
export const valuesOf = (query: Query, name: string): string[] => {
  const value = valueAt(query, name)
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

export type Conditions = { all: Condition[]; narrows: Narrow[]; uses: References; given: Map<string, readonly string[]> }

/** Characters of one text, and values of a parameter that takes several. */
const TEXT_MAX = 400
const VALUES_MAX = 200

/** Refuses what no filter takes: characters that nothing can hold, texts and lists of them that are too long to look for. */
function requireBounded(values: readonly string[], { many }: Filter): void {
  const texts = many ? values.flatMap((value) => value.split(',')) : values
  if (texts.length > VALUES_MAX) throw new BadValue(`Ensure this parameter has at most ${VALUES_MAX} values (it has ${texts.length}).`)
  for (const text of texts) {
    if (text.includes('\0')) throw new BadValue('Null characters are not allowed.')
    if (text.length > TEXT_MAX) throw new BadValue(`Ensure this value has at most ${TEXT_MAX} characters (it has ${text.length}).`)
  }
}

/** The conditions of the filters present in the query, and by parameter what is wrong with those that make no sense. */
function tryFilters(filters: { [name: string]: Filter }, query: Query, actor: Actor | undefined) {
  const uses = new Set<string>()
  const found = { all: [] as Condition[], narrows: [] as Narrow[], given: new Map<string, readonly string[]>() }
  const errors: { [name: string]: string[] } = {}
  for (const [name, filter] of Object.entries(filters)) {
    const sent = valuesOf(query, name)
    const values = filter.emptyCounts ? sent : sent.filter((value) => value !== '')
    if (values.length === 0) continue
    try {
      requireBounded(values, filter)
      const condition = filter.condition(values, actor)
      if (!condition) continue
      found.all.push(condition)
      const [arm, word, ids] = [filter.arm?.(values, actor), filter.word?.(values, actor), filter.found?.(values, actor)]
      found.narrows.push({ condition, arm, word, found: ids })
      for (const name of filter.uses) uses.add(name)
      found.given.set(name, values)
    } catch (error) {
      if (!(error instanceof BadValue)) throw error
      errors[name] = [error.message]
    }
  }
  return { found: { ...found, uses: [...uses] } satisfies Conditions, errors }
}

const refuseAll = (errors: { [name: string]: string[] }): void => {
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

/** The conditions of the filters present in the query; 400 naming every bad one (platform.md §3.4). */
export function readFilters(filters: { [name: string]: Filter }, query: Query, actor: Actor | undefined): Conditions {
  const { found, errors } = tryFilters(filters, query, actor)
  refuseAll(errors)
  return found
}

/** What a list is asked for; one 400 for everything in its filters and its order that makes no sense. */
export function readQuery(collection: Asked, query: Query, actor: Actor | undefined): { filters: Conditions; keys: string[] } {
  const { found, errors } = tryFilters(collection.filters, query, actor)
  const { keys, bad } = readOrder(collection, query)
  refuseAll({ ...errors, ...(bad === undefined ? {} : { o: [`Select a valid choice. ${bad} is not one of the available choices.`] }) })
  return { filters: found, keys }
}

/** The keys of `o`, comma separated or repeated, each once; `bad` is the first that is not one of the list's. */
function readOrder(collection: Asked, query: Query): { keys: string[]; bad: string | undefined } {
  const asked = valuesOf(query, 'o')
    .flatMap((value) => value.split(','))
    .filter((key) => key !== '')
  const named = (key: string) => key.replace(/^-/, '')
  const known = (key: string) => Object.hasOwn(collection.orderings, named(key))
  const bad = collection.lenientOrder ? undefined : asked.find((key) => !known(key))
  const keys = asked.filter((key, i) => known(key) && asked.findIndex((other) => named(other) === named(key)) === i)
  return { keys: keys.length > 0 ? keys : [...collection.defaultOrder], bad }
}
