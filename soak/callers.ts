// Those who ask over the network: a server that was ended answers nobody, which is told as 503.
import { Agent, request } from 'node:http'
import type { Answer, Files } from '../tests/support/client.ts'
import type { Caller } from '../tests/support/races.ts'

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const MAX_MS = 30_000

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
export type Sent = { method: string; path: string; body?: string | Buffer | undefined; headers?: { [name: string]: string } }

/** No answer came: whether it was done is not known. */
export const AWAY = 'no answer'

/** Sends one request; an answer of 503 with the text `AWAY` when there was none. */
export function ask(base: string, token: string | undefined, { method, path, body, headers = {} }: Sent): Promise<Answer> {
  const url = new URL(path, base)
  return new Promise((done) => {
    const away = () => done({ status: 503, body: undefined, headers: {}, text: AWAY })
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path: `${url.pathname}${url.search}`,
        agent,
        timeout: MAX_MS,
        headers: {
          ...(token ? { authorization: `Token ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', away)
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString()
          const json = answer.headers['content-type']?.includes('json') && text !== ''
          done({
            status: answer.statusCode ?? 0,
            body: json ? parsed(text) : undefined,
            headers: answer.headers as Answer['headers'],
            text,
          })
        })
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('late')))
    sent.on('error', away)
    sent.end(body)
  })
}

function parsed(text: string): Answer['body'] {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A client as races take it; each request goes to the server that `base` names then. */
export const caller = (base: () => string, token: string): Caller => {
  const send =
    (method: string) =>
    (path: string, body?: unknown, options: { headers?: { [name: string]: string } } = {}) =>
      ask(base(), token, {
        method,
        path: path.replace(/^https?:\/\/[^/]+/, ''),
        body: body === undefined ? undefined : JSON.stringify(body),
        ...options,
      })
  return { post: send('POST'), patch: send('PATCH'), delete: send('DELETE') }
}

/** A form with files, as bytes and the type that they are sent under. */
export async function formOf(files: Files): Promise<{ body: Buffer; headers: { [name: string]: string } }> {
  const form = new FormData()
  for (const [name, value] of Object.entries(files)) for (const one of [value].flat()) form.append(name, one as string)
  const encoded = new Response(form)
  return { body: Buffer.from(await encoded.arrayBuffer()), headers: { 'content-type': encoded.headers.get('content-type') ?? '' } }
}
