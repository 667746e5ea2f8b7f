// Bytes to a server as an attacker would send them: whole, in pieces, slowly, or not to their end.
import { connect, type Socket } from 'node:net'

export type Target = { host: string; port: number; token: string }

/** A request as bytes. `token` and `host` are put in, and the length when there is a body and nothing says how long it is. */
export function request(
  { token, host }: Target,
  line: string,
  { headers = {}, body, anonymous = false }: { headers?: { [name: string]: string }; body?: string | Buffer; anonymous?: boolean } = {},
): Buffer {
  const bytes = body === undefined ? undefined : Buffer.from(body as string)
  const all = {
    Host: host,
    Connection: 'close',
    ...(anonymous ? {} : { Authorization: `Token ${token}` }),
    ...(bytes && !headers['Transfer-Encoding'] ? { 'Content-Length': String(bytes.length) } : {}),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), bytes ?? Buffer.alloc(0)])
}

export const open = ({ host, port }: Target): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, host, () => resolve(socket))
    socket.once('error', reject)
  })

const ANSWERED_MAX_MS = 20_000

/** Sends bytes on a connection of their own; the statuses of what was answered until it closed. */
export async function exchange(target: Target, bytes: Buffer): Promise<number[]> {
  const socket = await open(target)
  return new Promise((resolve) => {
    let text = ''
    const late = setTimeout(() => socket.destroy(), ANSWERED_MAX_MS)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
    })
    // Who is refused in the middle of a body may find the connection closed.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(late)
      resolve([...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status)).filter((status) => status !== 100))
    })
    socket.write(bytes)
  })
}
