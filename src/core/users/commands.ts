// Making, changing and deleting users. People change themselves, staff everybody (platform.md §9).
import { sql } from 'kysely'
import type { Actor } from '../../platform/auth/actor.ts'
import type { Config } from '../../platform/config.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import type { Translations } from '../../platform/db/failures.ts'
import type { NewEvent } from '../../platform/events/kinds.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { discardFile, replaceFile, storeFile } from '../../platform/files/store.ts'
import { conflict, invalid } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, type Parsed, text } from '../../platform/http/shapes.ts'
import { changedColumns } from '../../platform/sent.ts'
import type { Context } from '../../platform/wiring.ts'
import { slugFor } from '../customers/slug.ts'
import { EVENT_USER_COLUMNS, type EventUser, userEvent } from './events.ts'
import type { User } from './list.ts'
import { hashPassword, passwordProblems } from './passwords.ts'
import { attributesOf, columnsOf, type UserInput, type userBody } from './schema.ts'
import { defaultTokenLifetime } from './tokens.ts'

export { issueToken } from './tokens.ts'

const hasOrders = () => conflict('Cannot delete user with existing orders.')

export const userConstraints: Translations = {
  user_username_key: () => invalid({ username: ['This field must be unique.'] }),
  order_created_by_id_fkey: hasOrders,
  order_consumer_reviewed_by_id_fkey: hasOrders,
  order_provider_reviewed_by_id_fkey: hasOrders,
}

/** A user to make; what is left out takes its default. `password` is the plain one; without it nobody can log in by password. */
export type NewUser = {
  username: string
  password?: string
  email?: string
  slug?: string
  first_name?: string
  last_name?: string
  is_active?: boolean
  is_staff?: boolean
  is_support?: boolean
  /** Seconds; null for ever; the site's default when left out. */
  token_lifetime?: number | null
}

/**
 * Makes a user and returns what events say of it. Records no event: that is for whoever knows who acts.
 * Breaks `user_username_key` when the name is taken.
 */
export async function createUser(
  tx: Tx,
  config: Pick<Config, 'TOKEN_LIFETIME_SECONDS'>,
  { password, token_lifetime, slug, ...columns }: NewUser & { [column: string]: unknown },
): Promise<EventUser> {
  const { id } = await tx
    .insertInto('user')
    .values({
      ...columns,
      slug: slug ?? (await slugFor(tx, 'user', columns.username)),
      password: password === undefined ? null : await hashPassword(password),
      token_lifetime: token_lifetime === undefined ? defaultTokenLifetime(config) : token_lifetime,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return readEventUser(tx, id)
}

async function readEventUser(tx: Tx, id: number): Promise<EventUser> {
  const [user] = await run(tx, sql<EventUser>`select ${sql.raw(EVENT_USER_COLUMNS)} from "user" u where u.id = ${id}`)
  if (!user) throw new Error(`No user ${id}`)
  return user
}

/** Staff makes a user. */
export async function createUserByStaff(call: Call<undefined, Parsed<typeof userBody>>): Promise<number> {
  const { tx, config, input } = call
  const user = await createUser(tx, config, {
    ...columnsOf(input),
    username: input.username,
    email: input.email,
    attributes: JSON.stringify(attributesOf(input)),
    ...(input.agree_with_policy ? { agreement_date: new Date().toISOString() } : {}),
    ...(input.image ? { image_id: await storeFile(call, input.image) } : {}),
  })
  await recordEvents(call, [userEvent('user_creation_succeeded', user), userEvent('user_has_been_created_by_staff', user)])
  return user.id
}

/** Oneself, or staff; 403 for others. */
export const selfOrStaff = (actor: Actor, row: User): boolean => actor.is_staff || actor.id === row.id

/**
 * Changes what was sent. Who has not agreed with the policy yet must do so first (platform.md §9.2).
 * User name and e-mail address stay as they are.
 */
export async function updateUser(call: Call<User, UserInput>): Promise<number> {
  const { tx, actor, row, input } = call
  const agrees = row.agreement_date === null && input.agree_with_policy === true
  if (actor.id === row.id && row.agreement_date === null && !agrees) {
    throw invalid({ agree_with_policy: ['User must agree with the policy.'] })
  }
  const columns = columnsOf(input)
  const attributes = attributesOf(input)
  const image = await replaceFile(call, input.image, row.image_id)
  const [before] = await run(tx, sql<Row>`select to_jsonb(u) as row from "user" u where u.id = ${row.id}`)
  const [after] = await run(
    tx,
    sql<Row>`update "user" u set ${sql.join([
      ...Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
      sql`image_id = ${image.id}`,
      sql`attributes = attributes || ${JSON.stringify(attributes)}::jsonb`,
      ...(agrees ? [sql`agreement_date = now()`] : []),
    ])} where u.id = ${row.id} returning to_jsonb(u) as row`,
  )
  await image.discardOld()
  const changed = changedFields(before, after)
  const user = await readEventUser(tx, row.id)
  await recordEvents(call, updateEvents(user, changed, after?.row ?? {}))
  return row.id
}

type Row = { row: { [column: string]: unknown } }

/** Names of the fields that differ, as the API calls them. */
function changedFields(before: Row | undefined, after: Row | undefined): string[] {
  const flat = ({ attributes, image_id, ...rest }: Row['row']) => ({ ...rest, image: image_id, ...(attributes as object) })
  const [old, now] = [flat(before?.row ?? {}), flat(after?.row ?? {})] as const
  // The full name follows from others.
  return changedColumns(old, now).filter((name) => name !== 'full_name')
}

function updateEvents(user: EventUser, changed: readonly string[], now: Row['row']): NewEvent[] {
  const events: NewEvent[] = []
  if (changed.length > 0) {
    events.push(userEvent('user_update_succeeded', user, { words: { changes: changed.join(', ') } }))
  }
  if (changed.includes('token_lifetime')) {
    const lifetime = now.token_lifetime === null ? 'endless' : `${now.token_lifetime} seconds`
    events.push(userEvent('token_lifetime_updated', user, { words: { lifetime } }))
  }
  if (changed.includes('is_active')) {
    events.push(userEvent(now.is_active ? 'user_activated' : 'user_deactivated', user))
  }
  return events
}

/** Whoever a user was made for is gone: nobody acts as that user any more. What the user did stays. */
export async function deactivateUser(context: Context, id: number): Promise<void> {
  const { tx } = context
  const changed = await run(tx, sql`update "user" set is_active = false where id = ${id} and is_active returning id`)
  if (changed.length > 0) await recordEvents(context, [userEvent('user_deactivated', await readEventUser(tx, id))])
}

/** Deletes a user for good; 409 while orders name them. Events keep the name. */
export async function deleteUser(call: Call<User>): Promise<void> {
  const { tx, row } = call
  await tx.deleteFrom('user').where('id', '=', row.id).execute()
  await discardFile(call, row.image_id)
  await recordEvents(call, [userEvent('user_deletion_succeeded', row)])
}

export const passwordBody = body('PasswordChangeRequest', { new_password: text({ max: 128, trim: false }) })

/** Staff sets a user's password; 400 for one that is too easy. Sessions go on. */
export async function changePassword(call: Call<User, Parsed<typeof passwordBody>>): Promise<void> {
  const { tx, row, input } = call
  const problems = passwordProblems(input.new_password, row.username)
  if (problems.length > 0) throw invalid({ new_password: problems })
  await tx
    .updateTable('user')
    .set({ password: await hashPassword(input.new_password) })
    .where('id', '=', row.id)
    .execute()
  await recordEvents(call, [userEvent('user_password_updated', row), userEvent('user_password_updated_by_staff', row)])
}
