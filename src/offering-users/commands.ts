// What a provider's people do with accounts (service-providers.md §5.1).
import { sql } from 'kysely'
import { type ProviderOffering, providerOfferings } from '../offerings/public.ts'
import { run, type Tx } from '../platform/db/database.ts'
import type { Translations } from '../platform/db/failures.ts'
import { recordEvents } from '../platform/events/record.ts'
import { findSubject } from '../platform/http/collection.ts'
import { forbidden, invalid, invalidBody, Refusal, refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import type { Asked } from '../platform/http/who.ts'
import { onlySent } from '../platform/sent.ts'
import type { Context } from '../platform/wiring.ts'
import { makeAccount, moveAccount, nameAccount } from './accounts.ts'
import { offeringUserEvent } from './events.ts'
import type { OfferingUser } from './list.ts'
import { holdNaming, isTaken } from './names.ts'
import { findPerson, type Person } from './people.ts'
import { mayCreate } from './policy.ts'
import type { commentsBody, createBody, pendingBody, restrictionBody, updateBody } from './schema.ts'
import { codeOf, type OfferingUserState, offeringUserStates, type Verb } from './states.ts'

type On = Call<OfferingUser>
type CreateInput = Parsed<typeof createBody>

const exists = () => invalidBody('The fields offering, user must make a unique set.')

export const offeringUserConstraints: Translations = {
  offering_user_key: exists,
  offering_user_username_key: () => invalid({ username: ['Username is already taken.'] }),
}

/** An object that may be named by its URL or by its uuid, but not by both. */
function requireOne(name: string, url: unknown, uuid: unknown): void {
  if (url !== undefined && uuid !== undefined)
    throw invalidBody(`Cannot specify both '${name}' URL and '${name}_uuid'. Use one or the other.`)
  if (url === undefined && uuid === undefined) throw invalidBody(`Either '${name}' URL or '${name}_uuid' is required.`)
}

const unknown = (field: string, uuid: string) => invalid({ [field]: [`Object with uuid=${uuid} does not exist.`] })

/** The offering and the person that a body names; 400 where it names none that the caller knows of, 403 where the caller may not. */
export async function namedIn({
  tx,
  actor,
  viewer,
  input,
}: Asked<undefined, CreateInput>): Promise<{ offering: ProviderOffering; user: Person }> {
  requireOne('offering', input.offering, input.offering_uuid)
  requireOne('user', input.user, input.user_uuid)
  const byUuid = async (uuid: string) => {
    const found = await findSubject(tx, providerOfferings, viewer, uuid, { holding: ['offering'] })
    if (!found) throw unknown('offering_uuid', uuid)
    return found
  }
  const offering = input.offering ?? (await byUuid(input.offering_uuid as string))
  if (!mayCreate(actor, offering)) throw forbidden()
  const user = input.user ?? (await findPerson(tx, actor, input.user_uuid as string))
  if (!user) throw unknown('user_uuid', input.user_uuid as string)
  return { offering, user }
}

export async function createAccount(call: Call<undefined, CreateInput>): Promise<number> {
  const { tx, input } = call
  const { offering, user } = await namedIn(call)
  if (offering.plugin_options.service_provider_can_create_offering_user !== true) {
    throw refused('It is not allowed to create users for current offering.')
  }
  const naming = await holdNaming(tx, offering.id)
  const username = input.username || undefined
  if (username !== undefined) await requireFree(tx, { id: 0, offering_id: offering.id, offering_name: offering.name }, username)
  const made = await makeAccount(call, naming, { offering_id: offering.id, user_id: user.id, username, is_tied: false })
  if (made === undefined) throw exists()
  return made
}

async function requireFree(tx: Tx, account: Pick<OfferingUser, 'id' | 'offering_id' | 'offering_name'>, username: string): Promise<void> {
  if (!(await isTaken(tx, account.offering_id, username, account.id))) return
  throw invalid({ username: [`Username is already taken in offering ${account.offering_name}.`] })
}

/** Gives an account that is held a name, or takes it away; 400 when another has it. */
export async function setUsername(context: Context, account: OfferingUser, username: string | null): Promise<void> {
  await holdNaming(context.tx, account.offering_id)
  if (username !== null) await requireFree(context.tx, account, username)
  await nameAccount(context, account, username)
}

export async function updateAccount(call: Call<OfferingUser, Partial<Parsed<typeof updateBody>>>): Promise<number> {
  const { row, input } = call
  if (input.username !== undefined) await setUsername(call, row, input.username || null)
  return row.id
}

export async function deleteAccount(call: On): Promise<void> {
  const { tx, row } = call
  await run(tx, sql`delete from offering_user where id = ${row.id}`)
  await recordEvents(call, [offeringUserEvent('marketplace_offering_user_deleted', row)])
}

// The words of the field's server: the target is named as in its source, the state by its code.
const TARGETS: { readonly [V in Verb]: readonly [to: OfferingUserState, word: string] } = {
  begin_creating: ['Creating', 'CREATING'],
  set_pending_additional_validation: ['Pending additional validation', 'PENDING_ADDITIONAL_VALIDATION'],
  set_pending_account_linking: ['Pending account linking', 'PENDING_ACCOUNT_LINKING'],
  set_validation_complete: ['OK', 'VALIDATION_COMPLETE'],
  set_ok: ['OK', 'OK'],
  set_error_creating: ['Error creating', 'ERROR_CREATING'],
  request_deletion: ['Requested deletion', 'DELETION_REQUESTED'],
  set_deleting: ['Deleting', 'DELETING'],
  set_deleted: ['Deleted', 'DELETED'],
  set_error_deleting: ['Error deleting', 'ERROR_DELETING'],
}

// Agents say it after they have named an account, which made it so.
const isSaidAgain = (verb: Verb, state: OfferingUserState) => verb === 'set_ok' && state === 'OK'

/** A check: 400 in the words of the field's server where the account is in no state from which this leads. */
export const canMove =
  (verb: Verb) =>
  ({ state }: OfferingUser): void => {
    const { from } = offeringUserStates.actions[verb]
    if (from.includes(state) || isSaidAgain(verb, state)) return
    const valid = `Valid states for operation: ${from.join(', ')}.`
    throw new Refusal(400, { detail: `Cannot transition to ${TARGETS[verb][1]} from current state: ${codeOf(state)}. ${valid}` })
  }

/** Moves an account on; a completed validation needs no comments any more. */
export const move =
  (verb: Verb) =>
  async (call: On): Promise<void> => {
    if (isSaidAgain(verb, call.row.state)) return
    const done = verb === 'set_validation_complete' ? { service_provider_comment: '', service_provider_comment_url: '' } : {}
    await moveAccount(call, call.row, verb, TARGETS[verb][0], done)
  }

/** Says what the provider waits for. */
export const moveWithComment =
  (verb: Verb) =>
  async (call: Call<OfferingUser, Parsed<typeof pendingBody>>): Promise<void> => {
    const { comment, comment_url } = call.input
    const said = onlySent({ service_provider_comment: comment, service_provider_comment_url: comment_url })
    await moveAccount(call, call.row, verb, TARGETS[verb][0], said)
  }

/** A check: 403 for an account that is gone. */
export function isThere({ state }: OfferingUser): void {
  if (state === 'Deleted') throw forbidden()
}

export async function updateComments(call: Call<OfferingUser, Parsed<typeof commentsBody>>): Promise<number> {
  const { tx, row, input } = call
  const said = onlySent(input)
  if (Object.keys(said).length === 0) return row.id
  await tx.updateTable('offering_user').set(said).where('id', '=', row.id).execute()
  await recordEvents(call, [offeringUserEvent('marketplace_offering_user_updated', row, 'service provider comment')])
  return row.id
}

export async function updateRestriction(call: Call<OfferingUser, Parsed<typeof restrictionBody>>): Promise<void> {
  const { tx, row, input } = call
  const { is_restricted } = input
  const changed = await run(
    tx,
    sql`update offering_user set is_restricted = ${is_restricted} where id = ${row.id} and is_restricted <> ${is_restricted} returning id`,
  )
  if (changed.length === 0) return
  const changes = is_restricted ? 'restricted' : 'no longer restricted'
  await recordEvents(call, [offeringUserEvent('marketplace_offering_user_restriction_updated', row, changes)])
}
