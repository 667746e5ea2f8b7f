// What may be sent. Each constructor gives a zod schema that reads one kind of value as the field's clients send it, refuses
// it with the documented text (platform.md §4.2) and describes itself as JSON Schema. How single values are read stands in
// shapes.read.ts, links in shapes.links.ts, files in shapes.files.ts.
import { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import { isForm, refuseUnstorable } from './body.ts'
import { invalid, invalidBody, Refusal } from './errors.ts'
import { cleanHtml, readingHtml } from './html.ts'
import type { UploadedFile } from './multipart.ts'
import { type FileKind, isUploadedFile, readFile } from './shapes.files.ts'
import { fromForm } from './shapes.forms.ts'
import { asks, gives, type Later, readable, settle } from './shapes.later.ts'
import { type LinkTarget, readLink, readLinks, registerLinkPath } from './shapes.links.ts'
import * as read from './shapes.read.ts'
import { writtenBy } from './shapes.staff.ts'
import { fieldsOf, type Issue, nestedTexts, WRONG_BODY } from './shapes.structure.ts'
import type { JsonSchema } from './view.ts'

export { typeName } from './shapes.read.ts'
export { staffOnly } from './shapes.staff.ts'

export type Shape<T = unknown> = z.ZodType<T>

/** What `parseBody` gives for a shape: links as the rows they name. */
export type Parsed<S extends Shape> = Resolved<z.output<S>>
type Resolved<T> =
  T extends Later<infer Found>
    ? Found
    : T extends readonly (infer Item)[]
      ? Resolved<Item>[]
      : T extends { [key: string]: unknown }
        ? { [Key in keyof T]: Resolved<T[Key]> }
        : T

const absence = (value: unknown, required = read.REQUIRED) => (value === undefined ? required : value === null ? read.NOT_NULL : undefined)

/** A value that `reader` turns into another or refuses by throwing `Bad`. */
const scalar = <T>(schema: JsonSchema, reader: (value: unknown) => T, required?: string): Shape<T> =>
  z
    .any()
    .transform((value: unknown, context): T => {
      try {
        const absent = absence(value, required)
        return absent ? read.bad(absent) : reader(value)
      } catch (error) {
        if (!(error instanceof read.Bad)) throw error
        context.issues.push({ code: 'custom', message: error.message, input: value })
        return z.NEVER
      }
    })
    .meta(schema) as unknown as Shape<T>

const bounds = ({ min, max }: { min?: number | string; max?: number | string }): JsonSchema => ({
  ...(typeof min === 'number' ? { minimum: min } : {}),
  ...(typeof max === 'number' ? { maximum: max } : {}),
})

/** Text, trimmed; blank is refused unless said (platform.md §2.6). Lengths are in characters. */
export const text = (options: read.TextOptions = {}): Shape<string> => {
  const min = options.min ?? (options.blank ? 0 : 1)
  const schema = { type: 'string', ...(options.max ? { maxLength: options.max } : {}), ...(min > 0 ? { minLength: min } : {}) }
  return scalar(schema, (value) => read.readText(value, options))
}

const HTML_MAX = 262_144

/** Rich text: scripts, event handlers and foreign URL schemes are taken out. May be blank, and 262,144 characters, unless said. */
export const html = (options: read.TextOptions = {}): Shape<string> => {
  const limits = { blank: true, max: HTML_MAX, ...options }
  // What is kept counts too: cleaning may make a text longer, or leave nothing of it.
  return scalar({ type: 'string', maxLength: limits.max }, (value) => read.readText(cleanHtml(read.readText(value, limits)), limits))
}

/** A whole number: 4, "4" or 4.0. Bounds are inclusive; those of a database integer unless said, at most ±(2^53 - 1). */
export const integer = (options: { min?: number; max?: number } = {}): Shape<number> =>
  scalar({ type: 'integer', ...bounds(options) }, (value) => read.readInteger(value, options))

/** A decimal number as its digits: never a float. Canonical: no exponent, no needless zeros. */
export const decimal = (options: read.DecimalOptions): Shape<string> =>
  emptyIsNull(scalar({ type: 'string', format: 'decimal' }, (value) => read.readDecimal(value, options)))

/** A number that may be inexact, such as a latitude. */
export const number = (options: { min?: number; max?: number } = {}): Shape<number> =>
  scalar({ type: 'number', ...bounds(options) }, (value) => read.readNumber(value, options))

/** true, false, 1, 0, and the words yes, no, on, off, true, false in any case. */
export const boolean = (): Shape<boolean> => emptyIsNull(scalar({ type: 'boolean' }, read.readBoolean))

/** A calendar day, as `YYYY-MM-DD`. */
export const date = (): Shape<string> => scalar({ type: 'string', format: 'date' }, read.readDate)

/** A moment, as ISO text in UTC with six digits of a second or none; one without a zone counts as UTC, a day as its midnight. */
export const datetime = (): Shape<string> => scalar({ type: 'string', format: 'date-time' }, read.readDatetime)

/** A uuid in any spelling, as its 32 hex digits. */
export const uuid = (): Shape<string> => scalar({ type: 'string', format: 'uuid' }, read.readUuidText)

type Line = { max?: number; blank?: boolean }

/** An http, https, ftp or ftps URL. */
export const url = ({ max = 200, blank = false }: Line = {}): Shape<string> =>
  scalar({ type: 'string', format: 'uri', maxLength: max }, (value) => read.readUrl(value, { max, blank }))

export const email = ({ max = 254, blank = false }: Line = {}): Shape<string> =>
  scalar({ type: 'string', format: 'email', maxLength: max }, (value) => read.readEmail(value, { max, blank }))

/** Letters, numbers, underscores, hyphens. */
export const slug = ({ max = 50, blank = false }: Line = {}): Shape<string> => {
  const patternText = 'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'
  return text({ max, blank, pattern: /^[-a-zA-Z0-9_]+$/, patternText })
}

/** One of the words, in their case. */
export const choice = <const Word extends string>(words: readonly Word[], { blank = false } = {}): Shape<Word> => {
  const all: readonly Word[] = blank ? [...words, '' as Word] : words
  return scalar({ type: 'string', enum: [...all] }, (value) => read.readChoice(value, all))
}

/** Anything that JSON can say. */
export const json = (): Shape<unknown> =>
  scalar({}, (value) => (isUploadedFile(value) ? read.bad('Value must be valid JSON.') : read.readJson(value)))

const DICTIONARY_MAX_BYTES = 64 * 1024

/** A free object, of at most 64 KiB as JSON unless said; as deep as bodies may be. */
export const dictionary = ({ maxBytes = DICTIONARY_MAX_BYTES } = {}): Shape<{ [key: string]: unknown }> =>
  scalar({ type: 'object', additionalProperties: true }, (value) => {
    if (!read.isObject(value) || isUploadedFile(value)) return read.bad(read.notDictionary(value))
    read.readJson(value)
    return Buffer.byteLength(JSON.stringify(value)) > maxBytes ? read.bad(`Ensure this field has no more than ${maxBytes} bytes.`) : value
  })

/** An object of values of one kind; errors are named by their key. */
export const dictionaryOf = <S extends Shape>(value: S): z.ZodRecord<z.ZodString, S> =>
  z.record(z.string(), value, { error: ({ input }) => absence(input) ?? read.notDictionary(input) })

/** A list of values of one kind; errors are named by their place, for bodies one entry per element. May be empty unless said. */
export const list = <S extends Shape>(item: S, { empty = true, max }: { empty?: boolean; max?: number } = {}): z.ZodArray<S> => {
  let items = z.array(item, { error: ({ input }) => absence(input) ?? read.notList(input) })
  if (!empty) items = items.min(1, { error: 'This list may not be empty.' })
  return max === undefined ? items : items.max(max, { error: `Ensure this field has no more than ${max} elements.` })
}

/** An uploaded file of a kind, judged by its content (platform.md §16); 413 beyond 10 MiB for an image, 50 MiB else. */
export const file = (kind: FileKind): Shape<Later<UploadedFile>> =>
  gives(scalar({ type: 'string', format: 'binary' }, (value) => readFile(value, kind), 'No file was submitted.'))

/** The URL of an object; parsed into the row that `find` gives. */
export const link = <Row>(target: LinkTarget<Row>): Shape<Later<Row>> => {
  registerLinkPath(target.path)
  return gives(emptyIsNull(scalar({ type: 'string', format: 'uri' }, (value) => readLink(value, target))))
}

/** A list of such URLs; parsed into the rows. The text of the first bad one stands for the list. */
export const linkList = <Row>(target: LinkTarget<Row>): Shape<Later<Row[]>> => {
  registerLinkPath(target.path)
  const schema = { type: 'array', items: { type: 'string', format: 'uri' } }
  return gives(scalar(schema, (value) => (Array.isArray(value) ? readLinks(value, target) : read.bad(read.notList(value)))))
}

export type BodyFields = { [name: string]: Shape }
export type BodyShape<F extends BodyFields = BodyFields> = z.ZodObject<F>

const wrongBody = ({ input }: { input?: unknown }) => absence(input) ?? `${WRONG_BODY}${read.typeName(input)}.`

const names = new WeakMap<Shape, string>()
/** What the description calls a body, if it was given a name. */
export const nameOf = (shape: Shape): string | undefined => names.get(shape)

/**
 * An object with these fields; unknown keys are dropped silently (platform.md §2.8). Of a whole body the name is what the
 * description calls it, from the contract where that has one: `body('OrderCreateRequest', { … })`.
 */
export function body<F extends BodyFields>(...[name, fields]: [name: string, fields: F] | [fields: F]): BodyShape<F> {
  const shape = z.object(typeof name === 'string' ? (fields as F) : name, { error: wrongBody }) as unknown as BodyShape<F>
  if (typeof name === 'string') names.set(shape, name)
  return shape
}

export const optional = <S extends Shape>(shape: S): z.ZodOptional<S> => z.optional(shape)

// Kinds whose empty text is null also in JSON, where null is allowed.
const emptyIsNullIn = new WeakSet<Shape>()
const emptyIsNull = <S extends Shape>(shape: S): S => {
  emptyIsNullIn.add(shape)
  return shape
}

export const nullable = <S extends Shape>(shape: S): z.ZodNullable<S> =>
  emptyIsNullIn.has(shape)
    ? (z.preprocess((value) => (value === '' ? null : value), z.nullable(shape)) as unknown as z.ZodNullable<S>)
    : z.nullable(shape)

/** Optional, with `value` for what was not sent. */
export const withDefault = <S extends Shape>(shape: S, value: z.core.util.NoUndefined<z.output<S>>): z.ZodDefault<S> =>
  z._default(shape, value)

/** The same body with every field optional, for PATCH. Defaults do not apply: what was not sent stays as it is. */
export const partial = <S extends Shape>(shape: S): Shape<Partial<z.output<S>>> => {
  if (!(shape instanceof z.ZodObject)) return shape as Shape<Partial<z.output<S>>>
  const fields = Object.entries(shape.shape as BodyFields).map(([name, field]) => [name, z.optional(withoutDefault(field))])
  const [name, all] = [nameOf(shape), Object.fromEntries(fields)]
  return (name ? body(`Patched${name}`, all) : body(all)) as unknown as Shape<Partial<z.output<S>>>
}

const withoutDefault = (field: Shape): Shape => (field instanceof z.ZodDefault ? (field.def.innerType as Shape) : field)

/** A body read by its shape, with what is wrong with it so far; its links are still to be looked up. */
export type ReadBody = { shape: Shape; sent: unknown; parsed: unknown; issues: readonly Issue[] }

/** Reads a body by its shape and looks into its files: all that can be said of it without the database. `actor` is who sent it. */
export async function readByShape(shape: Shape, raw: unknown, actor: Actor | undefined): Promise<ReadBody> {
  const sent = writtenBy(actor, shape, isForm(raw) ? fromForm(shape, raw) : raw)
  // JSON texts in a form may hold what the form itself did not.
  if (isForm(raw)) refuseUnstorable(sent)
  if (sent === null && fieldsOf(shape)) throw invalidBody('No data provided')
  const result = readingHtml(() => shape.safeParse(sent))
  const parsed: unknown = result.success ? result.data : readable(shape, sent)
  const issues = [...(result.error?.issues ?? []), ...(asks(shape) ? await settle(parsed) : [])]
  return { shape, sent, parsed, issues }
}

/**
 * Looks up the links of a body that was read, with `context` for `find`, in its place: once. Every bad field is named in one
 * 400; an object that the caller does not see is one that does not exist.
 */
export async function resolveLinks({ shape, sent, parsed, issues: before }: ReadBody, context: unknown): Promise<unknown> {
  const issues = [...before, ...(asks(shape) ? await settle(parsed, context ?? null) : [])]
  if (issues.length === 0) return parsed
  const errors = nestedTexts(shape, issues, sent)
  if (!Array.isArray(errors)) throw invalid(errors)
  // Of a body that is a list of bodies it is told at each place what is wrong there.
  throw typeof errors[0] === 'string' ? invalid({ non_field_errors: errors }) : new Refusal(400, errors)
}

/** What a body is read with: who sent it, and what else `find` of its links asks for. */
export type ReadingContext = { viewer: { actor: Actor | undefined } }

/** Both at once, for bodies outside of operations. */
export const parseBody = async <S extends Shape>(shape: S, raw: unknown, context: ReadingContext): Promise<Parsed<S>> =>
  (await resolveLinks(await readByShape(shape, raw, context.viewer.actor), context)) as Parsed<S>

/** The JSON Schema of a body. */
export function describeShape(shape: Shape): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'output', unrepresentable: 'any', override: describeBody }) as JsonSchema
  return schema
}

// What is asked for is required, not what comes out; and unknown keys are no fault.
function describeBody({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.propertyNames
  if (!(zodSchema instanceof z.ZodObject)) return
  delete jsonSchema.additionalProperties
  const required = Object.entries(zodSchema.shape as BodyFields).filter(([, field]) => field._zod.optin === undefined)
  if (required.length > 0) jsonSchema.required = required.map(([name]) => name)
  else delete jsonSchema.required
}
