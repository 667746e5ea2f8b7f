// The order form of an offering (orders.md §1.5): what a customer is asked for, and whether what was sent answers it.
// Pure; used by the provider's side when a form is defined and by orders when one is filled in.

import type { FieldErrors } from '../platform/http/errors.ts'
import { boolean, date, email, integer, type Shape, text, typeName } from '../platform/http/shapes.ts'
import { emptyRecord, valueAt } from '../platform/keyed.ts'

export const OPTION_TYPES = [
  'boolean',
  'integer',
  'money',
  'string',
  'text',
  'html_text',
  'select_string',
  'select_string_multi',
  'select_openstack_tenant',
  'select_multiple_openstack_tenants',
  'select_openstack_instance',
  'select_multiple_openstack_instances',
  'date',
  'time',
  'conditional_cascade',
  'component_multiplier',
  'single_datacenter_k8s_config',
  'multi_datacenter_k8s_config',
  'storage_folder_manager',
] as const

export const COMPARISONS = ['gt', 'gte', 'lt', 'lte'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** One question of the form. A stored form may hold types and keys that this server does not know: they are kept. */
export type Option = {
  type: string
  label?: string | undefined
  required?: boolean | undefined
  choices?: readonly string[] | undefined
  default?: unknown
  min?: number | undefined
  max?: number | undefined
  validators?: readonly { type: string; target_field: string }[] | undefined
}

/** As stored and sent: `{"order": [keys], "options": {key: option}}`; `{}` for an offering without a form. */
export type OptionForm = { order?: readonly string[] | undefined; options?: { readonly [key: string]: Option } | undefined }

type Verdict = string[] | FieldErrors | undefined
type Attributes = { readonly [key: string]: unknown }

const textsOf = (shape: Shape, value: unknown): string[] | undefined => {
  const result = shape.safeParse(value)
  return result.success ? undefined : result.error.issues.map((issue) => issue.message)
}

const isObject = (value: unknown): value is Attributes => typeof value === 'object' && value !== null && !Array.isArray(value)

function checkList(value: unknown, checkItem: (item: unknown) => string[] | undefined): Verdict {
  if (!Array.isArray(value)) return [`Expected a list of items but got type "${typeName(value)}".`]
  const errors: FieldErrors = emptyRecord()
  value.forEach((item, i) => {
    const texts = checkItem(item)
    if (texts) errors[i] = texts
  })
  return Object.keys(errors).length > 0 ? errors : undefined
}

const checkText = (value: unknown) => textsOf(text(), value)

// Clients may send a number where the form offers its digits.
const isAmong = (choices: readonly string[] = [], value: unknown) =>
  (typeof value === 'string' || typeof value === 'number') && choices.map(String).includes(String(value))

const notAmong = (value: unknown) => `"${typeof value === 'object' ? JSON.stringify(value) : String(value)}" is not a valid choice.`

const checkChoice = (value: unknown, { choices }: Option): Verdict => (isAmong(choices, value) ? undefined : [notAmong(value)])

function checkChoices(value: unknown, { choices }: Option): Verdict {
  if (!Array.isArray(value)) return [`Expected a list of items but got type "${typeName(value)}".`]
  const wrong = value.find((item) => !isAmong(choices, item))
  return value.every((item) => isAmong(choices, item)) ? undefined : [notAmong(wrong)]
}

const checkInteger = (value: unknown, { min, max }: Option): Verdict =>
  textsOf(integer({ min: min ?? Number.MIN_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER }), value)

const checkDictionary = (value: unknown): Verdict =>
  isObject(value) ? undefined : [`Expected a dictionary of items but got type "${typeName(value)}".`]

const TIME = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/
const checkTime = (value: unknown): Verdict =>
  typeof value === 'string' && TIME.test(value.trim())
    ? undefined
    : ['Time has wrong format. Use one of these formats instead: hh:mm[:ss[.uuuuuu]].']

function checkStorageFolder(value: unknown): Verdict {
  if (!isObject(value)) return checkDictionary(value)
  const errors: FieldErrors = emptyRecord()
  for (const name of ['storage_data_type', 'permissions']) {
    const texts = value[name] === undefined ? ['This field is required.'] : checkText(value[name])
    if (texts) errors[name] = texts
  }
  for (const [name, sent] of Object.entries(value)) {
    if (!name.includes('quota')) continue
    const quota = typeof sent === 'string' && sent.trim() !== '' ? Number(sent) : typeof sent === 'number' ? sent : Number.NaN
    if (!Number.isFinite(quota)) errors[name] = ['A valid number is required.']
    else if (quota <= 0) errors[name] = ['Ensure this value is greater than 0.']
  }
  return Object.keys(errors).length > 0 ? errors : undefined
}

const checkEmails = (value: unknown) => checkList(value, (item) => textsOf(email(), item))
const checkTexts = (value: unknown) => checkList(value, checkText)

/** What each type accepts; a type that is not listed is a text. */
const CHECKS: { readonly [type: string]: (value: unknown, option: Option) => Verdict } = {
  boolean: (value) => textsOf(boolean(), value),
  integer: checkInteger,
  money: checkInteger,
  component_multiplier: checkInteger,
  select_string: checkChoice,
  select_string_multi: checkChoices,
  select_multiple_openstack_tenants: checkTexts,
  select_multiple_openstack_instances: checkTexts,
  // Not offered in definitions, but forms that came from elsewhere may hold it.
  select_multiple_emails: checkEmails,
  date: (value) => textsOf(date(), value),
  time: checkTime,
  conditional_cascade: checkDictionary,
  storage_folder_manager: checkStorageFolder,
  single_datacenter_k8s_config: checkDictionary,
  multi_datacenter_k8s_config: checkDictionary,
}

function checkOption(value: unknown, option: Option): Verdict {
  if (value === undefined) return option.required && !option.default ? ['This field is required.'] : undefined
  if (value === null) return ['This field may not be null.']
  return (valueAt(CHECKS, option.type) ?? checkText)(value, option)
}

const COMPARE: { readonly [Name in Comparison]: { holds: (a: number, b: number) => boolean; words: string } } = {
  gt: { holds: (a, b) => a > b, words: 'greater than' },
  gte: { holds: (a, b) => a >= b, words: 'greater than or equal to' },
  lt: { holds: (a, b) => a < b, words: 'less than' },
  lte: { holds: (a, b) => a <= b, words: 'less than or equal to' },
}

/** Rules between two answers that are both given. Their text stands alone, not in a list, as the field's clients know it. */
function checkRelations(options: { readonly [key: string]: Option }, attributes: Attributes): FieldErrors {
  const errors: FieldErrors = emptyRecord()
  for (const [key, { validators = [] }] of Object.entries(options)) {
    for (const { type, target_field } of validators) {
      const rule = valueAt<(typeof COMPARE)[Comparison]>(COMPARE, type)
      const [mine, other] = [valueAt(attributes, key), valueAt(attributes, target_field)]
      if (!rule || mine === undefined || other === undefined) continue
      if (!rule.holds(Number(mine), Number(other))) errors[key] = `${key} must be ${rule.words} ${target_field}`
    }
  }
  return errors
}

const found = (errors: FieldErrors) => (Object.keys(errors).length > 0 ? errors : undefined)

/**
 * What is wrong with the attributes of an order, by option at the top level; undefined when nothing is. Attributes that the
 * form does not ask for pass unchecked, and nothing is changed: what was sent is what is stored.
 */
export function checkOptions(form: OptionForm, attributes: Attributes | undefined): FieldErrors | undefined {
  const { options = {} } = form
  if (Object.keys(options).length === 0) return undefined
  if (attributes === undefined) return { non_field_errors: ['No data provided'] }
  const errors: FieldErrors = emptyRecord()
  for (const [key, option] of Object.entries(options)) {
    const verdict = checkOption(valueAt(attributes, key), option)
    if (verdict) errors[key] = verdict
  }
  return found(errors) ?? found(checkRelations(options, attributes))
}

/** What makes a value of a kind of answer; the rest are what they are. */
const VALUES: { readonly [type: string]: Shape } = {
  boolean: boolean(),
  integer: integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  money: integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  component_multiplier: integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
  date: date(),
}

/** The answers to a form as values, with its defaults; of attributes that `checkOptions` has let through. */
export function answersTo({ options = {} }: OptionForm, attributes: Attributes): { [key: string]: unknown } {
  const answers: { [key: string]: unknown } = emptyRecord()
  for (const [key, option] of Object.entries(options)) {
    const sent = valueAt(attributes, key) ?? option.default
    if (sent === undefined || sent === null) continue
    const read = valueAt(VALUES, option.type)?.safeParse(sent)
    answers[key] = read?.success ? read.data : sent
  }
  return answers
}
