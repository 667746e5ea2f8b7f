// The writes that every change of an account consists of: made, named, moved to another state, each with its event.
import { sql } from 'kysely'
import { run, type Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { selectRows } from '../platform/http/collection.ts'
import { nobody } from '../platform/http/context.ts'
import type { Condition } from '../platform/http/filters.ts'
import { begun, type Stamps, transition } from '../platform/states/transition.ts'
import type { Context } from '../platform/wiring.ts'
import { offeringUserEvent } from './events.ts'
import { OFFERING_USER, type OfferingUser } from './list.ts'
import type { Named, Naming } from './names.ts'
import { COMING, type OfferingUserState, offeringUserStates } from './states.ts'
import { offeringUserView } from './view.ts'

/** Accounts as events tell them. */
export const readAccounts = ({ tx, config }: Pick<Context, 'tx' | 'config'>, where: Condition): Promise<OfferingUser[]> =>
  selectRows(tx, offeringUserView, OFFERING_USER, nobody(config.TIME_ZONE), where)

type Action = keyof typeof offeringUserStates.actions

/** Moves an account to another state, and tells so. */
export async function moveAccount(context: Context, account: OfferingUser, action: Action, to: OfferingUserState, stamps: Stamps = {}) {
  await transition(context.tx, offeringUserStates, action, account.id, to, stamps)
  const changes = `state: from ${account.state} to ${to}`
  await recordEvents(context, [offeringUserEvent('marketplace_offering_user_updated', { ...account, state: to }, changes)])
}

/** Writes a name, which makes an account usable that was on its way. Whoever calls holds the naming and has asked whether it is taken. */
export async function nameAccount(context: Context, account: OfferingUser, username: string | null): Promise<void> {
  if (username === account.username) return
  if (username !== null && COMING.includes(account.state)) {
    return moveAccount(context, { ...account, username }, 'name', 'OK', { username })
  }
  await run(context.tx, sql`update offering_user set username = ${username} where id = ${account.id}`)
  const changes = `username: from ${account.username ?? 'none'} to ${username ?? 'none'}`
  await recordEvents(context, [offeringUserEvent('marketplace_offering_user_updated', { ...account, username }, changes)])
}

export type NewAccount = { offering_id: number; user_id: number; username: string | undefined; is_tied: boolean }

/** Makes an account, usable at once when it has a name; undefined when the person has one there already. */
export async function makeAccount(context: Context, naming: Naming, account: NewAccount): Promise<number | undefined> {
  const { offering_id, user_id, username, is_tied } = account
  const there = await run(context.tx, sql`select from offering_user where offering_id = ${offering_id} and user_id = ${user_id}`)
  if (there.length > 0) return undefined
  const name = username ?? (await naming.nameFor(await readPerson(context.tx, user_id)))
  const { uidnumber, primarygroup } = await naming.numbers()
  const [made] = await run(
    context.tx,
    sql<{ id: number }>`insert into offering_user (offering_id, user_id, username, state, is_tied, uidnumber, primarygroup)
      values (${offering_id}, ${user_id}, ${name ?? null}, ${begun(offeringUserStates, name ? 'OK' : 'Requested')}, ${is_tied},
        ${uidnumber}, ${primarygroup}) returning id`,
  )
  const [told] = await readAccounts(context, sql`ou.id = ${made?.id ?? 0}`)
  if (told) await recordEvents(context, [offeringUserEvent('marketplace_offering_user_created', told)])
  return told?.id
}

/** What a person's name at an offering is made of. */
export async function readPerson(tx: Tx, userId: number): Promise<Named> {
  const [person] = await run(tx, sql<Named>`select username, first_name, last_name from "user" where id = ${userId}`)
  if (!person) throw new Error(`No user ${userId}`)
  return person
}
