// Begins the server and its ordinary users, attacks it, and tells what it bore. For npm test and the soak run.
import { fork } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import type { Attack } from './attacks.ts'
import type { Served, Users } from './ordinary.ts'
import type { Borne } from './served.ts'
import { exchange, type Target } from './wire.ts'

export type Besieged = {
  port: number
  /** What it bore since this was asked last. */
  borne: () => Promise<Borne>
  /** Whether it lives. */
  lives: () => boolean
  stop: () => Promise<void>
}

/** A server with the settings, in a process of its own; it ends with this one. */
export async function besiege(port: number, env: { [name: string]: string }): Promise<Besieged> {
  const child = fork(new URL('./served.ts', import.meta.url), {
    env: { PATH: process.env.PATH, PORT: String(port), ...env } as never,
    stdio: 'inherit',
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const said = <T>() =>
    new Promise<T>((done, failed) => {
      child.once('message', (message) => done(message as T))
      void ended.then(() => failed(new Error('The server ended')))
    })
  await said<'ready'>()
  return {
    port,
    borne: () => {
      const answer = said<Borne>()
      child.send('borne')
      return answer
    },
    lives: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      child.disconnect()
      await ended
    },
  }
}

/** Ordinary users of a server; what they were answered once they are told to stop. */
export function ordinaryUsers(users: Users): { stop: () => Promise<Served> } {
  const worker = new Worker(new URL('./ordinary.ts', import.meta.url), { workerData: users })
  const served = new Promise<Served>((done, failed) => worker.once('message', done).once('error', failed))
  return {
    stop: () => {
      worker.postMessage('stop')
      return served.finally(() => worker.terminate())
    },
  }
}

/** The slowest of the fastest 99 in a hundred. */
export const p99 = (took: readonly number[]): number => [...took].sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0

const ALWAYS = [429, 503]
const STALL_MAX_MS = 200
const TRIES = 3

/** What an attack got that it should not have: answers, a stall of every one of three tries, or the server itself. */
export async function departuresOf(attack: Attack, target: Target, server: Besieged): Promise<{ departures: string[]; borne: Borne }> {
  const all: Borne = { stallMs: Number.POSITIVE_INFINITY, rssBytes: 0 }
  for (let tries = 1; tries <= TRIES && all.stallMs > STALL_MAX_MS; tries++) {
    await server.borne()
    const answers = (await Promise.all(Array.from({ length: attack.times ?? 1 }, () => exchange(target, attack.bytes(target))))).flat()
    if (!server.lives()) return { departures: [`${attack.name}: the server ended`], borne: all }
    const { stallMs, rssBytes } = await server.borne()
    all.stallMs = Math.min(all.stallMs, stallMs)
    all.rssBytes = Math.max(all.rssBytes, rssBytes)
    const wrong = [...new Set(answers.filter((status) => !attack.statuses.includes(status) && !ALWAYS.includes(status)))]
    if (wrong.length > 0) return { departures: [`${attack.name}: answered ${wrong.join(', ')}`], borne: all }
  }
  return { departures: all.stallMs > STALL_MAX_MS ? [`${attack.name}: stood still for ${Math.round(all.stallMs)} ms`] : [], borne: all }
}
