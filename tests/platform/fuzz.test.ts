// Every operation under random input: bodies that are nearly right and bodies that are wild, queries of any kind. The seed
// is fixed, so that what fails fails again. Whatever is sent, nobody is answered with a failure (platform 45).
import { beforeAll, describe, expect, it } from 'vitest'
import { type Described, type Schema, UNKNOWN, wholeWorld } from '../support/whole-world.ts'
import { urls } from '../support/world.ts'

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121)
const BODIES = Number(process.env.FUZZ_BODIES ?? 6)
const QUERIES = 2
const TIMEOUT = 120_000

type Random = () => number

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T

const noise = (random: Random, length: number) => Array.from({ length }, () => String.fromCharCode(33 + Math.floor(random() * 90))).join('')

/** JSON texts that make no sense nearly anywhere. */
const wild = (random: Random): string =>
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

describe('random requests', () => {
  const w = wholeWorld()
  const random = randomFrom(SEED)
  let links: string[]
  let operations: Described[]
  beforeAll(() => {
    const { people, at } = w.current
    links = [
      urls.customer(people.consumer),
      urls.customer(people.provider),
      urls.project(people.project),
      urls.user(people.projectMember),
      ...['marketplace-categories', 'marketplace-provider-offerings', 'marketplace-public-offerings', 'marketplace-resources', 'roles'].map(
        (name) => `http://testserver${at(`/api/${name}/{uuid}/`)}`,
      ),
      `http://testserver${at('/api/marketplace-public-offerings/{uuid}/')}plans/${at('/api/marketplace-plans/{uuid}/').split('/')[3]}/`,
    ]
    operations = w.current.operations.filter(({ path }) => path !== '/api-auth/logout/')
  })

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
    if (format === 'uuid') return pick(random, [w.current.people.projectMember.uuid, w.current.people.project.uuid, UNKNOWN])
    if (format === 'uri') return pick(random, links)
    if (format === 'date') return pick(random, ['2030-01-31', '2020-02-29'])
    if (format === 'date-time') return pick(random, ['2030-01-31T10:00:00Z', '2020-02-29'])
    if (format === 'decimal') return pick(random, ['0', '1.5', '12.34'])
    if (format === 'email') return 'someone@example.com'
    return pick(random, ['text', 'PROJECT.MANAGER', 'cpu', 'Ä ö', 'x1'])
  }

  const actors = () => [w.current.people.staff, w.current.people.staff, w.current.people.customerOwner, w.current.people.providerOwner]
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

  it(
    `with seed ${SEED} never end in a failure`,
    async () => {
      const failures: string[] = []
      const send = async (operation: Described, query: string, body: string | undefined) => {
        const target = `${w.current.at(operation.path)}${query === '' ? '' : `?${query}`}`
        const headers = body === undefined ? {} : { headers: { 'content-type': 'application/json' } }
        const client = w.current.trying(pick(random, actors()))
        const said = await client
          .send(operation.method as 'GET', target, body, headers)
          .then(({ status, text }) => (status >= 500 ? `${status} ${text}` : ''))
          .catch((error: Error) => error.message)
        if (said !== '') failures.push(`${operation.method} ${target}\n  ${body?.slice(0, 1500)}\n  ${said.slice(0, 300)}`)
      }

      for (const operation of operations) {
        const reads = operation.method === 'GET' || operation.method === 'HEAD'
        for (let i = 0; reads && i < QUERIES; i++) await send(operation, queryOf(operation), undefined)
        for (let i = 0; !reads && operation.body && i < BODIES; i++) await send(operation, '', likely(operation.body))
        if (!reads) await send(operation, queryOf(operation), wild(random))
      }

      expect(failures).toEqual([])
    },
    TIMEOUT,
  )
})
