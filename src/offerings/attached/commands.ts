// Adding, changing and removing the screenshots and files of an offering.
import { sql } from 'kysely'
import { customerIsOpen, type Permission } from '../../core/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { discardFile, storeFile } from '../../platform/files/store.ts'
import { invalid } from '../../platform/http/errors.ts'
import { linkTo } from '../../platform/http/links.ts'
import type { Call } from '../../platform/http/operation.ts'
import { right } from '../../platform/http/rights.ts'
import { body, file, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import { onlySent } from '../../platform/sent.ts'
import type { Context } from '../../platform/wiring.ts'
import { offeringEvent } from '../events.ts'
import { providerOfferings } from '../list.ts'
import { notArchived, onOffering, onProvider } from '../policy.ts'
import type { ProviderOffering } from '../subject.ts'
import type { OfferingFile, Screenshot } from './list.ts'

export const screenshotBody = body('ScreenshotRequest', {
  name: text({ max: 150 }),
  description: optional(text({ max: 4096, blank: true })),
  image: file('image'),
  offering: linkTo(providerOfferings),
})
export const offeringFileBody = body('OfferingFileRequest', {
  name: text({ max: 150 }),
  offering: linkTo(providerOfferings),
  file: file('document'),
})
type ScreenshotInput = Parsed<typeof screenshotBody>
type FileInput = Parsed<typeof offeringFileBody>

export const mayAddScreenshot = (actor: Actor, { offering }: ScreenshotInput): boolean =>
  onProvider('OFFERING.CREATE_SCREENSHOT')(actor, offering)
export const ofScreenshot = (permission: Permission) => right(permission, ['customer', 'customer_id'])
export const mayAddFile = (actor: Actor, { offering }: FileInput): boolean => onOffering('OFFERING.UPDATE')(actor, offering)
export const mayRemoveFile = right('OFFERING.UPDATE', ['offering', 'offering_id'], ['customer', 'customer_id'])

function requireOpen(offering: ProviderOffering): void {
  notArchived(offering)
  customerIsOpen(offering)
}

type Around = Pick<OfferingFile, 'offering_id' | 'offering_uuid' | 'offering_name' | 'customer_id' | 'customer_uuid' | 'customer_name'>

const tell = (context: Context, { offering_id, offering_uuid, offering_name, ...provider }: Around) =>
  recordEvents(context, [
    offeringEvent('marketplace_offering_updated', { id: offering_id, uuid: offering_uuid, name: offering_name, ...provider }),
  ])

export async function addScreenshot(call: Call<undefined, ScreenshotInput>): Promise<number> {
  const { tx, input } = call
  const { offering } = input
  requireOpen(offering)
  const { id } = await tx
    .insertInto('offering_screenshot')
    .values({
      offering_id: offering.id,
      name: input.name,
      description: input.description ?? '',
      image_id: await storeFile(call, input.image),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', offering)])
  return id
}

export async function updateScreenshot(call: Call<Screenshot, Partial<ScreenshotInput>>): Promise<number> {
  const { tx, row, input } = call
  if (input.offering && input.offering.id !== row.offering_id) {
    throw invalid({ offering: ['The offering of a screenshot cannot be changed.'] })
  }
  const picture = input.image && { image_id: await storeFile(call, input.image) }
  const changes = { ...onlySent({ name: input.name, description: input.description }), ...picture }
  if (Object.keys(changes).length === 0) return row.id
  await tx.updateTable('offering_screenshot').set(changes).where('id', '=', row.id).execute()
  if (picture) await discardFile(call, row.image_id)
  await tell(call, row)
  return row.id
}

export async function deleteScreenshot(call: Call<Screenshot>): Promise<void> {
  const { tx, row } = call
  await tx.deleteFrom('offering_screenshot').where('id', '=', row.id).execute()
  await discardFile(call, row.image_id)
  await tell(call, row)
}

export async function addOfferingFile(call: Call<undefined, FileInput>): Promise<number> {
  const { tx, input } = call
  const { offering } = input
  requireOpen(offering)
  const { id } = await tx
    .insertInto('offering_file')
    .values({ offering_id: offering.id, name: input.name, file_id: await storeFile(call, input.file) })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', offering)])
  return id
}

export async function deleteOfferingFile(call: Call<OfferingFile>): Promise<void> {
  const { tx, row } = call
  await tx.deleteFrom('offering_file').where('id', '=', row.id).execute()
  await discardFile(call, row.file_id)
  await tell(call, row)
}

/** Takes everything attached away from an offering that is about to go; the ids of the files, which are discarded afterwards. */
export async function detachAll(tx: Tx, offeringId: number): Promise<number[]> {
  const gone = await run(
    tx,
    sql<{ id: number }>`with pictures as (delete from offering_screenshot where offering_id = ${offeringId} returning image_id),
        files as (delete from offering_file where offering_id = ${offeringId} returning file_id)
      select image_id as id from pictures union all select file_id from files`,
  )
  return gone.map(({ id }) => id)
}
