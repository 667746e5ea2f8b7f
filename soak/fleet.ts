// Two servers and a worker on one database, any of which may be killed at any moment and is begun again at once.
import { readFileSync } from 'node:fs'
import { freePort, killGroup, startServer, startWorker } from '../tests/process/server-process.ts'

type Begun = Awaited<ReturnType<typeof startWorker>>
type Slot = { name: string; start: () => Promise<Begun>; running: Begun | undefined; largest: number }

export type Fleet = {
  /** Addresses of the servers, whether or not they live. */
  urls: readonly string[]
  /** Kills one without a word and begins it again; says which. */
  kill: (i: number) => Promise<string>
  /** Whether all live, and when one last did not. */
  whole: () => boolean
  lastAway: () => number
  /** Megabytes that each held at most so far, by name. */
  memory: () => { [name: string]: number }
  stop: () => Promise<void>
}

const PAGE = 4096
const TRIES = 3

export async function startFleet(env: { [name: string]: string }): Promise<Fleet> {
  const ports = [await freePort(), await freePort()]
  const server = (port: number) => () => startServer({ ...env, PORT: String(port) })
  const slots: Slot[] = [
    ...ports.map((port, i) => ({ name: `server ${i + 1}`, start: server(port), running: undefined, largest: 0 })),
    { name: 'worker', start: () => startWorker(env), running: undefined, largest: 0 },
  ]
  let last = 0
  let stopping = false
  // However the run ends, nothing of it stays.
  const endAll = () => {
    for (const { running } of slots) if (running?.process.pid !== undefined) tryKill(running.process.pid)
  }
  process.on('exit', endAll)
  await Promise.all(slots.map(begin))
  const measuring = setInterval(() => slots.forEach(measure), 500)

  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    kill: async (i) => {
      const slot = slots[i % slots.length] as Slot
      const { running } = slot
      if (!running) return slot.name
      slot.running = undefined
      await killGroup(running)
      if (!stopping) await begin(slot)
      last = Date.now()
      return slot.name
    },
    whole: () => slots.every(({ running }) => running !== undefined),
    lastAway: () => last,
    memory: () => Object.fromEntries(slots.map(({ name, largest }) => [name, Math.round(largest)])),
    stop: async () => {
      stopping = true
      clearInterval(measuring)
      process.off('exit', endAll)
      await Promise.all(slots.map(({ running }) => running && killGroup(running)))
    },
  }

  async function begin(slot: Slot): Promise<void> {
    for (let tries = 1; slot.running === undefined; tries++) {
      slot.running = await slot.start().catch((error: unknown) => {
        if (tries >= TRIES) throw error
        return undefined
      })
    }
  }
}

function measure(slot: Slot): void {
  const pid = slot.running?.process.pid
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
    slot.largest = Math.max(slot.largest, (pages * PAGE) / 1e6)
  } catch {
    // It was killed just now, or the system tells no sizes.
  }
}

function tryKill(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
