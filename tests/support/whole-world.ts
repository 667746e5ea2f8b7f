// A world with something of everything, for checks that hold for every operation: the cast, its organizations, what is
// sold and bought, and a way to try any operation on it without changing it.
import { afterAll, beforeAll } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { type Client, client } from './client.ts'
import { type Cast, type Places, populate, type Things } from './populate.ts'
import { type Requests, validRequests } from './valid-requests.ts'
import { buildWorld, type Person, type World } from './world.ts'

/** An operation of the description. `list`: paged; `query`: what it takes. */
export type Described = { method: string; path: string; id: string; list: boolean; anonymous: boolean; query: Parameter[]; body?: Schema }
export type Schema = { [key: string]: unknown }
export type Parameter = { name: string; in: string; schema: Schema }

export type WholeWorld = World & {
  people: Cast
  things: Things
  operations: readonly Described[]
  /** The path with the keys of objects of this world in it; unknown keys when `unknown` is set. */
  at: (path: string, options?: { unknown?: boolean; on?: string | undefined }) => string
  /** The valid request of each write. */
  requests: Requests
  /** A client of a server on the same database whose transactions never commit: it answers as the real one, and nothing stays. */
  trying: (person?: Person) => Client
}

export const UNKNOWN = '0'.repeat(32)

const PAGING: ReadonlySet<string> = new Set(['page', 'page_size', 'field', 'o'])
/** Whether a query parameter is one that every list has; the others are its filters. */
export const isPaging = (name: string) => PAGING.has(name)

/** The words that a parameter may be, or be several of. */
export const enumOf = (parameter: Parameter | undefined): string[] => {
  const { items, enum: values } = (parameter?.schema ?? {}) as { items?: { enum?: string[] }; enum?: string[] }
  return items?.enum ?? values ?? []
}
/** What `o` takes. */
export const keysOfOrder = (query: readonly Parameter[]) => enumOf(query.find(({ name }) => name === 'o'))

/** As `world()`, with something of everything in it. */
export function wholeWorld(): { current: WholeWorld } {
  const holder = {} as { current: WholeWorld }
  let close = async () => undefined as unknown
  beforeAll(async () => {
    const w = await buildWorld()
    const dry = neverCommitting(openDatabase(w.url, { max: 4 }))
    const app = await buildApp({ config: w.config, database: dry, log: process.env.TEST_LOG === '1' })
    await app.ready()
    close = async () => {
      await app.close()
      await dry.close()
      await w.close()
    }
    const people = await w.cast()
    const { places, things } = await populate(w, people)
    const operations = operationsOf(w.app.openapi())
    holder.current = Object.assign(w, {
      people,
      things,
      operations,
      requests: validRequests(people, things),
      at: (path: string, { unknown = false, on = undefined as string | undefined } = {}) => fill(path, unknown ? [] : places, on),
      trying: (person?: Person) => client(app, person ? { token: person.token } : {}),
    })
  })
  afterAll(() => close())
  return holder
}

/** The operations of a description, in its order. */
export function operationsOf(openapi: {
  paths: { [path: string]: { [method: string]: unknown } }
  components: { schemas: { [name: string]: Schema } }
}): Described[] {
  type Operation = {
    operationId: string
    parameters?: Parameter[]
    requestBody?: { content: { [type: string]: { schema: Schema } } }
    responses: { [status: string]: { headers?: object } }
    security: object[]
  }
  return Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods as { [method: string]: Operation }).map(([method, operation]) => {
      const sent = operation.requestBody?.content['application/json']?.schema
      const body = typeof sent?.$ref === 'string' ? openapi.components.schemas[sent.$ref.replace('#/components/schemas/', '')] : sent
      return {
        method: method.toUpperCase(),
        path,
        id: operation.operationId,
        list: Object.hasOwn(operation.responses[200]?.headers ?? {}, 'X-Result-Count'),
        anonymous: operation.security.some((way) => Object.keys(way).length === 0),
        query: (operation.parameters ?? []).filter((parameter) => parameter.in === 'query'),
        ...(body ? { body } : {}),
      }
    }),
  )
}

/** Makes every commit of the database a rollback. */
function neverCommitting(database: Database): Database {
  type Statement = { text: string }
  type Connection = { query: (statement: Statement, ...rest: unknown[]) => Promise<object> }
  database.pool.on('connect', (client) => {
    const connection = client as unknown as Connection
    const query = connection.query.bind(connection)
    connection.query = (statement, ...rest) =>
      statement.text === 'commit'
        ? query({ ...statement, text: 'rollback' }).then((result) => ({ ...result, command: 'COMMIT' }))
        : query(statement, ...rest)
  })
  return database
}

function fill(path: string, places: Places, on?: string): string {
  const place = places.find(([start]) => path.startsWith(start))
  let first = true
  return path.replace(/\{[^}]+\}/g, (name) => {
    const key = first ? (on ?? place?.[1]) : places.find(([start]) => start === name)?.[1]
    first = false
    return key ?? UNKNOWN
  })
}
