// Passwords: Argon2id, kept as the usual text with its parameters in front, so that they may grow later.
import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'
import { createTurns } from '../../platform/db/turns.ts'
import { overloaded } from '../../platform/http/errors.ts'

const argon2 = promisify(argon2Callback)

type Cost = { memory: number; passes: number; parallelism: number }

// 19 MiB and two passes: the least that is recommended for Argon2id on a server, some 30 ms.
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const TAG_BYTES = 32

// Anybody may make the server derive: a processor is left to the others, and who would wait too long is told to come again.
const WAIT_MAX_MS = 3000
const turn = createTurns(Math.max(1, availableParallelism() - 1), WAIT_MAX_MS, overloaded)

const derive = (password: string, nonce: Buffer, cost: Cost): Promise<Buffer> =>
  turn(() => argon2('argon2id', { message: password, nonce, ...cost, tagLength: TAG_BYTES }) as Promise<Buffer>)

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** The text to keep of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, COST)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`
}

const KEPT = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const NOBODYS_SALT = randomBytes(16)

/** Whether `password` is the one kept. Takes as long when there is none, so that names cannot be told by the time. */
export async function verifyPassword(password: string, kept: string | null): Promise<boolean> {
  const found = KEPT.exec(kept ?? '')
  if (!found) {
    await derive(password, NOBODYS_SALT, COST)
    return false
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = found
  const expected = Buffer.from(tag, 'base64')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost)
  return derived.length === expected.length && timingSafeEqual(derived, expected)
}

const LENGTH_MIN = 8

/** What is wrong with a new password; empty when nothing is. */
export function passwordProblems(password: string, username: string): string[] {
  const problems: string[] = []
  const [sent, name] = [password.toLowerCase(), username.toLowerCase()]
  if (name.length > 3 && (sent.includes(name) || name === sent)) problems.push('The password is too similar to the username.')
  if ([...password].length < LENGTH_MIN) problems.push(`This password is too short. It must contain at least ${LENGTH_MIN} characters.`)
  if (/^\d+$/.test(password)) problems.push('This password is entirely numeric.')
  return problems
}
