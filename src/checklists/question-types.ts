// What may be answered to each type of question, and by which operators an answer is compared. Pure, but for files, whose content is
// looked into.
import { Decimal } from 'decimal.js'
import { COUNTRY_CODES } from '../core/public.ts'
import { contentTypeOf } from '../platform/files/content.ts'
import { readUuid } from '../platform/http/filters.ts'
import { dayIn, momentIn } from '../platform/http/moments.ts'
import { Bad, isObject, readEmail, readUrl } from '../platform/http/shapes.read.ts'

export const QUESTION_TYPES = [
  'boolean',
  'single_select',
  'multi_select',
  'text_input',
  'text_area',
  'number',
  'date',
  'file',
  'multiple_files',
  'phone_number',
  'year',
  'email',
  'url',
  'country',
  'rating',
  'datetime',
] as const
export type QuestionType = (typeof QUESTION_TYPES)[number]

export const OPERATORS = ['equals', 'not_equals', 'contains', 'in', 'not_in'] as const
export type Operator = (typeof OPERATORS)[number]

/** What narrows the answers to a question. */
export type Limits = {
  min_value: string | null
  max_value: string | null
  allowed_file_types: readonly string[]
  allowed_mime_types: readonly string[]
  max_file_size_mb: number | null
  max_files_count: number | null
  options: readonly { uuid: string }[]
}

/** The answer as it is kept; undefined for what is none. */
type Read = (value: unknown, limits: Limits) => unknown

const TEXT_MAX = 65_536
const LINE_MAX = 2000
const FILES_MAX = 20

const isLine = (value: unknown): value is string => typeof value === 'string' && value.length <= LINE_MAX

const within = (value: string | number, { min_value, max_value }: Limits) =>
  !(min_value !== null && new Decimal(value).lt(min_value)) && !(max_value !== null && new Decimal(value).gt(max_value))

const NUMERIC = /^\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})\s*$/
const isNumeric = (value: unknown): value is string | number =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && NUMERIC.test(value)
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value)
const isDigits = (value: unknown): value is string => typeof value === 'string' && /^\d{1,9}$/.test(value)

const text: Read = (value) => (typeof value === 'string' && value.length <= TEXT_MAX ? value : undefined)

const passing =
  (read: (value: string) => string): Read =>
  (value) => {
    if (!isLine(value) || value.trim() === '') return undefined
    try {
      return read(value)
    } catch (error) {
      if (error instanceof Bad) return undefined
      throw error
    }
  }

/** Uuids of the question's own options, each once. */
function chosen(value: unknown, { options }: Limits): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > options.length) return undefined
  const uuids = value.map((one) => (typeof one === 'string' ? readUuid(one) : undefined))
  const known = uuids.filter((uuid) => uuid !== undefined && options.some((option) => option.uuid === uuid))
  return known.length === value.length && new Set(known).size === known.length ? (known as string[]) : undefined
}

const extensionOf = (name: string) => /\.[^.]+$/.exec(name)?.[0].toLowerCase() ?? ''
const MEBIBYTE = 1024 * 1024

async function file(value: unknown, { allowed_file_types, allowed_mime_types, max_file_size_mb }: Limits): Promise<unknown> {
  if (!isObject(value)) return undefined
  const { name, content } = value
  if (typeof name !== 'string' || name.trim() === '' || name.length > 255 || typeof content !== 'string') return undefined
  // Without the scheme that browsers write before it.
  const base64 = content.replace(/^data:[^,]{0,200};base64,/, '')
  if (base64 === '' || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined
  const data = Buffer.from(base64, 'base64')
  if (max_file_size_mb !== null && data.length > max_file_size_mb * MEBIBYTE) return undefined
  const extensions = allowed_file_types.map((type) => `.${type.toLowerCase().replace(/^\*?\./, '')}`)
  if (extensions.length > 0 && !extensions.includes(extensionOf(name))) return undefined
  if (allowed_mime_types.length > 0) {
    const type = await contentTypeOf({ filename: name, data } as Parameters<typeof contentTypeOf>[0])
    const allowed = allowed_mime_types.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))))
    if (!allowed) return undefined
  }
  return value
}

async function files(value: unknown, limits: Limits): Promise<unknown> {
  if (!Array.isArray(value) || value.length === 0 || value.length > (limits.max_files_count ?? FILES_MAX)) return undefined
  for (const one of value) if ((await file(one, limits)) === undefined) return undefined
  return value
}

const EQUAL = ['equals', 'not_equals'] as const
const AMONG = ['in', 'not_in'] as const

type Facts = {
  operators: readonly Operator[]
  read: Read
  /** Takes `min_value` and `max_value`. */
  ranged?: true
  /** Takes the limits of files. */
  filed?: true
}

export const TYPES: { readonly [Type in QuestionType]: Facts } = {
  boolean: { operators: EQUAL, read: (value) => (typeof value === 'boolean' ? value : undefined) },
  single_select: {
    operators: AMONG,
    read: (value, limits) => (Array.isArray(value) && value.length === 1 ? chosen(value, limits) : undefined),
  },
  multi_select: { operators: AMONG, read: chosen },
  text_input: { operators: ['contains'], read: text },
  text_area: { operators: ['contains'], read: text },
  number: { operators: EQUAL, ranged: true, read: (value, limits) => (isNumeric(value) && within(value, limits) ? value : undefined) },
  date: { operators: EQUAL, read: (value) => (isLine(value) && /^\d{4}-\d\d-\d\d$/.test(value) && dayIn(value) ? value : undefined) },
  file: { operators: [...EQUAL, 'contains'], filed: true, read: file },
  multiple_files: { operators: ['contains', ...AMONG], filed: true, read: files },
  phone_number: {
    operators: [...EQUAL, 'contains'],
    read: (value) => (isLine(value) && /^\+?[\d\s()./-]{4,40}$/.test(value) && /(\d\D*){4}/.test(value) ? value : undefined),
  },
  year: {
    operators: EQUAL,
    ranged: true,
    read: (value, limits) => ((isWhole(value) || isDigits(value)) && within(value, limits) ? value : undefined),
  },
  email: { operators: [...EQUAL, 'contains'], read: passing((value) => readEmail(value, { max: 254 })) },
  url: { operators: [...EQUAL, 'contains'], read: passing((value) => readUrl(value, { max: LINE_MAX })) },
  country: { operators: [...EQUAL, ...AMONG], read: (value) => (isCountry(value) ? value : undefined) },
  rating: { operators: EQUAL, ranged: true, read: (value, limits) => (isWhole(value) && within(value, limits) ? value : undefined) },
  datetime: { operators: EQUAL, read: (value) => (isLine(value) && momentIn(value) ? value : undefined) },
}

const isCountry = (value: unknown): boolean => (COUNTRY_CODES as readonly unknown[]).includes(value)

const UNLIMITED: Limits = {
  min_value: null,
  max_value: null,
  allowed_file_types: [],
  allowed_mime_types: [],
  max_file_size_mb: null,
  max_files_count: null,
  options: [],
}

const nameOf = (value: unknown) => (isObject(value) && typeof value.name === 'string' ? value.name : value)

/** One value that answers are compared with is of the kind that the type's answers, or their parts, are. */
function comparable(type: QuestionType, operator: Operator, value: unknown): boolean {
  if (type === 'single_select' || type === 'multi_select') return typeof value === 'string' && readUuid(value) !== undefined
  // Files are known by their names.
  if (operator === 'contains' || TYPES[type].filed) return isLine(nameOf(value)) && nameOf(value) !== ''
  return TYPES[type].read(value, UNLIMITED) !== undefined
}

/** Whether answers of the type can be compared with the value: one, or for all but equality a list of some. */
export function isComparable(type: QuestionType, operator: Operator, value: unknown): boolean {
  if (!Array.isArray(value)) return comparable(type, operator, value)
  return operator !== 'equals' && operator !== 'not_equals' && value.length > 0 && value.every((one) => comparable(type, operator, one))
}

/** A value in the words in which it is compared: uuids in one spelling, numbers and moments in one form, files by their names. */
export function wordsOf(type: QuestionType, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => wordsOf(type, one))
  const plain = nameOf(value)
  if (TYPES[type].ranged && isNumeric(plain)) return [new Decimal(plain).toString()]
  if (typeof plain !== 'string') return [String(plain)]
  if (type === 'single_select' || type === 'multi_select') return [readUuid(plain) ?? plain]
  return [type === 'datetime' ? (momentIn(plain) ?? plain) : plain]
}
