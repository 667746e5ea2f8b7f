// What staff does to a resource together with its orders: removes the rows, or moves them to another project.
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { discardFile } from '../platform/files/store.ts'
import { invalid, Refusal } from '../platform/http/errors.ts'
import { uuidInPath } from '../platform/http/filters.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, type Parsed, text } from '../platform/http/shapes.ts'
import {
  closePeriod,
  deleteResource,
  findProject,
  moveToProject,
  type ResourceSubject,
  resourceEvent,
  toldOf,
} from '../resources/public.ts'

/** Forgets the resource and its orders; the provider's system hears nothing of it. */
export async function unlinkResource(call: Call<ResourceSubject>): Promise<void> {
  const { tx, jobs, row } = call
  // Told while the row is there, for who bills it has to know until when it ran.
  await closePeriod(tx, row.id)
  await recordEvents(call, [resourceEvent('marketplace_resource_unlinked', toldOf(row))])
  const gone = await run(
    tx,
    sql<{ files: (number | null)[] }>`delete from "order" where resource_id = ${row.id}
      returning array[attachment_id, provider_message_attachment_id, consumer_message_attachment_id] as files`,
  )
  for (const id of gone.flatMap(({ files }) => files)) await discardFile({ tx, jobs }, id === null ? null : Number(id))
  await deleteResource(tx, row.id)
}

export const moveBody = body('MoveResourceRequest', { project: body({ url: text() }) })

const cannotMove = (reason: string) => new Refusal(409, { error_message: reason })

/** Puts the resource and its orders into another project; returns the resource's id. */
export async function moveResource(call: Call<ResourceSubject, Parsed<typeof moveBody>>): Promise<number> {
  const { tx, viewer, row, input } = call
  const uuid = uuidInPath('/api/projects/{uuid}/', input.project.url)
  if (!uuid) throw invalid({ project: { url: ['Invalid hyperlink - No URL match.'] } })
  const project = await findProject(tx, viewer, uuid)
  if (!project) throw invalid({ project: { url: ['Invalid hyperlink - Object does not exist.'] } })
  if (project.is_removed) throw cannotMove('The project has been removed.')
  if (project.blocked || project.archived) throw cannotMove("The project's organization is blocked or archived.")
  await moveToProject(tx, row.id, project.project_id)
  await tx.updateTable('order').set({ project_id: project.project_id }).where('resource_id', '=', row.id).execute()
  // Told of where it was until now: where it is says its row.
  await recordEvents(call, [resourceEvent('marketplace_resource_update_succeeded', toldOf(row))])
  return row.id
}
