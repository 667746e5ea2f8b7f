// Who sees bookings, and who decides about them (booking.md §5.1, §7.2).
import { sql } from 'kysely'
import { usedResources } from '../core/public.ts'
import { providedOfferings } from '../offerings/public.ts'
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import { armsOf, type Visibility } from '../platform/http/cut.ts'
import { allOf } from '../platform/http/filters.ts'
import { right } from '../platform/http/rights.ts'

const OFFERINGS = sql`select id from offering where type = 'Marketplace.Booking'`

/** Over the alias `r`: of what one provides, what one ordered oneself, and what is in projects whose resources one sees. */
export function visibleBookings(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return { arms: [{ column: 'offering_id', ids: OFFERINGS }] }
  const provided = providedOfferings(actor)
  const own = sql`select o.resource_id from "order" o join offering off on off.id = o.offering_id and off.type = 'Marketplace.Booking'
    where o.created_by_id = ${actor.id} and o.type = 'Create'`
  const used = armsOf(usedResources(actor)) ?? []
  return {
    arms: [
      ...(provided ? [{ column: 'offering_id', ids: sql`select id from (${OFFERINGS}) booked where id in (${provided})` }] : []),
      ...used.map((arm) => ({ ...arm, where: allOf([arm.where, sql`r.offering_id in (${OFFERINGS})`]) })),
      { column: 'id', ids: own },
    ],
  }
}

/** The consumer's organization is named with the provider's by the field; by default its owners hold the permission. */
export const mayAccept = right(
  'RESOURCE.ACCEPT_BOOKING_REQUEST',
  ['customer', 'customer_id'],
  ['offering', 'offering_id'],
  ['customer', 'provider_id'],
)

const mayAcceptForProvider = right('RESOURCE.ACCEPT_BOOKING_REQUEST', ['offering', 'offering_id'], ['customer', 'provider_id'])

const REJECT = 'RESOURCE.REJECT_BOOKING_REQUEST'
const mayRejectByRole = right(
  REJECT,
  ['project', 'project_id'],
  ['customer', 'customer_id'],
  ['offering', 'offering_id'],
  ['customer', 'provider_id'],
)

export const mayDecideForProvider = right(REJECT, ['offering', 'offering_id'], ['customer', 'provider_id'])

type Requested = Parameters<typeof mayRejectByRole>[1] & { state: string; created_by_id: number | null; has_executing_order: boolean }

/** Who ordered may take it back. While no order is under way nobody is refused here: there is nothing to reject, which is told instead. */
export const mayReject = (actor: Actor, row: Requested): boolean =>
  mayRejectByRole(actor, row) || actor.id === row.created_by_id || (row.state === 'Creating' && !row.has_executing_order)

/** Who accepts bookings moves them; who asked for one moves it as long as it was not accepted. */
export const mayReschedule = (
  actor: Actor,
  row: Parameters<typeof mayAccept>[1] & { state: string; created_by_id: number | null },
): boolean => mayAcceptForProvider(actor, row) || (row.state === 'Creating' && actor.id === row.created_by_id)
