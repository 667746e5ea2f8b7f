// Fields of bodies that staff alone may write: what others send there is ignored, not even looked at (platform.md §5).
import { z } from 'zod'
import type { Actor } from '../auth/actor.ts'
import { isObject } from './shapes.read.ts'
import { fieldsOf } from './shapes.structure.ts'

const ofStaff = new WeakSet<z.ZodType>()

/** An optional field that is read from staff and ignored from others. Stands among the fields of the body itself, not deeper. */
export const staffOnly = <S extends z.ZodType>(shape: S): z.ZodOptional<S> => {
  const marked = z.optional(shape).meta({ description: 'Written by staff; ignored from others.' })
  ofStaff.add(marked)
  return marked
}

const isOfStaff = (shape: z.ZodType): boolean =>
  ofStaff.has(shape) || (shape instanceof z.ZodOptional && isOfStaff(shape.def.innerType as z.ZodType))

/** What of a sent body is to be read from `actor`. */
export function writtenBy(actor: Actor | undefined, shape: z.ZodType, sent: unknown): unknown {
  const fields = fieldsOf(shape)
  if (actor?.is_staff || !fields || !isObject(sent)) return sent
  const ignored = Object.keys(fields).filter((name) => Object.hasOwn(sent, name) && isOfStaff(fields[name] as z.ZodType))
  return ignored.length === 0 ? sent : Object.fromEntries(Object.entries(sent).filter(([name]) => !ignored.includes(name)))
}
