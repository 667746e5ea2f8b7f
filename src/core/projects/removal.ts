// The end of a project and its return. Removing is soft: the row, its history and who belonged to it are kept (platform.md §17).
import { sql } from 'kysely'
import type { Actor } from '../../platform/auth/actor.ts'
import { run } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { discardFile } from '../../platform/files/store.ts'
import { notFound, refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { todayIn } from '../../platform/time.ts'
import { type Context, reaction } from '../../platform/wiring.ts'
import { customerEvents } from '../customers/events.ts'
import { grantRole, type HeldGrant, revokeGrantsOn } from '../roles/grants.ts'
import { checkDates, customerOf, endDateColumns } from './commands.ts'
import { projectEvent } from './events.ts'
import type { Project } from './list.ts'
import { guardPicture } from './pictures.ts'
import type { RecoveryInput } from './schema.ts'

/** A check: what is removed is found, but no longer there to be changed. */
export function projectIsLive({ is_removed }: Project): void {
  if (is_removed) throw notFound('Project')
}

/** A check for what only a removed project can undergo. */
export function projectIsRemoved({ is_removed }: Project): void {
  if (!is_removed) throw refused('Project is not deleted and cannot be recovered.')
}

type Member = { user_uuid: string; username: string; full_name: string; role_name: string; expiration_time: string | null }

const memberOf = ({ affected_user, role, expiration_time }: HeldGrant): Member => ({
  user_uuid: affected_user.uuid,
  username: affected_user.username,
  full_name: affected_user.full_name,
  role_name: role,
  expiration_time,
})

const person = (actor: Actor | undefined) => (actor ? { uuid: actor.uuid, username: actor.username, full_name: actor.full_name } : null)

/**
 * Removes a project: ends all roles in it and keeps a snapshot of who held them. Throws 400 while a resource is not terminated.
 * For requests and for the job that ends projects at their end date.
 */
export async function removeProject(context: Context, project: Project): Promise<void> {
  const { tx, actor } = context
  const [active] = await run(tx, sql`select 1 from resource where project_id = ${project.id} and state <> 'Terminated' limit 1`)
  if (active) throw refused('Project contains active resources. Please remove them before deleting project.')
  await recordEvents(context, [projectEvent('project_deletion_triggered', project, customerOf(project))])
  const members = (await revokeGrantsOn(context, { type: 'project', id: project.id })).map(memberOf)
  await run(
    tx,
    sql`update project set is_removed = true, removed = now(), removed_by_id = ${actor?.id ?? null},
      termination_metadata = ${JSON.stringify({ removed_by: person(actor), members })}::jsonb || jsonb_build_object('removed', wire_time(now()))
      where id = ${project.id}`,
  )
  await guardPicture(tx, project.image_id, true)
  await recordEvents(context, [projectEvent('project_deletion_succeeded', project, customerOf(project))])
}

export type RecoveryInfo = { restored_members: number; invited_members: number }

/**
 * Brings a removed project back, without its resources. Staff may have its former people given their roles again, except where
 * these have expired meanwhile, or the role or the user is gone.
 */
export async function recoverProject(call: Call<Project, RecoveryInput>): Promise<RecoveryInfo> {
  const { tx, actor, viewer, row, input } = call
  // Who deletes the organization meanwhile waits, or is found to have done so.
  const [owner] = await run(tx, sql<{ is_removed: boolean }>`select is_removed from customer where id = ${row.customer_id} for key share`)
  if (owner?.is_removed !== false) throw notFound('Project')
  const today = todayIn(viewer.timeZone)
  checkDates(actor, { end_date: input.end_date }, { ...row, end_date: null }, row.customer_id, today)
  // An end that has passed would end it again at once.
  const passed = row.end_date !== null && row.end_date < today
  const end = input.end_date ?? (passed ? null : undefined)
  const { termination_metadata } = await tx
    .selectFrom('project')
    .select('termination_metadata')
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('project')
    .set({ is_removed: false, removed: null, removed_by_id: null, termination_metadata: null, ...endDateColumns(actor, end, row.end_date) })
    .where('id', '=', row.id)
    .execute()
  await guardPicture(tx, row.image_id, false)
  await recordEvents(call, [projectEvent('project_update_succeeded', row, customerOf(row), { changes: 'it has been recovered' })])
  const former = ((termination_metadata as { members?: Member[] } | null)?.members ?? []).filter(
    ({ expiration_time }) => expiration_time === null || Date.parse(expiration_time) > Date.now(),
  )
  const restored = input.restore_team_members ? await restoreMembers(call, row, former) : 0
  return { restored_members: restored, invited_members: 0 }
}

async function restoreMembers(context: Context, project: Project, members: readonly Member[]): Promise<number> {
  let restored = 0
  for (const { user_uuid, role_name, expiration_time } of members) {
    const [found] = await run(
      context.tx,
      sql<{ user_id: number; role_id: number }>`select u.id as user_id, r.id as role_id from "user" u join role r on r.name = ${role_name}
        and r.scope_type = 'project' and r.is_active where u.uuid = ${user_uuid}::uuid and u.is_active`,
    )
    if (!found) continue
    await grantRole(context, { ...found, scope: { type: 'project', id: project.id }, expiration_time })
    restored++
  }
  return restored
}

/** Removed projects stay as rows until their organization is deleted for real. */
export const removeWithOrganization = reaction(customerEvents, ['customer_deletion_succeeded'], async ({ tx, jobs }, customer) => {
  if (customer.rows_stay) return
  const gone = await tx
    .deleteFrom('project')
    .where('customer_id', '=', customer.id)
    .where('is_removed', '=', true)
    .returning('image_id')
    .execute()
  for (const { image_id } of gone) await discardFile({ tx, jobs }, image_id)
})
