// What is shown of a person to that person and to those who run the site alone; colleagues see how to reach and address each other
// (platform.md §9.2). It stands here because every list of people is filtered by it. Over the alias `u` of "user".
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Condition } from '../../platform/http/filters.ts'
import { asShown, boolean, type Fields, forStaffAndSupport, nullable, shownTo, shownWhere, text } from '../../platform/http/view.ts'

/** SQL: the row is the caller's own, or the caller runs the site. */
export const PRIVATE = '(u.id = ctx.actor_id or ctx.reads_all)'

/** SQL: the caller is told of the person what colleagues are told of each other; of staff they are not. */
export const COLLEAGUE = '(ctx.reads_all or not u.is_staff or u.id = ctx.actor_id)'

/** Over an alias of "user": deactivated people keep their roles, and show nowhere but to those who run the site (platform.md §6.7). */
export const isShown = (actor: Actor | undefined, alias: string): Condition =>
  actor && readsAll(actor) ? sql`true` : sql`${sql.ref(`${alias}.is_active`)}`

/** The fields that not everybody is shown and lists are filtered or ordered by. */
export const guardedFields = {
  civil_number: shownWhere(PRIVATE, nullable(text('u.civil_number'))),
  description: shownTo(forStaffAndSupport, text('u.description')),
  is_staff: shownTo(forStaffAndSupport, boolean('u.is_staff')),
  is_active: shownTo(forStaffAndSupport, boolean('u.is_active')),
  is_support: shownTo(forStaffAndSupport, boolean('u.is_support')),
} satisfies Fields

/** Their columns, for filters and orderings. */
export const CIVIL_NUMBER = asShown(guardedFields.civil_number, 'u.civil_number')
export const DESCRIPTION = asShown(guardedFields.description, 'u.description')
export const IS_SUPPORT = asShown(guardedFields.is_support, 'u.is_support')
export const IS_STAFF = asShown(guardedFields.is_staff, 'u.is_staff')
