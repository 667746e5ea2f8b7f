// PostgreSQL that comes with the product: the real server's binaries on a folder under DATA_DIR, reached by loopback.
// One process at a time owns a data folder. The database ends with that process, however it ends.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { binaryFolder, EmbeddedError, type ServiceUser, serviceUser } from './embedded-binaries.ts'
import { clearStale, endOrphan } from './embedded-orphan.ts'

export { EmbeddedError } from './embedded-binaries.ts'

export type Embedded = { url: string; stop: () => Promise<void> }

export type EmbeddedOptions = {
  /** False trades safety for speed: for tests, whose data nobody misses. */
  durable?: boolean
  /** Told when the database ended by itself and is started again. */
  onRestart?: (reason: string) => void
}

const DATABASE = 'tradepost'
const READY_MAX_MS = 60_000
const PORT_TRIES = 3

/**
 * Starts the database of `dataDir`, made there when absent, and keeps it running until `stop`.
 * Throws EmbeddedError, one line, when the folder is in use, cannot be written or holds no usable database.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const home = resolve(dataDir)
  prepareFolder(home)
  const unlock = lock(home)
  try {
    const user = serviceUser()
    const cluster: Cluster = { home, folder: join(home, 'postgres'), bin: binaryFolder(user), user, durable: options.durable !== false }
    if (!existsSync(join(cluster.folder, 'PG_VERSION'))) initialize(cluster)
    await endOrphan(cluster.folder)
    const running = await launchOnFreePort(cluster)
    const guarded = guard(cluster, running, options.onRestart)
    return {
      url: urlOf(home, running.port),
      stop: async () => {
        await guarded.stop()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** The address of the database that another process runs on `dataDir`, or undefined when none answers there. */
export async function findEmbedded(dataDir: string): Promise<string | undefined> {
  const home = resolve(dataDir)
  const file = join(home, 'postgres', 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const port = Number(readFileSync(file, 'utf8').split('\n')[3])
  const url = urlOf(home, port)
  return port && (await answers(url)) === 'yes' ? url : undefined
}

type Cluster = { home: string; folder: string; bin: string; user: ServiceUser | undefined; durable: boolean }
type Running = { port: number; process: ChildProcess; ended: Promise<void> }

function prepareFolder(home: string): void {
  try {
    mkdirSync(home, { recursive: true })
    const probe = join(home, `.probe-${process.pid}`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new EmbeddedError(`DATA_DIR=${home} cannot be written: ${(error as Error).message}`)
  }
}

// Node has no flock. SQLite's file lock is the kernel's and goes with the process, kill -9 included; nothing is stored in it.
const held = new Set<DatabaseSync>()

function lock(home: string): () => void {
  const file = new DatabaseSync(join(home, 'lock'))
  try {
    file.exec('begin exclusive')
  } catch {
    file.close()
    throw new EmbeddedError(`DATA_DIR=${home} is in use by another Tradepost server; stop it or set another DATA_DIR`)
  }
  // Whoever forgets the handle must not lose the lock to the garbage collector.
  held.add(file)
  return () => {
    held.delete(file)
    file.close()
  }
}

function passwordOf(home: string): string {
  const path = join(home, 'postgres-password')
  if (!existsSync(path)) writeFileSync(path, randomBytes(16).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

const urlOf = (home: string, port: number) => `postgres://postgres:${passwordOf(home)}@127.0.0.1:${port}/${DATABASE}`

// The service user may have no way through the parents of the data folder (/root): it is put into the folder while still
// root and names it by this link from then on, which asks for no permission on the way.
const HERE = process.platform === 'linux' ? '/proc/self/cwd' : '.'

/** Makes the cluster beside its place and moves it there when whole: a start that was killed leaves no half of one. */
function initialize({ home, folder, bin, user, durable }: Cluster): void {
  const draft = `${folder}.new`
  const secret = join(home, '.initial-password')
  rmSync(draft, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
  try {
    mkdirSync(draft, { mode: 0o700 })
    writeFileSync(secret, passwordOf(home), { mode: 0o600 })
    if (user) for (const path of [draft, secret]) chownSync(path, user.uid, user.gid)
    const handed = openSync(secret, 'r')
    const words = ['-D', HERE, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile=/dev/fd/3', '-E', 'UTF8', '--locale=C.UTF-8']
    if (!durable) words.push('--no-sync')
    try {
      execFileSync(join(bin, 'initdb'), words, { ...user, cwd: draft, stdio: ['ignore', 'ignore', 'pipe', handed] })
    } finally {
      closeSync(handed)
    }
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw new EmbeddedError(
      `The database cannot be made in ${folder}: ${complaint(String((error as { stderr?: unknown }).stderr ?? error))}`,
    )
  } finally {
    rmSync(secret, { force: true })
  }
}

// What PostgreSQL notes of our own asking whether it is there yet.
const PASSING = /database system is (starting up|shutting down|not yet accepting)|database "\w+" does not exist/

/** The line of PostgreSQL's output that says what went wrong. */
function complaint(output: string): string {
  const lines = output
    .trim()
    .split('\n')
    .filter((text) => !PASSING.test(text))
  const line = lines.findLast((text) => /FATAL|PANIC|error:|could not/.test(text)) ?? lines.at(-1) ?? 'no reason given'
  return line.replace(/^.*?(FATAL|PANIC|initdb: error|error):\s*/, '')
}

const SETTINGS: { [name: string]: string } = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements are the caller's affair; the file is for what ends the database.
  log_min_messages: 'fatal',
}
const CARELESS: { [name: string]: string } = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

// The database must not get the terminal's Ctrl-C, or it would end before the requests that use it: it runs in a session
// of its own. This shell ends it in order when the pipe on its input closes, which the kernel does if we are killed.
const KEEPER = `exec 3<&0
"$@" 3<&- </dev/null &
database=$!
{ read -r _ <&3; kill -INT "$database"; } &
watcher=$!
exec 3<&-
wait "$database"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"`

function launch(cluster: Cluster, port: number): Running {
  const settings = { ...SETTINGS, ...(cluster.durable ? {} : CARELESS), port: String(port) }
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logOf(cluster), 'w', 0o600)
  const child = spawn('/bin/sh', ['-c', KEEPER, 'sh', join(cluster.bin, 'postgres'), '-D', HERE, ...words], {
    ...cluster.user,
    cwd: cluster.folder,
    stdio: ['pipe', log, log],
    detached: true,
  })
  closeSync(log)
  child.stdin?.on('error', () => undefined)
  const ended = new Promise<void>((done) => {
    child.once('exit', () => done())
    child.once('error', () => done())
  })
  return { port, process: child, ended }
}

const logOf = ({ home }: Cluster) => join(home, 'postgres.log')
const hasEnded = ({ process: child }: Running) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined

async function launchOnFreePort(cluster: Cluster): Promise<Running> {
  for (let tries = 1; ; tries++) {
    const running = launch(cluster, await freePort())
    const reason = await untilReady(cluster, running)
    if (reason === undefined) return running
    // Somebody took the port, or processes of a database whose server was killed are still going.
    const passing = /TCP\/IP sockets|Address already in use/.test(reason) ? tries < PORT_TRIES : /still in use/.test(reason) && tries < 100
    if (!passing) throw new EmbeddedError(`The embedded database did not start: ${reason}`)
    await pause(100)
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Waits until the database answers; the reason when it ended instead. */
async function untilReady(cluster: Cluster, running: Running): Promise<string | undefined> {
  const url = urlOf(cluster.home, running.port)
  for (const start = Date.now(); Date.now() - start < READY_MAX_MS; await pause(25)) {
    if (hasEnded(running)) return complaint(readFileSync(logOf(cluster), 'utf8'))
    const answer = await answers(url)
    if (answer === 'no database') await createDatabase(url)
    if (answer !== 'no') return undefined
  }
  running.process.stdin?.end()
  return `no answer within ${READY_MAX_MS / 1000} seconds`
}

const UNKNOWN_DATABASE = '3D000'

async function answers(url: string): Promise<'yes' | 'no' | 'no database'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return 'yes'
  } catch (error) {
    return (error as { code?: unknown }).code === UNKNOWN_DATABASE ? 'no database' : 'no'
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/[^/]+$/, 'postgres') })
  await client.connect()
  try {
    await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

const RESTART_MIN_MS = 250
const RESTART_MAX_MS = 20_000

/** Starts the database again, on its port, when it ended without being asked to. */
function guard(cluster: Cluster, first: Running, onRestart: (reason: string) => void = () => undefined) {
  let running = first
  let stopping = false
  const halted = new AbortController()
  const watch = async () => {
    for (let wait = RESTART_MIN_MS; !stopping; ) {
      const since = Date.now()
      await running.ended
      if (stopping) return
      onRestart(complaint(readFileSync(logOf(cluster), 'utf8')))
      // One that cannot stay, on a full disk say, is tried less and less often.
      wait = Date.now() - since > RESTART_MAX_MS ? RESTART_MIN_MS : Math.min(wait * 2, RESTART_MAX_MS)
      await pause(wait, undefined, { signal: halted.signal }).catch(() => undefined)
      clearStale(cluster.folder)
      if (!stopping) running = launch(cluster, running.port)
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      stopping = true
      halted.abort()
      running.process.stdin?.end()
      await running.ended
      await watching
    },
  }
}
