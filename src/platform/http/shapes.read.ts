// How single values are read as the field's clients send them, and the texts that refuse them (platform.md §2.3–2.6, §4.2).
// Every reader takes anything and returns what is kept, or throws `Bad` with the text for the value's field.
import { Decimal } from 'decimal.js'
import { readUuid } from './filters.ts'
import { dayIn, momentIn } from './moments.ts'

/** Thrown by a reader; its message is the text under the field. */
export class Bad extends Error {}
export const bad = (message: string): never => {
  throw new Bad(message)
}

export const REQUIRED = 'This field is required.'
export const NOT_NULL = 'This field may not be null.'
const BLANK = 'This field may not be blank.'

/** The name a value's type has in the field's texts, which are Python's. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return 'dict'
}

export type TextOptions = { max?: number; min?: number; blank?: boolean; trim?: boolean; pattern?: RegExp; patternText?: string }

export function readText(value: unknown, { max, min, blank = false, trim = true, pattern, patternText }: TextOptions): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return bad('Not a valid string.')
  const read = trim ? String(value).trim() : String(value)
  if (read === '' && !blank) bad(BLANK)
  if (max !== undefined && isLonger(read, max)) bad(`Ensure this field has no more than ${max} characters.`)
  if (min !== undefined && read !== '' && !isLonger(read, min - 1)) bad(`Ensure this field has at least ${min} characters.`)
  if (pattern && read !== '' && !pattern.test(read)) bad(patternText ?? 'Enter a valid value.')
  return read
}

// In characters, as PostgreSQL counts them; only a text near the limit is taken apart to be counted.
const isLonger = (text: string, length: number) => text.length > length && (text.length > 2 * length || [...text].length > length)

/** The digits of a number that came as a number or a text; '' for anything else. */
const digitsOf = (value: unknown): string => {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string') return ''
  return value.length > 1000 ? bad('String value too large.') : value.trim()
}

type Bounds<N = number> = { min?: N; max?: N }

const tooHigh = (max: unknown) => bad(`Ensure this value is less than or equal to ${max}.`)
const tooLow = (min: unknown) => bad(`Ensure this value is greater than or equal to ${min}.`)

export const INT4_MAX = 2_147_483_647
export const INT4_MIN = -INT4_MAX - 1

export function readInteger(value: unknown, { min = INT4_MIN, max = INT4_MAX }: Bounds): number {
  const sent = digitsOf(value)
  if (!/^[+-]?\d+(\.0*)?$/.test(sent)) bad('A valid integer is required.')
  const number = BigInt(sent.replace(/^\+|\.0*$/g, ''))
  if (number > max) tooHigh(max)
  if (number < min) tooLow(min)
  return Number(number)
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i
const numberText = (value: unknown): string => {
  const sent = digitsOf(value)
  return NUMBER.test(sent) ? sent : bad('A valid number is required.')
}

export function readNumber(value: unknown, { min, max }: Bounds): number {
  const read = Number(numberText(value))
  if (!Number.isFinite(read)) bad('A valid number is required.')
  if (max !== undefined && read > max) tooHigh(max)
  if (min !== undefined && read < min) tooLow(min)
  return read
}

export type DecimalOptions = Bounds<number | string> & { digits: number; places: number }

/** The plain digits without needless zeros, never through a float: `"1e1"` → `"10"`, `"0.50"` → `"0.5"`. */
export function readDecimal(value: unknown, { digits, places, min, max }: DecimalOptions): string {
  const read = new Decimal(numberText(value))
  const whole = Math.max(read.e + 1, 0)
  if (whole + read.decimalPlaces() > digits && !read.isZero()) bad(`Ensure that there are no more than ${digits} digits in total.`)
  if (read.decimalPlaces() > places) bad(`Ensure that there are no more than ${places} decimal places.`)
  if (whole > digits - places && !read.isZero())
    bad(`Ensure that there are no more than ${digits - places} digits before the decimal point.`)
  if (max !== undefined && read.gt(max)) tooHigh(max)
  if (min !== undefined && read.lt(min)) tooLow(min)
  return read.isZero() ? '0' : read.toFixed()
}

const TRUE = new Set(['true', 't', 'yes', 'y', 'on', '1'])
const FALSE = new Set(['false', 'f', 'no', 'n', 'off', '0'])

export function readBoolean(value: unknown): boolean {
  const word = ['string', 'boolean', 'number'].includes(typeof value) ? String(value).trim().toLowerCase() : ''
  return TRUE.has(word) || (FALSE.has(word) ? false : bad('Must be a valid boolean.'))
}

const DAY_TEXT = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'
const MOMENT_TEXT = 'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].'

export const readDate = (value: unknown): string => (typeof value === 'string' && dayIn(value)) || bad(DAY_TEXT)

/** ISO text in UTC with six digits of a second or none. */
export const readDatetime = (value: unknown): string => (typeof value === 'string' && momentIn(value)) || bad(MOMENT_TEXT)

export const readUuidText = (value: unknown): string =>
  (typeof value === 'string' ? readUuid(value.trim()) : undefined) ?? bad('Must be a valid UUID.')

const LABELS = '([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{1,62}[a-z0-9]'
const HOST = new RegExp(`^(localhost|\\[[0-9a-f:.]+\\]|(\\d+\\.){3}\\d+|${LABELS}\\.?)$`, 'i')

export function readUrl(value: unknown, options: TextOptions): string {
  const sent = readText(value, options)
  if (sent === '') return sent
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
  const parsed = /^(https?|ftps?):\/\/[^\s\u0000-\u001f\u007f]+$/i.test(sent) ? URL.parse(sent) : null
  return parsed && HOST.test(parsed.hostname) ? sent : bad('Enter a valid URL.')
}

const ATOM = "[-!#$%&'*+/=?^_`{|}~0-9a-z]+"
const EMAIL = new RegExp(`^${ATOM}(\\.${ATOM})*@(${LABELS}|localhost)$`, 'i')

export function readEmail(value: unknown, options: TextOptions): string {
  const sent = readText(value, options)
  return sent === '' || EMAIL.test(sent) ? sent : bad('Enter a valid email address.')
}

/** How a refused value is quoted. */
export const quoted = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  const text =
    typeof value === 'object' ? JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? Number(part) : part)) : String(value)
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text
}

export function readChoice<Word extends string>(value: unknown, words: readonly Word[]): Word {
  const sent = typeof value === 'number' ? String(value) : value
  return words.find((word) => word === sent) ?? bad(`"${quoted(value)}" is not a valid choice.`)
}

/** Free JSON as it was sent; a whole number that a number cannot hold is refused, not rounded. */
export function readJson(value: unknown): unknown {
  const huge = hugeNumberIn(value)
  if (huge !== undefined) huge > 0n ? tooHigh(Number.MAX_SAFE_INTEGER) : tooLow(Number.MIN_SAFE_INTEGER)
  return value
}

function hugeNumberIn(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return undefined
  for (const part of Object.values(value)) {
    const found = hugeNumberIn(part)
    if (found !== undefined) return found
  }
  return undefined
}

export const isObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const notDictionary = (value: unknown): string => `Expected a dictionary of items but got type "${typeName(value)}".`
export const notList = (value: unknown): string => `Expected a list of items but got type "${typeName(value)}".`
