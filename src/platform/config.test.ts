import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError, describeConfig, readConfig, withSecretKey } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'tradepost-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('readConfig', () => {
  it('has a default for every setting', () => {
    expect(readConfig({})).toMatchObject({
      PORT: 8000,
      HOST: '127.0.0.1',
      PUBLIC_URL: ['http://127.0.0.1:8000', 'http://localhost:8000', 'http://[::1]:8000'],
      DATA_DIR: resolve('data'),
      FILE_STORAGE_DIR: resolve('data/files'),
      DATABASE_URL: '',
      ADMIN_USERNAME: 'admin',
      TOKEN_LIFETIME_SECONDS: 3600,
      TIME_ZONE: 'UTC',
    })
  })

  it('takes an empty value for none', () => {
    expect(readConfig({ PORT: '', LOG_LEVEL: '' })).toMatchObject({ PORT: 8000, LOG_LEVEL: 'info' })
  })

  it('reads origins without their paths, the first as the canonical one', () => {
    const { PUBLIC_URL } = readConfig({ PUBLIC_URL: 'https://market.example.org/, http://10.0.0.5:8000' })

    expect(PUBLIC_URL).toEqual(['https://market.example.org', 'http://10.0.0.5:8000'])
  })

  const wrong: [string, string][] = [
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '80.5'],
    ['PUBLIC_URL', 'market.example.org'],
    ['PUBLIC_URL', 'ftp://market.example.org'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_POOL_SIZE', '0'],
    ['SECRET_KEY', 'short'],
    ['ADMIN_USERNAME', 'Big Boss'],
    ['LOG_LEVEL', 'loud'],
    ['WORKER', 'maybe'],
    ['TIME_ZONE', 'Mars/Olympus'],
    ['TOKEN_LIFETIME_SECONDS', '-1'],
    ['TOKEN_LIFETIME_SECONDS', '59'],
    ['ORDER_CANCEL_STATUS', '204'],
    ['ENABLE_ORDER_START_DATE', 'perhaps'],
    ['SMTP_URL', 'mail.example.org'],
    ['TRUSTED_PROXIES', 'the proxy'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['OUTGOING_DENIED_NETWORKS', '10.0.0.0/8,inside'],
  ]
  it.each(wrong)('refuses %s=%s in one line that names it', (name, value) => {
    const read = () => readConfig({ [name]: value })

    expect(read).toThrow(ConfigError)
    expect(read).toThrow(new RegExp(`^${name}[=:][^\\n]+$`))
  })

  it('shows no password in what it refuses', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://me:hidden@localhost/x' })).toThrow(/^(?!.*hidden)/)
    expect(() => readConfig({ SMTP_URL: 'http://me:hidden@localhost' })).toThrow(/^(?!.*hidden)/)
  })
})

describe('withSecretKey', () => {
  it('makes a key that only its owner may read, once', () => {
    const config = readConfig({ DATA_DIR: join(folder, 'made') })

    const first = withSecretKey(config)
    const second = withSecretKey(config)

    expect(first.SECRET_KEY).toMatch(/^[0-9a-f]{64}$/)
    expect(second.SECRET_KEY).toBe(first.SECRET_KEY)
    expect(statSync(join(folder, 'made', 'secret-key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'made', 'secret-key'), 'utf8')).toBe(first.SECRET_KEY)
  })

  it('says which folder cannot be used', () => {
    writeFileSync(join(folder, 'file'), '')

    expect(() => withSecretKey(readConfig({ DATA_DIR: join(folder, 'file') }))).toThrow(/^DATA_DIR=.+: cannot be written/)
  })
})

describe('describeConfig', () => {
  it('tells of every setting what it is for', () => {
    expect(describeConfig().map(({ name }) => name)).toEqual(Object.keys(readConfig({})))
    for (const { about } of describeConfig()) expect(about).toMatch(/^\S.*\.$/)
  })
})
