// What an operator tells the product to do, beside starting it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { tradepost } from './server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-commands-'))
let database: Awaited<ReturnType<typeof freshDatabase>>
let env: { [name: string]: string }

beforeAll(async () => {
  database = await freshDatabase()
  env = { DATABASE_URL: database.url, DATA_DIR: folder, SECRET_KEY: 'the key that the data is made with' }
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

describe('the command line', { timeout: 20_000 }, () => {
  it('explains each command', async () => {
    const commands = ['serve', 'worker', 'migrate', 'demo', 'openapi', 'doctor', 'user create', 'user token']

    const explained = await Promise.all(commands.map((command) => tradepost([...command.split(' '), '--help'], env)))

    for (const [i, { code, output }] of explained.entries()) {
      expect(code).toBe(0)
      expect(output).toContain(`Usage: tradepost ${commands[i]}`)
    }
  })

  it('makes a user once and shows the password', async () => {
    const made = await tradepost(['user', 'create', 'ann', '--staff'], env)
    const again = await tradepost(['user', 'create', 'ann'], env)

    expect(made).toMatchObject({ code: 0, errors: '' })
    expect(made.output).toMatch(/^User ann, password \S{16}\n$/)
    expect(again).toMatchObject({ code: 1, errors: 'There is a user ann already\n' })
  })

  it('gives the same token as long as it lives', async () => {
    const first = await tradepost(['user', 'token', 'ann'], env)
    const second = await tradepost(['user', 'token', 'ann'], env)
    const nobody = await tradepost(['user', 'token', 'nobody'], env)

    expect(first.output).toMatch(/^[0-9a-f]{40}\n$/)
    expect(second.output).toBe(first.output)
    expect(nobody).toMatchObject({ code: 1, errors: 'There is no user nobody\n' })
  })

  it('finds nothing wrong with a sound installation', async () => {
    const { code, output } = await tradepost(['doctor'], env)

    expect(code).toBe(0)
    for (const about of ['secret key', 'file storage', 'database', 'migrations', 'clock', 'sealed secrets'])
      expect(output).toMatch(new RegExp(`^ok     ${about}`, 'm'))
  })

  it('says what to do about another secret key', async () => {
    const { code, output } = await tradepost(['doctor'], { ...env, SECRET_KEY: 'not the key that the data is made with' })

    expect(code).toBe(1)
    expect(output).toContain(
      'WRONG  sealed secrets: tokens were sealed under another SECRET_KEY. Do: set the SECRET_KEY that the data was made with',
    )
  })

  it('says what to do about a database that is not there', async () => {
    const { code, output } = await tradepost(['doctor'], { ...env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })

    expect(code).toBe(1)
    expect(output).toMatch(/^WRONG {2}database: .+ Do: see that DATABASE_URL names a running PostgreSQL$/m)
  })

  it('prints the description as JSON and as YAML', async () => {
    const json = await tradepost(['openapi'], env)
    const yaml = await tradepost(['openapi', '--yaml'], env)

    expect(JSON.parse(json.output)).toMatchObject({ openapi: '3.1.0' })
    expect(yaml.output).toMatch(/^openapi: 3\.1\.0\n/)
  })

  it('migrates nothing twice', async () => {
    const { code, output } = await tradepost(['migrate'], env)

    expect({ code, output }).toEqual({ code: 0, output: 'The schema is up to date.\n' })
  })
})
