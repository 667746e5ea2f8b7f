// What is told of accounts, tied to the account, the offering and the organization that provides it (platform.md §13.2). Not to the
// person's organizations: an account is between the person and the provider.
import { eventKind, inGroups, type NewEvent, newEvent } from '../platform/events/kinds.ts'
import { prefixed } from '../platform/events/record.ts'
import type { OfferingUser } from './list.ts'

const account = inGroups('providers')

export const offeringUserEvents = eventKind<OfferingUser>()({
  marketplace_offering_user_created: account('Account for user <user> in offering <offering> has been created.'),
  marketplace_offering_user_updated: account('Account for user <user> in offering <offering> has been updated. Details: <changes>.'),
  marketplace_offering_user_deleted: account('Account for user <user> in offering <offering> has been deleted.'),
  marketplace_offering_user_restriction_updated: account(
    'Restriction of the account for user <user> in offering <offering> has been updated. Details: <changes>.',
  ),
})

export const offeringUserEvent = (type: keyof typeof offeringUserEvents.types, told: OfferingUser, changes = ''): NewEvent =>
  newEvent(offeringUserEvents, type, {
    words: { user: told.user_username, offering: told.offering_name, changes },
    context: {
      ...prefixed('offering_user', { uuid: told.uuid, username: told.username, state: told.state }),
      ...prefixed('offering', { uuid: told.offering_uuid, name: told.offering_name }),
      ...prefixed('affected_user', { uuid: told.user_uuid, username: told.user_username }),
    },
    scopes: [
      ['offering_user', told.id],
      ['offering', told.offering_id],
      ['customer', told.provider_id],
    ],
    facts: told,
  })
