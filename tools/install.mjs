// Brings what the project needs onto a machine that has Node 20 or newer and npm, and only when it is missing.
// No dependencies: it runs before there are any.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const modules = `${root}node_modules`
const stamp = `${modules}/.installed`
/** The project's own Node, whatever the machine has. */
export const node = `${modules}/.bin/node`

/** Installs the locked packages unless they already are. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex')
  if (existsSync(stamp) && existsSync(node) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Installing what is needed (once) …\n')
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (done.status !== 0 || !existsSync(node)) {
    process.stderr.write('The packages could not be installed: `npm ci` says why.\n')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

/** Runs a program of the project with its own Node, passing signals on, and ends with its exit code. */
export function run(words) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...words], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
}
