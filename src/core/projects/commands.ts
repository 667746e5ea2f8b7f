// What happens to projects while they live: made, changed, moved (platform.md §11). Their end and their return: removal.ts.
import { type Actor, may } from '../../platform/auth/actor.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { replaceFile, storeFile } from '../../platform/files/store.ts'
import { type FieldErrors, forbidden, invalid, refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { todayIn } from '../../platform/time.ts'
import { changesBetween } from '../customers/commands.ts'
import type { ToldCustomer } from '../customers/events.ts'
import type { Customer } from '../customers/list.ts'
import { customerIsOpen } from '../customers/policy.ts'
import { slugFor } from '../customers/slug.ts'
import { revokeGrantsOn } from '../roles/grants.ts'
import { projectEvent } from './events.ts'
import type { Project } from './list.ts'
import { mayDeleteProject } from './policy.ts'
import type { MoveInput, ProjectInput } from './schema.ts'
import { projectView } from './view.ts'

/** The organization of a project's row, as events name it. */
export const customerOf = (project: Project): ToldCustomer => ({
  id: project.customer_id,
  uuid: project.customer_uuid,
  name: project.customer_name,
  native_name: project.customer_native_name,
  abbreviation: project.customer_abbreviation,
})

const TOO_EARLY = 'Cannot be earlier than the current date.'

type Dates = { start_date: string | null; end_date: string | null }
type SentDates = { [Name in keyof Dates]?: string | null | undefined }

/**
 * Refuses days that make no sense, and an end set by somebody who may not delete the project (403). A day that is sent as it
 * stands is no change.
 */
export function checkDates(actor: Actor, sent: SentDates, stored: Dates, customerId: number, today: string): void {
  const errors: FieldErrors = {}
  if (sent.start_date !== undefined && sent.start_date !== stored.start_date) {
    if (stored.start_date && stored.start_date <= today) errors.start_date = ['Cannot be changed after it has arrived.']
    else if (sent.start_date && sent.start_date < today) errors.start_date = [TOO_EARLY]
  }
  const end = sent.end_date !== stored.end_date ? sent.end_date : undefined
  if (end && end < today) errors.end_date = [TOO_EARLY]
  if (Object.keys(errors).length > 0) throw invalid(errors)
  if (end && !mayDeleteProject(actor, { customer_id: customerId })) throw forbidden()
}

/** What an end date brings with it: who asked for it. Nothing while the date stays. */
export const endDateColumns = (actor: Actor, sent: string | null | undefined, stored: string | null) =>
  sent === undefined || sent === stored ? {} : { end_date: sent, end_date_requested_by_id: sent === null ? null : actor.id }

const PLAIN_FIELDS = [
  'name',
  'slug',
  'description',
  'staff_notes',
  'backend_id',
  'kind',
  'start_date',
  'oecd_fos_2007_code',
  'is_industry',
  'grace_period_days',
] as const
const JSON_FIELDS = ['user_email_patterns', 'user_affiliations', 'user_identity_sources'] as const

/** The columns that a body sets. */
function columnsOf(input: Partial<ProjectInput>) {
  const plain = PLAIN_FIELDS.filter((name) => input[name] !== undefined && !(name === 'slug' && input[name] === ''))
  const json = JSON_FIELDS.filter((name) => input[name] !== undefined)
  return {
    ...(Object.fromEntries(plain.map((name) => [name, input[name]])) as Partial<Pick<ProjectInput, (typeof PLAIN_FIELDS)[number]>>),
    ...Object.fromEntries(json.map((name) => [name, JSON.stringify(input[name])])),
    ...(input.type !== undefined && { type_id: input.type?.id ?? null }),
  }
}

export async function createProject(call: Call<undefined, ProjectInput>): Promise<number> {
  const { tx, actor, viewer, input } = call
  const { customer } = input
  checkDates(actor, input, { start_date: null, end_date: null }, customer.id, todayIn(viewer.timeZone))
  customerIsOpen(customer)
  const columns = columnsOf(input)
  const made = await tx
    .insertInto('project')
    .values({
      ...columns,
      ...endDateColumns(actor, input.end_date, null),
      name: input.name,
      customer_id: customer.id,
      slug: columns.slug ?? (await slugFor(tx, 'project', input.name, customer.id)),
      image_id: input.image ? await storeFile(call, input.image) : null,
    })
    .returning(['id', 'uuid', 'name'])
    .executeTakeFirstOrThrow()
  await recordEvents(call, [projectEvent('project_creation_succeeded', made, customer)])
  return made.id
}

/** Changes what was sent; the organization stays, whatever was sent of it. */
export async function updateProject(call: Call<Project, Partial<ProjectInput>>): Promise<number> {
  const { tx, actor, viewer, row, input } = call
  checkDates(actor, input, row, row.customer_id, todayIn(viewer.timeZone))
  const before = await tx.selectFrom('project').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow()
  const image = await replaceFile(call, input.image, row.image_id)
  const after = await tx
    .updateTable('project')
    .set({ ...columnsOf(input), ...endDateColumns(actor, input.end_date, row.end_date), image_id: image.id })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await image.discardOld()
  const changes = changesBetween(before, after, projectView)
  if (changes.length > 0) {
    await recordEvents(call, [projectEvent('project_update_succeeded', after, customerOf(row), { changes: changes.join(', ') })])
  }
  return row.id
}

const isClosed = ({ customer_blocked, customer_archived }: Customer) => customer_blocked || customer_archived

/** Gives a project to another organization; its people lose their roles in it unless they are kept. */
export async function moveProject(call: Call<Project, MoveInput>): Promise<number> {
  const { tx, row, input } = call
  const { customer, preserve_permissions } = input
  if (isClosed(customer)) throw refused('New customer must be not blocked')
  if (customer.id === row.customer_id) throw refused('New customer must be different than current one')
  if (!preserve_permissions) await revokeGrantsOn(call, { type: 'project', id: row.id })
  await tx.updateTable('project').set({ customer_id: customer.id }).where('id', '=', row.id).execute()
  const changes = `customer: from ${row.customer_name} to ${customer.name}`
  await recordEvents(call, [projectEvent('project_update_succeeded', row, customer, { changes, others: [row.customer_id] })])
  return row.id
}

export const mayAddMembers = (actor: Actor, { id, customer_id }: Project): boolean =>
  may(actor, 'PROJECT.CREATE_PERMISSION', [
    ['project', id],
    ['customer', customer_id],
  ])
