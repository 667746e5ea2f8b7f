// SQL written for review: what is bound stands in the text by the name of the filter that gave it, so that one filter more
// changes no other line; each condition and each field of an answer has a line of its own.
import { createHash } from 'node:crypto'
import type { Statement } from './statements.ts'

/** A value that a filter is tried with → the filter's name. */
export type Names = ReadonlyMap<string, string>

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex')

/** A value of a kind for a filter that no other filter gets, known again by its name. */
export const valueFor: { [kind: string]: (name: string) => string } = {
  uuid: (name) => hashOf(name).slice(0, 32),
  date: (name) => new Date(Date.UTC(2001, 0, 1 + (Number.parseInt(hashOf(name).slice(0, 8), 16) % 7000))).toISOString().slice(0, 10),
  number: (name) => String(100_000 + (Number.parseInt(hashOf(name).slice(0, 8), 16) % 900_000)),
  // One word, without what a pattern would escape: of several it depends on the table's statistics which one is looked for.
  text: (name) => name.replaceAll('_', ''),
}

// Uuids of rows are new in every run.
const UUID = /^[0-9a-f]{32}$/

/** The statement as text. */
export const printed = ({ text, values }: Statement, names: Names): string =>
  broken(text.replace(/\$(\d+)/g, (_, place) => literal(values[Number(place) - 1], names)))

function literal(value: unknown, names: Names): string {
  if (value === null || typeof value === 'boolean') return String(value)
  const known = names.get(String(value)) ?? (UUID.test(String(value)) ? 'uuid' : undefined)
  if (known !== undefined) return `:${known}`
  // Ids of rows differ with everything that the world of the tests holds.
  if (typeof value === 'number') return ':id'
  if (!Array.isArray(value)) return `'${named(String(value), names)}'`
  return value.length > 0 && value.every((item) => typeof item === 'number') ? ':ids' : `'{${named(value.join(), names)}}'`
}

const named = (text: string, names: Names): string =>
  text.replace(/[0-9a-f]{32}|\d{4}-\d\d-\d\d(T[\d:.]+Z)?|\d{6}/g, (part) => {
    const name = names.get(part) ?? names.get(part.slice(0, 10)) ?? (UUID.test(part) ? 'uuid' : undefined)
    return name === undefined ? part : `:${name}`
  })

const CLAUSES = / (left join|join|from|where|and|or|order by|group by|limit|union|cross join) /g
const FIELDS = /(\(|, )(',"[\w-]+":')/g

const broken = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(CLAUSES, '\n  $1 ')
    .replace(FIELDS, (_, before, field) => `${before.trim()}\n    ${field}`)
