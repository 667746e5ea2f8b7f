// Ordinary users, on a thread of their own so that only the server can make them wait: a few at once, each asking one thing after
// another, until they are told to stop. Their answers go back as how long each took.
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

export type Asking = { method: string; path: string; token: string; body?: string }
export type Users = { port: number; asking: readonly Asking[]; atOnce: number }
/** Milliseconds of each answer; what else was answered than success. */
export type Served = { took: number[]; failures: string[] }

const { port, asking, atOnce }: Users = workerData
const agent = new Agent({ keepAlive: true })
const PAUSE_MS = 20

const ask = ({ method, path, token, body }: Asking): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Token ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const asked = request({ host: '127.0.0.1', port, method, path, agent, headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0))
    })
    asked.on('error', reject)
    asked.end(body)
  })

const served: Served = { took: [], failures: [] }
let going = true
parentPort?.once('message', () => {
  going = false
})

async function user(first: number): Promise<void> {
  for (let i = first; going; i++) {
    const next = asking[i % asking.length] as Asking
    const from = performance.now()
    const said = await ask(next).catch((error: Error) => error.message)
    served.took.push(performance.now() - from)
    if (typeof said !== 'number' || said >= 300) served.failures.push(`${next.method} ${next.path}: ${said}`)
    await pause(PAUSE_MS)
  }
}

await Promise.all(Array.from({ length: atOnce }, (_, i) => user(i)))
parentPort?.postMessage(served)
agent.destroy()
