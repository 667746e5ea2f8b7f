// Shapes of small answers that many operations give.
import type { JsonSchema } from './view.ts'

/** An object with these keys, all of them always there. */
export const closed = (properties: { [name: string]: JsonSchema }): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})

/** An object with any keys, whose values look so. */
export const mapOf = (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values })

export const WORD: JsonSchema = { type: 'string' }
export const UUID: JsonSchema = { type: 'string', format: 'uuid' }
export const DETAIL = closed({ detail: WORD })
export const STATUS = closed({ status: WORD })
