// The environment, read once. Every setting is a row of one table: name, what it means, default, shape.
import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readNetworks } from './auth/networks.ts'
import { OperatorError } from './operator-error.ts'

/** A setting that cannot be used; its message is one line that names it. */
export class ConfigError extends OperatorError {}

type Environment = { [name: string]: string | undefined }

type Setting<T> = { about: string; fallback: string; shape: z.ZodType<T> }

const setting = <T>(about: string, fallback: string, shape: z.ZodType<T>): Setting<T> => ({ about, fallback, shape })
const text = z.string()
const whole = (min: number, max: number) => z.coerce.number<string>().int().min(min).max(max)
const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')
const names = text.transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
)
const origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)
const addressOf = (protocol: RegExp, example: string) =>
  text.refine((value) => value === '' || (URL.canParse(value) && protocol.test(new URL(value).protocol)), `expected ${example}`)
const isAddresses = (value: string) => readNetworks(value) !== undefined
const isNetwork = (value: string) => ['loopback', 'linklocal', 'uniquelocal'].includes(value) || isAddresses(value)
const zone = text.refine((value) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }))
  } catch {
    return false
  }
}, 'is no time zone of the IANA database')

const SETTINGS = {
  PORT: setting('Port to listen on.', '8000', whole(0, 65535)),
  HOST: setting('Address to listen on.', '127.0.0.1', text.min(1)),
  PUBLIC_URL: setting(
    'Origins under which callers reach the server, comma separated; the first stands in links when the caller used none of them.',
    '',
    names,
  ),
  DATA_DIR: setting('Folder of the embedded database, files, mails and the secret key.', './data', text.min(1)),
  DATABASE_URL: setting(
    'PostgreSQL 16 or newer; empty for the embedded one in DATA_DIR.',
    '',
    addressOf(/^postgres(ql)?:$/, 'postgres://user:password@host:port/database'),
  ),
  DATABASE_POOL_SIZE: setting('Connections that requests share; a third is kept for those that only read.', '10', whole(2, 500)),
  DATABASE_STATEMENT_TIMEOUT_MS: setting(
    'Milliseconds that a statement may run, 503 past it; a second later a database that says nothing is given up.',
    '8000',
    whole(100, 3_600_000),
  ),
  DATABASE_LOCK_TIMEOUT_MS: setting(
    'Milliseconds that a change waits for another of the same object, 409 past it.',
    '3000',
    whole(50, 3_600_000),
  ),
  DATABASE_IDLE_TIMEOUT_MS: setting('Milliseconds that a transaction may do nothing before it is undone.', '10000', whole(100, 3_600_000)),
  SECRET_KEY: setting('Seals tokens and secrets, at least 16 characters; generated into DATA_DIR when empty.', '', text),
  ADMIN_USERNAME: setting('Name of the administrator made on an empty database.', 'admin', z.string().regex(/^[0-9a-z_.@+-]{1,128}$/)),
  ADMIN_PASSWORD: setting('Password of that administrator; a random one is printed once when empty.', '', text),
  LOG_LEVEL: setting('fatal, error, warn, info, debug or trace.', 'info', z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace'])),
  WORKER: setting('inline runs jobs inside the server, off leaves them to `tradepost worker`.', 'inline', z.enum(['inline', 'off'])),
  FILE_STORAGE_DIR: setting('Folder of uploaded files; DATA_DIR/files when empty.', '', text),
  SMTP_URL: setting(
    'Mail server, smtp://user:password@host:port; when empty mails are written to DATA_DIR/mail.',
    '',
    addressOf(/^smtps?:$/, 'smtp://user:password@host:port'),
  ),
  MAIL_FROM: setting('Sender of mails.', 'tradepost@localhost', text.min(3)),
  TIME_ZONE: setting('Zone in which days and months begin and end.', 'UTC', zone),
  TOKEN_LIFETIME_SECONDS: setting(
    'Seconds a new user’s token lives without use; 0 for ever.',
    '3600',
    whole(0, 2_000_000_000).refine((value) => value === 0 || value >= 60, 'expected 0 or at least 60'),
  ),
  REQUESTS_PER_SECOND: setting(
    'Requests a second that one user’s token may make of a server, 429 past it; 0 for any number.',
    '0',
    whole(0, 1_000_000),
  ),
  ANONYMOUS_REQUESTS_PER_SECOND: setting(
    'Requests a second without a good token that one address may make of a server, 429 past it; 0 for any number.',
    '100',
    whole(0, 1_000_000),
  ),
  CONNECTIONS_PER_ADDRESS: setting(
    'Connections of one address on which no good token was shown; past it the oldest is closed. Those of TRUSTED_PROXIES do not count; 0 for any number.',
    '100',
    whole(0, 1_000_000),
  ),
  HEADERS_TIMEOUT_SECONDS: setting('Seconds in which the headers of a request must have come, 408 past it.', '10', whole(1, 3600)),
  REQUEST_TIMEOUT_SECONDS: setting('Seconds in which a whole request must have come, its body too, 408 past it.', '60', whole(1, 3600)),
  BODIES_MAX_MEBIBYTES: setting(
    'Mebibytes that the bodies of all requests may take at once, 503 past it; one file may have 50.',
    '128',
    whole(60, 1_000_000),
  ),
  NOTIFY_STAFF_ABOUT_APPROVALS: setting('Whether staff, too, is written to about orders that wait for approval.', 'false', flag),
  ORDER_CANCEL_STATUS: setting(
    'Status of a canceled order’s answer: 200, or 202 for clients of 8.0.3 that take nothing else.',
    '200',
    z.enum(['200', '202']).transform(Number),
  ),
  CORS_ORIGINS: setting('Origins of web pages that may call, comma separated; * for all.', '*', names),
  TRUSTED_PROXIES: setting(
    'Addresses of proxies whose X-Forwarded-For and -Proto are believed, comma separated: 10.0.0.0/8, loopback.',
    '',
    names.refine((values) => values.every(isNetwork), 'expected addresses such as 10.0.0.1, 10.0.0.0/8 or loopback'),
  ),
  OUTGOING_HTTP: setting('Whether callbacks and other calls to addresses that users chose may go out without TLS.', 'false', flag),
  OUTGOING_ALLOWED_NETWORKS: setting(
    'Networks inside which such calls may reach though they are not public, comma separated: 10.1.0.0/16.',
    '',
    names.refine((values) => values.every(isAddresses), 'expected addresses such as 10.0.0.1 or 10.0.0.0/8'),
  ),
  OUTGOING_DENIED_NETWORKS: setting(
    'Networks that such calls never reach, comma separated.',
    '',
    names.refine((values) => values.every(isAddresses), 'expected addresses such as 10.0.0.1 or 10.0.0.0/8'),
  ),
  ANONYMOUS_USER_CAN_VIEW_OFFERINGS: setting('Whether shared offerings and categories are shown without a token.', 'true', flag),
  ANONYMOUS_USER_CAN_VIEW_PLANS: setting('Whether the plans of shared offerings are shown without a token.', 'true', flag),
  RESTRICTED_OFFERING_VISIBILITY_MODE: setting(
    'Shared offerings whose organization groups leave the caller out: show_all, show_restricted_disabled, hide_inaccessible or require_membership.',
    'show_all',
    z.enum(['show_all', 'show_restricted_disabled', 'hide_inaccessible', 'require_membership']),
  ),
  ENABLE_ORDER_START_DATE: setting('Whether an order may name the day on which it starts.', 'false', flag),
  ENFORCE_USER_CONSENT_FOR_OFFERINGS: setting('Whether terms of service must be accepted before ordering.', 'false', flag),
  HELPDESK_URL: setting(
    'Address of a helpdesk that is told what happens to requests of support orders, and answers by the API; empty for none.',
    '',
    addressOf(/^https?:$/, 'https://host/path'),
  ),
  HELPDESK_USERNAME: setting('Name of the user with whose secret that is signed, and who answers.', 'admin', text.min(1)),
  ACCOUNTS_URL: setting(
    'Address of a system that keeps service and course accounts, docs/accounts.md; empty to keep them here alone.',
    '',
    addressOf(/^https?:$/, 'https://host/path'),
  ),
  ACCOUNTS_TOKEN: setting('What that system knows the server by; sent as a bearer token.', '', text),
  SCRIPTS_ENABLED: setting(
    'Whether offerings of type Marketplace.Script may be ordered: their providers’ scripts run on this machine.',
    'false',
    flag,
  ),
  SCRIPT_MAX_SECONDS: setting('Seconds that such a script may run before it is killed.', '300', whole(1, 800)),
  SCRIPT_MAX_MEBIBYTES: setting('Mebibytes of memory that each process of such a script may ask for.', '512', whole(64, 1_000_000)),
  SITE_NAME: setting('Name of the site in pages, mails and the description.', 'Tradepost', text.min(1)),
  CURRENCY_NAME: setting('Currency of all prices.', 'EUR', text.min(1)),
} as const

type Settings = { [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer T> ? T : never }

/** The settings as typed values; addresses and folders made whole. */
export type Config = Settings

/** How many connections to the database there are and how long they may take. */
export const databaseLimits = (config: Config) => ({
  max: config.DATABASE_POOL_SIZE,
  statementMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
  lockMs: config.DATABASE_LOCK_TIMEOUT_MS,
  idleMs: config.DATABASE_IDLE_TIMEOUT_MS,
})

/** What a server bears of its callers. */
export type ServerLimits = {
  perToken: number
  perAddress: number
  connectionsPerAddress: number
  headersMs: number
  requestMs: number
  bodyBytes: number
}

export const serverLimits = (config: Config): ServerLimits => ({
  perToken: config.REQUESTS_PER_SECOND,
  perAddress: config.ANONYMOUS_REQUESTS_PER_SECOND,
  connectionsPerAddress: config.CONNECTIONS_PER_ADDRESS,
  headersMs: config.HEADERS_TIMEOUT_SECONDS * 1000,
  requestMs: config.REQUEST_TIMEOUT_SECONDS * 1000,
  bodyBytes: config.BODIES_MAX_MEBIBYTES * 1024 * 1024,
})

/** One line for each setting, for the README's table. */
export const describeConfig = (): { name: string; about: string; fallback: string }[] =>
  Object.entries(SETTINGS).map(([name, { about, fallback }]) => ({ name, about, fallback }))

// Settings that hold passwords are not repeated in messages.
const SECRET = /^(DATABASE_URL|SMTP_URL|SECRET_KEY|ADMIN_PASSWORD)$/

/** Reads the settings; throws ConfigError naming the first that makes no sense. */
export function readConfig(env: Environment): Config {
  const read: { [name: string]: unknown } = {}
  for (const [name, { shape, fallback }] of Object.entries(SETTINGS)) {
    const sent = env[name]
    const result = shape.safeParse(sent === undefined || sent === '' ? fallback : sent)
    if (!result.success)
      throw new ConfigError(`${name}${SECRET.test(name) ? '' : `=${sent}`}: ${result.error.issues[0]?.message ?? 'not valid'}`)
    read[name] = result.data
  }
  const config = read as Config
  const dataDir = resolve(config.DATA_DIR)
  return {
    ...config,
    DATA_DIR: dataDir,
    FILE_STORAGE_DIR: config.FILE_STORAGE_DIR === '' ? join(dataDir, 'files') : resolve(config.FILE_STORAGE_DIR),
    PUBLIC_URL: originsOf(config),
    SECRET_KEY: config.SECRET_KEY === '' ? '' : requireSecret(config.SECRET_KEY),
  }
}

function originsOf({ PUBLIC_URL, HOST, PORT }: Config): string[] {
  if (PUBLIC_URL.length === 0) {
    const local = ['127.0.0.1', 'localhost', '0.0.0.0', '::', '::1'].includes(HOST)
    return local ? [`http://127.0.0.1:${PORT}`, `http://localhost:${PORT}`, `http://[::1]:${PORT}`] : [`http://${HOST}:${PORT}`]
  }
  return PUBLIC_URL.map((value) => {
    const result = origin.safeParse(value)
    if (!result.success) throw new ConfigError(`PUBLIC_URL=${value}: expected an origin such as https://market.example.org`)
    return result.data
  })
}

const SECRET_MIN = 16

function requireSecret(secret: string): string {
  if (secret.length < SECRET_MIN) throw new ConfigError(`SECRET_KEY: at least ${SECRET_MIN} characters`)
  return secret
}

/** The configuration with a secret key: the one set, or that of DATA_DIR, made there on the first start. */
export function withSecretKey(config: Config): Config {
  if (config.SECRET_KEY !== '') return config
  const path = join(config.DATA_DIR, 'secret-key')
  try {
    mkdirSync(config.DATA_DIR, { recursive: true })
    if (!existsSync(path)) makeSecretKey(path)
    return { ...config, SECRET_KEY: requireSecret(readFileSync(path, 'utf8').trim()) }
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`DATA_DIR=${config.DATA_DIR}: cannot be written (${(error as Error).message})`)
  }
}

/** Of two servers that start at once one makes the key, whole, and both use it. */
function makeSecretKey(path: string): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
