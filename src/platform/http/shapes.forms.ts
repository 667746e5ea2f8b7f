// Forms know only texts and files: their bodies are turned into what JSON would have said, guided by the shape.
import { z } from 'zod'
import { parseJson } from './body.ts'
import { isObject } from './shapes.read.ts'

/** A shape without what says only that it may be absent or null. */
export function innermost(shape: z.ZodType): z.ZodType {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault) {
    return innermost(shape.def.innerType as z.ZodType)
  }
  if (shape instanceof z.ZodPipe && !(shape.def.out instanceof z.ZodTransform)) return innermost(shape.def.out as z.ZodType)
  return shape
}

const accepts = (shape: z.ZodType, value: unknown) => shape.safeParse(value).success

/** A form's fields as JSON would give them. Fields that the body does not have are left as they are. */
export function fromForm(shape: z.ZodType, form: { [name: string]: unknown }): unknown {
  const body = innermost(shape)
  if (!(body instanceof z.ZodObject)) return form
  const fields = body.shape as { [name: string]: z.ZodType }
  const read = Object.entries(form).map(([name, sent]) => [
    name,
    Object.hasOwn(fields, name) ? fieldOf(fields[name] as z.ZodType, sent) : sent,
  ])
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

function fieldOf(shape: z.ZodType, sent: unknown): unknown {
  const inner = innermost(shape)
  const type =
    inner instanceof z.ZodArray ? 'array' : inner instanceof z.ZodObject || inner instanceof z.ZodRecord ? 'object' : inner.meta()?.type
  // An empty text is a form's null, unless the field is a text that may be empty.
  if (sent === '' && !(type === 'string' && accepts(inner, '')))
    return accepts(shape, null) ? null : accepts(shape, undefined) ? undefined : sent
  if (type === 'array') return listOf(inner, sent)
  return type === 'object' || type === undefined ? fromText(sent) : sent
}

// The JSON text of a whole list, or its items under one name, each for itself.
function listOf(inner: z.ZodType, sent: unknown): unknown[] {
  const whole = typeof sent === 'string' && sent.trimStart().startsWith('[') ? fromText(sent) : undefined
  if (Array.isArray(whole)) return whole
  const items = Array.isArray(sent) ? sent : [sent]
  return inner instanceof z.ZodArray ? items.map((item) => fieldOf(inner.def.element as z.ZodType, item)) : items
}

function fromText(sent: unknown): unknown {
  if (typeof sent !== 'string') return sent
  try {
    return parseJson(sent)
  } catch {
    return sent
  }
}

/** What of a body can be read although something in it is bad. */
export function readable(shape: z.ZodType, sent: unknown): unknown {
  const result = shape.safeParse(sent)
  if (result.success) return result.data
  const inner = innermost(shape)
  if (inner instanceof z.ZodObject && isObject(sent)) {
    const fields = Object.entries(inner.shape as { [name: string]: z.ZodType })
    return Object.fromEntries(fields.map(([name, field]) => [name, readable(field, sent[name])]))
  }
  return inner instanceof z.ZodArray && Array.isArray(sent) ? sent.map((item) => readable(inner.def.element as z.ZodType, item)) : undefined
}
