// Connections of those who have shown no token: so many of one address, and no more. Past that the oldest goes and the newest stays:
// whoever holds connections open loses them, and who shares an address with them still gets in.
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { admits, neighbourhoodOf } from '../auth/networks.ts'

const NAMED: { readonly [name: string]: string } = {
  loopback: '127.0.0.0/8,::1/128',
  linklocal: '169.254.0.0/16,fe80::/10',
  uniquelocal: '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7',
}

/** The networks of proxies, whose connections carry the requests of many. */
const networksOf = (proxies: readonly string[]): string => proxies.map((one) => NAMED[one] ?? one).join(',')

/** Bounds the connections of a server; what it returns takes out of the count a connection on which a token was shown. */
export function boundConnections(server: Server, most: number, proxies: readonly string[]): (socket: Socket) => void {
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
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress
    if (most === 0 || address === undefined || (trusted !== '' && admits(trusted, address))) return
    const home = neighbourhoodOf(address)
    const others = strangers.get(home) ?? new Set()
    strangers.set(home, others.add(socket))
    homes.set(socket, home)
    socket.once('close', () => leave(socket))
    const [oldest] = others
    if (others.size > most) oldest?.destroy()
  })
  return leave
}
