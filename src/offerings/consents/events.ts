// What is told of consents, tied to the person alone: whoever provides the offering learns of people by other means.
import { eventKind, inGroups, type NewEvent, newEvent } from '../../platform/events/kinds.ts'
import { prefixed } from '../../platform/events/record.ts'
import type { Consent } from './list.ts'

type Told = Pick<
  Consent,
  'version' | 'user_id' | 'user_uuid' | 'user_username' | 'user_full_name' | 'offering_id' | 'offering_uuid' | 'offering_name'
>

const terms = inGroups('terms_of_service')

export const consentEvents = eventKind<Told>()({
  terms_of_service_consent_granted: terms('User <user> has agreed to version <version> of the terms of service of offering <offering>.'),
  terms_of_service_consent_revoked: terms(
    'The consent of user <user> to version <version> of the terms of service of offering <offering> has been revoked.',
  ),
})

export const consentEvent = (type: keyof typeof consentEvents.types, told: Told): NewEvent =>
  newEvent(consentEvents, type, {
    words: { user: told.user_username, version: told.version, offering: told.offering_name },
    context: {
      ...prefixed('affected_user', { uuid: told.user_uuid, username: told.user_username, full_name: told.user_full_name }),
      ...prefixed('offering', { uuid: told.offering_uuid, name: told.offering_name }),
      version: told.version,
    },
    scopes: [['user', told.user_id]],
    facts: told,
  })
