// What happens to organizations: made, changed, deleted by staff; contacts kept by themselves (platform.md §10).
import { sql } from 'kysely'
import { readNetworks } from '../../platform/auth/networks.ts'
import { run } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { discardFile, replaceFile, storeFile } from '../../platform/files/store.ts'
import { conflict, type FieldErrors, invalid } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import type { View } from '../../platform/http/view.ts'
import { changedColumns, onlySent } from '../../platform/sent.ts'
import { revokeGrantsOn } from '../roles/grants.ts'
import { customerEvent } from './events.ts'
import type { Customer } from './list.ts'
import { customerIsOpen } from './policy.ts'
import type { ContactInput, CustomerInput, OrganizationGroupsInput } from './schema.ts'
import { slugFor } from './slug.ts'
import { isVatNumber } from './vat.ts'
import { customerView } from './view.ts'

const JSON_FIELDS = ['user_email_patterns', 'user_affiliations', 'user_identity_sources'] as const

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Rules beyond the shape of single fields; `stored` gives what was not sent. */
function checkInput(input: Partial<CustomerInput>, stored: { vat_code: string; country: string }): void {
  const errors: FieldErrors = {}
  const { access_subnets, notification_emails, latitude, longitude } = input
  if (access_subnets !== undefined && !readNetworks(access_subnets)) errors.access_subnets = ['Enter valid IPv4 or IPv6 networks.']
  const addresses = (notification_emails ?? '').split(',').map((address) => address.trim())
  if (addresses.some((address) => address !== '' && !EMAIL.test(address))) errors.notification_emails = ['Enter a valid email address.']
  if (latitude && Math.abs(latitude) > 90) errors.latitude = ['Ensure this value is between -90 and 90.']
  if (longitude && Math.abs(longitude) > 180) errors.longitude = ['Ensure this value is between -180 and 180.']
  const { vat_code, country } = { ...stored, ...input }
  const vatSent = input.vat_code !== undefined || input.country !== undefined
  if (vatSent && vat_code && !isVatNumber(vat_code, country ?? '')) errors.vat_code = ['VAT number has invalid format.']
  if (Object.keys(errors).length > 0) throw invalid(errors)
}

/** The columns that a body sets. */
function columnsOf({ image: _image, project_metadata_checklist: _checklist, ...input }: Partial<CustomerInput>) {
  const json = Object.fromEntries(
    JSON_FIELDS.filter((name) => input[name] !== undefined).map((name) => [name, JSON.stringify(input[name])]),
  )
  return { ...onlySent(input), ...json } as Omit<typeof input, (typeof JSON_FIELDS)[number]>
}

export async function createCustomer(call: Call<undefined, CustomerInput>): Promise<number> {
  const { tx, input } = call
  checkInput(input, { vat_code: '', country: '' })
  const made = await tx
    .insertInto('customer')
    .values({
      ...columnsOf(input),
      name: input.name,
      slug: input.slug || (await slugFor(tx, 'customer', input.name)),
      image_id: input.image ? await storeFile(call, input.image) : null,
    })
    .returning(['id', 'uuid', 'name', 'native_name', 'abbreviation'])
    .executeTakeFirstOrThrow()
  await recordEvents(call, [customerEvent('customer_creation_succeeded', made)])
  return made.id
}

/**
 * Changes what was sent. A closed organization is changed by nobody, except that staff opens and closes it.
 */
export async function updateCustomer(call: Call<Customer, Partial<CustomerInput>>): Promise<number> {
  const { row, input } = call
  if (input.blocked === undefined && input.archived === undefined) customerIsOpen(row)
  return writeCustomer(call, input)
}

/** Changes how the organization is reached. */
export const updateContact = (call: Call<Customer, ContactInput>): Promise<number> => writeCustomer(call, call.input)

async function writeCustomer(call: Call<Customer, unknown>, input: Partial<CustomerInput>): Promise<number> {
  const { tx, row } = call
  const before = await tx.selectFrom('customer').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow()
  checkInput(input, before)
  // A slug is made once: an empty one means that nobody chose another.
  if (input.slug === '') delete input.slug
  const image = await replaceFile(call, input.image, row.image_id)
  const after = await tx
    .updateTable('customer')
    .set({ ...columnsOf(input), image_id: image.id })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await image.discardOld()
  const changes = changesBetween(before, after, customerView)
  if (changes.length > 0) await recordEvents(call, [customerEvent('customer_update_succeeded', after, { changes: changes.join(', ') })])
  return row.id
}

const shown = (value: unknown) =>
  value === null || value === '' ? 'nothing' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/**
 * The changed columns of a row in words: `name: from A to B`. What the row's view shows only to some is left out, because
 * everybody who may see the row reads its events.
 */
export function changesBetween(before: { [column: string]: unknown }, after: { [column: string]: unknown }, { fields }: View): string[] {
  return changedColumns(before, after)
    .filter((column) => fields[column]?.audience === undefined)
    .map((column) =>
      column.endsWith('_id') ? column.replace(/_id$/, '') : `${column}: from ${shown(before[column])} to ${shown(after[column])}`,
    )
}

export async function updateOrganizationGroups({ tx, row, input }: Call<Customer, OrganizationGroupsInput>): Promise<void> {
  const ids = (input.organization_groups ?? []).map(({ id }) => id)
  await tx.deleteFrom('customer_organization_group').where('customer_id', '=', row.id).execute()
  if (ids.length === 0) return
  await run(
    tx,
    sql`insert into customer_organization_group (customer_id, organization_group_id)
      select ${row.id}, id from (select distinct unnest(${ids}::bigint[]) as id) sent`,
  )
}

/**
 * Deletes an organization without projects and offerings, and its removed projects with it. Where resources were once ordered the
 * rows stay unseen, because the provider's orders and revenue name them.
 */
export async function deleteCustomer(call: Call<Customer>): Promise<void> {
  const { tx, row } = call
  const [held] = await run(
    tx,
    sql<{ projects: boolean; offerings: boolean; resources: boolean }>`select
      exists (select 1 from project where customer_id = ${row.id} and not is_removed) as projects,
      exists (select 1 from offering where customer_id = ${row.id}) as offerings,
      exists (select 1 from resource r join project p on p.id = r.project_id where p.customer_id = ${row.id})
        or exists (select 1 from offering o join project p on p.id = o.project_id where p.customer_id = ${row.id}) as resources`,
  )
  if (held?.projects) throw conflict('Cannot delete organization with existing projects')
  if (held?.offerings) throw conflict('Cannot delete organization with existing offerings')
  await revokeGrantsOn(call, { type: 'customer', id: row.id })
  const provider = await tx.selectFrom('service_provider').select(['id', 'image_id']).where('customer_id', '=', row.id).executeTakeFirst()
  if (provider) await revokeGrantsOn(call, { type: 'service_provider', id: provider.id })
  await recordEvents(call, [customerEvent('customer_deletion_succeeded', row, { rows_stay: held?.resources === true })])
  if (held?.resources) {
    if (provider) throw conflict('Cannot delete organization with existing service provider')
    await tx.updateTable('customer').set({ is_removed: true, archived: true, image_id: null }).where('id', '=', row.id).execute()
    await discardFile(call, row.image_id)
    return
  }
  await tx.deleteFrom('customer').where('id', '=', row.id).execute()
  // The provider goes with its organization.
  for (const id of [row.image_id, provider?.image_id ?? null]) await discardFile(call, id)
}
