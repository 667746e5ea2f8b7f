// Brings what the project needs onto a machine that has Node 20 or newer and npm, and only when it is missing.
// No dependencies: it runs before there are any, on whatever Node the machine has.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = `${root}node_modules`
/** The project's own Node, whatever the machine has. */
export const node = `${modules}/.bin/node`

/** Installs the locked packages unless they already are. Two at once: the second waits for the first. */
export async function ensureInstalled() {
  if (isInstalled()) return
  const unlock = await lock(`${root}.installing`)
  try {
    if (!isInstalled()) install()
  } finally {
    unlock()
  }
}

// npm notes what it put there, after everything else: that note is compared with the lock file, so that an installation by
// hand counts too and one that was broken off does not.
function isInstalled() {
  if (!existsSync(node)) return false
  try {
    const wanted = readPackages(`${root}package-lock.json`)
    const present = readPackages(`${modules}/.package-lock.json`)
    const holds = ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version
    return Object.entries(wanted).every(holds)
  } catch {
    return false
  }
}

const readPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages

function install() {
  const started = Date.now()
  process.stderr.write('Installing what is needed (once) …\n')
  // Whatever the user's settings say: the checks and Node itself are among the packages, and two of them set themselves up.
  const words = ['ci', '--include=dev', '--include=optional', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const [program, first] = npm && /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  const done = spawnSync(program, [...first, ...words], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (done.status === 0 && isInstalled()) {
    process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`)
    return
  }
  process.stderr.write(
    `${done.stderr ?? ''}The packages could not be installed${done.error ? `: ${done.error.message}` : ': npm says why above'}.\n`,
  )
  process.exit(1)
}

async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') {
        process.stderr.write(`${root} cannot be written: ${error.message}\n`)
        process.exit(1)
      }
      if (!isHeld(path)) rmSync(path, { force: true })
      await new Promise((done) => setTimeout(done, 200))
    }
  }
  return () => rmSync(path, { force: true })
}

function isHeld(path) {
  try {
    process.kill(Number(readFileSync(path, 'utf8')) || -1, 0)
    return true
  } catch {
    return false
  }
}

// The heap is kept small by collecting early: without these the server takes twice the memory under load, at the same pace.
export const MEMORY = ['--max-semi-space-size=4', '--heap-growing-percent=40']

// Code that was read once is kept compiled: later starts take less time, and 30 MB less memory without the type stripper.
const cache = `${modules}/.cache/tradepost`
// Memory that was freed is given back from 128 kB on; left to itself the allocator raises that limit with what it sees.
const returned = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' }
export const environment = { NODE_COMPILE_CACHE: cache, ...returned, ...process.env }

/**
 * Reads all code once by a process that ends, when it changed since, so that no server carries the type stripper. Under the
 * server's own flags: compiled code is kept apart for each set of them.
 */
export function warm() {
  const stamp = `${cache}/stamp`
  const source = `${root}src`
  const newest = Math.max(...readdirSync(source, { recursive: true }).map((name) => statSync(`${source}/${name}`).mtimeMs))
  const wanted = `${newest} ${MEMORY.join(' ')}`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  const done = spawnSync(node, [...MEMORY, `${root}tools/warm.mjs`], { env: environment, stdio: 'ignore' })
  if (done.status !== 0) return
  try {
    writeFileSync(stamp, wanted)
  } catch {
    // A folder that cannot be written costs time and memory, nothing else.
  }
}

/** Runs the product with its own Node, passing signals on, and ends as it ends. */
export function run(words) {
  warm()
  const child = spawn(node, [...MEMORY, `${root}src/main.ts`, ...words], { stdio: 'inherit', env: environment })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)))
}
