// Registering an organization as one that sells, and what changes afterwards (service-providers.md §2, §3.7).
import { sql } from 'kysely'
import { customerEvent, customers, revokeGrantsOn } from '../core/public.ts'
import { type Actor, may } from '../platform/auth/actor.ts'
import { run } from '../platform/db/database.ts'
import type { Translations } from '../platform/db/failures.ts'
import { prefixed, recordEvents } from '../platform/events/record.ts'
import { discardFile, replaceFile } from '../platform/files/store.ts'
import { invalid, refused } from '../platform/http/errors.ts'
import { linkTo } from '../platform/http/links.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, boolean, file, html, json, nullable, optional, type Parsed } from '../platform/http/shapes.ts'
import type { Context } from '../platform/wiring.ts'
import type { ServiceProvider } from './list.ts'
import { newSecretCode, openSecretCode, sealSecretCode } from './secret-code.ts'

const fields = {
  description: optional(html({ max: 4096 })),
  enable_notifications: optional(boolean()),
  image: optional(nullable(file('image'))),
}

export const createBody = body('ServiceProviderRequest', { customer: linkTo(customers), ...fields })
/** The organization stays what it was, whatever is sent. */
export const updateBody = body('ServiceProviderUpdateRequest', { customer: optional(nullable(json())), ...fields })
type CreateInput = Parsed<typeof createBody>
type UpdateInput = Parsed<typeof updateBody>

export const serviceProviderConstraints: Translations = {
  service_provider_customer_key: () => invalid({ customer: ['Service provider with this customer already exists.'] }),
}

export const mayRegister = (actor: Actor, { customer }: CreateInput): boolean =>
  may(actor, 'SERVICE_PROVIDER.REGISTER', [['customer', customer.id]])

type Told = Pick<ServiceProvider, 'id' | 'uuid' | 'customer_id' | 'customer_uuid' | 'customer_name'>

// The field knows no types of events of providers; what happens to one happens to its organization.
const record = (context: Context, provider: Told, changes: string) =>
  recordEvents(context, [
    customerEvent(
      'customer_update_succeeded',
      { id: provider.customer_id, uuid: provider.customer_uuid, name: provider.customer_name },
      { changes, context: prefixed('service_provider', { uuid: provider.uuid }), scopes: [['service_provider', provider.id]] },
    ),
  ])

export async function registerServiceProvider(call: Call<undefined, CreateInput>): Promise<number> {
  const { tx, config, input } = call
  const { customer } = input
  const image = await replaceFile(call, input.image, null)
  const { id, uuid } = await tx
    .insertInto('service_provider')
    .values({
      customer_id: customer.id,
      description: input.description ?? '',
      enable_notifications: input.enable_notifications ?? true,
      api_secret_code: sealSecretCode(config.SECRET_KEY, newSecretCode()),
      image_id: image.id,
    })
    .returning(['id', 'uuid'])
    .executeTakeFirstOrThrow()
  const provider = { id, uuid, customer_id: customer.id, customer_uuid: customer.uuid, customer_name: customer.name }
  await record(call, provider, 'it has been registered as a service provider')
  return id
}

export async function updateServiceProvider(call: Call<ServiceProvider, Partial<UpdateInput>>): Promise<number> {
  const { tx, row, input } = call
  const image = await replaceFile(call, input.image, row.image_id)
  await tx
    .updateTable('service_provider')
    .set({
      image_id: image.id,
      ...(input.description !== undefined && { description: input.description }),
      ...(input.enable_notifications !== undefined && { enable_notifications: input.enable_notifications }),
    })
    .where('id', '=', row.id)
    .execute()
  await image.discardOld()
  return row.id
}

/** Ends a provider whose offerings are all archived; they and the organization stay. Offerings within others do not count. */
export async function deleteServiceProvider(call: Call<ServiceProvider>): Promise<void> {
  const { tx, row } = call
  const open = await run(
    tx,
    sql`select 1 from offering where customer_id = ${row.customer_id} and state <> 'Archived' and parent_id is null limit 1`,
  )
  if (open.length > 0) throw refused('Service provider has active offerings. Please archive them first.')
  await revokeGrantsOn(call, { type: 'service_provider', id: row.id })
  await tx.deleteFrom('service_provider').where('id', '=', row.id).execute()
  await discardFile(call, row.image_id)
  await record(call, row, 'it is no service provider any more')
}

export type SecretCode = { api_secret_code: string }

/** The code that holds now. That it was read is recorded, the code never. */
export async function readSecretCode(call: Call<ServiceProvider>): Promise<SecretCode> {
  await record(call, call.row, 'the API secret code of its service provider has been read')
  return { api_secret_code: openSecretCode(call.config.SECRET_KEY, call.row.api_secret_code) }
}

/** A new code; the old one stops working at once. */
export async function generateSecretCode(call: Call<ServiceProvider>): Promise<SecretCode> {
  const { tx, config, row } = call
  const api_secret_code = newSecretCode()
  await tx
    .updateTable('service_provider')
    .set({ api_secret_code: sealSecretCode(config.SECRET_KEY, api_secret_code) })
    .where('id', '=', row.id)
    .execute()
  await record(call, row, 'the API secret code of its service provider has been replaced')
  return { api_secret_code }
}
