// Writing terms of service. A version once made stays what it is called, and whether it asks for consent again: consents name it.
import { sql } from 'kysely'
import { customerIsOpen } from '../../core/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { conflict, invalid } from '../../platform/http/errors.ts'
import { linkTo } from '../../platform/http/links.ts'
import type { Call } from '../../platform/http/operation.ts'
import { right } from '../../platform/http/rights.ts'
import { body, boolean, html, integer, optional, type Parsed, text, url, withDefault } from '../../platform/http/shapes.ts'
import { onlySent } from '../../platform/sent.ts'
import { offeringEvent } from '../events.ts'
import { providerOfferings } from '../list.ts'
import { notArchived, onOffering } from '../policy.ts'
import type { Terms } from './list.ts'

const fields = {
  terms_of_service: optional(html()),
  terms_of_service_link: optional(url({ blank: true })),
  is_active: optional(boolean()),
  grace_period_days: optional(integer({ min: 0, max: 2_147_483_647 })),
}

export const createTermsBody = body('OfferingTermsOfServiceCreateRequest', {
  ...fields,
  offering: linkTo(providerOfferings),
  version: withDefault(text({ max: 50, blank: true }), ''),
  requires_reconsent: withDefault(boolean(), false),
})
export const updateTermsBody = body('OfferingTermsOfServiceRequest', fields)
type CreateInput = Parsed<typeof createTermsBody>
type UpdateInput = Parsed<typeof updateTermsBody>

export const termsConstraints: Translations = {
  offering_terms_of_service_version_key: () => invalid({ version: ['Terms of service of this version already exist.'] }),
  // For who changes them past those who hold the offering.
  offering_terms_of_service_active_key: () => conflict('Other terms of service have become active.'),
}

export const mayCreateTerms = (actor: Actor, { offering }: CreateInput): boolean => onOffering('OFFERING.UPDATE')(actor, offering)
export const mayUpdateTerms = right('OFFERING.UPDATE', ['offering', 'offering_id'], ['customer', 'customer_id'])

/** One version holds at a time: the one that did gives way. Who does so holds the offering until the transaction ends. */
async function makeWay(tx: Tx, offeringId: number): Promise<void> {
  await run(tx, sql`select 1 from offering where id = ${offeringId} for no key update`)
  await run(
    tx,
    sql`update offering_terms_of_service set is_active = false, active_since = null where offering_id = ${offeringId} and is_active`,
  )
}

/** Makes a version, which holds at once unless said; without a name it is called by its number. */
export async function createTerms(call: Call<undefined, CreateInput>): Promise<number> {
  const { tx, input } = call
  const { offering, is_active = true, version } = input
  notArchived(offering)
  customerIsOpen(offering)
  if (is_active) await makeWay(tx, offering.id)
  const [made] = await run(
    tx,
    sql<{ id: number }>`insert into offering_terms_of_service
        (offering_id, terms_of_service, terms_of_service_link, version, is_active, active_since, requires_reconsent, grace_period_days)
      values (${offering.id}, ${input.terms_of_service ?? ''}, ${input.terms_of_service_link ?? ''},
        coalesce(nullif(${version}::text, ''), ((select count(*) from offering_terms_of_service where offering_id = ${offering.id}) + 1)::text),
        ${is_active}::boolean, case when ${is_active}::boolean then now() end, ${input.requires_reconsent}, ${input.grace_period_days ?? 60})
      returning id`,
  )
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', offering)])
  return made?.id ?? 0
}

export async function updateTerms(call: Call<Terms, Partial<UpdateInput>>): Promise<number> {
  const { tx, row, input } = call
  const { is_active, ...texts } = input
  const turned = is_active !== undefined && is_active !== row.is_active
  if (turned && is_active) await makeWay(tx, row.offering_id)
  const changes = { ...onlySent(texts), ...(turned && { is_active, active_since: is_active ? sql<string>`now()` : null }) }
  if (Object.keys(changes).length === 0) return row.id
  await tx.updateTable('offering_terms_of_service').set(changes).where('id', '=', row.id).execute()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', toldOf(row))])
  return row.id
}

/** The consents stay: they say what was agreed to, and count while no other terms ask for more. */
export async function deleteTerms(call: Call<Terms>): Promise<void> {
  const { tx, row } = call
  await tx.deleteFrom('offering_terms_of_service').where('id', '=', row.id).execute()
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', toldOf(row))])
}

/** What an event tells of the offering. */
const toldOf = ({ offering_id, offering_uuid, offering_name, customer_id, customer_uuid, customer_name }: Terms) => ({
  ...{ id: offering_id, uuid: offering_uuid, name: offering_name },
  ...{ customer_id, customer_uuid, customer_name },
})
