// Writing the roles of an offering. They stay the offering's that they were made for.
import { offeringEvent } from '../../offerings/events.ts'
import { providerOfferings } from '../../offerings/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { invalidBody } from '../../platform/http/errors.ts'
import { linkTo } from '../../platform/http/links.ts'
import type { Call } from '../../platform/http/operation.ts'
import { right } from '../../platform/http/rights.ts'
import { body, json, type Parsed, text } from '../../platform/http/shapes.ts'
import type { OfferingUserRole } from './list.ts'

const name = text({ max: 150 })
export const createRoleBody = body('OfferingUserRoleRequest', { name, offering: linkTo(providerOfferings) })
// Clients send the offering back.
export const updateRoleBody = body({ name, offering: json() })
type CreateInput = Parsed<typeof createRoleBody>
type UpdateInput = Parsed<typeof updateRoleBody>

export const roleConstraints: Translations = {
  offering_user_role_key: () => invalidBody('The fields offering, name must make a unique set.'),
}

const manages = right('OFFERING.MANAGE_USER_ROLE', ['customer', 'customer_id'])
export const mayCreateRole = (actor: Actor, { offering }: CreateInput): boolean => manages(actor, offering)
export const mayManageRole = manages

/** What an event tells of the offering. */
const toldOf = (row: OfferingUserRole) => ({ ...row, id: row.offering_id, uuid: row.offering_uuid, name: row.offering_name })

export async function createRole(call: Call<undefined, CreateInput>): Promise<number> {
  const { tx, input } = call
  const { id } = await tx
    .insertInto('offering_user_role')
    .values({ offering_id: input.offering.id, name: input.name })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', input.offering)])
  return id
}

export async function updateRole(call: Call<OfferingUserRole, Partial<UpdateInput>>): Promise<number> {
  const { tx, row, input } = call
  if (input.name === undefined || input.name === row.name) return row.id
  await tx.updateTable('offering_user_role').set({ name: input.name }).where('id', '=', row.id).execute()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', toldOf(row))])
  return row.id
}

export async function deleteRole(call: Call<OfferingUserRole>): Promise<void> {
  await call.tx.deleteFrom('offering_user_role').where('id', '=', call.row.id).execute()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', toldOf(call.row))])
}
