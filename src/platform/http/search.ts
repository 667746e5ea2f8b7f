// Filters of large lists that indexes serve: keys of other tables, words, and parts of texts.
import { type RawBuilder, sql } from 'kysely'
import { type Actor, readsAll } from '../auth/actor.ts'
import { type Condition, containing, type Filter, own, ownMany, readUuid, requireMoment, uuidInPath } from './filters.ts'
import { bound, type Found } from './narrowing.ts'
import type { JsonSchema } from './view.ts'

const bare = (column: string) => column.slice(column.indexOf('.') + 1)

/** Rows whose indexed `column` (with its alias) is among the keys that a query gives for the values sent; undefined is no filter. */
export function amongKeys(
  schema: JsonSchema,
  column: string,
  keys: (values: readonly string[], actor: Actor | undefined) => RawBuilder<unknown> | undefined,
): Filter {
  return {
    ...ownMany(schema, () => undefined, column),
    condition: (values, actor) => {
      const ids = keys(values, actor)
      // As a condition of rows found otherwise the keys are looked up in a hash; an array of many would be read for each row.
      return ids && sql`(${sql.raw(column)} in (${ids})) is true`
    },
    arm: (values, actor) => {
      const ids = keys(values, actor)
      return ids && { column: bare(column), ids }
    },
  }
}

/** As `amongKeys`, for a parameter of which the last value counts. */
export const keysOf = (
  schema: JsonSchema,
  column: string,
  keys: (value: string, actor: Actor | undefined) => RawBuilder<unknown> | undefined,
): Filter => ({ ...amongKeys(schema, column, (values, actor) => keys(values.at(-1) as string, actor)), many: false })

/** Rows whose `column` names the row of `table` that a URL is about; any other text matches nothing (platform.md §3.4). */
export const urlOfKey = (paths: readonly string[], column: string, table: string): Filter =>
  keysOf({ type: 'string', format: 'uri' }, column, (value) => {
    const hex = paths.map((path) => uuidInPath(path, value)).find((found) => found !== undefined)
    return sql`select id from ${sql.raw(table)} where uuid = ${hex ?? null}::uuid`
  })

/** Rows whose `column` names a row of `table` of which `named` is one of the texts sent; repeated or comma separated. */
export const keysNamed = (column: string, table: string, named: string): Filter =>
  amongKeys({ type: 'string' }, column, (values) => {
    const wanted = values.flatMap((value) => value.split(','))
    return sql`select id from ${sql.raw(table)} where ${sql.raw(named)} = any(${wanted}::text[])`
  })

/** The same filter, whose words begin an index that goes on in the list's order. */
export const walkedBy = (column: string, filter: Filter, paired = false): Filter => ({
  ...filter,
  word: (values) => ({ column: bare(column), ids: sql`select unnest(${[...values]}::text[])`, paired }),
})

/** The same filter; when few rows pass they are looked up by `ids`, a query with `$1` for the value as `read` gives it. */
export const lookedUp = (
  ids: string,
  filter: Filter,
  read: (values: readonly string[]) => string | undefined = (values) => values.at(-1),
): Filter => ({
  ...filter,
  found: (values) => {
    const value = read(values)
    return value === undefined ? undefined : { ids, expected: ids, value, ahead: false }
  },
})

/** The same filter of a column that lists are not ordered by. */
export const rangeOf = (from: string, column: string, operator: '>=' | '<', filter: Filter): Filter =>
  lookedUp(`select ${column.split('.')[0]}.id from ${from} where ${column} ${operator} $1::timestamptz`, filter, (values) =>
    requireMoment(values.at(-1) as string),
  )

/** A table whose columns are looked through. Without `key` it is the list's own; else rows whose `key` is its `id`, or what is named so. */
export type Side = { table: string; columns: readonly string[]; key?: string; id?: string }

type Pattern = {
  value: string
  /** Patterns of its single words, each of which finds what it finds and more. */
  words: readonly string[]
  /** SQL for: the column holds it; `value` stands for the text. */
  holds: (column: string, value: string) => string
}

/**
 * What a text is looked for as. Trigrams need three letters or digits in a row, or a border of a word beside two: a text without
 * them must be the whole column, in any case, and one without any letter or digit finds nothing (docs/decisions/0029).
 */
export function patternOf(text: string): Pattern {
  const holds = (column: string, value: string) => `${column} ilike ${value}`
  const inside = /[\p{L}\p{N}]{3}|[^\p{L}\p{N}][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}]/u.test(text)
  if (inside) return { value: containing(text), words: wordsOf(text), holds }
  if (/[\p{L}\p{N}]/u.test(text)) return { value: containing(text).slice(1, -1), words: [], holds }
  return { value: text, words: [], holds: () => 'false' }
}

const WORDS_MAX = 4

/** The index reads what it knows of every part of a text: beside a common word a rare one is found faster alone. */
function wordsOf(text: string): string[] {
  const words = [...new Set(text.match(/[\p{L}\p{N}]{3,}/gu) ?? [])].filter((word) => word.length < text.length)
  return words
    .sort((a, b) => b.length - a.length)
    .slice(0, WORDS_MAX)
    .map(containing)
}

const any = (parts: readonly string[]) => `(${parts.join(' or ')})`

/** The ids of the rows of `from` by their texts, each side by its own index. */
function foundBy(from: string, sides: readonly Side[], { holds, value, words }: Pattern): Found {
  const alias = from.split(' ').at(-1)
  const matches = (columns: readonly string[]) => any(columns.map((column) => holds(column, '$1')))
  const query = (list: (ids: string) => string) =>
    sides
      .map(({ table, columns, key, id }) => {
        if (!key) return `select ${alias}.id from ${from} where ${matches(columns)}`
        const ids = `select ${id ?? `${table.split(' ').at(-1)}.id`} from ${table} where ${matches(columns)}`
        return `select ${alias}.id from ${from} where ${key} ${list(ids)}`
      })
      .join(' union all ')
  // The planner knows how many rows a subselect gives, and takes an array for ten: the one to estimate, the other to be run.
  return { expected: query((ids) => `in (${ids})`), ids: query((ids) => `= any(array(${ids}))`), value, wider: words, ahead: true }
}

/**
 * Rows of which a column of some side holds the text, in any case. `from` is the list's own table and alias; sides with a key are
 * joined by the view under the alias that their table has here. `guarded` columns stand for theirs where what is looked through
 * is not shown to everybody: what indexes find is then looked at once more, save for those who read all.
 */
export function textFound(from: string, sides: readonly Side[], guarded?: readonly string[]): Filter {
  const columns = guarded ?? sides.flatMap((side) => side.columns)
  const filter: Filter = {
    ...own({ type: 'string' }, (value) => rowByRow(columns, patternOf(value)), columns.join(' ')),
    found: (values) => foundBy(from, sides, patternOf(values.at(-1) as string)),
  }
  return guarded ? rechecked(filter) : filter
}

/** The filter, whose ids are found without regard to the caller: its condition is asked of them, save for those who read all. */
export const rechecked = (filter: Filter): Filter => ({
  ...filter,
  found: (values, actor) => {
    const found = filter.found?.(values, actor)
    return found && { ...found, rough: !(actor && readsAll(actor)) }
  },
})

/** As `texts`; a text that is a uuid finds the rows that `byUuid` says, and none by its letters. */
export const uuidOr = (texts: Filter, byUuid: (hex: string, value: string) => Condition): Filter => {
  const uuidIn = (values: readonly string[]) => readUuid((values.at(-1) ?? '').trim())
  return {
    ...texts,
    condition: (values, actor) => {
      const hex = uuidIn(values)
      return hex ? byUuid(hex, values.at(-1) ?? '') : texts.condition(values, actor)
    },
    found: (values, actor) => (uuidIn(values) ? undefined : texts.found?.(values, actor)),
  }
}

// For texts that many rows hold. The empty text keeps the planner, which takes every text for a rare one, from the index.
const rowByRow = (columns: readonly string[], { holds, value }: Pattern): Condition =>
  bound(any(columns.map((column) => holds(`(${column} || '')`, '$1'))), value)
