// From bytes to a value: JSON, forms, multipart. Read only when an operation wants its body (platform.md §2.8).
import { Busboy } from '@fastify/busboy'
import { type FieldErrors, invalid, tooLarge, unreadable, unsupportedMedia } from './errors.ts'

export const BODY_MAX_BYTES = 8 * 1024 * 1024
export const MULTIPART_MAX_BYTES = 60 * 1024 * 1024
const DEPTH_MAX = 64
/** Values and keys of one body, and parts of one form. Far above what any operation takes, and no burden to look through. */
const VALUES_MAX = 50_000
const PARTS_MAX = 1000
const DIGITS_MAX = 1000

type Raw = { headers: { [name: string]: string | string[] | undefined }; rawBody: Buffer | undefined }

export type UploadedFile = { filename: string; mimetype: string; data: Buffer }

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
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined
  if (!read) throw unsupportedMedia(header)
  const value = await read(rawBody, header)
  refuseUnstorable(value)
  return value
}

const READERS: { [type: string]: (raw: Buffer, header: string) => unknown } = {
  'application/json': (raw) => parseJson(decode(raw)),
  'application/x-www-form-urlencoded': (raw) => collect(new URLSearchParams(decode(raw))),
  'multipart/form-data': readMultipart,
}

function decode(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    throw unreadable('body is not UTF-8')
  }
}

/** The value of a JSON text; 400 for a broken one, 413 for one of too many values. */
export function parseJson(text: string): unknown {
  checkSize(text)
  try {
    return JSON.parse(text, exactly as (this: unknown, key: string, value: unknown) => unknown)
  } catch (error) {
    const word = /(?<!["\w])-?(NaN|Infinity)(?!["\w])/.exec(text)?.[0]
    throw unreadable(word ? notCompliant(word) : (error as Error).message)
  }
}

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

/** Refuses deep nesting and masses of values before anything builds them or descends into them. */
function checkSize(text: string): void {
  let depth = 0
  let values = 1
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '"') i = closingQuote(text, i)
    else if (c === '{' || c === '[') depth++
    else if (c === '}' || c === ']') depth--
    else if (c === ',' || c === ':') values++
    if (depth > DEPTH_MAX) throw unreadable(`nesting deeper than ${DEPTH_MAX} levels`)
  }
  if (values > VALUES_MAX) throw tooLarge(`Request body holds more than ${VALUES_MAX} values.`)
}

function closingQuote(text: string, opening: number): number {
  for (let i = opening + 1; i < text.length; i++) {
    if (text[i] === '"') return i
    if (text[i] === '\\') i++
  }
  return text.length
}

function collect(pairs: Iterable<readonly [string, unknown]>): Fields {
  const read = new Map<string, unknown>()
  let parts = 0
  for (const [name, value] of pairs) {
    if (++parts > PARTS_MAX) throw tooMany()
    const before = read.get(name)
    if (Array.isArray(before)) before.push(value)
    else read.set(name, read.has(name) ? [before, value] : value)
  }
  read.delete('__proto__')
  const form: Fields = Object.fromEntries(read)
  forms.add(form)
  return form
}

const tooMany = () => tooLarge(`Request body holds more than ${PARTS_MAX} parts.`)

function readMultipart(raw: Buffer, header: string): Promise<Fields> {
  return new Promise((resolve, reject) => {
    const pairs: [string, unknown][] = []
    const fail = () => reject(unreadable('Multipart form parse error'))
    try {
      const limits = { fieldSize: BODY_MAX_BYTES, parts: PARTS_MAX }
      const parser = new Busboy({ headers: { 'content-type': header }, limits })
      parser.on('field', (name, value, _named, truncated) => (truncated ? reject(tooLarge()) : pairs.push([name, value])))
      parser.on('file', (name, stream, filename, _encoding, mimetype) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        // Without a listener of its own a part that ends too early would end the process.
        stream.on('error', fail)
        // A file input that was left empty sends a part without a name: nothing was sent.
        stream.on('end', () => filename && pairs.push([name, { filename, mimetype, data: Buffer.concat(chunks) }]))
      })
      parser.on('partsLimit', () => reject(tooMany()))
      parser.on('error', fail)
      parser.on('finish', () => resolve(collect(pairs)))
      parser.end(raw)
    } catch {
      fail()
    }
  })
}

/** 400 under the field of the body that holds, at any depth, text that PostgreSQL cannot keep. */
export function refuseUnstorable(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const errors: FieldErrors = {}
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
