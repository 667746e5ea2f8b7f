// What is told of service accounts (platform.md §13.2), tied to their project and organization. Of a course account it is its user of
// whom is told; the contract knows no types of its own for it.
import { eventKind, inGroups, type NewEvent, newEvent } from '../platform/events/kinds.ts'
import { prefixed } from '../platform/events/record.ts'

export type ToldAccount = {
  uuid: string
  username: string
  project_id: number | null
  customer_id: number
}

const account = inGroups('projects', 'customers')

export const accountEvents = eventKind<ToldAccount>()({
  service_account_created: account('Service account <username> has been created.'),
  service_account_updated: account('Service account <username> has been updated. Details: <changes>.'),
  service_account_deleted: account('Service account <username> has been closed.'),
})

export const accountEvent = (type: keyof typeof accountEvents.types, told: ToldAccount, changes = ''): NewEvent =>
  newEvent(accountEvents, type, {
    words: { username: told.username, changes },
    context: prefixed('service_account', { uuid: told.uuid, username: told.username }),
    scopes: [
      ['project', told.project_id],
      ['customer', told.customer_id],
    ],
    facts: told,
  })
