// Bytes that mean harm, on connections of their own, beside everybody else. What is sent is a table.
import { connect } from 'node:net'
import { pick } from '../tests/support/random.ts'
import type { Soak } from './soak.ts'

export type Hostile = { name: string; bytes: () => Buffer }

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
export async function hostile(soak: Soak, table = HOSTILE): Promise<void> {
  while (!soak.over()) {
    const { name, bytes } = pick(soak.random, table)
    const text = await send(soak.anyServer(), bytes())
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 503)
    soak.heard('hostile', { method: 'BYTES', path: name }, { status, text: text === '' ? 'no answer' : text })
    await new Promise((done) => setTimeout(done, EACH_MS))
  }
}

function send(base: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(base)
  return new Promise((done) => {
    let heard = ''
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    socket.setTimeout(HEARD_MS, () => socket.destroy())
    socket.on('data', (part) => {
      heard += part.toString('latin1').slice(0, 1000)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done(heard))
  })
}
