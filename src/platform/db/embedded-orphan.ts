// A database that outlived its server, and the traces of one that did not end in order.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const ORDERLY_MAX_MS = 20_000

/** Ends a database that still runs on `folder`, in order if it can, so that its data is whole before the next start. */
export async function endOrphan(folder: string): Promise<void> {
  const pid = holderOf(folder)
  if (pid === undefined) {
    clearStale(folder)
    return
  }
  const until = Date.now() + ORDERLY_MAX_MS
  // SIGINT asks for a quick and orderly end; SIGQUIT leaves it to recovery, which is as safe and takes no waiting.
  signal(pid, 'SIGINT')
  while (isDatabaseOf(pid, folder)) {
    if (Date.now() > until) signal(pid, 'SIGQUIT')
    await pause(25)
  }
  clearStale(folder)
}

/**
 * Removes the process file when its number belongs to somebody else by now: PostgreSQL would take that for a running
 * database. A number that nobody has is left to PostgreSQL, which then also looks for remaining processes.
 */
export function clearStale(folder: string): void {
  const pid = noted(folder)
  if (pid !== undefined && isAlive(pid) && !isDatabaseOf(pid, folder)) rmSync(fileOf(folder), { force: true })
}

const fileOf = (folder: string) => join(folder, 'postmaster.pid')

function noted(folder: string): number | undefined {
  if (!existsSync(fileOf(folder))) return undefined
  const pid = Number(readFileSync(fileOf(folder), 'utf8').split('\n')[0])
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

function holderOf(folder: string): number | undefined {
  const pid = noted(folder)
  return pid !== undefined && isAlive(pid) && isDatabaseOf(pid, folder) ? pid : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM'
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended meanwhile.
  }
}

/** Process numbers are used again: only a process that works in the folder, or names it, is its database. */
function isDatabaseOf(pid: number, folder: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
    return /\bpostgres\b/.test(execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }))
  } catch {
    return false
  }
}
