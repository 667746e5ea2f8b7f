// The walkthroughs of docs/ are true: each line is run by a shell against the demo world, and prints what stands behind its arrow.
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { ensureAdministrator } from '../../src/core/users/administrator.ts'
import { loadDemo } from '../../src/demo/load.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openDatabase } from '../../src/platform/db/database.ts'
import { giveClock, setClock } from '../support/clock.ts'
import { freshDatabase } from '../support/database.ts'

const FOLDER = new URL('../../docs/walkthroughs/', import.meta.url)
const MARK = '%%%cut%%%'

type Step = { commands: string; expected: string }

/** The commands of a page, cut where something is expected. */
function stepsOf(page: string): Step[] {
  const lines = [...page.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trimEnd().split('\n'))
  const steps: Step[] = [{ commands: '', expected: '' }]
  for (const line of lines) {
    const step = steps.at(-1) as Step
    const arrow = /^# → (.*)$/.exec(line)
    if (arrow) step.expected += `${arrow[1]}\n`
    else if (step.expected !== '') steps.push({ commands: `${line}\n`, expected: '' })
    else step.commands += `${line}\n`
  }
  return steps
}

describe('a walkthrough', () => {
  let origin = ''
  let clock = ''
  let close: () => Promise<void>
  beforeAll(async () => {
    const fresh = await freshDatabase()
    await giveClock(fresh.url)
    const database = openDatabase(fresh.url)
    const config = readConfig({
      SECRET_KEY: 'a secret for walks that is long enough',
      LOG_LEVEL: 'error',
      SCRIPTS_ENABLED: 'true',
      ANONYMOUS_REQUESTS_PER_SECOND: '0',
    })
    await ensureAdministrator(database.db, config)
    await loadDemo(config, database)
    const app = await buildApp({ config, database, log: false })
    origin = await app.listen({ port: 0, host: '127.0.0.1' })
    await app.jobs.work({ db: database.db, config, log: app.log as never })
    // Pages set the time by it.
    const setting = createServer(async ({ url = '' }, response) => {
      await setClock(database.db, decodeURIComponent(url.split('?')[1] ?? '') || undefined)
      response.end()
    })
    await new Promise<void>((done) => setting.listen(0, '127.0.0.1', done))
    clock = `http://127.0.0.1:${(setting.address() as AddressInfo).port}`
    close = async () => {
      setting.closeAllConnections()
      setting.close()
      await app.close()
      await database.close()
      await fresh.drop()
    }
  }, 120_000)
  afterAll(() => close())

  // The page on billing sets the time forward, so it comes last.
  it.each(readdirSync(FOLDER).sort().reverse())('%s prints what it says', { timeout: 120_000 }, async (name) => {
    const steps = stepsOf(readFileSync(new URL(name, FOLDER), 'utf8'))
    const script = steps.map(({ commands }) => `${commands}echo; echo ${MARK}`).join('\n')
    const { stdout } = await promisify(execFile)('bash', ['-c', `set -eu\nexec 2>&1\n${script}`], {
      env: { PATH: process.env.PATH, ORIGIN: origin, CLOCK: clock },
    }).catch((error: { stdout: string }) => error)
    const printed = stdout.split(`${MARK}\n`).map((text) => text.replace(/\n+$/, '\n'))

    expect(
      steps.map(({ commands, expected }, i) => [commands, printed[i] === '\n' ? '' : printed[i]].slice(0, expected === '' ? 1 : 2)),
    ).toEqual(steps.map(({ commands, expected }) => [commands, expected].slice(0, expected === '' ? 1 : 2)))
  })
})
