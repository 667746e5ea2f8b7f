// What is told of robot accounts (platform.md §13.2).
import { eventKind, inGroups, type NewEvent, newEvent } from '../../platform/events/kinds.ts'
import { prefixed } from '../../platform/events/record.ts'

type Told = {
  id: number
  uuid: string
  type: string
  state: string
  resource_id: number
  resource_uuid: string
  resource_name: string
  project_id: number
  customer_id: number
  provider_id: number
}

const robot = inGroups('resources', 'providers')

export const robotEvents = eventKind<Told>()({
  resource_robot_account_created: robot('Robot account <type> of resource <resource> has been created.'),
  resource_robot_account_updated: robot('Robot account <type> of resource <resource> has been updated.'),
  resource_robot_account_deleted: robot('Robot account <type> of resource <resource> has been deleted.'),
  resource_robot_account_state_changed: robot('State of robot account <type> of resource <resource> is now <state>.'),
})

export const robotEvent = (type: keyof typeof robotEvents.types, told: Told): NewEvent =>
  newEvent(robotEvents, type, {
    words: { type: told.type, resource: told.resource_name, state: told.state },
    context: {
      ...prefixed('robot_account', { uuid: told.uuid, type: told.type, state: told.state }),
      ...prefixed('resource', { uuid: told.resource_uuid, name: told.resource_name }),
    },
    scopes: [
      ['resource', told.resource_id],
      ['project', told.project_id],
      ['customer', told.customer_id],
      ['customer', told.provider_id],
    ],
    facts: told,
  })
