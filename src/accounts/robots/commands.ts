// Making, changing and removing robot accounts, and the steps of their life. A provider does all of that for its own resources.
import { sql } from 'kysely'
import { parsePublicKey, users as people } from '../../core/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { forbidden, invalid, invalidBody, Refusal } from '../../platform/http/errors.ts'
import type { Call, Check, LinkContext } from '../../platform/http/operation.ts'
import { right } from '../../platform/http/rights.ts'
import { body, json, link, linkList, nullable, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import { seenRows } from '../../platform/http/sight.ts'
import { jsonText, onlySent } from '../../platform/sent.ts'
import { begun, transition } from '../../platform/states/transition.ts'
import type { Context } from '../../platform/wiring.ts'
import { findSeenResource } from '../../resources/public.ts'
import { robotEvent } from './events.ts'
import type { Robot } from './list.ts'
import { type RobotAction, type RobotState, robotStates } from './states.ts'

const KEYS_MAX = 100
const KEY_MAX = 10_000
const NO_KEYS = 'JSON list of SSH public keys is expected.'

type Named = { id: number; full_name: string }

// Whoever the caller does not see is found all the same: members of the resource's project may be named by its provider.
const someone = {
  path: people.path,
  find: async (uuid: string, context: unknown): Promise<Named | undefined> => {
    const { tx } = context as LinkContext
    const [found] = await run(tx, sql<Named>`select id, full_name from "user" where uuid = ${uuid}::uuid and is_active`)
    return found
  },
}

const fields = {
  username: optional(text({ max: 32, blank: true })),
  description: optional(text({ max: 4096, blank: true })),
  type: text({ max: 5 }),
  users: optional(linkList(someone)),
  keys: optional(json()),
  responsible_user: optional(nullable(link(someone))),
}
export const robotBody = body('RobotAccountRequest', {
  ...fields,
  resource: link({
    path: '/api/marketplace-resources/',
    find: (uuid, context) => {
      const { tx, viewer } = context as LinkContext
      return findSeenResource(tx, viewer, uuid)
    },
  }),
})
export const erredBody = body('RobotAccountErrorRequest', { error_message: optional(text({ max: 10_000, blank: true })) })
type Input = Parsed<typeof robotBody>

export const robotConstraints: Translations = {
  robot_account_type_key: () => invalidBody('The fields resource, type must make a unique set.'),
}

const mayCreate = right('RESOURCE.CREATE_ROBOT_ACCOUNT', ['customer', 'provider_id'])
export const mayCreateFor = (actor: Actor, { resource }: Pick<Input, 'resource'>): boolean => mayCreate(actor, resource)
export const mayUpdate = right('RESOURCE.UPDATE_ROBOT_ACCOUNT', ['customer', 'provider_id'])
export const mayDelete = right('RESOURCE.DELETE_ROBOT_ACCOUNT', ['customer', 'provider_id'])

/** What a system elsewhere keeps is changed there. */
export const keptHere: Check<Robot> = ({ backend_id }) => {
  if (backend_id !== null) throw forbidden('Remote robot account is synchronized.')
}

/** The contract says 400 where other states say 409 (service-providers.md §5.3). */
export const robotIn =
  (action: RobotAction): Check<Robot> =>
  ({ state }) => {
    const { from } = robotStates.actions[action]
    if (!from.includes(state)) throw new Refusal(400, { detail: `Valid states for operation: ${from.join(', ')}.` })
  }

type Keys = { keys?: string; fingerprints?: string }

/** The columns of keys that were sent. */
function keyColumns(sent: unknown): Keys {
  if (sent === undefined) return {}
  const refuse = () => invalid({ keys: [NO_KEYS] })
  if (!Array.isArray(sent) || sent.length > KEYS_MAX) throw refuse()
  const fingerprints = sent.map((key: unknown) => {
    const parsed = typeof key === 'string' && key.length <= KEY_MAX ? parsePublicKey(key.trim()) : undefined
    if (!parsed || 'problem' in parsed) throw refuse()
    return { md5: parsed.fingerprint_md5, sha256: parsed.fingerprint_sha256, sha512: parsed.fingerprint_sha512 }
  })
  return { keys: jsonText(sent), fingerprints: jsonText(fingerprints) }
}

type Place = { project_id: number; customer_id: number }

/** Over the alias `g` of a live grant: it is held where the resource is. */
const heldAt = ({ project_id, customer_id }: Place) => sql`((g.scope_type = 'project' and g.scope_id = ${project_id})
  or (g.scope_type = 'customer' and g.scope_id = ${customer_id}))`

/** 400 unless all of them belong to the resource's project or organization; only those whom the caller sees are named. */
async function requireMembers({ tx, actor }: Call<unknown, unknown>, place: Place, sent: Partial<Input>): Promise<void> {
  const { users = [], responsible_user } = sent
  const named = [...users, ...(responsible_user ? [responsible_user] : [])]
  if (named.length === 0) return
  const ids = named.map(({ id }) => id)
  const strangers = await run(
    tx,
    sql<{
      id: number
      is_seen: boolean
    }>`select u.id, u.id in (${seenRows(people, actor, 'id', sql`u.id = any(${ids}::bigint[])`)}) as is_seen
      from "user" u where u.id = any(${ids}::bigint[]) and not exists (select from live_grant g where g.user_id = u.id and ${heldAt(place)})`,
  )
  const unseen = new Set(strangers.filter(({ is_seen }) => !is_seen).map(({ id }) => id))
  const strange = new Set(strangers.map(({ id }) => id))
  const gone = 'Invalid hyperlink - Object does not exist.'
  if (users.some(({ id }) => unseen.has(id))) throw invalid({ users: [gone] })
  if (responsible_user && unseen.has(responsible_user.id)) throw invalid({ responsible_user: [gone] })
  const others = users.filter(({ id }) => strange.has(id)).map(({ full_name }) => full_name)
  if (others.length > 0) throw invalidBody(`Users ${others.join(', ')} should belong to the same project or organization as the resource.`)
  if (responsible_user && strange.has(responsible_user.id)) {
    throw invalidBody(
      `The responsible user ${responsible_user.full_name} should belong to the same project or organization as the resource.`,
    )
  }
}

async function setUsers(tx: Tx, id: number, users: readonly Named[]): Promise<void> {
  await run(tx, sql`delete from robot_account_user where robot_account_id = ${id}`)
  await run(
    tx,
    sql`insert into robot_account_user (robot_account_id, user_id)
      select distinct ${id}::bigint, user_id from unnest(${users.map((user) => user.id)}::bigint[]) user_id`,
  )
}

const columnsOf = ({ users: _users, resource: _resource, keys, responsible_user, ...plain }: Partial<Input>) => ({
  ...onlySent(plain),
  ...keyColumns(keys),
  ...(responsible_user === undefined ? {} : { responsible_user_id: responsible_user?.id ?? null }),
})

/** Makes an account for a program on a resource; it is usable at once. */
export async function createRobot(call: Call<undefined, Input>): Promise<number> {
  const { tx, input } = call
  const { resource, users = [] } = input
  // Who ends the resource meanwhile is waited for.
  const [held] = await run(tx, sql<{ state: string }>`select state from resource where id = ${resource.id} for share`)
  if (held?.state === 'Terminated') throw invalid({ resource: ['Resource is terminated.'] })
  const columns = columnsOf(input)
  await requireMembers(call, resource, input)
  const state = begun(robotStates, 'OK')
  const { id, uuid } = await tx
    .insertInto('robot_account')
    .values({ type: input.type, ...columns, resource_id: resource.id, state })
    .returning(['id', 'uuid'])
    .executeTakeFirstOrThrow()
  await setUsers(tx, id, users)
  const told = { ...resource, resource_id: resource.id, resource_uuid: resource.uuid, resource_name: resource.name }
  await recordEvents(call, [robotEvent('resource_robot_account_created', { ...told, id, uuid, type: input.type, state })])
  return id
}

/** Changes an account; its resource stays. */
export async function updateRobot(call: Call<Robot, Partial<Input>>): Promise<number> {
  const { tx, row, input } = call
  const columns = columnsOf(input)
  await requireMembers(call, row, input)
  if (Object.keys(columns).length > 0) await tx.updateTable('robot_account').set(columns).where('id', '=', row.id).execute()
  if (input.users) await setUsers(tx, row.id, input.users)
  await recordEvents(call, [robotEvent('resource_robot_account_updated', { ...row, ...onlySent({ type: input.type }) })])
  return row.id
}

export async function deleteRobot(call: Call<Robot>): Promise<void> {
  await call.tx.deleteFrom('robot_account').where('id', '=', call.row.id).execute()
  await recordEvents(call, [robotEvent('resource_robot_account_deleted', call.row)])
}

/** Moves an account on; what was wrong with it is over with the state. */
export async function moveRobot(context: Context, robot: Robot, action: RobotAction, to: RobotState, error_message = ''): Promise<void> {
  await transition(context.tx, robotStates, action, robot.id, to, { error_message, error_traceback: '' })
  await recordEvents(context, [robotEvent('resource_robot_account_state_changed', { ...robot, state: to })])
}

/** A step to the one state that it leads to. */
export const step = (action: RobotAction) => async (call: Call<Robot>) => {
  await moveRobot(call, call.row, action, robotStates.actions[action].to[0] as RobotState)
  return call.row.id
}

export async function setErred(call: Call<Robot, Parsed<typeof erredBody>>): Promise<number> {
  await moveRobot(call, call.row, 'set_state_erred', 'Error', call.input.error_message)
  return call.row.id
}
