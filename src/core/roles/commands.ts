// What staff does with roles (platform.md §8.2). A change of permissions counts from the next request on: what servers keep of
// callers is dropped by the triggers on these tables.
import { sql } from 'kysely'
import { run, type Tx } from '../../platform/db/database.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { type FieldErrors, invalid, invalidBody, refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, boolean, json, nullable, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import type { Role } from './list.ts'
import { isPermission } from './permissions.ts'
import { ROLE_SCOPE_WORDS } from './scopes.ts'
import { DESCRIPTION_FIELDS, type DescriptionField } from './view.ts'

const DESCRIPTION_MAX = 4096
const nameTaken = () => invalidBody('Name should be unique.')

export const roleConstraints: Translations = { role_name_key: nameTaken }

type Translated = { [Name in DescriptionField]: ReturnType<typeof translation> }
const translation = () => optional(nullable(text({ max: DESCRIPTION_MAX, blank: true })))
const descriptionFields = {
  description: optional(text({ max: DESCRIPTION_MAX, blank: true })),
  ...(Object.fromEntries(DESCRIPTION_FIELDS.map((name) => [name, translation()])) as Translated),
}

export const descriptionBody = body('RoleDescriptionRequest', descriptionFields)
export const roleBody = body('RoleModifyRequest', {
  name: text({ max: 150 }),
  content_type: text(),
  permissions: json(),
  is_active: optional(boolean()),
  ...descriptionFields,
})
type DescriptionInput = Parsed<typeof descriptionBody>
type RoleInput = Parsed<typeof roleBody>

/** 400 for a scope type or permissions that do not exist. */
function checkInput({ content_type, permissions }: Partial<RoleInput>): void {
  const errors: FieldErrors = {}
  if (content_type !== undefined && !(ROLE_SCOPE_WORDS as readonly string[]).includes(content_type))
    errors.content_type = ['Invalid content type.']
  if (permissions !== undefined) {
    if (!Array.isArray(permissions)) errors.permissions = ['Expected a list of permissions.']
    else {
      const unknown = permissions.filter((name) => typeof name !== 'string' || !isPermission(name))
      if (unknown.length > 0) errors.permissions = [`Invalid permissions ${unknown.join(', ')}`]
    }
  }
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

async function writePermissions(tx: Tx, roleId: number, permissions: unknown): Promise<void> {
  if (permissions === undefined) return
  const names = [...new Set(permissions as string[])]
  await run(tx, sql`delete from role_permission where role_id = ${roleId} and permission <> all(${names}::text[])`)
  await run(tx, sql`insert into role_permission (role_id, permission) select ${roleId}, unnest(${names}::text[]) on conflict do nothing`)
}

/** The translations that a body sets; null and an empty text remove one. */
const translationsOf = (input: Partial<DescriptionInput>) => ({
  set: Object.fromEntries(DESCRIPTION_FIELDS.filter((name) => input[name]).map((name) => [name, input[name]])),
  removed: DESCRIPTION_FIELDS.filter((name) => input[name] === null || input[name] === ''),
})

async function writeDescriptions(tx: Tx, roleId: number, input: Partial<DescriptionInput>): Promise<void> {
  const { set, removed } = translationsOf(input)
  await run(
    tx,
    sql`update role set description = coalesce(${input.description ?? null}::text, description),
      translations = (translations || ${JSON.stringify(set)}::jsonb) - ${removed}::text[] where id = ${roleId}`,
  )
}

export async function createRole({ tx, input }: Call<undefined, RoleInput>): Promise<number> {
  checkInput(input)
  if (await isTaken(tx, input.name)) throw nameTaken()
  const { id } = await tx
    .insertInto('role')
    .values({ name: input.name, scope_type: input.content_type, is_active: input.is_active ?? true })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeDescriptions(tx, id, input)
  await writePermissions(tx, id, input.permissions)
  return id
}

const isTaken = async (tx: Tx, name: string, except = 0): Promise<boolean> =>
  (await run(tx, sql`select 1 from role where name = ${name} and id <> ${except}`)).length > 0

/** Changes what was sent; `permissions` replaces the whole set. Names and scope types of built-in roles are fixed. */
export async function updateRole({ tx, row, input }: Call<Role, Partial<RoleInput>>): Promise<number> {
  checkInput(input)
  const { name, content_type } = input
  if (name !== undefined && name !== row.name) {
    if (row.is_system_role) throw invalidBody('Changing name for system role is not possible.')
    if (await isTaken(tx, name, row.id)) throw nameTaken()
  }
  if (content_type !== undefined && content_type !== row.scope_type && (row.is_system_role || (await isUsed(tx, row.id)))) {
    throw invalid({ content_type: ['Scope type of a role in use cannot be changed.'] })
  }
  await tx
    .updateTable('role')
    .set({
      name: name ?? row.name,
      scope_type: content_type ?? row.scope_type,
      is_active: input.is_active ?? row.is_active,
    })
    .where('id', '=', row.id)
    .execute()
  await writeDescriptions(tx, row.id, input)
  await writePermissions(tx, row.id, input.permissions)
  return row.id
}

export async function updateRoleDescriptions({ tx, row, input }: Call<Role, DescriptionInput>): Promise<number> {
  await writeDescriptions(tx, row.id, input)
  return row.id
}

/** Whether new grants of the role may be made; present ones stay as they are. */
export const setRoleActive =
  (is_active: boolean) =>
  async ({ tx, row }: Call<Role>): Promise<void> => {
    await tx.updateTable('role').set({ is_active }).where('id', '=', row.id).execute()
  }

const isUsed = async (tx: Tx, roleId: number): Promise<boolean> =>
  (await run(tx, sql`select 1 from live_grant g where g.role_id = ${roleId} limit 1`)).length > 0

/** Deletes a role with the records of grants that have ended; events keep what happened. */
export async function deleteRole({ tx, row }: Call<Role>): Promise<void> {
  if (row.is_system_role) throw refused('Destroying of system role is not available.')
  if (await isUsed(tx, row.id)) throw refused('Role is still used.')
  await tx.deleteFrom('role_grant').where('role_id', '=', row.id).execute()
  await tx.deleteFrom('role').where('id', '=', row.id).execute()
}
