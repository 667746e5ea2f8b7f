// A bounded load of GET requests on loopback: so many connections for so many milliseconds.
import { Agent, request } from 'node:http'

export type Target = { port: number; path: string; headers?: { [name: string]: string } }

/** One GET; resolves with the answer's text, rejects on anything but 200. */
export function get(agent: Agent, { port, path, headers = {} }: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode === 200) resolve(text)
        else reject(new Error(`${path} answered ${answer.statusCode}: ${text.slice(0, 200)}`))
      })
    })
    call.on('error', reject)
    call.end()
  })
}

export type Timed = { status: number; text: string; count: number; ms: number }

/** One request, whatever it answers, with how long it took and the count that a list tells. */
export function timed({ port, path, headers = {} }: Target, sent: { method?: string; body?: unknown; agent?: Agent } = {}): Promise<Timed> {
  const { method = 'GET', agent } = sent
  const body = sent.body === undefined ? undefined : JSON.stringify(sent.body)
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const all = { ...headers, ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}) }
    request({ host: '127.0.0.1', port, path, method, headers: all, ...(agent ? { agent } : {}) }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          text: Buffer.concat(chunks).toString(),
          count: Number(answer.headers['x-result-count'] ?? 0),
          ms: performance.now() - began,
        }),
      )
    })
      .on('error', reject)
      .end(body)
  })
}

/** Requests per second of `connections` callers who each ask again as soon as they are answered. */
export async function rate(target: Target, connections: number, milliseconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const until = performance.now() + milliseconds
  const began = performance.now()
  let answered = 0
  const caller = async () => {
    while (performance.now() < until) {
      await get(agent, target)
      answered++
    }
  }
  await Promise.all(Array.from({ length: connections }, caller))
  const seconds = (performance.now() - began) / 1000
  agent.destroy()
  return answered / seconds
}

/** Milliseconds of one request at a time, the median of `times`. */
export async function latency(target: Target, times: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    await get(agent, target)
    taken.push(performance.now() - began)
  }
  agent.destroy()
  return median(taken)
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The value below which this part of the values lies. */
export const percentile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN
