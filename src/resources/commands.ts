// What is done to a resource without an order: by the provider's hand, by staff, and its name and end date (orders.md §5.5, §5.6).
import { sql } from 'kysely'
import { estimate, moneyText } from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { invalid, wrongState } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed } from '../platform/http/shapes.ts'
import type { Asked } from '../platform/http/who.ts'
import { transition } from '../platform/states/transition.ts'
import { daysAfter } from '../platform/time.ts'
import { openPeriod } from './changes.ts'
import { checkEndDate } from './end-date.ts'
import { type ResourceEventType, resourceEvent, toldOf } from './events.ts'
import { mailEnd } from './expiry.ts'
import { countResources, findPlan, findProject, findSeenOffering } from './queries.ts'
import type * as schema from './schema.ts'
import { LIVE_RESOURCE_STATES, resourceStates } from './states.ts'
import type { ResourceSubject } from './subject.ts'

type Status = { status: string }
type On<Body extends keyof typeof schema> = Call<ResourceSubject, Parsed<(typeof schema)[Body]>>

const ended = ({ row, actor }: Pick<Call<ResourceSubject>, 'row' | 'actor'>, day: string | null, by = '') =>
  resourceEvent('marketplace_resource_update_end_date_succeeded', toldOf(row), { words: { by, day: day ?? 'none', user: actor.username } })

/** PUT and PATCH: name, description, and the day it ends on; returns the resource's id. */
export async function updateResource(call: Call<ResourceSubject, Partial<Parsed<typeof schema.updateBody>>>): Promise<number> {
  const { tx, row, input, actor } = call
  const day = input.end_date
  const changes = day !== undefined && day !== row.end_date
  if (changes && day !== null) {
    checkEndDate(row.plugin_options, day, row.today, row.created.slice(0, 10), 'End date cannot be earlier than the current date.')
  }
  if (changes) refusePrepaid(row)
  await tx
    .updateTable('resource')
    .set({
      name: input.name ?? row.name,
      ...(input.description !== undefined && { description: input.description }),
      ...(changes && { end_date: day, end_date_requested_by_id: day === null ? null : actor.id }),
    })
    .where('id', '=', row.id)
    .execute()
  if (changes) await recordEvents(call, [ended(call, day)])
  return row.id
}

/** What was paid ahead ends when it was paid for; only a renewal moves that. */
function refusePrepaid({ not_prepaid }: ResourceSubject): void {
  if (!not_prepaid) throw invalid({ end_date: ['End date of a prepaid resource is changed by its renewal only.'] })
}

/** A name that nothing of the offering in the project has yet (orders.md §5.5). */
export async function suggestName({
  tx,
  viewer,
  input,
}: Asked<undefined, Parsed<typeof schema.suggestNameBody>>): Promise<{ name: string }> {
  const [project, offering] = [await findProject(tx, viewer, input.project), await findSeenOffering(tx, viewer, input.offering)]
  const missing = ['Object does not exist.']
  if (!project || !offering) throw invalid({ ...(project ? {} : { project: missing }), ...(offering ? {} : { offering: missing }) })
  const n = (await countResources(tx, project.project_id, offering.offering_id)) + 1
  return { name: [project.customer_slug, project.project_slug, offering.offering_slug, n].filter((part) => part !== '').join('-') }
}

/** Writes one column, unless it holds that value already. */
async function setColumn(
  { tx, row }: Pick<Call<ResourceSubject>, 'tx' | 'row'>,
  column: 'backend_id' | 'slug' | 'paused' | 'downscaled' | 'restrict_member_access',
  value: string | boolean | undefined,
): Promise<Status & { changed: boolean }> {
  if (value === undefined || row[column] === value) return { status: `Resource ${column} is not changed.`, changed: false }
  await tx
    .updateTable('resource')
    .set({ [column]: value })
    .where('id', '=', row.id)
    .execute()
  return { status: `Resource ${column} has been changed.`, changed: true }
}

const said = ({ status }: Status): Status => ({ status })

export const setBackendId = async (call: On<'backendIdBody'>) => said(await setColumn(call, 'backend_id', call.input.backend_id))
export const setSlug = async (call: On<'slugBody'>) => said(await setColumn(call, 'slug', call.input.slug))
export const setRestrictMemberAccess = async (call: On<'restrictBody'>) =>
  said(await setColumn(call, 'restrict_member_access', call.input.restrict_member_access))

export async function setPaused(call: On<'pausedBody'>): Promise<Status> {
  const set = await setColumn(call, 'paused', call.input.paused)
  if (set.changed && call.input.paused) await tell(call, 'marketplace_resource_paused')
  return said(set)
}

export async function setDownscaled(call: On<'downscaledBody'>): Promise<Status> {
  const set = await setColumn(call, 'downscaled', call.input.downscaled)
  if (set.changed && call.input.downscaled) await tell(call, 'marketplace_resource_downscaled')
  return said(set)
}

const tell = (call: Call<ResourceSubject, unknown>, type: ResourceEventType) => recordEvents(call, [resourceEvent(type, toldOf(call.row))])

export async function setBackendMetadata({ tx, row, input }: On<'backendMetadataBody'>): Promise<Status> {
  await tx
    .updateTable('resource')
    .set({ backend_metadata: JSON.stringify(input.backend_metadata) })
    .where('id', '=', row.id)
    .execute()
  return { status: 'The backend metadata is updated' }
}

/** The provider says that it does not work, whatever order is under way. */
export async function setAsErred(call: On<'erredBody'>): Promise<void> {
  const { tx, row, input } = call
  // What was terminated is there again with that; nothing is there in a project that was removed.
  if (row.state === 'Terminated' && row.is_removed) throw wrongState(LIVE_RESOURCE_STATES)
  await transition(tx, resourceStates, 'set_as_erred', row.id, 'Erred', { ...input })
  await tell(call, 'marketplace_resource_erred_on_backend')
}

const CLEAN = { error_message: '', error_traceback: '' }

/** The provider says that it works; nothing happens when it did before. */
export async function setAsOk(call: Call<ResourceSubject>): Promise<void> {
  const { tx, row } = call
  await transition(tx, resourceStates, 'set_as_ok', row.id, 'OK', CLEAN)
  if (row.plan_id !== null) await openPeriod(tx, row.id, row.plan_id)
  if (row.state !== 'OK') await tell(call, 'marketplace_resource_update_succeeded')
}

export async function setStateOk(call: Call<ResourceSubject>): Promise<Status> {
  const { tx, row } = call
  await transition(tx, resourceStates, 'set_state_ok', row.id, 'OK', CLEAN)
  // What works is used, though its order failed or it had been ended: a plan without a period would never be billed.
  if (row.plan_id !== null) await openPeriod(tx, row.id, row.plan_id)
  await tell(call, 'marketplace_resource_update_succeeded')
  return { status: 'Resource state has been set to OK.' }
}

/** What the provider really gives, without an order; the cost follows. */
export async function setLimits(call: On<'limitsBody'>): Promise<Status> {
  const { tx, row, input } = call
  const plan = row.plan_id === null ? undefined : await findPlan(tx, { id: row.plan_id })
  await tx
    .updateTable('resource')
    .set({ limits: JSON.stringify(input.limits), ...(plan && { cost: moneyText(estimate(plan, input.limits)) }) })
    .where('id', '=', row.id)
    .execute()
  await tell(call, 'marketplace_resource_update_limits_succeeded')
  return { status: 'The resource limits are updated' }
}

export async function submitReport({ tx, row, input }: On<'reportBody'>): Promise<Status> {
  if (input.report.length === 0) throw invalid({ report: ['Report object should contain at least one section.'] })
  await tx
    .updateTable('resource')
    .set({ report: JSON.stringify(input.report) })
    .where('id', '=', row.id)
    .execute()
  return { status: 'Report is submitted' }
}

export async function refreshLastSync({ tx, row }: Call<ResourceSubject>): Promise<void> {
  await tx.updateTable('resource').set({ last_sync: sql`now()` }).where('id', '=', row.id).execute()
}

const PROVIDER_NOTICE_DAYS = 7
const UNUSED_DAYS = 90

/** The provider announces the end of what nobody uses any more, a week ahead at least. */
export async function setEndDateByProvider(call: On<'endDateBody'>): Promise<void> {
  const { tx, row, input, actor } = call
  const day = input.end_date ?? null
  refusePrepaid(row)
  if (day !== null && day < daysAfter(row.today, PROVIDER_NOTICE_DAYS)) {
    throw invalid({ end_date: [`Please set at least ${PROVIDER_NOTICE_DAYS} days in advance.`] })
  }
  const used = await run(
    tx,
    sql`select 1 from component_usage where resource_id = ${row.id} and usage > 0 and date > now() - ${`${UNUSED_DAYS} days`}::interval limit 1`,
  )
  if (used.length > 0) {
    throw invalid({
      end_date: [`Service provider can not set end date of the resource which has been used for the last ${UNUSED_DAYS} days.`],
    })
  }
  await writeEndDate(tx, row, day, actor)
  await recordEvents(call, [ended(call, day, ' by provider')])
  if (day !== null) await call.jobs.send(tx, mailEnd, { resource_id: row.id, end_date: day, by: 'provider' })
}

export async function setEndDateByStaff(call: On<'endDateBody'>): Promise<void> {
  const { tx, row, input, actor } = call
  const day = input.end_date ?? null
  if (day !== null && day < row.today) throw invalid({ end_date: ['Cannot be earlier than the current date.'] })
  await writeEndDate(tx, row, day, actor)
  await recordEvents(call, [ended(call, day, ' by staff')])
}

async function writeEndDate(tx: Tx, row: ResourceSubject, day: string | null, actor: Actor): Promise<void> {
  await tx
    .updateTable('resource')
    .set({ end_date: day, end_date_requested_by_id: day === null ? null : actor.id })
    .where('id', '=', row.id)
    .execute()
}
