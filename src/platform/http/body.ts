// From bytes to a value: JSON, forms, multipart. Read only when an operation wants its body (platform.md §2.8).
import { Busboy } from '@fastify/busboy'
import { invalid, Refusal, tooLarge, unreadable, unsupportedMedia } from './errors.ts'

export const BODY_MAX_BYTES = 8 * 1024 * 1024
export const MULTIPART_MAX_BYTES = 60 * 1024 * 1024
const DEPTH_MAX = 64

type Raw = { headers: { [name: string]: string | string[] | undefined }; rawBody: Buffer | undefined }

/** The value of a body; `{}` for an empty one without a type. 400 for what cannot be read, 415 for another type. */
export async function readBody({ headers, rawBody = Buffer.alloc(0) }: Raw): Promise<unknown> {
  const header = String(headers['content-type'] ?? '')
  const type = header.split(';')[0]?.trim().toLowerCase() ?? ''
  if (rawBody.length === 0 && (type === '' || type === 'application/json')) return {}
  const read = READERS[type]
  if (!read) throw unsupportedMedia(header)
  const value = await read(rawBody, header)
  refuseUnstorable(value)
  return value
}

const READERS: { [type: string]: (raw: Buffer, header: string) => unknown } = {
  'application/json': readJson,
  'application/x-www-form-urlencoded': (raw) => readForm(decode(raw)),
  'multipart/form-data': readMultipart,
}

function decode(raw: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw)
  } catch {
    throw unreadable('body is not UTF-8')
  }
}

function readJson(raw: Buffer): unknown {
  const text = decode(raw)
  checkDepth(text)
  try {
    // A whole number beyond what a number holds exactly stays exact, so that its shape can say that it is too large.
    return JSON.parse(text, exactNumbers as never)
  } catch (error) {
    const word = /(?<!["\w])-?(NaN|Infinity)(?!["\w])/.exec(text)?.[0]
    throw unreadable(word ? `Out of range float values are not JSON compliant: '${word}'` : (error as Error).message)
  }
}

function exactNumbers(_key: string, value: unknown, context: { source?: string } | undefined): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !context?.source) return value
  if (/^-?\d+$/.test(context.source)) return BigInt(context.source)
  if (!Number.isFinite(value)) throw new SyntaxError(`Out of range float values are not JSON compliant: '${context.source.slice(0, 40)}'`)
  return value
}

/** Refuses deep nesting before anything recursive sees it. */
function checkDepth(text: string): void {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (quoted) {
      if (c === 0x5c) i++
      else if (c === 0x22) quoted = false
    } else if (c === 0x22) quoted = true
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > DEPTH_MAX) throw unreadable(`nesting deeper than ${DEPTH_MAX} levels`)
    } else if (c === 0x7d || c === 0x5d) depth--
  }
}

/** Repeated names become a list; names ending in a number or brackets are left as they are. */
function collect(pairs: Iterable<readonly [string, unknown]>): { [name: string]: unknown } {
  const read: { [name: string]: unknown } = Object.create(null)
  for (const [name, value] of pairs) {
    const before = read[name]
    read[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return { ...read }
}

const readForm = (text: string) => collect(new URLSearchParams(text))

function readMultipart(raw: Buffer, header: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const pairs: [string, unknown][] = []
    const fail = () => reject(unreadable('Multipart form parse error'))
    try {
      const parser = new Busboy({ headers: { 'content-type': header }, limits: { fieldSize: BODY_MAX_BYTES, fields: 1000, files: 100 } })
      parser.on('field', (name, value, _named, truncated) => (truncated ? reject(tooLarge()) : pairs.push([name, value])))
      parser.on('file', (name, stream, filename, _encoding, mimetype) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => pairs.push([name, { filename, mimetype, data: Buffer.concat(chunks) }]))
      })
      parser.on('error', fail)
      parser.on('finish', () => resolve(collect(pairs)))
      parser.end(raw)
    } catch {
      fail()
    }
  })
}

/** Texts that PostgreSQL cannot hold, anywhere in the value, are refused under the field they came in. */
function refuseUnstorable(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const errors: { [field: string]: string[] } = {}
  for (const [name, part] of Object.entries(value)) {
    const problem = problemOf(name) ?? problemIn(part)
    if (problem) errors[name.replaceAll('\0', '').toWellFormed()] = [problem]
  }
  if (Object.keys(errors).length > 0) throw new Refusal(400, invalid(errors).body)
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
