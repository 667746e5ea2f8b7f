// Logging in with a password (platform.md §1.2). Failures are counted in the database, so that every server knows them.
import { sql } from 'kysely'
import { type Db, run } from '../../platform/db/database.ts'
import { newEvent } from '../../platform/events/kinds.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { unauthenticated } from '../../platform/http/errors.ts'
import { body, text } from '../../platform/http/shapes.ts'
import { type Context, type Deps, inTransaction, type Job } from '../../platform/wiring.ts'
import { EVENT_USER_COLUMNS, type EventUser, userEvent, userEvents } from './events.ts'
import { verifyPassword } from './passwords.ts'
import { issueToken } from './tokens.ts'

export const loginBody = body('ObtainAuthTokenRequest', { username: text({ max: 128 }), password: text({ max: 128, trim: false }) })

const FAILURES_MAX = 4
const LOCKED_MINUTES = 10

type Attempt = { username: string; password: string; address: string }
type Candidate = EventUser & { password: string | null; is_active: boolean }

// Attempts with one name from one address wait for each other: else many guesses at once would all see few failures.
const turns = new Map<string, Promise<unknown>>()

function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(key) ?? Promise.resolve()).then(work, work)
  turns.set(key, mine)
  const leave = () => {
    if (turns.get(key) === mine) turns.delete(key)
  }
  mine.then(leave, leave)
  return mine
}

/** The token of whoever knows the password; 401 with the reason otherwise. */
export function logIn(deps: Deps, attempt: Attempt): Promise<string> {
  return inTurn(JSON.stringify([attempt.username, attempt.address]), () => tryToLogIn(deps, attempt))
}

async function tryToLogIn(deps: Deps, attempt: Attempt): Promise<string> {
  const { db } = deps
  const { username, password, address } = attempt
  if (await isLocked(db, attempt)) throw unauthenticated(`Username is locked out. Try in ${LOCKED_MINUTES} minutes.`)
  const [user] = await run(
    db,
    sql<Candidate>`select ${sql.raw(EVENT_USER_COLUMNS)}, u.password, u.is_active from "user" u where u.username = ${username}`,
  )
  // Outside of a transaction: it takes long, and no connection should wait for it.
  const right = await verifyPassword(password, user?.password ?? null)
  if (!user || !right) {
    await inTransaction(deps, (context) => recordFailure(context, attempt, user))
    throw unauthenticated('Invalid username/password.')
  }
  if (!user.is_active) throw unauthenticated('User account is disabled.')
  return inTransaction(deps, async (context) => {
    const { tx } = context
    await run(tx, sql`delete from login_failure where username = ${username} and address = ${address}`)
    await run(tx, sql`update "user" set last_login = now(), last_ip_address = ${address} where id = ${user.id}`)
    const token = await issueToken(context, user.id)
    await recordSuccess(context, user, address)
    return token
  })
}

async function isLocked(db: Db, { username, address }: Attempt): Promise<boolean> {
  const [found] = await run(
    db,
    sql<{ failures: number }>`select count(*) as failures from login_failure
      where username = ${username} and address = ${address} and failed > now() - make_interval(mins => ${LOCKED_MINUTES})`,
  )
  return Number(found?.failures) >= FAILURES_MAX
}

async function recordFailure(context: Context, { username, address }: Attempt, user: EventUser | undefined): Promise<void> {
  await context.tx.insertInto('login_failure').values({ username, address }).execute()
  const type = 'auth_login_failed_with_username'
  const sent = { ip_address: address, username }
  const unknown = newEvent(userEvents, type, { words: { user: username }, context: sent, scopes: [], facts: undefined })
  await recordEvents(context, [user ? userEvent(type, user, { context: sent }) : unknown])
}

/** Nobody is logged in yet while it is recorded, so the actor's keys are given by hand. */
async function recordSuccess(context: Context, user: EventUser, address: string): Promise<void> {
  const { uuid, username, full_name, native_name, email, civil_number } = user
  const actor = {
    ip_address: address,
    user_uuid: uuid,
    user_username: username,
    user_full_name: full_name,
    user_native_name: native_name,
    user_email: email,
    user_civil_number: civil_number,
  }
  await recordEvents(context, [userEvent('auth_logged_in_with_username', user, { context: actor })])
}

/** Failures that count no more are forgotten. */
export const forgetLoginFailures: Job = {
  name: 'forget-login-failures',
  cron: '17 * * * *',
  run: async ({ db }) => {
    await run(db, sql`delete from login_failure where failed < now() - interval '1 hour'`)
  },
}
