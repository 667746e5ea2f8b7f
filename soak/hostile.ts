// Bytes that mean harm, on connections of their own, beside everybody else. What is sent is a table.
import { connect } from 'node:net'
import { pick } from '../tests/support/random.ts'
import { AWAY } from './callers.ts'
import type { Soak } from './soak.ts'

export type Target = { host: string; port: number; token: string }

export type Hostile = {
  name: string
  bytes: (target: Target) => Buffer
  /** On so many connections at once; one unless said. */
  times?: number
  /** Every answer is one of these, where that is said; 429 and 503 may always be. */
  statuses?: readonly number[]
}

const form = (type: string, body: string) =>
  Buffer.from(
    `POST /api-auth/password/ HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  )

export const HOSTILE: readonly Hostile[] = [
  { name: 'no protocol', bytes: () => Buffer.from('\0\0\0\0GET / HTTP/9\r\n\r\n') },
  { name: 'cut off', bytes: () => Buffer.from('POST /api/marketplace-orders/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a"') },
  { name: 'absolute target', bytes: () => Buffer.from('GET http://x/api/users/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n') },
  { name: 'long header', bytes: () => Buffer.from(`GET /api/ HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(60_000)}\r\n\r\n`) },
  { name: 'delimiters', bytes: () => form('multipart/form-data; boundary=b', '\r\n--b'.repeat(20_000)) },
  { name: 'pairs', bytes: () => form('application/x-www-form-urlencoded', 'a&'.repeat(20_000)) },
  { name: 'nesting', bytes: () => form('application/json', '['.repeat(50_000)) },
]

const EACH_MS = 500
const HEARD_MS = 3000

/** Sends one of the table every so often; servers must go on answering everybody else. */
export async function hostile(soak: Soak, token: string, table: readonly Hostile[] = HOSTILE): Promise<void> {
  while (!soak.over()) {
    const { name, bytes, times = 1, statuses } = pick(soak.random, table)
    const { hostname, port } = new URL(soak.anyServer())
    const target = { host: hostname, port: Number(port), token }
    const heard = await Promise.all(Array.from({ length: times }, () => send(target, bytes(target))))
    for (const text of heard) {
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 503)
      soak.heard('hostile', { method: 'BYTES', path: name }, { status, text: text === '' ? AWAY : text })
      if (statuses && ![429, 503, ...statuses].includes(status)) soak.depart(`${name} was answered ${status}`)
    }
    await new Promise((done) => setTimeout(done, EACH_MS))
  }
}

function send({ host, port }: Target, bytes: Buffer): Promise<string> {
  return new Promise((done) => {
    let heard = ''
    const socket = connect(port, host, () => socket.write(bytes))
    socket.setTimeout(HEARD_MS, () => socket.destroy())
    socket.on('data', (part) => {
      heard += part.toString('latin1').slice(0, 1000)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done(heard))
  })
}
