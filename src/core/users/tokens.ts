// The one login token of a user: given out again while it lives, replaced when its time is over (platform.md §1.4).
// Looked up by its digest; readable again only from a copy sealed under the server's secret key.
import { sql } from 'kysely'
import { newToken, seal, tokenDigest, unseal } from '../../platform/auth/token.ts'
import type { Config } from '../../platform/config.ts'
import { type Executor, run, type Tx } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import type { Context } from '../../platform/wiring.ts'
import { EVENT_USER_COLUMNS, type EventUser, userEvent } from './events.ts'

/** What the API shows of a token. */
export type UserAuthToken = {
  created: string
  user_first_name: string
  user_last_name: string
  user_username: string
  user_is_active: boolean
  user_token_lifetime: number | null
  token: string
}

type Secret = Pick<Config, 'SECRET_KEY'>

/** The text of a sealed token; undefined when it was sealed under a secret key that is no longer the server's. */
function readable({ SECRET_KEY }: Secret, sealed: Buffer): string | undefined {
  try {
    return unseal(SECRET_KEY, sealed)
  } catch {
    return undefined
  }
}

/** The lifetime of new users' tokens in seconds; null for ever. */
export const defaultTokenLifetime = ({ TOKEN_LIFETIME_SECONDS }: Pick<Config, 'TOKEN_LIFETIME_SECONDS'>): number | null =>
  TOKEN_LIFETIME_SECONDS === 0 ? null : Math.max(60, TOKEN_LIFETIME_SECONDS)

/**
 * A token for a user: the one that still lives, with its time begun anew, or a new one.
 * The user's row is locked, so that two logins at once get the same token.
 */
export async function issueToken(context: Context, userId: number): Promise<string> {
  const { tx, config } = context
  await run(tx, sql`select id from "user" where id = ${userId} for update`)
  const [living] = await run(
    tx,
    sql<{ sealed: Buffer }>`update user_token t set used = now() from "user" u
      where t.user_id = ${userId} and u.id = t.user_id and (u.token_lifetime is null or t.used + make_interval(secs => u.token_lifetime) > now())
      returning t.sealed`,
  )
  const known = living && readable(config, living.sealed)
  return known ?? rotateToken(context, userId)
}

/** A new token in place of any other. */
export async function rotateToken(context: Context, userId: number): Promise<string> {
  const { tx, config } = context
  const token = newToken()
  await run(
    tx,
    sql`insert into user_token (user_id, digest, sealed) values (${userId}, ${tokenDigest(token)}, ${seal(config.SECRET_KEY, token)})
      on conflict (user_id) do update set digest = excluded.digest, sealed = excluded.sealed, created = now(), used = now()`,
  )
  const [user] = await run(tx, sql<EventUser>`select ${sql.raw(EVENT_USER_COLUMNS)} from "user" u where u.id = ${userId}`)
  if (user) await recordEvents(context, [userEvent('token_created', user)])
  return token
}

/** Ends the user's session; nothing happens when there is none. */
export async function deleteToken(tx: Tx, userId: number): Promise<void> {
  await tx.deleteFrom('user_token').where('user_id', '=', userId).execute()
}

/** The user's token with its text, or undefined when there is none. */
export async function findToken(db: Executor, config: Secret, userId: number): Promise<UserAuthToken | undefined> {
  const [found] = await run(
    db,
    sql<Omit<UserAuthToken, 'token'> & { sealed: Buffer }>`select wire_time(t.created) as created, u.first_name as user_first_name,
        u.last_name as user_last_name, u.username as user_username, u.is_active as user_is_active,
        u.token_lifetime as user_token_lifetime, t.sealed
      from user_token t join "user" u on u.id = t.user_id where t.user_id = ${userId}`,
  )
  if (!found) return undefined
  const { sealed, ...facts } = found
  const token = readable(config, sealed)
  return token === undefined ? undefined : { ...facts, token }
}

// PostgreSQL builds the answer but cannot open the seal: it writes the sealed copy in this form, which no text that a
// caller stored can have, because quotes inside JSON texts are escaped.
const SEALED = /"token":"sealed:([A-Za-z0-9+/=]*)"/

/** SQL over `tok`: the JSON text of the sealed token, for `revealToken`. */
export const SEALED_TOKEN = `'"sealed:' || translate(encode(tok.sealed, 'base64'), E'\\n', '') || '"'`

/** The JSON text of a user with the token in clear; without the key when it cannot be read. */
export function revealToken(config: Secret, text: string): string {
  const found = SEALED.exec(text)
  if (!found) return text
  const token = readable(config, Buffer.from(found[1] ?? '', 'base64'))
  return token === undefined ? text.replace(SEALED, '"token":""') : text.replace(SEALED, `"token":"${token}"`)
}
