// The OpenAPI document of what is really served, made from the same facts as the routes.
import type { Collection } from './collection.ts'
import { describeShape, nameOf, type Shape } from './shapes.ts'
import { type JsonSchema, type View, viewSchema } from './view.ts'

/** The line of the field's API that is spoken; clients ask for it. */
export const API_VERSION = '8.0.3'

/** What the description knows of a route. */
export type DescribedRoute = {
  method: string
  path: string
  id: string
  tag: string
  summary: string
  anonymous?: boolean
  /** Who may, in words; unsaid where a rule of code decides. */
  who?: string | undefined
  /** Answers with the tag of the object, or takes it back. */
  tagged?: boolean
  /** A paged list of this collection. */
  list?: Collection
  /** A view whose keys `field` may name. */
  fields?: View
  query?: { [name: string]: { schema: JsonSchema; many?: boolean } }
  body?: Shape
  status: number
  answer?: { name?: string; schema: JsonSchema }
  /** Further successful statuses, with their answers. */
  also?: { [status: number]: JsonSchema | undefined }
}

type Parameter = { name: string; in: 'query' | 'path' | 'header'; required?: boolean; schema: JsonSchema }

const parameter = (name: string, schema: JsonSchema): Parameter => ({ name, in: 'query', schema })
const header = (name: string): Parameter => ({ name, in: 'header', schema: { type: 'string' } })
const IF_MATCH = header('If-Match')
const IF_NONE_MATCH = header('If-None-Match')
const several = (schema: JsonSchema): JsonSchema => ({ type: 'array', items: schema })

function listParameters({ filters, orderings, view }: Collection): Parameter[] {
  const keys = Object.keys(orderings).flatMap((key) => [key, `-${key}`])
  return [
    ...Object.entries(filters).map(([name, filter]) => parameter(name, filter.many ? several(filter.schema) : filter.schema)),
    ...(keys.length > 0 ? [parameter('o', several({ type: 'string', enum: keys.sort() }))] : []),
    parameter('page', { type: 'integer', minimum: 1 }),
    parameter('page_size', { type: 'integer', minimum: 1, maximum: 300, default: 10 }),
    fieldParameter(view),
  ]
}

function fieldParameter(view: View): Parameter {
  const names = Object.keys(view.fields)
  return parameter('field', several({ type: 'string', ...(names.length > 0 ? { enum: names } : {}) }))
}

function parametersOf(route: DescribedRoute): Parameter[] {
  const keys = [...route.path.matchAll(/\{([^}]+)\}/g)].map(
    ([, name]): Parameter => ({
      name: name as string,
      in: 'path',
      required: true,
      schema: /uuid/.test(name as string) ? { type: 'string', format: 'uuid' } : { type: 'string' },
    }),
  )
  const query = Object.entries(route.query ?? {}).map(([name, { schema, many }]) => parameter(name, many ? several(schema) : schema))
  const tag = route.method === 'GET' ? IF_NONE_MATCH : IF_MATCH
  return [
    ...keys,
    ...(route.tagged ? [tag] : []),
    ...(route.list ? listParameters(route.list) : []),
    ...(route.fields ? [fieldParameter(route.fields)] : []),
    ...query,
  ]
}

type Schemas = { [name: string]: JsonSchema }

const content = (schema: JsonSchema) => ({ 'application/json': { schema } })
/** Of lists, which are given as CSV too. */
const listContent = (schema: JsonSchema) => ({ ...content(schema), 'text/csv': { schema: { type: 'string' } } })

/** A schema with a name stands once among the components; two of one name must be the same. */
function named(schemas: Schemas, name: string | undefined, schema: JsonSchema): JsonSchema {
  if (!name) return schema
  const before = schemas[name]
  if (before && JSON.stringify(before) !== JSON.stringify(schema)) throw new Error(`Two different shapes are called ${name}`)
  schemas[name] = schema
  return { $ref: `#/components/schemas/${name}` }
}

const PAGE_HEADERS = {
  'X-Result-Count': { description: 'Number of objects that pass the filters.', schema: { type: 'integer' } },
  Link: { description: 'The first, previous, next and last page.', schema: { type: 'string' } },
}

const TAG_HEADER = { ETag: { description: 'The tag of the whole object, for If-Match.', schema: { type: 'string' } } }
const TAG_ANSWERS = {
  GET: { 304: { description: 'The caller has it already (If-None-Match).' } },
  PUT: { 412: { description: 'Changed since it was read (If-Match).' } },
  PATCH: { 412: { description: 'Changed since it was read (If-Match).' } },
} as const

function responsesOf(route: DescribedRoute, schemas: Schemas) {
  const success: { [key: string]: unknown } = { description: 'Success' }
  if (route.list) {
    success.headers = PAGE_HEADERS
    const { view } = route.list
    if (route.method === 'GET') success.content = listContent(several(named(schemas, view.name, viewSchema(view))))
  } else if (route.answer) {
    if (route.tagged) success.headers = TAG_HEADER
    success.content = content(named(schemas, route.answer.name, route.answer.schema))
  }
  const also = Object.entries(route.also ?? {}).map(([status, schema]) => [
    status,
    { description: 'Success', ...(schema ? { content: content(schema) } : {}) },
  ])
  const refusals = route.anonymous ? {} : { 401: { $ref: '#/components/responses/Unauthenticated' } }
  const tags = route.tagged ? TAG_ANSWERS[route.method as keyof typeof TAG_ANSWERS] : {}
  return { [route.status]: success, ...Object.fromEntries(also), ...tags, ...refusals }
}

const BODY_TYPES = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data']

/** `customers_contact` → `CustomersContactRequest`. */
const requestName = (id: string) => `${id.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Request`

function operationOf(route: DescribedRoute, schemas: Schemas) {
  const parameters = parametersOf(route)
  const body = route.body && named(schemas, nameOf(route.body) ?? requestName(route.id), describeShape(route.body))
  return {
    operationId: route.id,
    summary: route.summary,
    ...(route.who ? { 'x-who-may': route.who } : {}),
    tags: [route.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { content: Object.fromEntries(BODY_TYPES.map((type) => [type, { schema: body }])) } } : {}),
    responses: responsesOf(route, schemas),
    security: route.anonymous ? [{}, { token: [] }] : [{ token: [] }],
  }
}

/** The OpenAPI 3.1 document of the routes, paths in alphabetical order. */
export function describeApi(routes: readonly DescribedRoute[], title: string, version: string) {
  const schemas: Schemas = {}
  const paths: { [path: string]: { [method: string]: unknown } } = {}
  for (const route of [...routes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const item = paths[route.path] ?? {}
    paths[route.path] = item
    item[route.method.toLowerCase()] = operationOf(route, schemas)
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Unauthenticated: {
          description: 'No token, or one that is not valid.',
          headers: { 'WWW-Authenticate': { schema: { type: 'string' } } },
          content: content({ type: 'object', properties: { detail: { type: 'string' } }, required: ['detail'] }),
        },
      },
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'The word Token and the key.' } },
    },
  }
}
