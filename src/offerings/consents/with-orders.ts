// What an order does with consent: it may give it, and on sites that say so it needs it (orders.md §3.2, scenario 31).
import { type RawBuilder, sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import { invalidBody } from '../../platform/http/errors.ts'
import type { Context } from '../../platform/wiring.ts'
import { type Offered, recordConsent } from './commands.ts'
import { COUNTS } from './standing.ts'

/** The version that holds, and the one that the person has agreed to as far as that counts. */
export type ConsentStanding = { terms_version: string | null; consented_version: string | null }

/** SQL of its two columns. */
export const consentStanding = (offeringId: number, actor: Actor): RawBuilder<unknown> =>
  sql`(select held.version from offering_terms_of_service held where held.offering_id = ${offeringId} and held.is_active) as terms_version,
    (select consent.version from user_offering_consent consent where consent.offering_id = ${offeringId} and consent.user_id = ${actor.id}
      and ${sql.raw(COUNTS)}) as consented_version`

/** Records the consent of who accepts the terms with an order; 400 for who must and does not. Whoever runs the site need not. */
export async function agreeWithOrder(
  context: Context & { actor: Actor },
  offering: Offered,
  { terms_version, consented_version }: ConsentStanding,
  accepting: boolean,
): Promise<void> {
  if (terms_version === null) return
  if (accepting) {
    if (consented_version !== terms_version) await recordConsent(context, offering, terms_version)
    return
  }
  if (context.config.ENFORCE_USER_CONSENT_FOR_OFFERINGS && consented_version === null && !readsAll(context.actor)) {
    throw invalidBody(`Terms of service for offering '${offering.name}' have not been accepted.`)
  }
}
