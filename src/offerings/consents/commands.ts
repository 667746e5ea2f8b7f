// Giving and taking back consent to terms of service: by itself, or with an order (orders.md §3.2, §7 row 29).
import { sql } from 'kysely'
import type { Actor } from '../../platform/auth/actor.ts'
import { run } from '../../platform/db/database.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { conflict, invalid } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, optional, type Parsed, text, uuid } from '../../platform/http/shapes.ts'
import type { Context } from '../../platform/wiring.ts'
import { seesOffering } from '../public/policy.ts'
import { consentEvent } from './events.ts'
import type { Consent } from './list.ts'

export const giveConsentBody = body('UserOfferingConsentCreateRequest', { offering: uuid() })
export const renewConsentBody = body('UserOfferingConsentRequest', { version: optional(text({ max: 50, blank: true })) })

/** Nobody agrees in somebody else's name, staff neither. */
export const isOwn = (actor: Actor, { user_id }: Consent): boolean => actor.id === user_id
export const mayRevoke = (actor: Actor, consent: Consent): boolean => actor.is_staff || isOwn(actor, consent)

export type Offered = { id: number; uuid: string; name: string }

/**
 * Records that the person agrees to that version: a consent that was given before, revoked or not, becomes one to it. Nothing
 * happens, and nothing is told, where it is one already.
 */
export async function recordConsent(context: Context & { actor: Actor }, offering: Offered, version: string): Promise<number | undefined> {
  const { tx, actor } = context
  const [given] = await run(
    tx,
    sql<{ id: number }>`insert into user_offering_consent as consent (user_id, offering_id, version)
      values (${actor.id}, ${offering.id}, ${version})
      on conflict on constraint user_offering_consent_key do update
        set version = excluded.version, agreement_date = now(), revocation_date = null
        where consent.revocation_date is not null or consent.version <> excluded.version
      returning consent.id`,
  )
  if (!given) return undefined
  const person = { user_id: actor.id, user_uuid: actor.uuid, user_username: actor.username, user_full_name: actor.full_name }
  const told = { ...person, offering_id: offering.id, offering_uuid: offering.uuid, offering_name: offering.name, version }
  await recordEvents(context, [consentEvent('terms_of_service_consent_granted', told)])
  return given.id
}

/** Agrees to the terms that hold now, of an offering that the caller is shown. */
export async function giveConsent(call: Call<undefined, Parsed<typeof giveConsentBody>>): Promise<number> {
  const { tx, actor, input } = call
  const [offering] = await run(
    tx,
    sql<Offered & { version: string | null; has_terms: boolean }>`select offering.id, wire_uuid(offering.uuid) as uuid, offering.name,
        (select held.version from offering_terms_of_service held where held.offering_id = offering.id and held.is_active) as version,
        exists (select 1 from offering_terms_of_service made where made.offering_id = offering.id) as has_terms
      from offering where offering.uuid = ${input.offering}::uuid and ${seesOffering(actor)}`,
  )
  const wrong = (reason: string) => invalid({ offering: [reason] })
  if (!offering) throw wrong('Offering is not found.')
  if (!offering.has_terms) throw wrong('This offering does not have Terms of Service.')
  if (offering.version === null) throw wrong('This offering does not have active Terms of Service.')
  const id = await recordConsent(call, offering, offering.version)
  if (id === undefined) throw wrong('You have already consented to the current Terms of Service for this offering.')
  return id
}

/** Agrees to the version named, which must be the one that holds: nobody can agree to a text that is past. */
export async function renewConsent(call: Call<Consent, Partial<Parsed<typeof renewConsentBody>>>): Promise<number> {
  const { row, input } = call
  const { version } = input
  if (version === undefined) return row.id
  if (version !== row.active_version) throw invalid({ version: ['This is not the version of the active Terms of Service.'] })
  await recordConsent(call, { id: row.offering_id, uuid: row.offering_uuid, name: row.offering_name }, version)
  return row.id
}

export async function revokeConsent(call: Call<Consent>): Promise<number> {
  const { row } = call
  if (row.is_revoked) throw conflict('Consent is already revoked.')
  await endConsent(call, row)
  return row.id
}

/** Ends a consent that holds; it stays to say what was agreed to and when. */
export async function endConsent(context: Context, consent: Consent): Promise<void> {
  await run(context.tx, sql`update user_offering_consent set revocation_date = now() where id = ${consent.id}`)
  await recordEvents(context, [consentEvent('terms_of_service_consent_revoked', consent)])
}

export async function deleteConsent(call: Call<Consent>): Promise<void> {
  const { tx, row } = call
  await tx.deleteFrom('user_offering_consent').where('id', '=', row.id).execute()
  if (!row.is_revoked) await recordEvents(call, [consentEvent('terms_of_service_consent_revoked', row)])
}
