// Values of a body that are known only after asking elsewhere: the row that a link names, what a file holds.

import type { z } from 'zod'
import { valueAt } from '../keyed.ts'
import { tooLarge } from './errors.ts'
import { Bad, isObject } from './shapes.read.ts'
import { elementOf, fieldsOf, type Issue, innermost } from './shapes.structure.ts'

const LATER: unique symbol = Symbol('later')

/** Stands where the value will be; `parseBody` asks, and puts the answer in its place. */
export type Later<T> = { readonly [LATER]: (context: unknown) => Promise<T>; readonly alone: boolean }

/** `find` may throw `Bad` as readers do. */
export const later = <T>(find: (context: unknown) => Promise<T>): Later<T> => ({ [LATER]: find, alone: false })
/** As `later`, for what needs nothing but the value: it is asked for before a transaction begins. */
export const laterAlone = <T>(find: () => Promise<T>): Later<T> => ({ [LATER]: find, alone: true })
export const ask = <T>(value: Later<T>, context: unknown): Promise<T> => value[LATER](context)
const isLater = (value: object): value is Later<unknown> => LATER in value

const asking = new WeakSet<z.ZodType>()
/** Says of a shape that it gives a `Later`; bodies without any are not searched for them. */
export const gives = <S extends z.ZodType>(shape: S): S => {
  asking.add(shape)
  return shape
}

export function asks(shape: z.ZodType): boolean {
  const element = elementOf(shape)
  if (element) return asks(element)
  const fields = fieldsOf(shape)
  return fields ? Object.values(fields).some(asks) : asking.has(innermost(shape))
}

/** What of a body is to be asked for and can be read, although something else in it is bad. */
export function readable(shape: z.ZodType, sent: unknown): unknown {
  if (!asks(shape)) return undefined
  const result = shape.safeParse(sent)
  if (result.success) return result.data
  const fields = fieldsOf(shape)
  if (fields && isObject(sent)) {
    return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, readable(field, valueAt(sent, name))]))
  }
  const element = elementOf(shape)
  return element && Array.isArray(sent) ? sent.map((item) => readable(element, item)) : undefined
}

type Place = { holder: { [key: string]: unknown }; key: string; path: readonly string[]; value: Later<unknown> }

function* placesIn(holder: object, above: readonly string[] = []): Generator<Place> {
  for (const [key, value] of Object.entries(holder)) {
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) continue
    const path = [...above, key]
    if (isLater(value)) yield { holder: holder as Place['holder'], key, path, value }
    else yield* placesIn(value, path)
  }
}

/** Far above what any operation takes: each is a query. */
export const LATER_MAX = 1000

/**
 * Asks for what in a parsed body is to be asked for, one after another; returns what was refused. Without a context only for
 * what needs none.
 */
export async function settle(parsed: unknown, context?: unknown): Promise<Issue[]> {
  const all = typeof parsed === 'object' && parsed !== null ? [...placesIn(parsed)] : []
  const places = context === undefined ? all.filter(({ value }) => value.alone) : all
  if (all.length > LATER_MAX) throw tooLarge(`Request body holds more than ${LATER_MAX} links.`)
  const issues: Issue[] = []
  for (const { holder, key, path, value } of places) {
    try {
      holder[key] = await ask(value, context)
    } catch (error) {
      if (!(error instanceof Bad)) throw error
      delete holder[key]
      issues.push({ path, message: error.message })
    }
  }
  return issues
}
