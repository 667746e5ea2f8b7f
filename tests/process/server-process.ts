// The server as an operator starts it: a process of its own, told by environment, watched by its output.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { environment, MEMORY } from '../../tools/install.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
// As npm start does it.
const OF_STARTS = Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('MALLOC_')))

const SAID_MAX_MS = 15_000

export type Ended = { code: number | null; output: string; errors: string }

export type Running = {
  url: string
  process: ChildProcess
  /** What it wrote to its standard output so far. */
  output: () => string
  /** Resolves when its standard output contains `text`. */
  untilSaid: (text: string) => Promise<void>
  ended: Promise<Ended>
}

/** A command of the product, run to its end. */
export const tradepost = (words: string[], env: { [name: string]: string }): Promise<Ended> => begin(words, env).ended

/** Starts a server and waits until it says where it is; fails with what it wrote when it ends instead. */
export async function startServer(env: { [name: string]: string }, words: string[] = []): Promise<Running> {
  const port = env.PORT ?? String(await freePort())
  const started = begin(['serve', ...words], { ...env, PORT: port })
  await started.untilSaid('Data is in')
  return { ...started, url: `http://127.0.0.1:${port}` }
}

/** A worker beside servers with WORKER=off; ready when this resolves. */
export async function startWorker(env: { [name: string]: string }): Promise<Omit<Running, 'url'>> {
  const started = begin(['worker'], env)
  await started.untilSaid('The worker runs.')
  return started
}

function begin(words: string[], env: { [name: string]: string }): Omit<Running, 'url'> {
  const child = spawn(process.execPath, [...MEMORY, `${root}src/main.ts`, ...words], {
    cwd: root,
    // A group of its own, so that a test can end all of it at once.
    detached: true,
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: `${root}node_modules/.cache/tradepost`, ...OF_STARTS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const ended = new Promise<Ended>((done) => child.once('close', (code) => done({ code, output, errors })))
  const untilSaid = (text: string) =>
    new Promise<void>((done, failed) => {
      const late = setTimeout(() => failed(new Error(`Not said within ${SAID_MAX_MS} ms: ${text}\n${output}${errors}`)), SAID_MAX_MS)
      const look = () => {
        if (!output.includes(text)) return
        clearTimeout(late)
        done()
      }
      child.stdout.on('data', look)
      look()
      void ended.then(() => failed(new Error(`The server ended: ${errors}`)))
    })
  return { process: child, output: () => output, untilSaid, ended }
}

/** Ends the server's whole process group without a word. */
export async function killGroup({ process: child, ended }: Pick<Running, 'process' | 'ended'>): Promise<void> {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  await ended
}

export async function stop(running: Running): Promise<Ended> {
  running.process.kill('SIGTERM')
  return running.ended
}

export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
