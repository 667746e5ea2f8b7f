// How shapes lie in one another, and how the texts of a refused body do (platform.md §4.1).

import { z } from 'zod'
import { emptyRecord, valueAt } from '../keyed.ts'
import type { FieldErrors } from './errors.ts'

/** A shape without what says only that it may be absent or null. */
export function innermost(shape: z.ZodType): z.ZodType {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault) {
    return innermost(shape.def.innerType as z.ZodType)
  }
  if (shape instanceof z.ZodPipe && !(shape.def.out instanceof z.ZodTransform)) return innermost(shape.def.out as z.ZodType)
  return shape
}

/** The shapes of a body by field; undefined for other shapes. */
export const fieldsOf = (shape: z.ZodType): { [name: string]: z.ZodType } | undefined => {
  const inner = innermost(shape)
  return inner instanceof z.ZodObject ? inner.shape : undefined
}

/** The shape of every element of a list or value of a dictionary; undefined for other shapes. */
export const elementOf = (shape: z.ZodType): z.ZodType | undefined => {
  const inner = innermost(shape)
  if (inner instanceof z.ZodArray) return inner.def.element as z.ZodType
  return inner instanceof z.ZodRecord ? (inner.def.valueType as z.ZodType) : undefined
}

export type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

export const WRONG_BODY = 'Invalid data. Expected a dictionary, but got '

/** The texts of issues by name or place; for a list of bodies one entry per element, `{}` for a good one. */
export function nestedTexts(shape: z.ZodType, issues: readonly Issue[], sent: unknown): string[] | FieldErrors | FieldErrors[] {
  const own = issues.filter(({ path }) => path.length === 0).map(({ message }) => message)
  if (own.length > 0) return own.some((message) => message.startsWith(WRONG_BODY)) ? { non_field_errors: own } : own
  const errors = emptyRecord<ReturnType<typeof nestedTexts>>()
  const element = elementOf(shape)
  for (const [name, inner] of Map.groupBy(issues, ({ path }) => String(path[0]))) {
    const part = element ?? valueAt(fieldsOf(shape), name) ?? shape
    const value = valueAt(sent as { [name: string]: unknown } | null | undefined, name)
    const shorter = inner.map(({ path, message }) => ({ path: path.slice(1), message }))
    errors[name] = nestedTexts(part, shorter, value)
  }
  if (!element || !fieldsOf(element) || !Array.isArray(sent)) return errors as FieldErrors
  return sent.map((_, place) => {
    const found = errors[place] ?? {}
    return (Array.isArray(found) ? { non_field_errors: found } : found) as FieldErrors
  })
}
