// Whether one answer, as it came, is what the facts say: the contract's facts, or those of the description being served.
import type { Facts, Shape } from '../../tools/contract-facts.ts'
import type { Departure } from './contract.ts'

export type AnswerOptions = {
  /** The caller asked for some fields only: no key is missed at the top. */
  partial?: boolean
  /** Keys at the top that this caller may not be shown. */
  conditional?: ReadonlySet<string>
  /** Keys that the facts do not name are departures too. */
  closed?: boolean
  /** Nullable keys at the top must be there, as null. */
  nullsShown?: boolean
}

type Visit = { facts: Facts; options: AnswerOptions; report: (text: string) => void }

/** How values of a format look on this project's wire (platform.md §2.2–2.5). */
const FORMATS: { [format: string]: RegExp } = {
  uuid: /^[0-9a-f]{32}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  decimal: /^-?\d+(\.\d+)?$/,
  uri: /^https?:\/\/|^$/,
}

/**
 * Everything in which a successful answer is not what `facts` say of the operation: status, body or none, and in the
 * body types, nulls, enum values, formats, required keys. Throws when the facts do not know the operation.
 */
export function compareAnswer(facts: Facts, operation: string, status: number, body: unknown, options: AnswerOptions = {}): Departure[] {
  const want = facts.operations[operation]
  if (!want) throw new Error(`no facts about ${operation}`)
  const texts = new Set<string>()
  const visit: Visit = { facts, options, report: (text) => texts.add(text) }
  const shape = want.answers[status]
  if (!want.statuses.includes(String(status))) visit.report(`response ${status}: not declared (has ${want.statuses.join(', ')})`)
  else if (shape && body === undefined) visit.report(`response ${status}: no body, one is declared`)
  else if (!shape && body !== undefined) visit.report(`response ${status}: a body, none is declared`)
  else if (shape) check(visit, String(status), shape, body, true)
  return [...texts].map((text) => ({ operation, text }))
}

/** A shape with its reference followed; what stands beside the reference is kept. */
function resolved(facts: Facts, shape: Shape): Shape {
  if (!shape.ref) return shape
  const { ref, ...own } = shape
  return { ...resolved(facts, facts.schemas[ref] ?? {}), ...own }
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function check(visit: Visit, where: string, shape: Shape, value: unknown, whole: boolean): void {
  const want = resolved(visit.facts, shape)
  if (want.anyOf) {
    checkAlternatives(visit, where, want, value)
    return
  }
  const saysNothing = !want.type && !want.enum && !want.fields
  if (value === null) {
    if (!want.nullable && !saysNothing) visit.report(`${where}: null, declared never null`)
    return
  }
  if (!isOfType(want, value)) visit.report(`${where}: ${shown(value)}, declared ${[want.type ?? 'object'].flat().join('|')}`)
  else if (Array.isArray(value)) for (const item of value) check(visit, `${where}[]`, want.items ?? {}, item, whole)
  else if (typeof value === 'object') checkObject(visit, where, want, value as { [key: string]: unknown }, whole)
  else checkValue(visit, where, want, value)
}

function isOfType(want: Shape, value: unknown): boolean {
  const types = [want.type ?? (want.fields ? 'object' : [])].flat()
  if (types.length === 0) return true
  if (Array.isArray(value)) return types.includes('array')
  if (typeof value === 'number') return types.includes('number') || (types.includes('integer') && Number.isInteger(value))
  return types.includes(typeof value)
}

function checkValue(visit: Visit, where: string, want: Shape, value: unknown): void {
  const listed = !want.enum || want.enum.includes(value as string) || (want.blank && value === '')
  if (!listed) visit.report(`${where}: ${shown(value)} is not one of the declared values`)
  const format = FORMATS[want.format ?? '']
  if (format && typeof value === 'string' && !format.test(value)) visit.report(`${where}: ${shown(value)} is no ${want.format}`)
}

function checkObject(visit: Visit, where: string, want: Shape, value: { [key: string]: unknown }, whole: boolean): void {
  for (const [name, shape] of Object.entries(want.fields ?? {})) {
    if (name in value) check(visit, `${where}.${name}`, shape, value[name], false)
    else if (isMissed(visit, name, shape, whole)) visit.report(`${where}.${name}: missing`)
  }
  for (const name of Object.keys(value).filter((key) => !(key in (want.fields ?? {})))) {
    if (want.values) check(visit, `${where}.*`, want.values, value[name], false)
    else if (visit.options.closed && want.fields) visit.report(`${where}.${name}: not declared`)
  }
}

function isMissed({ facts, options }: Visit, name: string, shape: Shape, whole: boolean): boolean {
  if (shape.writeOnly || shape.conditional) return false
  if (whole && (options.partial || options.conditional?.has(name))) return false
  return shape.required === true || (whole && options.nullsShown === true && resolved(facts, shape).nullable === true)
}

/** Holds when one alternative does; else what is wrong with the one that fits best is told. */
function checkAlternatives(visit: Visit, where: string, want: Shape, value: unknown): void {
  if (value === null && want.nullable) return
  const attempts = (want.anyOf ?? []).map((alternative) => {
    const texts: string[] = []
    check({ ...visit, report: (text) => texts.push(text) }, where, alternative, value, false)
    return texts
  })
  const best = attempts.sort((a, b) => a.length - b.length)[0]
  for (const text of best ?? []) visit.report(text)
}
