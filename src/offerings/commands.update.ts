// Changing what an offering says, asks for and belongs to (orders.md §5.2).
import type { Updateable } from 'kysely'
import type { DB } from '../platform/db/tables.ts'
import { recordEvents } from '../platform/events/record.ts'
import { discardFile, storeFile } from '../platform/files/store.ts'
import { invalid, notFound, refused } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import type { Parsed, Shape } from '../platform/http/shapes.ts'
import { jsonText, onlySent } from '../platform/sent.ts'
import type { CategorySection } from './attributes.ts'
import { readAttributes } from './attributes.ts'
import { staffDisablesActions } from './commands.create.ts'
import { offeringEvent } from './events.ts'
import { mergeOptions } from './integration-options.ts'
import { checkForm, type OptionFormDefinition } from './option-form.ts'
import {
  type attributesBody,
  attributesShape,
  type backendIdRulesBody,
  type backendMetadataBody,
  type descriptionBody,
  type endpointBody,
  type endpointUuidBody,
  type imageBody,
  type integrationBody,
  type locationBody,
  type optionsBody,
  type organizationGroupsBody,
  type overviewBody,
  type resourceOptionsBody,
  type thumbnailBody,
} from './schema.ts'
import { readSecretOptions, sealSecretOptions } from './secret-options.ts'
import type { ProviderOffering } from './subject.ts'

type UpdateOf<S extends Shape> = Call<ProviderOffering, Parsed<S>>

async function write(call: Call<ProviderOffering, unknown>, columns: Updateable<DB['offering']>): Promise<void> {
  const { tx, row } = call
  if (Object.keys(columns).length > 0) await tx.updateTable('offering').set(columns).where('id', '=', row.id).execute()
  const name = (columns.name as string | undefined) ?? row.name
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', { ...row, name })])
}

/** Replaces all attributes. */
export async function updateAttributes(call: UpdateOf<typeof attributesBody>): Promise<void> {
  const { tx, row, input } = call
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refused('Dictionary is expected.')
  const sent = attributesShape.safeParse(input)
  if (!sent.success) throw invalid({ attributes: sent.error.issues.map(({ message }) => message) })
  const { sections } = await tx.selectFrom('category').select('sections').where('id', '=', row.category_id).executeTakeFirstOrThrow()
  const read = readAttributes(sections as CategorySection[], sent.data)
  if ('errors' in read) throw invalid(read.errors)
  await write(call, { attributes: jsonText(read.values) })
}

export const updateDescription = (call: UpdateOf<typeof descriptionBody>) => write(call, { category_id: call.input.category.id })

export const updateOverview = (call: UpdateOf<typeof overviewBody>) => write(call, onlySent(call.input))

export const updateLocation = (call: UpdateOf<typeof locationBody>) => write(call, call.input)

function requireForm(field: 'options' | 'resource_options', form: OptionFormDefinition): string {
  const problem = checkForm(form)
  if (problem) throw invalid({ [field]: problem })
  return jsonText(form)
}

export const updateOptions = async (call: UpdateOf<typeof optionsBody>) =>
  write(call, { options: requireForm('options', call.input.options) })

export const updateResourceOptions = async (call: UpdateOf<typeof resourceOptionsBody>) =>
  write(call, { resource_options: requireForm('resource_options', call.input.resource_options) })

/** Merges plugin options and secrets key by key with those that are there. */
export async function updateIntegration(call: UpdateOf<typeof integrationBody>): Promise<void> {
  const { actor, config, row, input } = call
  const { plugin_options, secret_options, service_attributes, backend_id } = input
  const before = row.plugin_options.disabled_resource_actions ?? []
  const after = plugin_options?.disabled_resource_actions === undefined ? before : (plugin_options.disabled_resource_actions ?? [])
  // Clients send all options back; the list may come along unchanged.
  if (!actor.is_staff && JSON.stringify(after) !== JSON.stringify(before)) throw invalid(staffDisablesActions)
  await write(call, {
    ...(plugin_options && { plugin_options: jsonText(mergeOptions(row.plugin_options, plugin_options)) }),
    ...(secret_options && {
      secret_options: sealSecretOptions(
        config.SECRET_KEY,
        mergeOptions(readSecretOptions(config.SECRET_KEY, row.secret_options), secret_options),
      ),
    }),
    ...(service_attributes && { service_attributes: jsonText(service_attributes) }),
    ...(backend_id !== undefined && { backend_id }),
  })
}

export const setBackendMetadata = (call: UpdateOf<typeof backendMetadataBody>) =>
  write(call, call.input.backend_metadata === undefined ? {} : { backend_metadata: jsonText(call.input.backend_metadata) })

/** What the provider's own ids of resources must look like; null takes the rules away. */
export const updateBackendIdRules = (call: UpdateOf<typeof backendIdRulesBody>) =>
  write(call, call.input.backend_id_rules === undefined ? {} : { backend_id_rules: jsonText(call.input.backend_id_rules ?? {}) })

export async function updateImage(call: UpdateOf<typeof imageBody>): Promise<void> {
  await write(call, { image_id: await storeFile(call, call.input.image) })
  await discardFile(call, call.row.image_id)
}

export async function deleteImage(call: Call<ProviderOffering>): Promise<void> {
  await write(call, { image_id: null })
  await discardFile(call, call.row.image_id)
}

export async function updateThumbnail(call: UpdateOf<typeof thumbnailBody>): Promise<void> {
  await write(call, { thumbnail_id: await storeFile(call, call.input.thumbnail) })
  await discardFile(call, call.row.thumbnail_id)
}

export async function deleteThumbnail(call: Call<ProviderOffering>): Promise<void> {
  await write(call, { thumbnail_id: null })
  await discardFile(call, call.row.thumbnail_id)
}

/** Adds an address at which the offering is reached. */
export async function addEndpoint(call: UpdateOf<typeof endpointBody>): Promise<{ uuid: string }> {
  const { tx, row, input } = call
  const { uuid } = await tx
    .insertInto('offering_endpoint')
    .values({ ...input, offering_id: row.id })
    .returning('uuid')
    .executeTakeFirstOrThrow()
  await write(call, {})
  return { uuid }
}

export async function deleteEndpoint(call: UpdateOf<typeof endpointUuidBody>): Promise<void> {
  const { tx, row, input } = call
  const { numDeletedRows } = await tx
    .deleteFrom('offering_endpoint')
    .where('offering_id', '=', row.id)
    .where('uuid', '=', input.uuid)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw notFound('OfferingAccessEndpoint')
  await write(call, {})
}

async function replaceGroups({ tx, row }: Call<ProviderOffering, unknown>, ids: readonly number[]): Promise<void> {
  await tx.deleteFrom('offering_organization_group').where('offering_id', '=', row.id).execute()
  if (ids.length === 0) return
  await tx
    .insertInto('offering_organization_group')
    .values([...new Set(ids)].map((organization_group_id) => ({ offering_id: row.id, organization_group_id })))
    .execute()
}

/** Sets the groups whose organizations may order; none sent leaves them as they are. */
export async function updateOrganizationGroups(call: UpdateOf<typeof organizationGroupsBody>): Promise<void> {
  const { organization_groups } = call.input
  if (!organization_groups) return
  await replaceGroups(
    call,
    organization_groups.map(({ id }) => id),
  )
  await write(call, {})
}

export async function deleteOrganizationGroups(call: Call<ProviderOffering>): Promise<void> {
  await replaceGroups(call, [])
  await write(call, {})
}
