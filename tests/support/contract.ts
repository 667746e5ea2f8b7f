// What the project promises its clients, and how far a description or an answer keeps it. The promise is
// contract/*.json; deliberate departures from it stand in contract/departures.json, each with its reason.
import { readFileSync } from 'node:fs'
import { type Facts, factsOf, type Node, type Operation, reaches, type Shape, unnamed } from '../../tools/contract-facts.ts'

/** One way in which a description or an answer differs; `text` begins with the place, such as `200[].plan_uuid`. */
export type Departure = { operation: string; text: string }

/** A departure that is meant: `*` in `operation` and `text` stands for anything. `answers`: seen only in answers, not in the description. */
export type Excuse = Departure & { reason: string; answers?: true }

const contractDir = new URL('../../contract/', import.meta.url)
const readContract = (name: string): unknown => JSON.parse(readFileSync(new URL(name, contractDir), 'utf8'))

let loaded: Facts | undefined
/** The contract's facts, read once. */
export function contractFacts(): Facts {
  loaded ??= {
    operations: readContract('operations.json') as Facts['operations'],
    schemas: readContract('schemas.json') as Facts['schemas'],
  }
  return loaded
}

export const departuresMeant = (): Excuse[] => readContract('departures.json') as Excuse[]
/** Operations of the contract that are not served yet. */
export const notServed = (): string[] => readContract('not-served.json') as string[]
/** Served operations that no test makes succeed. */
export const notExercised = (): string[] => readContract('not-exercised.json') as string[]

const matches = (pattern: string, text: string): boolean => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 's').test(text)
const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')

/** Whether the excuse is about this departure. */
export const excuses = (excuse: Excuse, departure: Departure): boolean =>
  matches(excuse.operation, departure.operation) && matches(excuse.text, departure.text)

/** A shape with its reference followed and its alternatives put together, as far as comparing needs. */
type Flat = {
  types: Set<string>
  nullable: boolean
  fields: { [name: string]: Shape }
  items: Shape | undefined
  enum: Set<unknown> | undefined
  /** A map: any name may be in it. */
  free: boolean
}

function flat(facts: Facts, shape: Shape): Flat {
  const referred = shape.ref ? flat(facts, facts.schemas[shape.ref] ?? {}) : undefined
  const types = [shape.type ?? []].flat().map((type) => (type === 'integer' ? 'number' : type))
  const out: Flat = {
    types: new Set([...(referred?.types ?? []), ...types]),
    nullable: shape.nullable === true || referred?.nullable === true,
    fields: { ...referred?.fields, ...shape.fields },
    items: shape.items ?? referred?.items,
    enum: shape.enum ? new Set<unknown>(shape.enum) : referred?.enum,
    free: (shape.values !== undefined && !shape.fields) || referred?.free === true,
  }
  for (const alternative of shape.anyOf ?? []) merge(out, flat(facts, alternative))
  out.enum?.delete('')
  if (out.types.size === 0) for (const value of out.enum ?? []) out.types.add(typeof value)
  if (out.types.size === 0 && Object.keys(out.fields).length > 0) out.types.add('object')
  if (out.types.size === 0 && out.items) out.types.add('array')
  return out
}

function merge(out: Flat, part: Flat): void {
  for (const type of part.types) out.types.add(type)
  // What one alternative requires, the others do not.
  for (const [name, { required: _, ...field }] of Object.entries(part.fields)) out.fields[name] = field
  out.items ??= part.items
  out.nullable ||= part.nullable
  out.free ||= part.free
  if (part.enum) out.enum = new Set([...(out.enum ?? []), ...part.enum])
}

const isReadOnly = (facts: Facts, shape: Shape): boolean =>
  shape.readOnly === true || (shape.ref !== undefined && facts.schemas[shape.ref]?.readOnly === true)

const some = (values: readonly unknown[]): string =>
  `${values.slice(0, 8).join(', ')}${values.length > 8 ? ` and ${values.length - 8} more` : ''}`

/** What one enum has and the other lacks; nothing unless both are enums. */
const lackingIn = (want: Set<unknown> | undefined, have: Set<unknown> | undefined): unknown[] =>
  want && have ? [...want].filter((value) => !have.has(value)) : []

/** Both sides of one comparison and where its findings go. */
type Comparison = { want: Facts; have: Facts; direction: 'body' | 'answer'; report: (text: string) => void }
type Place = { where: string; depth: number; seen: readonly string[] }

const DEPTH_MAX = 6

function compareShapes(comparison: Comparison, at: Place, wanted: Shape, offered: Shape): void {
  if (at.depth > DEPTH_MAX) return
  const want = flat(comparison.want, wanted)
  const have = flat(comparison.have, offered)
  if (want.types.size > 0 && have.types.size > 0 && ![...want.types].some((type) => have.types.has(type))) {
    comparison.report(`${at.where}: type ${[...have.types].join('|')}, the contract has ${[...want.types].join('|')}`)
    return
  }
  compareValues(comparison, at, want, have)
  if (want.items) {
    const where = `${at.where}[]`
    if (have.items) compareShapes(comparison, { ...at, where, depth: at.depth + 1 }, want.items, have.items)
    else if (comparison.direction === 'answer' && Object.keys(want.items).length > 0) comparison.report(`${where}: not described`)
    return
  }
  for (const [name, shape] of Object.entries(want.fields)) compareField(comparison, at, name, shape, have)
  if (comparison.direction === 'body') compareRequired(comparison, at, want, have)
}

function compareValues(comparison: Comparison, at: Place, want: Flat, have: Flat): void {
  const { direction, report } = comparison
  if (direction === 'answer' && have.nullable && !want.nullable && want.types.size > 0 && at.depth > 0) {
    report(`${at.where}: may be null, the contract has it never null`)
  }
  if (direction === 'body' && want.nullable && !have.nullable && have.types.size > 0)
    report(`${at.where}: null is refused, the contract takes it`)
  const lacking = lackingIn(want.enum, have.enum)
  if (lacking.length > 0) report(`${at.where}: enum lacks ${some(lacking)}`)
}

function compareField(comparison: Comparison, at: Place, name: string, shape: Shape, have: Flat): void {
  if (comparison.direction === 'body' && isReadOnly(comparison.want, shape)) return
  if (comparison.direction === 'answer' && shape.writeOnly) return
  const offered = have.fields[name]
  const where = `${at.where}.${name}`
  if (!offered) {
    if (!have.free) comparison.report(`${where}: missing`)
    return
  }
  const whole = at.depth === 0 || at.where.endsWith('[]')
  const always = shape.required || (whole && at.depth <= 1 && flat(comparison.want, shape).nullable)
  if (comparison.direction === 'answer' && always && !offered.required && !offered.conditional) {
    comparison.report(`${where}: may be left out, the contract always has it`)
  }
  const ref = shape.ref ?? shape.items?.ref
  if (ref && at.seen.includes(ref)) return
  compareShapes(comparison, { where, depth: at.depth + 1, seen: ref ? [...at.seen, ref] : at.seen }, shape, offered)
}

function compareRequired(comparison: Comparison, at: Place, want: Flat, have: Flat): void {
  for (const [name, field] of Object.entries(have.fields)) {
    if (field.required && !want.fields[name]?.required) {
      comparison.report(`${at.where}.${name}: required, the contract has it optional${name in want.fields ? '' : ' (unknown there)'}`)
    }
  }
  for (const [name, field] of Object.entries(want.fields)) {
    const offered = have.fields[name]
    if (field.required && offered && !offered.required && !isReadOnly(comparison.want, field)) {
      comparison.report(`${at.where}.${name}: optional, the contract requires it`)
    }
  }
}

function compareQuery(facts: Facts, served: Facts, want: Operation, have: Operation, report: (text: string) => void): void {
  for (const [name, wanted] of Object.entries(want.query)) {
    const offered = have.query[name]
    if (!offered) {
      report(`query ${name}: missing`)
      continue
    }
    if (wanted.many && !offered.many) report(`query ${name}: one value only, the contract takes several`)
    const lacking = lackingIn(flat(facts, wanted).enum, flat(served, offered).enum)
    if (lacking.length > 0) report(`query ${name}: enum lacks ${some(lacking)}`)
  }
}

function compareOperation(facts: Facts, served: Facts, want: Operation, have: Operation, report: (text: string) => void): void {
  compareQuery(facts, served, want, have, report)
  if (want.body && have.body) compareShapes({ want: facts, have: served, direction: 'body', report }, top('body'), want.body, have.body)
  else if (want.body && Object.keys(flat(facts, want.body).fields).length > 0) report('request body missing')
  for (const status of want.statuses.filter((one) => one.startsWith('2'))) {
    const wanted = want.answers[status]
    const offered = have.answers[status]
    if (!have.statuses.includes(status)) report(`response ${status}: not declared (has ${have.statuses.join(', ') || 'none'})`)
    else if (wanted && !offered) report(`response ${status}: no body declared`)
    else if (wanted && offered) compareShapes({ want: facts, have: served, direction: 'answer', report }, top(status), wanted, offered)
    else if (offered) report(`response ${status}: a body declared, the contract has none`)
  }
}

const top = (where: string): Place => ({ where, depth: 0, seen: [] })

/** What the older reference pages name beyond the contract's document. */
function comparePage(served: Facts, want: Operation, have: Operation, report: (text: string) => void): void {
  const status = want.page?.status ?? want.statuses.find((one) => one.startsWith('2')) ?? ''
  if (want.page?.status && !have.statuses.includes(status)) report(`response ${status}: named by the reference page, not declared`)
  for (const name of want.page?.query ?? []) if (!(name in have.query)) report(`query ${name}: named by the reference page, missing`)
  for (const name of want.page?.answer ?? []) {
    if (have.answers[status] && !reaches(served, have.answers[status], name.split('.')))
      report(`${status}.${name}: named by the reference page, missing`)
  }
}

/** The facts of an OpenAPI document as served. */
export const describedFacts = (openapi: unknown): Facts => factsOf(openapi as Node)

/** Operations by key with unnamed path parameters. */
export const byUnnamedKey = (facts: Facts): Map<string, Operation> =>
  new Map(Object.entries(facts.operations).map(([key, operation]) => [unnamed(key), operation]))

/** Which of the contract's operations to look at. */
export type Part = { tier?: string; prefix?: string }

/**
 * Everything in which an OpenAPI document offers less than the contract, or something else. What it offers beyond the
 * contract is no departure, except what may surprise a client: null, a key left out, a required field, a body.
 */
export function compareDescription(facts: Facts, openapi: unknown, part: Part = {}): Departure[] {
  const served = describedFacts(openapi)
  const index = byUnnamedKey(served)
  const found: Departure[] = []
  for (const [operation, want] of Object.entries(facts.operations)) {
    if (part.tier && want.tier !== part.tier) continue
    if (part.prefix && !operation.slice(operation.indexOf('/')).startsWith(part.prefix)) continue
    const have = index.get(unnamed(operation))
    const report = (text: string) => found.push({ operation, text })
    if (!have) report('operation missing')
    else {
      if (have.id !== want.id) report(`operationId ${have.id}, the contract has ${want.id}`)
      compareOperation(facts, served, want, have, report)
      comparePage(served, want, have, report)
    }
  }
  return [...new Map(found.map((one) => [`${one.operation} ${one.text}`, one])).values()]
}
