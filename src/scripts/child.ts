// A program of somebody else's, run beside the server: in a process group and a folder of its own, with nothing of the server's
// environment, bounded in time, memory and output, and gone with all that it began when it ends or is ended.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const TAIL_BYTES = 64 * 1024
const OUTPUT_MAX_BYTES = 4 * 1024 * 1024
const FILE_MAX_BLOCKS = 2 * 1024 * 1024
const PROCESSES_MAX = 64
// What is still in the pipes when the program has ended comes at once, if at all.
const DRAIN_MS = 1000

export type Program = {
  /** Found on PATH; it is given the script's file. */
  interpreter: string
  script: string
  environment: { [name: string]: string }
  maxSeconds: number
  /** Of each of its processes. */
  maxMebibytes: number
  /** Ends it when aborted. */
  signal: AbortSignal
}

export type Ended = {
  how: 'exited' | 'killed' | 'late' | 'talkative' | 'aborted'
  code: number | null
  /** The end of what it wrote, on both streams as it came, and on the first alone. */
  output: string
  stdout: string
}

// Numbers that nobody on a usual machine has. The folder named after one says that it is taken.
const FIRST_USER = 61_184
const USERS = 4336

type Place = { folder: string; user: { uid: number; gid: number } | undefined }

/** A folder of its own, and where the server is root a user too that runs nothing else. */
function takePlace(): Place {
  if (process.getuid?.() !== 0) return { folder: mkdtempSync(join(tmpdir(), 'tradepost-script-')), user: undefined }
  for (let tried = 0; ; tried++) {
    const uid = FIRST_USER + randomInt(USERS)
    const folder = join(tmpdir(), `tradepost-script-user-${uid}`)
    try {
      mkdirSync(folder, { mode: 0o700 })
      return { folder, user: { uid, gid: uid } }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || tried > 100) throw error
    }
  }
}

// The limits are set by a shell that has become the other user already. Beside the program it leaves a watch on a pipe that the
// server holds open: should the server die, so does the group. dash and busybox call the bound on processes -p.
const WRAPPER = `ulimit -c 0; ulimit -v "$1" || exit 126; ulimit -f ${FILE_MAX_BLOCKS}
[ "$2" = 0 ] || ulimit -u "$2" 2>/dev/null || ulimit -p "$2" 2>/dev/null
shift 2; exec 3<&0
{ cat <&3; kill -KILL 0; } >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-`

/** Keeps the last bytes, and says how many came. */
function tail() {
  let parts: Buffer[] = []
  let kept = 0
  let total = 0
  return {
    add: (part: Buffer) => {
      parts.push(part)
      kept += part.length
      total += part.length
      if (kept > 4 * TAIL_BYTES) {
        parts = [Buffer.concat(parts).subarray(-TAIL_BYTES)]
        kept = TAIL_BYTES
      }
    },
    total: () => total,
    // PostgreSQL keeps no NUL in a text.
    text: () => Buffer.concat(parts).subarray(-TAIL_BYTES).toString('utf8').replaceAll('\0', ''),
  }
}

/** Runs a program to its end, whatever that is. Throws when it could not be begun. */
export async function runProgram(program: Program): Promise<Ended> {
  const place = takePlace()
  try {
    return await runIn(place, program)
  } finally {
    remove(place.folder)
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // One that the program closed to the server, which is not root then, stays.
  }
}

async function runIn({ folder, user }: Place, program: Program): Promise<Ended> {
  const [file, work] = [join(folder, 'script'), join(folder, 'work')]
  writeFileSync(file, program.script, { mode: 0o500 })
  mkdirSync(work, { mode: 0o700 })
  if (user) for (const path of [file, work, folder]) chownSync(path, user.uid, user.gid)
  const words = [WRAPPER, 'sh', String(program.maxMebibytes * 1024), user ? String(PROCESSES_MAX) : '0', program.interpreter, file]
  const child = spawn('/bin/sh', ['-c', ...words], {
    cwd: work,
    env: { ...program.environment, HOME: work, TMPDIR: work },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...user,
  })
  const exited = exitOf(child)
  // It was not begun: there is nothing but the reason to wait for.
  if (child.pid === undefined) await exited
  const [both, first] = [tail(), tail()]
  let how: Ended['how'] = 'exited'
  const end = (why: Ended['how']) => {
    if (how === 'exited') how = why
    killGroup(child.pid)
  }
  child.stdin.on('error', () => undefined)
  child.stdout.on('data', first.add)
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      both.add(part)
      if (both.total() > OUTPUT_MAX_BYTES) end('talkative')
    })
  }
  const abort = () => end('aborted')
  const timer = setTimeout(() => end('late'), program.maxSeconds * 1000)
  program.signal.addEventListener('abort', abort)
  if (program.signal.aborted) abort()
  try {
    const { code, signal } = await exited
    // What comes too late for it changes nothing of how it ended.
    clearTimeout(timer)
    program.signal.removeEventListener('abort', abort)
    if (signal && how === 'exited') how = 'killed'
    killGroup(child.pid)
    if (user) await killAllOf(user)
    await Promise.all([drained(child.stdout), drained(child.stderr)])
    return { how, code, output: both.text(), stdout: first.text() }
  } finally {
    clearTimeout(timer)
    program.signal.removeEventListener('abort', abort)
    child.stdin.destroy()
  }
}

type Exit = { code: number | null; signal: NodeJS.Signals | null }

const exitOf = (child: ReturnType<typeof spawn>): Promise<Exit> =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it has ended.
  }
}

/** A process may have left the group; it cannot have left its user. */
async function killAllOf(user: { uid: number; gid: number }): Promise<void> {
  const sweep = spawn('/bin/sh', ['-c', 'kill -KILL -1'], { stdio: 'ignore', env: {}, cwd: '/', ...user })
  await exitOf(sweep).catch(() => undefined)
}

/** Resolves when a stream has ended; one that somebody who got away still holds open is given up. */
const drained = (stream: Readable): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => stream.destroy(), DRAIN_MS)
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    if (stream.closed) return done()
    stream.once('close', done)
  })
