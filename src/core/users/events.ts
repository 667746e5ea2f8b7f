// What is told of users and their sessions (platform.md §13.2); the actor's own keys are added when an event is recorded.

import { eventKind, inGroups, type NewEvent, newEvent } from '../../platform/events/kinds.ts'
import { prefixed } from '../../platform/events/record.ts'
import { int, orNull, type RowOf, selectList, str, uuid } from '../../platform/http/columns.ts'

/** Over the alias `u`. */
export const EVENT_USER = {
  id: int('u.id'),
  uuid: uuid('u.uuid'),
  username: str('u.username'),
  full_name: str('u.full_name'),
  native_name: str('u.native_name'),
  email: str('u.email'),
  civil_number: orNull(str('u.civil_number')),
}
export type EventUser = RowOf<typeof EVENT_USER>

/** The same as a select list, for statements of one's own. */
export const EVENT_USER_COLUMNS = selectList(EVENT_USER).text

const auth = inGroups('auth')
const user = inGroups('users')
const session = inGroups('auth', 'users')

/** Their facts are the user; undefined where somebody failed to log in as a user that there is not. */
export const userEvents = eventKind<EventUser | undefined>()({
  auth_logged_in_with_username: auth('User <user> with full name <name> logged in successfully with username and password.'),
  auth_login_failed_with_username: auth('User <user> failed to log in with username and password.'),
  auth_logged_out: auth('User <user> with full name <name> logged out successfully.'),
  token_created: session('Token has been updated for <user>.'),
  token_lifetime_updated: session('Token lifetime has been changed for <user> to <lifetime>.'),
  user_creation_succeeded: user('User <user> has been created.'),
  user_has_been_created_by_staff: user('User <user> has been created by staff.'),
  user_update_succeeded: user('User <user> has been updated. Details: <changes>.'),
  user_activated: user('User <user> has been activated.'),
  user_deactivated: user('User <user> has been deactivated.'),
  user_deletion_succeeded: user('User <user> has been deleted.'),
  user_password_updated: user('Password has been changed for user <user>.'),
  user_password_updated_by_staff: user('Password has been changed for user <user> by staff.'),
})

type UserEventType = keyof typeof userEvents.types

type More = { words?: { name?: string; lifetime?: string; changes?: string }; context?: NewEvent['context'] }

/** An event about a user, tied to that user. */
export function userEvent(type: UserEventType, told: EventUser, { words, context }: More = {}): NewEvent {
  const { uuid, username, full_name, native_name, email, civil_number } = told
  return newEvent(userEvents, type, {
    words: { user: username, name: full_name, lifetime: '', changes: '', ...words },
    context: { ...prefixed('affected_user', { uuid, username, full_name, native_name, email, civil_number }), ...context },
    scopes: [['user', told.id]],
    facts: told,
  })
}
