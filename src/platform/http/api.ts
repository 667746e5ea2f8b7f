// How modules put their declarations on the server: a list, a detail view, an operation, a read of their own.
// Each registration adds a Fastify route and the same facts to the description.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Actor } from '../auth/actor.ts'
import type { Config } from '../config.ts'
import type { Db } from '../db/database.ts'
import { withEffects } from '../effects.ts'
import type { Deps } from '../wiring.ts'
import { type Collection, faultsOf, keyName, listing, requireKey, requireSubject, retrieve } from './collection.ts'
import type { Viewer } from './context.ts'
import { sendCsv, wantsCsv } from './csv.ts'
import type { DescribedRoute } from './description.ts'
import { forbidden, invalidPage } from './errors.ts'
import type { Condition } from './filters.ts'
import { type AnyOperation, type Call, type Facts, type Operation, perform } from './operation.ts'
import { pageHeaders, pagesIn, readPage, requireRepeatable } from './paging.ts'
import { type Query, valuesOf } from './query.ts'
import { actorOf, viewerOf } from './server.ts'
import { registerLinkPath } from './shapes.links.ts'
import { type Parsed, partial, type Shape } from './shapes.ts'
import { namesTagWeakly, tagOf } from './tags.ts'
import { type JsonSchema, type View, viewSchema } from './view.ts'
import { type Permission, permits, type Who, whoText } from './who.ts'

/** Registers routes on the server and remembers what they are. */
export type Api = Deps & { app: FastifyInstance; described: DescribedRoute[] }

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const pattern = (path: string) => path.replace(/\{([^}]+)\}/g, ':$1')

const addressOf = (viewer: Viewer, request: FastifyRequest) => `${viewer.base}${request.url.split('?')[0]}`

type Params = { [name: string]: string }

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function add(api: Api, method: Method, route: Omit<DescribedRoute, 'method'>, handler: Handler) {
  api.described.push({ ...route, method })
  const watched: Handler = (request, reply) => withEffects(`${method} ${route.path}`, () => handler(request, reply))
  const config = { anonymous: route.anonymous === true, answersCsv: method === 'GET' && route.list !== undefined }
  api.app.route({ method, url: pattern(route.path), config, handler: watched })
}

const sendJson = (reply: FastifyReply, text: string) => reply.header('Content-Type', 'application/json').send(text)

/**
 * Sends one object. Shown whole it has a tag, which updates take back in If-Match; 304 for a caller who has it already. `sent` is
 * what goes out where that is more than what was read.
 */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, view: View, query: Query, text: string, sent = text) {
  if (valuesOf(query, 'field').length > 0) return sendJson(reply, sent)
  const tag = tagOf(view, text)
  const known = request.headers['if-none-match']
  reply.header('ETag', tag)
  return known !== undefined && namesTagWeakly(known, tag) ? reply.code(304).send() : sendJson(reply, sent)
}

/** Who asks to read a collection; 401 without a token where one is needed, 403 for who does not read it at all. */
function readerOf({ anonymous, before }: Collection, request: FastifyRequest): Viewer {
  if (anonymous) return viewerOf(request)
  const actor = actorOf(request)
  before?.(actor)
  return { ...viewerOf(request), actor }
}

const readersOf = ({ anonymous, before }: Collection): string => (anonymous ? 'anyone' : (before?.says ?? 'anyone with a token'))

/** A list that lies under one row of another collection: `/api/projects/{uuid}/list_users/`. */
export type Parent<Row> = {
  of: Collection<Row>
  /** Who may read it, by the parent's row; 403 otherwise. */
  permission: Permission<Row>
  /** Which rows of the list belong to the parent, as the caller sees them. */
  where: (row: Row, actor: Actor | undefined) => Condition
}

/** GET and HEAD of a list. Paged; its answer is the JSON text that PostgreSQL built. */
export function list<Row = unknown>(
  api: Api,
  collection: Collection,
  options: { id?: string; summary?: string; under?: Parent<Row> } = {},
) {
  const { under } = options
  const path = collection.path
  const faults = faultsOf(collection)
  if (faults.length > 0) throw new Error(faults.join('; '))
  const described = {
    path,
    tag: collection.name,
    summary: options.summary ?? `List ${collection.name.replaceAll('_', ' ')}`,
    anonymous: collection.anonymous === true,
    who: under ? whoText({ permission: under.permission as Permission<never> }) : readersOf(collection),
    list: collection,
    status: 200,
  }
  const prepare = async (request: FastifyRequest) => {
    const viewer = readerOf(collection, request)
    const query = request.query as Query
    requireRepeatable(addressOf(viewer, request), query)
    const condition = under && (await underParent(api, under, viewer, parentKey(path, request.params as Params)))
    return { viewer, query, page: readPage(query), rows: listing(api.db, collection, viewer, query, condition) }
  }
  const headers = (request: FastifyRequest, viewer: Viewer, query: Query, count: number, number: number, size: number) =>
    pageHeaders(addressOf(viewer, request), query, count, number, size)

  add(api, 'GET', { ...described, id: options.id ?? `${collection.name}_list` }, async (request, reply) => {
    const { viewer, query, page, rows } = await prepare(request)
    if (wantsCsv(request)) return sendCsv(api.db, reply, collection.name, await rows.all())
    const number = page.number === 'last' ? pagesIn(await rows.count(), page.size) : page.number
    const { count, text } = await rows.page(page.size, (number - 1) * page.size)
    if (number > pagesIn(count, page.size)) throw invalidPage()
    return sendJson(reply.headers(headers(request, viewer, query, count, number, page.size)), text)
  })
  add(
    api,
    'HEAD',
    { ...described, id: `${(options.id ?? `${collection.name}_list`).replace(/_list$/, '')}_count` },
    async (request, reply) => {
      const { viewer, query, page, rows } = await prepare(request)
      const count = await rows.count()
      const number = page.number === 'last' ? pagesIn(count, page.size) : page.number
      if (number > pagesIn(count, page.size)) throw invalidPage()
      return reply
        .headers(headers(request, viewer, query, count, number, page.size))
        .header('Content-Type', 'application/json')
        .send()
    },
  )
}

/** The key of a parent, the first in the path, whatever the contract calls it there. */
const parentKey = (path: string, params: Params): string | undefined => params[/\{([^}]+)\}/.exec(path)?.[1] ?? '']

async function underParent<Row>(api: Api, under: Parent<Row>, viewer: Viewer, key: string | undefined): Promise<Condition> {
  const row = await requireSubject(api.db, under.of, viewer, requireKey(under.of, key))
  if (typeof under.permission === 'function' && !(viewer.actor && under.permission(viewer.actor, row))) throw forbidden()
  return sql`(${under.where(row, viewer.actor)})`
}

/** The path of one row of a collection. */
const detailPath = (collection: Collection) => `${collection.path}{${keyName(collection)}}/`

/** GET of one row. */
export function detail(api: Api, collection: Collection, options: { id?: string } = {}) {
  const view = collection.detailView ?? collection.view
  if (keyName(collection) === 'uuid') registerLinkPath(detailPath(collection))
  const route = {
    path: detailPath(collection),
    id: options.id ?? `${collection.name}_retrieve`,
    tag: collection.name,
    summary: `Retrieve one of ${collection.name.replaceAll('_', ' ')}`,
    anonymous: collection.anonymous === true,
    who: collection.before?.says ?? 'anyone who sees it',
    tagged: true,
    fields: view,
    status: 200,
    answer: { name: view.name, schema: viewSchema(view) },
  }
  add(api, 'GET', route, async (request, reply) => {
    const viewer = readerOf(collection, request)
    const key = requireKey(collection, (request.params as Params)[keyName(collection)])
    const query = request.query as Query
    const text = await retrieve(api.db, collection, viewer, key, query)
    return sendTagged(request, reply, view, query, text)
  })
}

type Place<Row> = { path: string; id: string; tag: string; tagged?: boolean; of?: Collection<Row> }

function addOperation<Row, S extends Shape | undefined = undefined>(
  api: Api,
  method: Method,
  place: Place<Row>,
  operation: Operation<Row, S>,
) {
  const { answer } = operation
  const described =
    answer &&
    ('fields' in answer
      ? { name: (answer as { name: string }).name, schema: viewSchema(answer as never) }
      : { schema: answer as JsonSchema })
  const route = {
    path: place.path,
    id: place.id,
    tag: place.tag,
    summary: operation.summary,
    who: whoText(operation as AnyOperation),
    tagged: place.tagged === true,
    status: operation.status ?? 200,
    ...(operation.body ? { body: operation.body } : {}),
    ...(operation.query ? { query: operation.query } : {}),
    ...(described ? { answer: described } : {}),
  }
  const any = operation as unknown as AnyOperation
  add(api, method, route, (request, reply) => perform(api, any, place.of as Collection | undefined, request, reply))
}

/** POST to a collection: 201 with the representation of the new row. */
export function create<Row, S extends Shape | undefined = undefined>(
  api: Api,
  collection: Collection<Row>,
  operation: Operation<undefined, S>,
) {
  const view = collection.detailView ?? collection.view
  addOperation(
    api,
    'POST',
    { path: collection.path, id: `${collection.name}_create`, tag: collection.name },
    { status: 201, answer: view, ...operation },
  )
}

/** An update as PUT and PATCH share it: with PATCH any field may be missing. */
type Update<Row, S extends Shape> = Omit<Facts<Row, S>, 'run' | 'body'> & {
  body: S
  run: (call: Call<Row, Partial<Parsed<S>>>) => Promise<unknown>
} & Who<Row, Partial<Parsed<S>>>

/** PUT and PATCH of a row: PUT needs the required fields, PATCH takes any of them; 200 with the whole representation. */
export function update<Row, S extends Shape>(api: Api, collection: Collection<Row>, operation: Update<Row, S>) {
  const view = collection.detailView ?? collection.view
  const whole = { answer: view, ...operation } as unknown as Operation<Row, S>
  const place = { path: detailPath(collection), tag: collection.name, of: collection }
  addOperation(api, 'PUT', { ...place, tagged: true, id: `${collection.name}_update` }, whole)
  addOperation(
    api,
    'PATCH',
    { ...place, tagged: true, id: `${collection.name}_partial_update` },
    { ...whole, body: partial(operation.body) as S },
  )
}

/** DELETE of a row: 204. */
export function destroy<Row>(api: Api, collection: Collection<Row>, operation: Operation<Row, undefined>) {
  const place = { path: detailPath(collection), id: `${collection.name}_destroy`, tag: collection.name, of: collection }
  addOperation(api, 'DELETE', place, { status: 204, ...operation })
}

/** POST (or another method) of a verb on one row: `…/{uuid}/cancel/`. */
export function action<Row, S extends Shape | undefined = undefined>(
  api: Api,
  collection: Collection<Row>,
  verb: string,
  operation: Operation<Row, S>,
  options: { id?: string; method?: Method } = {},
) {
  const place = {
    path: `${detailPath(collection)}${verb}/`,
    id: options.id ?? `${collection.name}_${verb}`,
    tag: collection.name,
    of: collection,
  }
  addOperation(api, options.method ?? 'POST', place, operation)
}

/** POST (or another method) at a path of its own, acting on no row that the path names. */
export function operation<S extends Shape | undefined = undefined>(
  api: Api,
  place: { path: string; id: string; tag: string; method?: Method },
  facts: Operation<undefined, S>,
) {
  addOperation(api, place.method ?? 'POST', place, facts)
}

export type Read<Row> = {
  path: string
  id: string
  tag: string
  summary: string
  /** The collection whose row the path's `{uuid}` names; 404 when the caller does not see it. */
  of?: Collection<Row>
  /** Query parameters that it reads, for the description. */
  query?: { [name: string]: { schema: JsonSchema; many?: boolean } }
  answer: JsonSchema
  /** The answer's JSON text, or a value to be written as JSON. */
  run: (call: { db: Db; config: Config; viewer: Viewer; row: Row; query: Query; params: { [name: string]: string } }) => Promise<unknown>
} & ({ anonymous: true; permission?: never } | { anonymous?: never; permission: Permission<Row> })

/** A GET that is no list and no row: statistics, settings, maps. Its SQL is the module's own. */
export function read<Row = undefined>(api: Api, facts: Read<Row>) {
  const { path, id, tag, summary, query, answer } = facts
  const route = {
    path,
    id,
    tag,
    summary,
    anonymous: facts.anonymous === true,
    who: facts.anonymous ? 'anyone' : whoText({ permission: facts.permission as Permission<never> }),
    status: 200,
    answer: { schema: answer },
    ...(query ? { query } : {}),
  }
  add(api, 'GET', route, async (request, reply) => {
    const viewer = viewerOf(request)
    const params = request.params as { [name: string]: string }
    const row = (
      facts.of ? await requireSubject(api.db, facts.of, viewer, requireKey(facts.of, params[keyName(facts.of)])) : undefined
    ) as Row
    if (facts.permission && !permits(facts.permission, actorOf(request), row)) throw forbidden()
    const result = await facts.run({ db: api.db, config: api.config, viewer, row, query: request.query as Query, params })
    return sendJson(reply, typeof result === 'string' ? result : JSON.stringify(result))
  })
}

/** A route that none of the others fits: login, files, the description. The handler does everything itself. */
export function route(
  api: Api,
  method: Method,
  facts: Omit<DescribedRoute, 'method'> & { who: string; answersAnything?: boolean },
  handler: Handler,
) {
  const { answersAnything, ...described } = facts
  api.described.push({ ...described, method })
  const config = { anonymous: facts.anonymous === true, answersAnything: answersAnything === true }
  const watched: Handler = (request, reply) => withEffects(`${method} ${facts.path}`, () => handler(request, reply))
  api.app.route({ method, url: pattern(facts.path), config, handler: watched })
}
