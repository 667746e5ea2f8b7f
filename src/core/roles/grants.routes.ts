// The four operations on the roles of a scope, the same on organizations, projects, offerings and service providers
// (platform.md §7). A scope declares what differs.
import { sql } from 'kysely'
import { type Actor, holds, may, type Scope } from '../../platform/auth/actor.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import { type Api, action, list } from '../../platform/http/api.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { type FieldErrors, forbidden, invalid, invalidBody } from '../../platform/http/errors.ts'
import { readUuid } from '../../platform/http/filters.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, datetime, nullable, optional, type Parsed, text, uuid } from '../../platform/http/shapes.ts'
import type { JsonSchema } from '../../platform/http/view.ts'
import { changeGrant, covers, findGrant, grantRole, revokeGrants } from './grants.ts'
import { grantsUnder, listedGrants } from './grants.view.ts'
import type { Permission } from './permissions.ts'
import type { RoleScopeType } from './scopes.ts'

/** What the subject of a scope's collection must have for roles to be granted on it. */
export type GrantableRow = { id: number; customer_blocked: boolean; customer_archived: boolean }

/** A kind of object on which roles are granted. */
export type GrantableScope<Row extends GrantableRow> = {
  collection: Collection<Row>
  /** As in roles: `project`. */
  type: RoleScopeType
  /** Which permission adds, changes and removes a grant (platform.md §7.3). */
  permissions: { add: Permission; update: Permission; delete: Permission }
  /** The objects on which that permission may be held. */
  sources: (row: Row) => readonly Scope[]
  /** Why nobody may be granted anything here now, whoever asks; undefined when all is well. */
  unavailable?: (row: Row) => string | undefined
  /** Who may read the team, where seeing the scope is not enough. */
  mayList?: (actor: Actor, row: Row) => boolean
}

const userRoleBody = (name: string) => body(name, { role: text(), user: uuid(), expiration_time: optional(nullable(datetime())) })
type Input = Parsed<ReturnType<typeof userRoleBody>>
type GrantCall<Row> = Call<Row, Input>

const EXPIRATION_TIME: JsonSchema = {
  type: 'object',
  properties: { expiration_time: { type: ['string', 'null'], format: 'date-time' } },
  required: ['expiration_time'],
}

/** Registers `list_users`, `add_user`, `update_user` and `delete_user` of a scope. */
export function roleGrantRoutes<Row extends GrantableRow>(api: Api, scope: GrantableScope<Row>): void {
  const { collection, type } = scope
  list(api, grantsUnder(collection), {
    id: `${collection.name}_list_users_list`,
    summary: 'List the people who hold roles here',
    under: {
      of: collection,
      permission: (actor, row: Row) => mayListTeam(scope, actor, row),
      where: (row: Row) => listedGrants(type, row.id),
    },
  })
  action(api, collection, 'add_user', {
    summary: 'Give somebody a role here, or prolong it',
    permission: 'whom its command lets',
    lets: ({ actor, row }) => requireManager(scope, 'add', actor, row),
    body: userRoleBody('UserRoleCreateRequest'),
    status: 201,
    answer: EXPIRATION_TIME,
    run: (call: GrantCall<Row>) => addUser(scope, call),
  })
  action(api, collection, 'update_user', {
    summary: 'Change until when somebody holds a role here',
    permission: 'whom its command lets',
    lets: ({ actor, row }) => requireManager(scope, 'update', actor, row),
    body: userRoleBody('UserRoleUpdateRequest'),
    answer: EXPIRATION_TIME,
    run: (call: GrantCall<Row>) => updateUser(scope, call),
  })
  action(api, collection, 'delete_user', {
    summary: 'Take a role from somebody',
    permission: 'whom its command lets',
    lets: ({ actor, row }) => requireManager(scope, 'delete', actor, row),
    body: userRoleBody('UserRoleDeleteRequest'),
    run: (call: GrantCall<Row>) => deleteUser(scope, call),
  })
}

function mayListTeam<Row extends GrantableRow>({ mayList }: GrantableScope<Row>, actor: Actor, row: Row): boolean {
  if (mayList && !mayList(actor, row)) throw forbidden('You do not have permission to list team members of this scope.')
  return true
}

async function addUser<Row extends GrantableRow>(scope: GrantableScope<Row>, call: GrantCall<Row>) {
  const { role, grant } = await checked(scope, call, 'add')
  const held = await findGrant(call.tx, grant)
  if (held && covers(held.expiration_time, grant.expiration_time)) throw invalidBody('User has already the same role in this scope.')
  if (role.scope_type !== scope.type) throw invalidBody('Role is not valid for this scope.')
  if (!role.is_active) throw invalidBody('Role is not active.')
  return { expiration_time: await grantRole(call, grant) }
}

async function updateUser<Row extends GrantableRow>(scope: GrantableScope<Row>, call: GrantCall<Row>) {
  const { grant } = await checked(scope, call, 'update')
  const held = await findGrant(call.tx, grant)
  if (!held) throw invalidBody('User does not have this role in this scope.')
  return { expiration_time: await changeGrant(call, held, grant.expiration_time) }
}

/** Ends the grant; that there is none is what was wanted (platform.md §7.2). */
async function deleteUser<Row extends GrantableRow>(scope: GrantableScope<Row>, call: GrantCall<Row>): Promise<void> {
  const { grant } = await checked(scope, call, 'delete')
  const held = await findGrant(call.tx, grant)
  if (held) await revokeGrants(call, [held])
}

function requireManager<Row extends GrantableRow>(scope: GrantableScope<Row>, what: 'add' | 'update' | 'delete', actor: Actor, row: Row) {
  const permission = scope.permissions[what]
  if (!may(actor, permission, scope.sources(row))) throw forbidden()
  return permission
}

type RoleRow = { id: number; scope_type: string; is_active: boolean }

/** What the input names, after everything that the three operations check alike, in the order of platform.md §7.2. */
async function checked<Row extends GrantableRow>(scope: GrantableScope<Row>, call: GrantCall<Row>, what: 'add' | 'update' | 'delete') {
  const { tx, actor, row, input } = call
  const errors: FieldErrors = {}
  const role = await findRole(tx, input.role)
  const user = await tx.selectFrom('user').select('id').where('uuid', '=', input.user).executeTakeFirst()
  const expiration_time = input.expiration_time ?? null
  if (!role) errors.role = ['Role is not found.']
  if (!user) errors.user = ['User is not found.']
  if (expiration_time && Date.parse(expiration_time) <= Date.now()) {
    errors.expiration_time = ['Expiration time should be greater than current time.']
  }
  if (!role || !user || errors.expiration_time) throw invalid(errors)

  if (row.customer_blocked || row.customer_archived) throw invalidBody('Customer is not available.')
  const unavailable = scope.unavailable?.(row)
  if (unavailable) throw invalidBody(unavailable)
  const permission = requireManager(scope, what, actor, row)
  if (user.id === actor.id && !mayManageOwnRole(actor, permission, scope, row)) throw invalidBody('User can not manage own role.')
  return { role, grant: { user_id: user.id, role_id: role.id, scope: { type: scope.type, id: row.id }, expiration_time } }
}

async function findRole(tx: Tx, asked: string): Promise<RoleRow | undefined> {
  const [found] = await run(
    tx,
    sql<RoleRow>`select id, scope_type, is_active from role where name = ${asked} or uuid = ${readUuid(asked) ?? null}::uuid`,
  )
  return found
}

/** Nobody keeps or widens a role by the power of that role; who may from above, or on an organization, may. */
function mayManageOwnRole<Row extends GrantableRow>(
  actor: Actor,
  permission: Permission,
  { type, sources }: GrantableScope<Row>,
  row: Row,
): boolean {
  if (actor.is_staff || type === 'customer') return true
  const elsewhere = actor.grants.filter((grant) => grant.scope_type !== type || grant.scope_id !== row.id)
  return holds({ ...actor, grants: elsewhere }, permission, sources(row))
}
