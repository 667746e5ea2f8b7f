// What an offering says about itself in the terms of its category (orders.md §1.1). Pure.

import type { FieldErrors } from '../platform/http/errors.ts'
import { emptyRecord, valueAt } from '../platform/keyed.ts'

export const ATTRIBUTE_TYPES = ['boolean', 'string', 'text', 'integer', 'choice', 'list'] as const
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number]

export type CategoryAttribute = {
  key: string
  title?: string | undefined
  type: AttributeType
  required?: boolean | undefined
  default?: unknown
  options?: readonly { key: string; title?: string | undefined }[] | undefined
}

/** A part of the description of all offerings of a category. */
export type CategorySection = {
  key: string
  title?: string | undefined
  is_standalone?: boolean | undefined
  attributes?: readonly CategoryAttribute[] | undefined
}

type Attributes = { readonly [key: string]: unknown }

const keysOf = ({ options = [] }: CategoryAttribute) => options.map(({ key }) => key)

const CHECKS: { readonly [Type in AttributeType]: (value: unknown, attribute: CategoryAttribute) => string | undefined } = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'Value must be a boolean.'),
  string: (value) => (typeof value === 'string' ? undefined : 'Value must be a string.'),
  text: (value) => (typeof value === 'string' ? undefined : 'Value must be a string.'),
  integer: (value) => (Number.isInteger(value) && Number(value) >= 0 ? undefined : 'Value must be positive integer.'),
  choice: (value, attribute) =>
    typeof value === 'string' && keysOf(attribute).includes(value) ? undefined : 'This value is not available.',
  list: (value, attribute) => {
    if (!Array.isArray(value)) return 'Value must be a list.'
    return value.every((item) => keysOf(attribute).includes(item)) ? undefined : 'These values are not available.'
  },
}

/**
 * The attributes with the category's defaults for those that were not given, or what is wrong with them: errors are keyed by
 * the attribute, missing ones stand together under `attributes`. Attributes the category does not know pass unchecked.
 */
export function readAttributes(
  sections: readonly CategorySection[],
  attributes: Attributes,
): { errors: FieldErrors } | { values: Attributes } {
  const known = sections.flatMap(({ attributes: own = [] }) => own)
  const missing = known.filter(({ key, required }) => required && !Object.hasOwn(attributes, key)).map(({ key }) => key)
  if (missing.length > 0) return { errors: { attributes: [`These attributes are required: ${missing.sort().join(', ')}`] } }

  const errors: FieldErrors = emptyRecord()
  const values = Object.assign(emptyRecord<unknown>(), attributes)
  for (const attribute of known) {
    const value = valueAt(attributes, attribute.key)
    if (value === undefined || value === null) {
      if (attribute.default !== undefined && attribute.default !== null) values[attribute.key] = attribute.default
      continue
    }
    const text = CHECKS[attribute.type](value, attribute)
    if (text) errors[attribute.key] = [text]
  }
  return Object.keys(errors).length > 0 ? { errors } : { values }
}
