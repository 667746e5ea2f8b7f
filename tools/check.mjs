// npm test: everything that a change must pass, in the order that tells soonest. Its last line counts the tests.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, node, root } from './install.mjs'

await ensureInstalled()
const bin = (name) => `${root}node_modules/.bin/${name}`
const exercised = mkdtempSync(join(tmpdir(), 'tradepost-exercised-'))
const report = join(exercised, 'report.json')

// Programs of packages are begun by whatever `node` comes first on the path: the project's own.
const env = { ...process.env, PATH: `${root}node_modules/.bin:${process.env.PATH}`, TRADEPOST_EXERCISED: exercised }

const steps = [
  ['format and lint', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['boundaries', node, [bin('depcruise'), '--config', '.dependency-cruiser.cjs', 'src']],
  ['types', bin('tsc'), ['-p', '.']],
  ['tests', node, [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
  ['operations exercised', node, ['tests/api/exercised.ts', exercised]],
  ['effects of operations and jobs', node, ['tests/api/effects.ts', exercised]],
]

const failed = []
for (const [name, command, words] of steps) {
  process.stdout.write(`\n— ${name}\n`)
  const done = spawnSync(command, words, { cwd: root, stdio: 'inherit', env })
  if (done.status !== 0) failed.push(name)
}

const counts = readCounts()
rmSync(exercised, { recursive: true, force: true })
if (failed.length > 0) process.stdout.write(`\nNot passed: ${failed.join(', ')}\n`)
// A step that is no test counts as one failure when it fails, so that the line is never green by itself.
const others = failed.filter((name) => name !== 'tests').length
process.stdout.write(`\n${counts.passed} passed, ${counts.failed + others} failed\n`)
process.exit(failed.length > 0 || counts.passed === 0 ? 1 : 0)

function readCounts() {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
