// From bytes to a value: JSON, forms, multipart. Read only when an operation wants its body (platform.md §2.8).

import { unescape as unescapeForm } from 'node:querystring'
import { emptyRecord, valueAt } from '../keyed.ts'
import { type FieldErrors, invalid, tooLarge, unreadable, unsupportedMedia } from './errors.ts'
import { readMultipart, tooManyParts } from './multipart.ts'

export const BODY_MAX_BYTES = 4 * 1024 * 1024
/** Who shows no token logs in or confirms an address, and sends nothing else. */
export const ANONYMOUS_BODY_MAX_BYTES = 64 * 1024
export const MULTIPART_MAX_BYTES = 60 * 1024 * 1024
const DEPTH_MAX = 64
/** Values and keys of one body, and parts of one form. Far above what any operation takes, and no burden to look through. */
const VALUES_MAX = 10_000
const PARTS_MAX = 1000
const DIGITS_MAX = 1000

type Raw = { headers: { [name: string]: string | string[] | undefined }; rawBody: Buffer | undefined }

type Fields = { [name: string]: unknown }

// What a form says must be read otherwise than JSON: it has only texts and files (shapes.forms.ts).
const forms = new WeakSet<object>()
/** Whether a value of `readBody` came as a form. */
export const isForm = (value: unknown): value is Fields => typeof value === 'object' && value !== null && forms.has(value)

/**
 * The value of a body; `{}` for an empty one without a type. 400 for what cannot be read or stored, 413 for too much,
 * 415 for another type. Whole numbers beyond 2^53 come as bigint; files as UploadedFile; names sent repeatedly as lists.
 */
export async function readBody({ headers, rawBody = Buffer.alloc(0) }: Raw): Promise<unknown> {
  const header = String(headers['content-type'] ?? '')
  const type = header.split(';')[0]?.trim().toLowerCase() ?? ''
  if (rawBody.length === 0 && (type === '' || type === 'application/json')) return {}
  const read = valueAt(READERS, type)
  if (!read) throw unsupportedMedia(header)
  const value = await read(rawBody, header)
  refuseUnstorable(value)
  return value
}

const READERS: { [type: string]: (raw: Buffer, header: string) => unknown } = {
  'application/json': (raw) => parseJson(decode(raw)),
  'application/x-www-form-urlencoded': (raw) => collect(pairsIn(raw)),
  'multipart/form-data': async (raw, header) => collect(await readMultipart(raw, header, { parts: PARTS_MAX, textBytes: BODY_MAX_BYTES })),
}

function decode(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    throw unreadable('body is not UTF-8')
  }
}

/** How many values may still be read; several texts of one body share it. */
export type Room = { values: number }
export const roomForValues = (): Room => ({ values: VALUES_MAX })

/** The value of a JSON text; 400 for a broken one, 413 for one of too many values. */
export function parseJson(text: string, room = roomForValues()): unknown {
  checkSize(text, room)
  try {
    return JSON.parse(text, exactly as (this: unknown, key: string, value: unknown) => unknown)
  } catch (error) {
    const word = /(?<!["\w])-?(NaN|Infinity)(?!["\w])/.exec(text.slice(0, LOOKED_THROUGH))?.[0]
    throw unreadable(word ? notCompliant(word) : (error as Error).message)
  }
}

/** Of a text that is no JSON, for what it may have meant. */
const LOOKED_THROUGH = 64 * 1024

const notCompliant = (number: string) => `Out of range float values are not JSON compliant: '${number}'`

// A whole number beyond what a number holds exactly stays exact, so that its shape can say that it is too large.
function exactly(key: string, value: unknown, context: { source?: string }): unknown {
  if (key === '__proto__') return undefined
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const { source = '' } = context
  if (source.length > DIGITS_MAX) throw new SyntaxError(`a number has more than ${DIGITS_MAX} digits`)
  if (/^-?\d+$/.test(source)) return BigInt(source)
  if (!Number.isFinite(value)) throw new SyntaxError(notCompliant(source.slice(0, 40)))
  return value
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPENING_BRACE, CLOSING_BRACE, OPENING_BRACKET, CLOSING_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Refuses deep nesting and masses of values before anything builds them or descends into them. */
function checkSize(text: string, room: Room): void {
  let depth = 0
  let values = 1
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === QUOTE) i = closingQuote(text, i)
    else if (c === OPENING_BRACE || c === OPENING_BRACKET) depth++
    else if (c === CLOSING_BRACE || c === CLOSING_BRACKET) depth--
    else if (c === COMMA || c === COLON) values++
    if (depth > DEPTH_MAX) throw unreadable(`nesting deeper than ${DEPTH_MAX} levels`)
  }
  room.values -= values
  if (room.values < 0) throw tooLarge(`Request body holds more than ${VALUES_MAX} values.`)
}

function closingQuote(text: string, opening: number): number {
  for (let i = opening + 1; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === QUOTE) return i
    if (c === BACKSLASH) i++
  }
  return text.length
}

const [AMPERSAND, PLUS, SPACE] = [0x26, 0x2b, 0x20]

/** A form with spaces for its pluses. As bytes: to replace millions of them in a text takes seconds. */
function withSpaces(raw: Buffer): Buffer {
  const copy = Buffer.from(raw)
  for (let i = 0; i < copy.length; i++) if (copy[i] === PLUS) copy[i] = SPACE
  return copy
}

/** The pairs of a form, counted before they are taken apart. Not URLSearchParams: it takes the square of their number. */
function* pairsIn(raw: Buffer): Generator<[string, string]> {
  let parts = 1
  for (let at = raw.indexOf(AMPERSAND); at !== -1; at = raw.indexOf(AMPERSAND, at + 1)) {
    if (++parts > PARTS_MAX) throw tooManyParts(PARTS_MAX)
  }
  for (const pair of decode(withSpaces(raw)).split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    yield at === -1 ? [unescapeForm(pair), ''] : [unescapeForm(pair.slice(0, at)), unescapeForm(pair.slice(at + 1))]
  }
}

function collect(pairs: Iterable<readonly [string, unknown]>): Fields {
  const read = new Map<string, unknown>()
  let parts = 0
  for (const [name, value] of pairs) {
    if (++parts > PARTS_MAX) throw tooManyParts(PARTS_MAX)
    const before = read.get(name)
    if (Array.isArray(before)) before.push(value)
    else read.set(name, read.has(name) ? [before, value] : value)
  }
  read.delete('__proto__')
  const form: Fields = Object.fromEntries(read)
  forms.add(form)
  return form
}

/** 400 under the field of the body that holds, at any depth, text that PostgreSQL cannot keep. */
export function refuseUnstorable(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const errors: FieldErrors = emptyRecord()
  for (const [name, part] of Object.entries(value)) {
    const problem = problemOf(name) ?? problemIn(part)
    if (problem) errors[name.replaceAll('\0', '').toWellFormed()] = [problem]
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

const problemOf = (text: string) =>
  text.includes('\0') ? 'Null characters are not allowed.' : text.isWellFormed() ? undefined : 'Text holds half of a surrogate pair.'

function problemIn(value: unknown): string | undefined {
  if (typeof value === 'string') return problemOf(value)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return undefined
  for (const [key, part] of Object.entries(value)) {
    const problem = problemOf(key) ?? problemIn(part)
    if (problem) return problem
  }
  return undefined
}
