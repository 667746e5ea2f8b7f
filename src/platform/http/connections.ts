// Connections and what may come over them: in time, not too many of one address, not too much at once over one.
// Of those who have shown no token an address has so many, and no more: past that the oldest goes and the newest stays. Whoever holds
// connections open loses them, and who shares an address with them still gets in.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { admits, neighbourhoodOf } from '../auth/networks.ts'
import type { ServerLimits } from '../config.ts'
import { valueAt } from '../keyed.ts'

/** How often connections are looked at for requests that do not come to their end. */
const LOOKED_AT_MS = 1000
/** A connection on which nothing passes for so long is cut, while it is answered too: nobody reads. */
const STALLED_MS = 60_000
/** How long one is kept for a next request. */
const KEPT_MS = 72_000
/** Requests on a connection that wait behind each other. Hardly a client sends a second before the first is answered. */
const UNANSWERED_MAX = 20

const NAMED: { readonly [name: string]: string } = {
  loopback: '127.0.0.0/8,::1/128',
  linklocal: '169.254.0.0/16,fe80::/10',
  uniquelocal: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7',
}

/** The networks of proxies, whose connections carry the requests of many. */
const networksOf = (proxies: readonly string[]): string => proxies.map((one) => valueAt(NAMED, one) ?? one).join(',')

/** Who has shown no token, by address; `leave` takes a connection out of the count. */
function strangersOf(most: number, proxies: readonly string[]) {
  const trusted = networksOf(proxies)
  const strangers = new Map<string, Set<Socket>>()
  const homes = new WeakMap<Socket, string>()
  const leave = (socket: Socket) => {
    const home = homes.get(socket)
    if (home === undefined) return
    homes.delete(socket)
    const others = strangers.get(home)
    others?.delete(socket)
    if (others?.size === 0) strangers.delete(home)
  }
  const enter = (socket: Socket) => {
    const address = socket.remoteAddress
    if (most === 0 || address === undefined || (trusted !== '' && admits(trusted, address))) return
    const home = neighbourhoodOf(address)
    const others = strangers.get(home) ?? new Set()
    strangers.set(home, others.add(socket))
    homes.set(socket, home)
    socket.once('close', () => leave(socket))
    const [oldest] = others
    if (others.size > most) oldest?.destroy()
  }
  return { enter, leave }
}

/** Hands on what comes over a connection, until too much of it waits for its answer: then the connection ends, and all that came with it. */
function inPatience(handler: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>()
  return (request, response) => {
    const { socket } = request
    if (socket.destroyed) return
    const waiting = (unanswered.get(socket) ?? 0) + 1
    unanswered.set(socket, waiting)
    if (waiting > UNANSWERED_MAX) return void socket.destroy()
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))
    handler(request, response)
  }
}

/** Makes servers that bear no more than the limits say. `tokenShown` takes a connection out of those that are counted by address. */
export function boundedServers({ headersMs, requestMs, connectionsPerAddress }: ServerLimits, proxies: readonly string[]) {
  const { enter, leave } = strangersOf(connectionsPerAddress, proxies)
  const options = {
    // Node exchanges the two when the whole has less time than its beginning.
    headersTimeout: Math.min(headersMs, requestMs),
    requestTimeout: requestMs,
    keepAliveTimeout: KEPT_MS,
    connectionsCheckingInterval: LOOKED_AT_MS,
  }
  const serve = (handler: RequestListener): Server =>
    createServer(options, inPatience(handler)).setTimeout(STALLED_MS).on('connection', enter)
  return { serve, tokenShown: leave }
}
