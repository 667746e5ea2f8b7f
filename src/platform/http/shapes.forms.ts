// Forms know only texts and files: their bodies are turned into what JSON would have said, guided by the shape.
import { z } from 'zod'
import { parseJson, type Room, roomForValues } from './body.ts'
import { fieldsOf, innermost } from './shapes.structure.ts'

const accepts = (shape: z.ZodType, value: unknown) => shape.safeParse(value).success

/** A form's fields as JSON would give them. Fields that the body does not have are left as they are. */
export function fromForm(shape: z.ZodType, form: { [name: string]: unknown }): unknown {
  const fields = fieldsOf(shape)
  if (!fields) return form
  const room = roomForValues()
  const read = Object.entries(form).map(([name, sent]) => [
    name,
    Object.hasOwn(fields, name) ? fieldOf(fields[name] as z.ZodType, sent, room) : sent,
  ])
  return Object.fromEntries(read.filter(([, value]) => value !== undefined))
}

function fieldOf(shape: z.ZodType, sent: unknown, room: Room): unknown {
  const inner = innermost(shape)
  const type =
    inner instanceof z.ZodArray ? 'array' : inner instanceof z.ZodObject || inner instanceof z.ZodRecord ? 'object' : inner.meta()?.type
  // An empty text is a form's null, unless the field is a text that may be empty.
  if (sent === '' && !(type === 'string' && accepts(inner, '')))
    return accepts(shape, null) ? null : accepts(shape, undefined) ? undefined : sent
  if (type === 'array') return listOf(inner, sent, room)
  return type === 'object' || type === undefined ? fromText(sent, room) : sent
}

// The JSON text of a whole list, or its items under one name, each for itself.
function listOf(inner: z.ZodType, sent: unknown, room: Room): unknown[] {
  const whole = typeof sent === 'string' && sent.trimStart().startsWith('[') ? fromText(sent, room) : undefined
  if (Array.isArray(whole)) return whole
  const items = Array.isArray(sent) ? sent : [sent]
  return inner instanceof z.ZodArray ? items.map((item) => fieldOf(inner.def.element as z.ZodType, item, room)) : items
}

function fromText(sent: unknown, room: Room): unknown {
  if (typeof sent !== 'string') return sent
  try {
    return parseJson(sent, room)
  } catch (error) {
    if (room.values < 0) throw error
    return sent
  }
}
