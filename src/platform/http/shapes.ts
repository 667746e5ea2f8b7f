// What may be sent. Each constructor gives a zod schema that reads one kind of value as the field's clients send it, refuses
// it with the documented text (platform.md §4.2) and describes itself as JSON Schema.
import { z } from 'zod'
import { type FieldErrors, invalid, invalidBody } from './errors.ts'
import { readUuid } from './filters.ts'
import { cleanHtml } from './html.ts'
import type { JsonSchema } from './view.ts'

export type Shape<T = unknown> = z.ZodType<T>
export type Parsed<S extends Shape> = Resolved<z.output<S>>

/** A link before it is looked up. */
type Link<Row> = { readonly link: LinkTarget<Row>; readonly keys: readonly string[] }
type Resolved<T> =
  T extends Link<infer Row>
    ? Row
    : T extends readonly Link<infer Row>[]
      ? Row[]
      : T extends { [key: string]: unknown }
        ? { [Key in keyof T]: Resolved<T[Key]> }
        : T

class Bad extends Error {}
const bad = (message: string): never => {
  throw new Bad(message)
}

/** The name a value's type has in the field's error texts. */
export const typeName = (value: unknown): string => {
  if (value === null || value === undefined) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return 'dict'
}

const REQUIRED = 'This field is required.'
const NOT_NULL = 'This field may not be null.'
const missing = (value: unknown) => (value === undefined ? REQUIRED : value === null ? NOT_NULL : undefined)

/** A value that `read` turns into another or refuses by throwing through `bad`. */
const scalar = <T>(schema: JsonSchema, read: (value: unknown) => T): Shape<T> =>
  z
    .any()
    .transform((value: unknown, context): T => {
      const absent = missing(value)
      try {
        if (absent) bad(absent)
        return read(value)
      } catch (error) {
        if (!(error instanceof Bad)) throw error
        context.issues.push({ code: 'custom', message: error.message, input: value })
        return z.NEVER
      }
    })
    .meta(schema) as unknown as Shape<T>

type TextOptions = { max?: number; min?: number; blank?: boolean; trim?: boolean; pattern?: RegExp; patternText?: string }

function readText(value: unknown, { max, min, blank = false, trim = true, pattern, patternText }: TextOptions): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return bad('Not a valid string.')
  const read = trim ? String(value).trim() : String(value)
  if (read === '' && !blank) bad('This field may not be blank.')
  const length = [...read].length
  if (max !== undefined && length > max) bad(`Ensure this field has no more than ${max} characters.`)
  if (min !== undefined && read !== '' && length < min) bad(`Ensure this field has at least ${min} characters.`)
  if (pattern && read !== '' && !pattern.test(read)) bad(patternText ?? 'Enter a valid value.')
  return read
}

/** Text, trimmed; blank is refused unless said (platform.md §2.6). Lengths are in characters. */
export const text = (options: TextOptions = {}): Shape<string> =>
  scalar({ type: 'string', ...(options.max ? { maxLength: options.max } : {}), ...(options.blank ? {} : { minLength: 1 }) }, (value) =>
    readText(value, options),
  )

/** Rich text: scripts, event handlers and foreign URL schemes are taken out. */
export const html = (options: TextOptions = {}): Shape<string> =>
  scalar({ type: 'string', ...(options.max ? { maxLength: options.max } : {}) }, (value) =>
    cleanHtml(readText(value, { blank: true, ...options })),
  )

const INT4_MAX = 2_147_483_647

/** A whole number: 4, "4" or 4.0. Bounds are inclusive; those of a database integer unless said. */
export const integer = ({ min = -INT4_MAX - 1, max = INT4_MAX }: { min?: number; max?: number } = {}): Shape<number> =>
  scalar({ type: 'integer', ...(min > -INT4_MAX ? { minimum: min } : {}), ...(max < INT4_MAX ? { maximum: max } : {}) }, (value) => {
    const sent = typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
    const whole = /^[+-]?\d+(\.0*)?$/.test(sent) ? sent.replace(/\.0*$/, '') : bad('A valid integer is required.')
    if (whole.length > 1000) bad('String value too large.')
    const number = BigInt(whole.replace('+', ''))
    if (number > BigInt(max)) bad(`Ensure this value is less than or equal to ${max}.`)
    if (number < BigInt(min)) bad(`Ensure this value is greater than or equal to ${min}.`)
    return Number(number)
  })

type DecimalOptions = { digits: number; places: number; min?: number; max?: number }

/** A decimal number, kept as its digits: never a float. */
export const decimal = (options: DecimalOptions): Shape<string> =>
  scalar({ type: 'string', format: 'decimal' }, (value) => readDecimal(value, options))

function readDecimal(value: unknown, { digits, places, min, max }: DecimalOptions): string {
  const sent = digitsOf(value)
  const found = /\d/.test(sent) ? /^([+-]?)0*(\d*)(?:\.(\d*))?$/.exec(sent) : null
  if (!found) return bad('A valid number is required.')
  const [, sign, whole = '', fraction = ''] = found
  const kept = fraction.replace(/0+$/, '')
  if (whole.length + kept.length > digits) bad(`Ensure that there are no more than ${digits} digits in total.`)
  if (kept.length > places) bad(`Ensure that there are no more than ${places} decimal places.`)
  if (whole.length > digits - places) bad(`Ensure that there are no more than ${digits - places} digits before the decimal point.`)
  checkRange(Number(sent), min, max)
  const read = `${whole === '' ? '0' : whole}${kept === '' ? '' : `.${kept}`}`
  return sign === '-' && /[1-9]/.test(read) ? `-${read}` : read
}

const digitsOf = (value: unknown): string => {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number') return value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
  return typeof value === 'bigint' ? String(value) : ''
}

function checkRange(value: number, min: number | undefined, max: number | undefined): void {
  if (max !== undefined && value > max) bad(`Ensure this value is less than or equal to ${max}.`)
  if (min !== undefined && value < min) bad(`Ensure this value is greater than or equal to ${min}.`)
}

/** A number that may be inexact, such as a latitude. */
export const number = ({ min, max }: { min?: number; max?: number } = {}): Shape<number> =>
  scalar({ type: 'number' }, (value) => {
    const sent = digitsOf(value)
    const read = sent === '' ? Number.NaN : Number(sent)
    if (!Number.isFinite(read)) bad('A valid number is required.')
    checkRange(read, min, max)
    return read
  })

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1'])
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0'])

export const boolean = (): Shape<boolean> =>
  scalar({ type: 'boolean' }, (value) => {
    const word = ['string', 'boolean', 'number'].includes(typeof value) ? String(value).trim().toLowerCase() : ''
    return TRUE.has(word) ? true : FALSE.has(word) ? false : bad('Must be a valid boolean.')
  })

const DATE_TEXT = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'
const DATETIME_TEXT = 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'

const isDate = (text: string) => {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return parsed !== undefined && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) && !text.startsWith('0000')
}

/** A calendar day, as `YYYY-MM-DD`. */
export const date = (): Shape<string> =>
  scalar({ type: 'string', format: 'date' }, (value) => (typeof value === 'string' && isDate(value.trim()) ? value.trim() : bad(DATE_TEXT)))

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** A moment, as ISO text in UTC with up to six digits of a second; one without a zone counts as UTC, a day as its midnight. */
export const datetime = (): Shape<string> =>
  scalar({ type: 'string', format: 'date-time' }, (value) => {
    const sent = typeof value === 'string' ? value.trim() : ''
    if (isDate(sent)) return `${sent}T00:00:00Z`
    const found = MOMENT.exec(sent)
    if (!found) return bad(DATETIME_TEXT)
    const [, day = '', hours, minutes, seconds = '00', fraction = '', zone = 'Z'] = found
    const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...)(\d\d)$/, '$1:$2')
    const parsed = new Date(`${day}T${hours}:${minutes}:${seconds}${offset}`)
    if (!isDate(day) || Number(hours) > 23 || Number.isNaN(parsed.getTime())) return bad(DATETIME_TEXT)
    return parsed.toISOString().replace(/\.\d+Z$/, fraction === '' ? 'Z' : `.${fraction.slice(0, 6)}Z`)
  })

/** A uuid in any spelling, as its 32 hex digits. */
export const uuid = (): Shape<string> =>
  scalar(
    { type: 'string', format: 'uuid' },
    (value) => (typeof value === 'string' ? readUuid(value.trim()) : undefined) ?? bad('Must be a valid UUID.'),
  )

/** An http, https, ftp or ftps URL. */
export const url = ({ max = 200, blank = false }: { max?: number; blank?: boolean } = {}): Shape<string> =>
  scalar({ type: 'string', format: 'uri', maxLength: max }, (value) => {
    const sent = readText(value, { max, blank })
    if (sent === '') return sent
    const parsed = /^(https?|ftps?):\/\/[^\s]+$/i.test(sent) && URL.canParse(sent) ? new URL(sent) : undefined
    const host = parsed?.hostname ?? ''
    if (host !== 'localhost' && !host.includes('.') && !host.startsWith('[')) bad('Enter a valid URL.')
    return sent
  })

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$/i

export const email = ({ max = 254, blank = false }: { max?: number; blank?: boolean } = {}): Shape<string> =>
  scalar({ type: 'string', format: 'email', maxLength: max }, (value) => {
    const sent = readText(value, { max, blank })
    return sent === '' || EMAIL.test(sent) ? sent : bad('Enter a valid email address.')
  })

export const slug = ({ max = 255, blank = false }: { max?: number; blank?: boolean } = {}): Shape<string> =>
  text({
    max,
    blank,
    pattern: /^[-a-zA-Z0-9_]+$/,
    patternText: 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.',
  })

/** One of the words. */
export const choice = <const Word extends string>(words: readonly Word[], { blank = false } = {}): Shape<Word> =>
  scalar({ type: 'string', enum: blank ? [...words, ''] : [...words] }, (value) => {
    if (blank && value === '') return value as Word
    const found = words.find((word) => word === value)
    return found ?? bad(`"${typeof value === 'object' ? JSON.stringify(value) : String(value)}" is not a valid choice.`)
  })

/** Anything that JSON can say, with numbers that are kept as they were sent. */
export const json = (): Shape<unknown> => scalar({}, (value) => (hasHugeNumber(value) ? bad('A number is out of range.') : value))

// The body reader keeps whole numbers beyond 2^53 as bigint; in free JSON they could not be told from ordinary ones again.
const hasHugeNumber = (value: unknown): boolean =>
  typeof value === 'bigint' || (typeof value === 'object' && value !== null && Object.values(value).some(hasHugeNumber))

// Forms carry nested values as JSON text.
const fromText = (value: unknown): unknown => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const isObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const notDictionary = (value: unknown) => missing(value) ?? `Expected a dictionary of items but got type "${typeName(value)}".`
const notList = (value: unknown) => missing(value) ?? `Expected a list of items but got type "${typeName(value)}".`

const DICTIONARY_MAX_BYTES = 64 * 1024

/** A free object, of at most 64 KiB as JSON. */
export const dictionary = ({ maxBytes = DICTIONARY_MAX_BYTES } = {}): Shape<{ [key: string]: unknown }> =>
  scalar({ type: 'object', additionalProperties: true }, (value) => {
    const read = fromText(value)
    if (!isObject(read)) return bad(notDictionary(read))
    if (hasHugeNumber(read)) bad('A number is out of range.')
    if (Buffer.byteLength(JSON.stringify(read)) > maxBytes) bad(`Ensure this field has no more than ${maxBytes} characters.`)
    return read
  })

/** An object of values of one kind; errors are named by their key. */
export const dictionaryOf = <T>(value: Shape<T>): Shape<{ [key: string]: T }> =>
  z.preprocess(fromText, z.record(z.string(), value, { error: ({ input }) => notDictionary(input) })) as unknown as Shape<{
    [key: string]: T
  }>

/** A list of values of one kind; errors are named by their place. */
export const list = <T>(item: Shape<T>, { empty = true, max }: { empty?: boolean; max?: number } = {}): Shape<T[]> => {
  let items = z.array(item, { error: ({ input }) => notList(input) })
  if (!empty) items = items.min(1, { error: 'This list may not be empty.' })
  if (max !== undefined) items = items.max(max, { error: `Ensure this field has no more than ${max} elements.` })
  return z.preprocess((value) => fromText(value), items) as unknown as Shape<T[]>
}

export type UploadedFile = { filename: string; mimetype: string; data: Buffer }

export const isUploadedFile = (value: unknown): value is UploadedFile => isObject(value) && Buffer.isBuffer(value.data)

const FILE_KINDS = {
  image: { maxBytes: 10 * 1024 * 1024, names: /\.(png|gif|jpe?g|svg|ico|webp)$/i },
  document: { maxBytes: 50 * 1024 * 1024, names: /\.(csv|txt|html|pdf|rtf|docx?|xlsx?|pptx?|odt|ods|odp)$/i },
  pdf: { maxBytes: 50 * 1024 * 1024, names: /\.pdf$/i },
} as const
export type FileKind = keyof typeof FILE_KINDS

/** An uploaded file; what it really holds is judged when it is stored (platform.md §16). */
export const file = (kind: FileKind): Shape<UploadedFile> =>
  scalar({ type: 'string', format: 'binary' }, (value) => {
    if (!isUploadedFile(value)) return bad('The submitted data was not a file. Check the encoding type on the form.')
    if (value.data.length === 0) bad('The submitted file is empty.')
    if (value.data.length > FILE_KINDS[kind].maxBytes)
      bad(`Ensure this file is no larger than ${FILE_KINDS[kind].maxBytes / 1024 / 1024} MiB.`)
    const problem = contentProblem(kind, value)
    return problem ? bad(problem) : value
  })

const starts = (data: Buffer, ...bytes: number[]) => bytes.every((byte, i) => data[i] === byte)

const IMAGES: ((data: Buffer) => boolean)[] = [
  (data) => starts(data, 0x89, 0x50, 0x4e, 0x47),
  (data) => starts(data, 0x47, 0x49, 0x46, 0x38),
  (data) => starts(data, 0xff, 0xd8, 0xff),
  (data) => starts(data, 0, 0, 1, 0),
  (data) => starts(data, 0x52, 0x49, 0x46, 0x46) && data.subarray(8, 12).toString('latin1') === 'WEBP',
  (data) => /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(data.subarray(0, 2000).toString('utf8')),
]

function contentProblem(kind: FileKind, { filename, data }: UploadedFile): string | undefined {
  if (kind === 'image') {
    return IMAGES.some((is) => is(data))
      ? undefined
      : 'Upload a valid image. The file you uploaded was either not an image or a corrupted image.'
  }
  const isPdf = data.subarray(0, 5).toString('latin1') === '%PDF-'
  if (kind === 'pdf') return isPdf && FILE_KINDS.pdf.names.test(filename) ? undefined : 'Upload a valid PDF file.'
  return FILE_KINDS.document.names.test(filename) && isPdf === /\.pdf$/i.test(filename) ? undefined : 'File type is not allowed.'
}

/** What a link is looked up with. `find` gets the last uuid of the path and, where the path has several, all of them. */
export type LinkTarget<Row> = { path: string; find: (uuid: string, context: unknown, keys: readonly string[]) => Promise<Row | undefined> }

const linkPaths = new Set<RegExp>()
const linkPattern = (path: string) =>
  new RegExp(`^${(path.includes('{') ? path : `${path}{uuid}/`).replace(/\{[^}]+\}/g, '([0-9a-fA-F-]+)')}$`)
// Links are known by identity: free JSON that a caller sent may look like one.
const links = new WeakSet<object>()
const isLink = (value: unknown): value is Link<unknown> => isObject(value) && links.has(value)

function readLink<Row>(target: LinkTarget<Row>, value: unknown): Link<Row> {
  if (value === '') bad(NOT_NULL)
  if (typeof value !== 'string') return bad(`Incorrect type. Expected URL string, received ${typeName(value)}.`)
  const path = value.trim().startsWith('/') ? value.trim() : /^https?:\/\/[^/]+(\/.*)$/i.exec(value.trim())?.[1]
  const found = path === undefined ? null : linkPattern(target.path).exec(path)
  if (!found) {
    const other = path !== undefined && [...linkPaths].some((pattern) => pattern.test(path))
    return bad(other ? 'Invalid hyperlink - Incorrect URL match.' : 'Invalid hyperlink - No URL match.')
  }
  const keys = found.slice(1).map((key) => readUuid(key))
  if (keys.some((key) => key === undefined)) return bad('Invalid hyperlink - No URL match.')
  const read: Link<Row> = { link: target, keys: keys as string[] }
  links.add(read)
  return read
}

/** Makes a path known as one of an object, so that a link to it in the wrong field is told from junk. */
export const registerLinkPath = (path: string): void => {
  linkPaths.add(linkPattern(path))
}

/** The URL of an object; parsed into the row that `find` gives. */
export const link = <Row>(target: LinkTarget<Row>): Shape<Link<Row>> => {
  registerLinkPath(target.path)
  return scalar({ type: 'string', format: 'uri' }, (value) => readLink(target, value))
}

export const linkList = <Row>(target: LinkTarget<Row>): Shape<Link<Row>[]> => list(link(target))

export type BodyFields = { [name: string]: Shape }
type BodyShape<F extends BodyFields> = z.ZodObject<F>

/** An object with these fields; unknown keys are dropped silently (platform.md §2.8). */
export const body = <F extends BodyFields>(fields: F): BodyShape<F> =>
  z.object(fields, {
    error: ({ input }) => missing(input) ?? `Invalid data. Expected a dictionary, but got ${typeName(input)}.`,
  }) as unknown as BodyShape<F>

export const optional = <S extends Shape>(shape: S): z.ZodOptional<S> => z.optional(shape)
export const nullable = <S extends Shape>(shape: S): z.ZodNullable<S> =>
  // Forms cannot say null: they send an empty text (clients.md §3).
  z.nullable(shape)
export const withDefault = <T>(shape: Shape<T>, value: T): Shape<T> =>
  z.optional(shape).transform((sent) => sent ?? value) as unknown as Shape<T>

/** The same body with every field optional, for PATCH. Defaults do not apply: what was not sent stays as it is. */
export const partial = (shape: Shape): Shape =>
  shape instanceof z.ZodObject
    ? z.object(
        Object.fromEntries(Object.entries(shape.shape as BodyFields).map(([name, field]) => [name, z.optional(withoutDefault(field))])),
        shape.def.error ? { error: shape.def.error as never } : {},
      )
    : shape

const withoutDefault = (field: Shape): Shape =>
  field instanceof z.ZodPipe && field.in instanceof z.ZodOptional ? (field.in as unknown as Shape) : field

type Errors = { [key: string]: FieldErrors | FieldErrors[] | string[] }

/** The texts of zod's issues by field: nested for objects, one entry per element for lists of objects. */
function fieldErrors(issues: readonly z.core.$ZodIssue[], raw: unknown): Errors {
  const errors: Errors = {}
  const fields = new Set(issues.map((issue) => String(issue.path[0] ?? 'non_field_errors')))
  for (const field of fields) {
    const mine = issues.filter((issue) => String(issue.path[0] ?? 'non_field_errors') === field)
    const inner = mine.filter((issue) => issue.path.length > 1).map((issue) => ({ ...issue, path: issue.path.slice(1) }))
    const value = isObject(raw) ? fromText(raw[field]) : Array.isArray(raw) ? raw[Number(field)] : undefined
    if (inner.length === 0) {
      const texts = mine.map((issue) => issue.message)
      errors[field] =
        texts.some((text) => text.startsWith('Invalid data.')) && field !== 'non_field_errors' ? { non_field_errors: texts } : texts
    } else if (Array.isArray(value) && inner.some((issue) => issue.path.length > 1 || isObject(value[Number(issue.path[0])]))) {
      const nested = fieldErrors(inner, value)
      errors[field] = value.map((_, i) => (nested[String(i)] ?? {}) as FieldErrors)
    } else {
      errors[field] = fieldErrors(inner, value)
    }
  }
  return errors
}

/**
 * Reads a body by its shape, then looks up its links with `context`. Every bad field is named in one 400;
 * an object that the caller does not see is one that does not exist.
 */
export async function parseBody<S extends Shape>(shape: S, raw: unknown, context: unknown): Promise<Parsed<S>> {
  if (raw === null || raw === undefined) throw invalidBody('No data provided')
  if (!isObject(raw)) throw invalidBody(`Invalid data. Expected a dictionary, but got ${typeName(raw)}.`)
  const result = shape.safeParse(raw)
  const errors = result.success ? {} : fieldErrors(result.error.issues, raw)
  // Links are looked up also when another field is bad, so that one answer names them all.
  const read = result.success ? (result.data as { [key: string]: unknown }) : linksOf(shape, raw, errors)
  const resolved: { [key: string]: unknown } = { ...read }
  for (const [name, value] of Object.entries(read)) {
    const found = linksIn(value)
    if (!found) continue
    const rows = []
    for (const { link: target, keys } of found) rows.push(await target.find(keys.at(-1) as string, context, keys))
    if (rows.includes(undefined)) errors[name] = ['Invalid hyperlink - Object does not exist.']
    resolved[name] = isLink(value) ? rows[0] : rows
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
  return resolved as Parsed<S>
}

const linksIn = (value: unknown): Link<unknown>[] | undefined =>
  isLink(value) ? [value] : Array.isArray(value) && value.length > 0 && value.every(isLink) ? value : undefined

function linksOf(shape: Shape, raw: { [key: string]: unknown }, errors: Errors): { [key: string]: unknown } {
  if (!(shape instanceof z.ZodObject)) return {}
  const found: { [key: string]: unknown } = {}
  for (const [name, field] of Object.entries(shape.shape as BodyFields)) {
    if (name in errors) continue
    const result = field.safeParse(raw[name])
    if (result.success) found[name] = result.data
  }
  return found
}

/** The JSON Schema of a body. */
export function describeShape(shape: Shape): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'output', unrepresentable: 'any' }) as JsonSchema
  return schema
}
