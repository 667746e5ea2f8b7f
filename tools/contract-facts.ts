// Boils an OpenAPI document down to the facts that answers and descriptions are compared by: operations, parameters,
// fields, types, statuses. Run as a program it writes contract/*.json from the contract's own documents, which only
// the project's developers have; `shrink` takes what is served by now out of contract/not-served.json.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** A JSON document's node, before anybody has looked at it. */
export type Node = { [key: string]: unknown }

/** What a value must be. No `type`, `enum`, `fields`, `ref` nor `anyOf`: anything. Flags are absent when false. */
export type Shape = {
  type?: string | string[]
  format?: string
  enum?: (string | number | boolean)[]
  /** The empty text is allowed beside the enum. */
  blank?: true
  nullable?: true
  /** Of a field: always there in an answer, must be sent in a body. */
  required?: true
  readOnly?: true
  writeOnly?: true
  /** Of a field of a served answer: left out for some callers, so its absence says nothing. */
  conditional?: true
  /** The name of one of the facts' schemas. */
  ref?: string
  /** Of a list: what each item is. */
  items?: Shape
  /** Of a map: what each value is. */
  values?: Shape
  fields?: { [name: string]: Shape }
  anyOf?: Shape[]
}

/** A query parameter; `many` may be repeated, `comma` also holds several in one. `names`: the names of the answer's fields. */
export type Parameter = Shape & { many?: true; comma?: true; names?: 'answer' }

export type Operation = {
  id: string
  tier?: string
  /** Works without a token. */
  anonymous?: true
  /** Its successful answer carries X-Result-Count. */
  counted?: true
  query: { [name: string]: Parameter }
  body?: Shape
  bodyOptional?: true
  multipart?: true
  statuses: string[]
  /** Per status, the JSON body; a status that is missing here has none. */
  answers: { [status: string]: Shape }
  /** What the older reference page names beyond the above; `status` where it differs. */
  page?: { status?: string; query?: string[]; answer?: string[] }
}

/** Operations by `GET /api/projects/`, schemas by name. */
export type Facts = { operations: { [key: string]: Operation }; schemas: { [name: string]: Shape } }

type SeedField = { name: string }
type Seed = { method: string; path: string; status: string[]; parameters: SeedField[]; response: SeedField[] }

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete']
const SCHEMA_PREFIX = '#/components/schemas/'

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const node = (value: unknown): Node => (isNode(value) ? value : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function pointed(document: Node, pointer: string): Node {
  let found: unknown = document
  for (const step of pointer.slice(2).split('/')) found = node(found)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  return node(found)
}

const followed = (document: Node, value: unknown): Node => {
  const from = node(value)
  return typeof from.$ref === 'string' ? pointed(document, from.$ref) : from
}

/** The facts of one OpenAPI document, 3.0 or 3.1. */
export function factsOf(document: Node): Facts {
  const facts: Facts = { operations: {}, schemas: {} }
  for (const [name, schema] of Object.entries(node(node(document.components).schemas))) facts.schemas[name] = shapeOf(document, schema)
  for (const [path, item] of Object.entries(node(document.paths))) {
    for (const method of METHODS) {
      const operation = node(item)[method]
      if (isNode(operation)) facts.operations[`${method.toUpperCase()} ${path}`] = operationOf(document, node(item), operation)
    }
  }
  for (const operation of Object.values(facts.operations)) shortenFieldNames(facts, operation)
  return facts
}

function operationOf(document: Node, item: Node, operation: Node): Operation {
  const body = followed(document, operation.requestBody)
  const out: Operation = { id: String(operation.operationId), query: {}, statuses: [], answers: {} }
  if (typeof operation['x-tier'] === 'string') out.tier = operation['x-tier']
  if (list(operation.security).some((way) => Object.keys(node(way)).length === 0)) out.anonymous = true
  for (const parameter of [...list(item.parameters), ...list(operation.parameters)].map((p) => followed(document, p))) {
    if (parameter.in === 'query') out.query[String(parameter.name)] = parameterOf(document, parameter)
  }
  const bodySchema = jsonSchema(body) ?? anySchema(body)
  if (bodySchema) out.body = shapeOf(document, bodySchema)
  if (bodySchema && body.required !== true) out.bodyOptional = true
  if ('multipart/form-data' in node(body.content)) out.multipart = true
  for (const [status, value] of Object.entries(node(operation.responses))) {
    const response = followed(document, value)
    const schema = jsonSchema(response)
    out.statuses.push(status)
    if (schema) out.answers[status] = shapeOf(document, schema)
    if (Object.keys(node(response.headers)).some((name) => name.toLowerCase() === 'x-result-count')) out.counted = true
  }
  return out
}

/** The JSON schema of a body or an answer. */
function jsonSchema(holder: Node): Node | undefined {
  const [, media] = Object.entries(node(holder.content)).find(([type]) => type.includes('json')) ?? []
  const { schema } = node(media)
  return isNode(schema) ? schema : undefined
}

/** The schema of a body that is sent in another type only, such as a form with a file. */
function anySchema(holder: Node): Node | undefined {
  const { schema } = node(Object.values(node(holder.content))[0])
  return isNode(schema) ? schema : undefined
}

function parameterOf(document: Node, parameter: Node): Parameter {
  const schema = shapeOf(document, parameter.schema)
  const many = schema.items !== undefined || schema.type === 'array'
  const out: Parameter = many ? { ...schema.items, many: true } : schema
  if (many && parameter.explode === false) out.comma = true
  if (parameter.required === true) out.required = true
  return out
}

/** What a JSON Schema node demands; `$ref` to a component stays a name, everything else is written out. */
export function shapeOf(document: Node, value: unknown): Shape {
  const schema = node(value)
  const alternatives = list(schema.oneOf ?? schema.anyOf)
  const parts = list(schema.allOf)
  let out: Shape = {}
  if (typeof schema.$ref === 'string') {
    const isComponent = schema.$ref.startsWith(SCHEMA_PREFIX)
    out = isComponent ? { ref: schema.$ref.slice(SCHEMA_PREFIX.length) } : shapeOf(document, pointed(document, schema.$ref))
  } else if (alternatives.length > 0) out = either(document, alternatives)
  else if (parts.length === 1) out = shapeOf(document, parts[0])
  else if (parts.length > 1) out = { type: 'object', fields: Object.assign({}, ...parts.map((p) => allFields(document, p))) }
  out = { ...out, ...plainShape(document, schema) }
  if (schema.nullable === true) out.nullable = true
  if (schema.readOnly === true) out.readOnly = true
  if (schema.writeOnly === true) out.writeOnly = true
  if (schema['x-conditional'] === true) out.conditional = true
  return out
}

function plainShape(document: Node, schema: Node): Shape {
  const out: Shape = {}
  const types = [schema.type].flat().filter((type): type is string => typeof type === 'string')
  const named = types.filter((type) => type !== 'null')
  const values = 'const' in schema ? [schema.const] : list(schema.enum)
  if (named.length > 0) out.type = named.length === 1 ? (named[0] as string) : named
  if (typeof schema.format === 'string') out.format = schema.format
  if (values.some((one) => one !== null)) out.enum = values.filter((one) => one !== null) as (string | number | boolean)[]
  if (types.length !== named.length || values.includes(null)) out.nullable = true
  if (isNode(schema.items)) out.items = shapeOf(document, schema.items)
  if (isNode(schema.properties)) out.fields = fieldsOf(document, schema, schema.properties)
  if (schema.additionalProperties === true || isNode(schema.additionalProperties))
    out.values = shapeOf(document, schema.additionalProperties)
  return out
}

function fieldsOf(document: Node, schema: Node, properties: Node): { [name: string]: Shape } {
  const required = new Set(list(schema.required))
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const shape = shapeOf(document, value)
      return [name, required.has(name) ? { ...shape, required: true as const } : shape]
    }),
  )
}

function allFields(document: Node, part: unknown): { [name: string]: Shape } {
  const schema = followed(document, part)
  const inner = list(schema.allOf).map((p) => allFields(document, p))
  return Object.assign({}, ...inner, isNode(schema.properties) ? fieldsOf(document, schema, schema.properties) : {})
}

/** One of several. The alternatives that only say "or null" and "or empty text" become flags. */
function either(document: Node, alternatives: unknown[]): Shape {
  const rest: Shape[] = []
  const flags: Shape = {}
  for (const alternative of alternatives) {
    const target = followed(document, alternative)
    const values = list(target.enum)
    if (target.type === 'null' || (values.length === 1 && values[0] === null)) flags.nullable = true
    else if (values.length === 1 && values[0] === '') flags.blank = true
    else rest.push(shapeOf(document, alternative))
  }
  return rest.length === 1 ? { ...rest[0], ...flags } : { anyOf: rest, ...flags }
}

/** `field` takes the names of the answer's fields; saying so replaces a list of up to a hundred names. */
function shortenFieldNames(facts: Facts, operation: Operation): void {
  const field = operation.query.field
  const answer = operation.answers['200']
  if (!field?.enum || !answer) return
  const item = answer.items ?? answer
  const fields = item.fields ?? (item.ref ? facts.schemas[item.ref]?.fields : undefined)
  const names = Object.keys(fields ?? {}).sort()
  if (names.join() === [...field.enum].sort().join()) operation.query.field = { type: 'string', many: true, names: 'answer' }
}

/** Operation keys with path parameters unnamed, so that `{uuid}` and `{id}` agree. */
export const unnamed = (key: string): string => key.replace(/\{[^}]+\}/g, '{}')

/** Adds what the older pages name and the OpenAPI document lacks. */
function addPages(facts: Facts, seeds: Seed[]): void {
  const index = new Map(Object.entries(facts.operations).map(([key, operation]) => [unnamed(key), operation]))
  for (const seed of seeds) {
    const operation = index.get(unnamed(`${seed.method} ${seed.path}`))
    if (!operation) continue
    const status = seed.status.find((one) => one.startsWith('2'))
    const answer = operation.answers[operation.statuses.find((one) => one.startsWith('2')) ?? '']
    const query = seed.parameters.map((p) => p.name).filter((name) => !name.endsWith('uuid') && !(name in operation.query))
    // A page that shows its 400 body lists the error's fields among the answer's.
    const named = seed.method === 'POST' && seed.status.includes('400') ? [] : seed.response.map((f) => f.name)
    const fields = named.filter((name) => !reaches(facts, answer, name.split('.')))
    const page: Operation['page'] = {}
    if (status && !operation.statuses.includes(status)) page.status = status
    if (query.length > 0) page.query = query
    if (fields.length > 0) page.answer = fields
    if (Object.keys(page).length > 0) operation.page = page
  }
}

/** Whether a dotted name leads to a field of the shape; lists on the way are entered, and anything may be in a free shape. */
export function reaches(facts: Facts, shape: Shape | undefined, names: string[]): boolean {
  if (!shape) return false
  const inner = shape.ref ? facts.schemas[shape.ref] : (shape.items ?? undefined)
  if (inner) return reaches(facts, inner, names)
  const [first, ...others] = names
  if (first === undefined || (shape.values && !shape.fields)) return true
  if (shape.anyOf) return shape.anyOf.some((one) => reaches(facts, one, names))
  return reaches(facts, shape.fields?.[first], others)
}

/** One entry a line, in the order given: a difference then shows the operation it belongs to. */
export const linesOfFacts = (entries: { [key: string]: unknown }): string =>
  `{\n${Object.entries(entries)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}\n`

const root = new URL('../', import.meta.url)
/** The contract's own documents, where they are. */
export const contractSource = new URL('../shared/contract/', root)
const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'))

/** The facts as the contract's own documents give them. */
export function factsFromSource(): Facts {
  const facts = factsOf(node(readJson(new URL('openapi.json', contractSource))))
  addPages(facts, readJson(new URL('core-operations.json', contractSource)) as Seed[])
  return facts
}

/** Takes out of the list of operations not served yet what the committed description serves; it never adds. */
function shrink(): void {
  const listUrl = new URL('contract/not-served.json', root)
  const served = new Set(Object.keys(factsOf(node(readJson(new URL('openapi/openapi.json', root)))).operations).map(unnamed))
  const left = (readJson(listUrl) as string[]).filter((key) => !served.has(unnamed(key)))
  writeFileSync(listUrl, `${JSON.stringify(left, null, 1)}\n`)
  process.stdout.write(`${left.length} operations of the contract are not served yet\n`)
}

function write(): void {
  if (!existsSync(contractSource))
    throw new Error("the contract's documents are not here; contract/*.json is what the project keeps of them")
  const facts = factsFromSource()
  writeFileSync(new URL('contract/operations.json', root), linesOfFacts(facts.operations))
  writeFileSync(new URL('contract/schemas.json', root), linesOfFacts(facts.schemas))
  process.stdout.write(`${Object.keys(facts.operations).length} operations, ${Object.keys(facts.schemas).length} schemas\n`)
}

if (import.meta.main) process.argv[2] === 'shrink' ? shrink() : write()
