// The HTTP ground that every operation stands on: who asks and from where, bodies kept raw until somebody wants them,
// one handler for refusals and failures, the order of checks for paths and methods (platform.md §4.3).
import { randomUUID } from 'node:crypto'
import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import Fastify, {
  type ConnectionError,
  type FastifyContextConfig,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Actor } from '../auth/actor.ts'
import type { Authenticator } from '../auth/authenticate.ts'
import type { ServerLimits } from '../config.ts'
import { type Caller, CallerGone, leave, newCaller, onBehalfOf } from '../db/caller.ts'
import { type Translations, translate } from '../db/failures.ts'
import { ANONYMOUS_BODY_MAX_BYTES, BODY_MAX_BYTES, MULTIPART_MAX_BYTES } from './body.ts'
import { boundedServers } from './connections.ts'
import type { Viewer } from './context.ts'
import { wantsCsv } from './csv.ts'
import { failed, gone, methodNotAllowed, notAcceptable, notFound, Refusal, tooLong, unauthenticated, unsupportedMedia } from './errors.ts'
import { readUuid } from './filters.ts'
import { budgetOf, readIncoming } from './incoming.ts'
import { TARGET_MAX } from './paging.ts'
import { type RateLimits, rateLimits } from './rate-limit.ts'

export type ServerOptions = {
  /** Origins under which callers reach the server; the first stands in links when the caller used none of them. */
  origins: readonly string[]
  /** Origins of web pages that may call; `*` for all, which is safe because the token is no cookie. */
  corsOrigins: readonly string[]
  trustedProxies: readonly string[]
  timeZone: string
  authenticator: Authenticator
  translations: Translations
  limits: ServerLimits
  logger: { level: string } | false
}

/** Who asks, and how links to them must look; set before anything else is done for a request. */
const viewers = new WeakMap<FastifyRequest, Viewer>()
export const viewerOf = (request: FastifyRequest): Viewer => {
  const viewer = viewers.get(request)
  if (!viewer) throw new Error('A request without a viewer')
  return viewer
}
/** The caller; 401 for an anonymous one. */
export const actorOf = (request: FastifyRequest): Actor => {
  const { actor } = viewerOf(request)
  if (!actor) throw unauthenticated()
  return actor
}

const HEADERS = {
  Vary: 'Accept-Language, Cookie',
  'Content-Language': 'en',
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
} as const

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

const withHeaders = (reply: FastifyReply, request: FastifyRequest) => reply.headers(HEADERS).header('X-Request-Id', request.id)

/** A path that is served: what it looks like, its methods as the Allow header names them, whether it needs a token. */
type Known = { pattern: RegExp; allow: string; anonymous: boolean; apart: boolean }

/** The server with everything but routes. */
export function createServer(options: ServerOptions): FastifyInstance {
  const { limits, trustedProxies } = options
  const { serve, tokenShown } = boundedServers(limits, trustedProxies)
  const app = Fastify({
    logger: options.logger,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    genReqId: () => randomUUID().replaceAll('-', ''),
    logController: new LogController({ requestIdLogLabel: 'request_id', disableRequestLogging: true }),
    exposeHeadRoutes: false,
    rewriteUrl: originForm,
    serverFactory: serve,
    // Longer than any key: a malformed one is told as an unknown one is, by the collection.
    routerOptions: { maxParamLength: 16_384, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => answerFailure(options.translations, error, request, withHeaders(reply, request)),
    clientErrorHandler: answerUnparsed,
    forceCloseConnections: 'idle',
    // What comes in on open connections while closing is answered too.
    return503OnClosing: false,
  })
  const known = rememberRoutes(app)
  readBodies(app, limits)
  const rates = rateLimits(limits.perToken, limits.perAddress)

  // What runs for a caller ends when they hang up. Reading a body forgets for whom it is read.
  const callers = new WeakMap<FastifyRequest, Caller>()
  app.addHook('onRequest', (request, reply, done) => {
    const caller = newCaller()
    callers.set(request, caller)
    reply.raw.on('close', () => reply.raw.writableFinished || leave(caller))
    onBehalfOf(caller, done)
  })
  app.addHook('preValidation', (request, _reply, done) => onBehalfOf(callers.get(request) as Caller, done))
  app.addHook('onRequest', async (request, reply) => {
    withHeaders(reply, request)
    if (request.url.length > TARGET_MAX) throw tooLong(TARGET_MAX)
    const path = request.is404 ? matching(known, pathOf(request)) : known.get(request.routeOptions.url ?? '')
    if (answerCrossOrigin(options.corsOrigins, request, reply)) return reply
    if (!path) {
      rates.ofAddress(request)
      return answerUnknown(known, request, reply)
    }
    const viewer: Viewer = { actor: undefined, base: originOf(options.origins, request), timeZone: options.timeZone }
    viewers.set(request, viewer)
    reply.header('Allow', path.allow)
    const access: FastifyContextConfig = request.is404 ? path : request.routeOptions.config
    if (!access.apart) {
      viewer.actor = await callerOf(options.authenticator, rates, request, reply)
      requireToken(viewer, access)
      if (viewer.actor) tokenShown(request.raw.socket)
      checkAccept(request)
    }
    if (!request.is404) return
    if (request.method === 'OPTIONS') return answerOptions(reply)
    throw methodNotAllowed(request.method)
  })
  app.addHook('onSend', (request, reply, payload, done) => {
    // Fastify adds a charset that the field's clients do not expect (clients.md §1).
    if (String(reply.getHeader('content-type')).startsWith('application/json')) reply.header('content-type', 'application/json')
    if (READS.has(request.method) || reply.statusCode >= 300) return done(null, payload)
    // Whoever lost or gained a role by this request does so before its answer is out.
    options.authenticator.settle().then(() => done(null, payload), done)
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({ method: request.method, url: request.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
  app.setErrorHandler((error, request, reply) => answerFailure(options.translations, error, request, reply))
  return app
}

/** Held for a request while it is answered. */
const bytesHeld = new WeakMap<FastifyRequest, number>()

/** Bodies stay bytes: an action without input ignores what was sent, and who may not act is told before what is wrong. */
function readBodies(app: FastifyInstance, { bodyBytes }: ServerLimits): void {
  const budget = budgetOf(bodyBytes)
  const take = (request: FastifyRequest) => (bytes: number) => {
    if (!budget.take(bytes)) return false
    bytesHeld.set(request, (bytesHeld.get(request) ?? 0) + bytes)
    return true
  }
  const reader = (most: number) => (request: FastifyRequest) =>
    readIncoming(request.raw, viewerOf(request).actor ? most : ANONYMOUS_BODY_MAX_BYTES, take(request))
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.once('close', () => {
      budget.giveBack(bytesHeld.get(request) ?? 0)
      bytesHeld.delete(request)
    })
    done()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^multipart\//, reader(MULTIPART_MAX_BYTES))
  app.addContentTypeParser('*', reader(BODY_MAX_BYTES))
}

/** The path and query of a request whose target is a whole URL (RFC 9112 §3.2.2), as proxies send it. */
function originForm({ url = '/' }: IncomingMessage): string {
  const whole = /^https?:\/\/[^/?#]*/i.exec(url)
  if (!whole) return url
  const rest = url.slice(whole[0].length)
  return rest.startsWith('/') ? rest : `/${rest}`
}

function rememberRoutes(app: FastifyInstance): Map<string, Known> {
  const known = new Map<string, Known>()
  app.addHook('onRoute', ({ path, method, config }) => {
    const before = known.get(path)
    const methods = [...new Set([...(before?.allow.split(', ') ?? []), ...[method].flat()])].filter((name) => name !== 'OPTIONS')
    known.set(path, {
      pattern: new RegExp(`^${path.replace(/:[a-z_]+/gi, '[^/]+')}$`),
      allow: [...methods, 'OPTIONS'].join(', '),
      anonymous: before?.anonymous === true || config?.anonymous === true,
      apart: before?.apart === true || config?.apart === true,
    })
  })
  return known
}

const pathOf = (request: FastifyRequest) => request.url.split('?')[0] as string

/** The known path of a request whose method found no route; fixed paths before those with keys. */
const matching = (known: Map<string, Known>, path: string): Known | undefined => {
  const found = [...known.values()].filter((entry) => entry.pattern.test(path))
  return found.find((entry) => !entry.pattern.source.includes('[^/]+')) ?? found[0]
}

function originOf(origins: readonly string[], request: FastifyRequest): string {
  const asked = `${request.protocol}://${request.headers.host ?? ''}`
  return origins.includes(asked) ? asked : (origins[0] as string)
}

/** 401 without a token, whatever the path looks like, but where it is said that none is needed. */
function requireToken({ actor }: Viewer, { anonymous }: FastifyContextConfig): void {
  if (!actor && !anonymous) throw unauthenticated()
}

async function callerOf(
  authenticator: Authenticator,
  rates: RateLimits,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Actor | undefined> {
  const actor = await authenticator.authenticate(request.headers.authorization, request.ip).catch((error: unknown) => {
    // A new token for each guess is no new caller.
    if (error instanceof Refusal) rates.ofAddress(request)
    throw error
  })
  if (actor) rates.ofActor(actor)
  else rates.ofAddress(request)
  const header = request.headers['x-impersonated-user-uuid']
  if (!actor?.is_staff || typeof header !== 'string') return actor
  const uuid = readUuid(header)
  const other = uuid ? await authenticator.impersonate(uuid, actor) : undefined
  if (!other) return actor
  reply.header('X-impersonator-uuid', actor.uuid)
  return other
}

// Own code and not @fastify/cors: that answers every OPTIONS as a preflight, and here a plain one needs a token (platform.md §3.5).
function answerCrossOrigin(allowed: readonly string[], request: FastifyRequest, reply: FastifyReply): boolean {
  const { origin } = request.headers
  if (!origin) return false
  if (allowed.includes('*') || allowed.includes(origin)) {
    reply.headers({
      'Access-Control-Allow-Origin': allowed.includes('*') ? '*' : origin,
      'Access-Control-Expose-Headers': 'ETag, Link, X-Result-Count, X-Impersonator-Uuid, X-Request-Id, Location',
      Vary: 'Accept-Language, Cookie, Origin',
    })
  }
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return false
  reply.headers({
    'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, X-Impersonated-User-Uuid, Idempotency-Key, If-Match, If-None-Match',
    'Access-Control-Max-Age': '86400',
  })
  reply.code(200).send('')
  return true
}

function checkAccept(request: FastifyRequest): void {
  const { answersAnything, answersCsv } = request.routeOptions.config ?? {}
  if (answersAnything || (answersCsv && wantsCsv(request))) return
  const accept = request.headers.accept
  if (accept && !/(^|[\s,])(\*\/\*|application\/(json|\*))/i.test(accept)) throw notAcceptable()
  const { format } = request.query as { format?: string | string[] }
  if (format !== undefined && format !== 'json') throw notFound()
}

function answerUnknown(known: Map<string, Known>, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = pathOf(request)
  if (path.endsWith('/') || !matching(known, `${path}/`)) throw notFound()
  return reply
    .code(301)
    .header('Location', `${path}/${request.url.slice(path.length)}`)
    .send('')
}

const answerOptions = (reply: FastifyReply) =>
  reply
    .code(200)
    .header('Content-Type', 'application/json')
    .send(
      JSON.stringify({
        name: '',
        description: '',
        renders: ['application/json'],
        parses: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
      }),
    )

/** What Node's parser refuses never becomes a request: it is answered on the bare connection. */
function answerUnparsed(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const method = error.code === 'HPE_INVALID_METHOD' && /^[A-Z-]{1,50}(?= \S+ HTTP\/)/.exec(String(error.rawPacket ?? ''))?.[0]
  const status = method ? 405 : (UNPARSED[error.code] ?? 400)
  const { body } = method ? methodNotAllowed(method) : { body: { detail: STATUS_CODES[status] } }
  const text = JSON.stringify(body)
  const length = Buffer.byteLength(text)
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${text}`,
  )
  // Who does not hang up is hung up on.
  setTimeout(() => socket.destroy(), PARTING_MS).unref()
}

const PARTING_MS = 1000

const UNPARSED: { [code: string]: number } = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

const FASTIFY_REFUSALS: { [code: string]: (request: FastifyRequest) => Refusal } = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ({ headers }) => unsupportedMedia(headers['content-type'] ?? ''),
  FST_ERR_BAD_URL: () => notFound(),
}

/** The refusal that an error means, or undefined for an unexpected failure. */
function refusalFor(translations: Translations, error: unknown, request: FastifyRequest): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof CallerGone) return gone()
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && FASTIFY_REFUSALS[code]) return FASTIFY_REFUSALS[code](request)
  return translate(translations, error)
}

function answerFailure(translations: Translations, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = refusalFor(translations, error, request)
  if (!refusal) {
    request.log.error(
      { err: error, method: request.method, url: request.url, user: viewers.get(request)?.actor?.uuid },
      'unexpected failure',
    )
  } else if (refusal.status >= 500) request.log.warn({ err: error }, 'refused')
  const { status, headers, body } = refusal ?? failed(request.id)
  // As bytes: no hook is run for what the router refuses, and Fastify adds a charset to text.
  const text = Buffer.from(JSON.stringify(body))
  return reply.code(status).headers(headers).header('Content-Type', 'application/json').send(text)
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a token too; a bad token is still refused. */
    anonymous?: boolean
    /** No part of the API: who asks is not looked at, nor how often. */
    apart?: boolean
    /** Answers something else than JSON, whatever Accept says. */
    answersAnything?: boolean
    /** A list, which is given as CSV to those who ask for that. */
    answersCsv?: boolean
  }
}
