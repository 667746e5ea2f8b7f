// Requests that are nearly right and requests that are wild, for any operation of the description.

import { type Described, type Schema, UNKNOWN } from './described.ts'
import { noise, pick, type Random } from './random.ts'

/** What may stand in bodies because it is there: links, and uuids. */
export type Known = { links: readonly string[]; uuids: readonly string[] }

/** JSON texts that make no sense nearly anywhere. */
export const wild = (random: Random): string =>
  pick(random, [
    () => 'null',
    () => 'true',
    () => '""',
    () => '" "',
    () => '[]',
    () => '{}',
    () => '-1',
    () => '0',
    () => '1.5',
    () => '1e999',
    () => '9'.repeat(30),
    () => '-2147483649',
    () => '9007199254740993',
    () => '"NaN"',
    () => '"\\u0000"',
    () => '"\\ud800"',
    () => '"\\uffff\\u202e💡"',
    () => '"0000-00-00"',
    () => '"9999-12-31T23:59:59-12:00"',
    () => '"10000000000000000000000000000"',
    () => `"${UNKNOWN}"`,
    () => `"/api/customers/${UNKNOWN}/"`,
    () => '[[[[[[]]]]]]',
    () => '[null, 1, "x", {}]',
    () => '{"a": null, "__proto__": {"b": 1}, "": ""}',
    () => '{"uuid": "x", "limits": [], "name": {"a": []}}',
    () => `"' or 1=1; --"`,
    () => '"%s%n{{x}}<script>alert(1)</script>"',
    () => JSON.stringify(noise(random, 200)),
    () => JSON.stringify(noise(random, 10_000)),
  ])()

/** What makes bodies and queries of operations; all chance comes from `random`. */
export function randomRequests(random: Random, known: () => Known) {
  /** A JSON text that the shape nearly allows. */
  function likely(schema: Schema, depth = 0): string {
    const {
      type,
      format,
      enum: values,
      items,
      properties,
      additionalProperties,
      anyOf,
    } = schema as {
      type?: string | string[]
      format?: string
      enum?: unknown[]
      items?: Schema
      properties?: { [name: string]: Schema }
      additionalProperties?: Schema | boolean
      anyOf?: Schema[]
    }
    if (depth > 4) return 'null'
    if (values) return JSON.stringify(pick(random, values))
    if (anyOf) return likely(pick(random, anyOf), depth + 1)
    const kind = Array.isArray(type) ? pick(random, type) : type
    if (kind === 'object' && properties) return object(properties, depth)
    if (kind === 'object') {
      const value = typeof additionalProperties === 'object' ? likely(additionalProperties, depth + 1) : '1'
      return `{"${pick(random, ['cpu', 'ram', 'a b', 'url'])}": ${value}}`
    }
    if (kind === 'array') return `[${Array.from({ length: Math.floor(random() * 3) }, () => likely(items ?? {}, depth + 1)).join()}]`
    return JSON.stringify(plain(kind, format))
  }

  const object = (properties: { [name: string]: Schema }, depth: number): string => {
    const oddOne = random() < 0.5 ? pick(random, Object.keys(properties)) : undefined
    const parts = Object.entries(properties)
      .filter(() => random() < 0.8)
      .map(([name, part]) => `${JSON.stringify(name)}: ${name === oddOne ? wild(random) : likely(part, depth + 1)}`)
    return `{${parts.join(', ')}}`
  }

  function plain(kind: string | undefined, format: string | undefined): unknown {
    if (kind === 'boolean') return random() < 0.5
    if (kind === 'integer' || kind === 'number') return pick(random, [0, 1, 2, 30, 100])
    if (kind === 'null') return null
    if (format === 'uuid') return pick(random, [...known().uuids, UNKNOWN])
    if (format === 'uri') return pick(random, known().links)
    if (format === 'date') return pick(random, ['2030-01-31', '2020-02-29'])
    if (format === 'date-time') return pick(random, ['2030-01-31T10:00:00Z', '2020-02-29'])
    if (format === 'decimal') return pick(random, ['0', '1.5', '12.34'])
    if (format === 'email') return 'someone@example.com'
    return pick(random, ['text', 'PROJECT.MANAGER', 'cpu', 'Ä ö', 'x1'])
  }

  const queryOf = ({ query }: Described): string =>
    query
      .filter(() => random() < 0.3)
      .map(
        ({ name }) =>
          `${name}=${encodeURIComponent(
            String(JSON.parse(wild(random)))
              .slice(0, 500)
              .toWellFormed(),
          )}`,
      )
      .join('&')

  return { likely, queryOf, wild: () => wild(random) }
}
