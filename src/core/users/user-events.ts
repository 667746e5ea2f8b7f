// What events say about the user they are of; the actor's own keys are added when they are recorded.
import { type NewEvent, prefixed } from '../../platform/events/record.ts'
import type { EventType } from '../site/event-types.ts'

export type EventUser = {
  id: number
  /** 32 hex digits. */
  uuid: string
  username: string
  full_name: string
  native_name: string
  email: string
  civil_number: string | null
}

/** SQL columns of an EventUser over the alias `u`. */
export const EVENT_USER = 'u.id, wire_uuid(u.uuid) as uuid, u.username, u.full_name, u.native_name, u.email, u.civil_number'

/** An event about a user, tied to that user. */
export function userEvent(type: EventType, user: EventUser, message: string, context: NewEvent['context'] = {}): NewEvent {
  const { uuid, username, full_name, native_name, email, civil_number } = user
  return {
    type,
    message,
    context: { ...prefixed('affected_user', { uuid, username, full_name, native_name, email, civil_number }), ...context },
    scopes: [['user', user.id]],
  }
}
