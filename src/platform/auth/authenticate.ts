// From the Authorization header to an actor. Who a token belongs to is kept for a few seconds and dropped as soon as any
// server changes the user, the token or a grant: PostgreSQL tells every server (the triggers of 0002_users.sql).
import pg from 'pg'
import { forbidden, unauthenticated } from '../http/errors.ts'
import type { Actor } from './actor.ts'
import { admits } from './networks.ts'
import { tokenDigest } from './token.ts'

/** What is kept of a token. Moments are milliseconds since the epoch. */
export type Session = {
  actor: Actor
  is_active: boolean
  /** Seconds that the token lives without use; null for ever. */
  token_lifetime: number | null
  /** When the token was last used; 0 for a user who has none. */
  used: number
}

export type SessionSource = {
  findByToken: (digest: Buffer) => Promise<Session | undefined>
  findByUser: (uuid: string) => Promise<Session | undefined>
  /** Moves the start of the sliding lifetime to now. */
  markUsed: (userId: number) => Promise<void>
}

const KEPT_MS = 5000
const KEPT_MAX = 10_000
const MARK_EVERY_MS = 60_000

export type Authenticator = {
  /** The actor of an Authorization header, or undefined without one; throws the 401 of platform.md §1.1. */
  authenticate: (authorization: string | undefined, address: string) => Promise<Actor | undefined>
  /** The actor that staff acts as, or undefined when the header names nobody (platform.md §1.5). */
  impersonate: (uuid: string, staff: Actor) => Promise<Actor | undefined>
  /** Waits until every change committed before is known here: what a caller wrote counts for the next request. */
  settle: () => Promise<void>
  close: () => Promise<void>
}

function readHeader(header: string | undefined): string | undefined {
  const [scheme, ...rest] = (header ?? '').trim().split(/\s+/)
  if (scheme?.toLowerCase() !== 'token') return undefined
  if (rest.length === 0) throw unauthenticated('Invalid token. No credentials provided.')
  if (rest.length > 1) throw unauthenticated('Invalid token. Token string should not contain spaces.')
  return rest[0]
}

/** The actor as seen from an address: what is held in organizations that are closed to it does not count (platform.md §1.9). */
const actorAt = (actor: Actor, address: string): Actor => ({
  ...actor,
  ip_address: address,
  grants: actor.is_staff || actor.is_support ? actor.grants : actor.grants.filter((grant) => admits(grant.networks, address)),
})

const expired = (session: Session) => session.token_lifetime !== null && session.used + session.token_lifetime * 1000 <= Date.now()

/** `listenTo` is the database whose notifications drop what is kept; while it is away nothing is kept. */
export function createAuthenticator(source: SessionSource, listenTo: string): Authenticator {
  const kept = new Map<string, { session: Session; until: number }>()
  const listener = listen(listenTo, (userId) => {
    if (userId === '*') return kept.clear()
    for (const [key, { session }] of kept) if (session.actor.id === Number(userId)) kept.delete(key)
  })

  async function load(key: string, find: () => Promise<Session | undefined>, fresh = false): Promise<Session | undefined> {
    const known = kept.get(key)
    if (known && !fresh && known.until > Date.now()) return known.session
    kept.delete(key)
    const before = listener.generation()
    const session = await find()
    // What changed while the answer was under way must not be kept.
    if (session && listener.connected() && listener.generation() === before) {
      if (kept.size >= KEPT_MAX) kept.clear()
      kept.set(key, { session, until: Date.now() + KEPT_MS })
    }
    return session
  }

  async function slide(session: Session): Promise<void> {
    const every = Math.min(MARK_EVERY_MS, (session.token_lifetime ?? Number.POSITIVE_INFINITY) * 100)
    if (Date.now() - session.used < every) return
    session.used = Date.now()
    await source.markUsed(session.actor.id)
  }

  return {
    authenticate: async (authorization, address) => {
      const token = readHeader(authorization)
      if (token === undefined) return undefined
      const digest = tokenDigest(token)
      const key = digest.toString('base64')
      const find = () => source.findByToken(digest)
      let session = await load(key, find)
      // Another server may have moved the start of its lifetime since.
      if (session && expired(session)) session = await load(key, find, true)
      if (!session) throw unauthenticated('Invalid token.')
      if (!session.is_active) throw unauthenticated('User inactive or deleted.')
      if (expired(session)) throw unauthenticated('Token has expired.')
      await slide(session)
      return actorAt(session.actor, address)
    },
    impersonate: async (uuid, staff) => {
      const session = await load(`user:${uuid}`, () => source.findByUser(uuid))
      if (!session) return undefined
      if (session.used === 0) throw forbidden('Unable to impersonate user that does not have an active session.')
      const { username, full_name } = staff
      return { ...actorAt(session.actor, staff.ip_address), impersonator: { uuid: staff.uuid, username, full_name } }
    },
    settle: () => listener.settle(),
    close: () => listener.close(),
  }
}

/** Longest wait for what others changed; a request that changed something is answered after it in any case. */
const SETTLE_MAX_MS = 1000

/** Ends a connection without a word: the other side does not answer. */
const destroy = (client: pg.Client) =>
  (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy()

/** A connection that only hears `actor` notifications, opened again when it breaks. */
function listen(url: string, heard: (userId: string) => void) {
  let client: pg.Client | undefined
  let ready = false
  let closed = false
  let heardSoFar = 0
  let retry: NodeJS.Timeout | undefined

  const tell = (userId: string) => {
    heardSoFar++
    heard(userId)
  }
  const lost = () => {
    if (!ready && retry) return
    ready = false
    tell('*')
    if (!closed) retry = setTimeout(connect, 500)
  }
  async function connect() {
    retry = undefined
    client = new pg.Client({ connectionString: url, application_name: 'tradepost actors', keepAlive: true, connectionTimeoutMillis: 5000 })
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', (message) => tell(message.payload ?? '*'))
    try {
      await client.connect()
      await client.query('listen actor')
      ready = true
      tell('*')
    } catch {
      lost()
    }
  }
  void connect()

  // PostgreSQL hands a listener what was committed before its next query ends. Those who come while one is under way share
  // the next, so that many writers cost few queries.
  let underWay: Promise<unknown> | undefined
  let following: Promise<unknown> | undefined
  const ask = async () => {
    if (!ready || !client) return
    const asked = client
    // A listener that hears nothing any more is taken for lost, and nothing is kept until another listens.
    const silent = setTimeout(() => destroy(asked), SETTLE_MAX_MS)
    await asked.query('select 1').catch(() => undefined)
    clearTimeout(silent)
  }
  function settle(): Promise<unknown> {
    if (!underWay) {
      underWay = ask().finally(() => {
        underWay = following
        following = undefined
      })
      return underWay
    }
    following ??= underWay.then(ask).finally(() => {
      underWay = following
      following = undefined
    })
    return following
  }
  return {
    settle: async () => {
      await settle()
    },
    connected: () => ready,
    generation: () => heardSoFar,
    close: async () => {
      closed = true
      clearTimeout(retry)
      const last = client
      if (!last) return
      const silent = setTimeout(() => destroy(last), SETTLE_MAX_MS)
      await last.end().catch(() => undefined)
      clearTimeout(silent)
    },
  }
}
