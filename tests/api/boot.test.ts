// The application on an empty database, and the shapes that it publishes.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Described, operationsOf, type Schema } from '../support/whole-world.ts'
import { type Person, world } from '../support/world.ts'

type Openapi = ReturnType<ReturnType<typeof world>['current']['app']['openapi']>

describe('the application on an empty database', () => {
  const w = world()
  let staff: Person
  let lists: Described[]
  beforeAll(async () => {
    staff = await w.current.user({ is_staff: true })
    lists = operationsOf(w.current.app.openapi()).filter(({ method, list }) => method === 'GET' && list)
  })

  it('lives and is ready', async () => {
    const { app } = w.current

    expect((await app.inject('/health/live')).statusCode).toBe(200)
    expect((await app.inject('/health/ready')).statusCode).toBe(200)
    expect((await app.inject('/metrics')).payload).toContain('process_cpu_seconds_total')
  })

  it('has lists to show', async () => {
    expect(lists.length).toBeGreaterThan(0)

    for (const { path } of lists.filter(({ path }) => !path.includes('{'))) {
      const answer = await w.current.as(staff).get(path)
      expect([path, answer.status]).toEqual([path, 200])
    }
  })

  it('names its roots', async () => {
    const { body } = await w.current.as(staff).get('/api/')

    for (const url of Object.values<string>(body)) expect(url).toMatch(/^http:\/\/testserver\/api\/.*\/$/)
  })
})

describe('the description', () => {
  const w = world()
  let openapi: Openapi
  beforeAll(() => {
    openapi = JSON.parse(JSON.stringify(w.current.app.openapi()))
  })

  it('has shapes that are JSON Schema, for what is sent and for what is answered', () => {
    const named = new Set(Object.keys(openapi.components.schemas))

    expect(schemasIn(openapi).flatMap(([place, schema]) => faultsIn(schema, place, named))).toEqual([])
  })

  it('is the same when it is made again', async () => {
    const again = await w.current.app.inject({ url: '/api/schema/', headers: { accept: 'application/json' } })

    expect(again.json()).toEqual(openapi)
  })
})

/** Every schema of the document, with where it stands. */
function schemasIn(openapi: Openapi): [string, Schema][] {
  const components = Object.entries(openapi.components.schemas)
  const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const found: [string, Schema][] = []
      const visit = (value: unknown, where: string) => {
        if (typeof value !== 'object' || value === null) return
        for (const [key, part] of Object.entries(value)) {
          if (key === 'schema') found.push([`${method} ${path} ${where}`, part as Schema])
          else visit(part, `${where}.${key}`)
        }
      }
      visit(operation, '')
      return found
    }),
  )
  return [...components, ...operations]
}

const TYPES = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean', 'null'])
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string')
const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0
const isText = (value: unknown) => typeof value === 'string'
const isFlag = (value: unknown) => typeof value === 'boolean'
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value)

/** Every keyword that the shapes use, and what its value must be; schemas within a schema are looked into besides. */
const KEYWORDS: { [keyword: string]: (value: unknown, schema: Schema) => boolean } = {
  $ref: isText,
  type: (value) => [value].flat().length > 0 && [value].flat().every((type) => TYPES.has(String(type))),
  format: isText,
  description: isText,
  title: isText,
  pattern: (value) => isText(value) && Boolean(new RegExp(value as string, 'u')),
  enum: (value) => Array.isArray(value) && value.length > 0 && new Set(value).size === value.length,
  const: () => true,
  default: () => true,
  required: (value, { properties }) => isTexts(value) && (value as string[]).every((name) => Object.hasOwn(properties ?? {}, name)),
  properties: isSchema,
  items: isSchema,
  additionalProperties: (value) => isSchema(value) || isFlag(value),
  propertyNames: isSchema,
  anyOf: (value) => Array.isArray(value) && value.length > 0,
  oneOf: (value) => Array.isArray(value) && value.length > 0,
  allOf: (value) => Array.isArray(value) && value.length > 0,
  minimum: isNumber,
  maximum: isNumber,
  exclusiveMinimum: isNumber,
  exclusiveMaximum: isNumber,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  readOnly: isFlag,
  'x-conditional': isFlag,
}

function faultsIn(schema: Schema, place: string, named: ReadonlySet<string>): string[] {
  const own = Object.entries(schema).flatMap(([keyword, value]) => {
    const fits = KEYWORDS[keyword]
    if (!fits) return [`${place}: the keyword ${keyword} is unknown`]
    return fits(value, schema) ? [] : [`${place}: ${keyword} may not be ${JSON.stringify(value).slice(0, 100)}`]
  })
  const refers = typeof schema.$ref === 'string' && !named.has(schema.$ref.replace('#/components/schemas/', ''))
  const { properties, items, additionalProperties, propertyNames, anyOf, oneOf, allOf } = schema
  const inner = [...Object.entries(properties ?? {}), ...Object.entries({ items, additionalProperties, propertyNames })]
  const alternatives = [anyOf, oneOf, allOf].flatMap((several) => (Array.isArray(several) ? several : []))
  for (const alternative of alternatives) inner.push(['|', alternative])
  return [
    ...own,
    ...(refers ? [`${place}: ${schema.$ref} is not there`] : []),
    ...inner.flatMap(([name, part]) => (isSchema(part) ? faultsIn(part, `${place}.${name}`, named) : [])),
  ]
}
