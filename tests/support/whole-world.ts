// A world with something of everything, for checks that hold for every operation: the cast, its organizations, what is
// sold and bought, and a way to try any operation on it without changing it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { type Database, openDatabase } from '../../src/platform/db/database.ts'
import { type Client, client } from './client.ts'
import { type Described, fill, operationsOf, type Parameter } from './described.ts'
import { populate, type Things } from './populate.ts'
import { type Requests, validRequests } from './valid-requests.ts'
import { buildWorld, type Cast, type Person, type World } from './world.ts'

export { type Described, operationsOf, type Parameter, type Schema, UNKNOWN } from './described.ts'

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
    const folder = mkdtempSync(join(tmpdir(), 'tradepost-world-'))
    const w = await buildWorld({ FILE_STORAGE_DIR: folder, GOOGLE_CLIENT_ID: 'client' })
    const dry = neverCommitting(openDatabase(w.url, { max: 4 }))
    const app = await buildApp({ config: w.config, database: dry, log: process.env.TEST_LOG === '1' })
    await app.ready()
    close = async () => {
      await app.close()
      await dry.close()
      await w.close()
      rmSync(folder, { recursive: true, force: true })
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
