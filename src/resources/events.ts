// What is told of resources (orders.md §2.9, platform.md §13.2), by orders that change them and by what is done without one.

import { eventKind, inGroups, type NewEvent, newEvent } from '../platform/events/kinds.ts'
import { prefixed } from '../platform/events/record.ts'
import { type OfferingFacts, type ProjectFacts, projectContext } from './facts.ts'

/** What every event of a resource hands to reactions. */
export type ResourceFacts = {
  resource_id: number
  resource_uuid: string
  resource_name: string
} & Pick<OfferingFacts, 'offering_id' | 'offering_uuid' | 'offering_name' | 'offering_type' | 'provider_id'> &
  ProjectFacts

const resource = inGroups('resources')
// What a provider's own tools listen to (platform.md §13.3).
const provided = inGroups('resources', 'providers')

export const resourceEvents = eventKind<ResourceFacts>()({
  marketplace_resource_create_requested: provided('Resource <name> creation has been requested.'),
  marketplace_resource_create_succeeded: provided('Resource <name> has been created.'),
  marketplace_resource_create_failed: provided('Resource <name> creation has failed.'),
  marketplace_resource_create_canceled: provided('Resource <name> creation has been canceled.'),
  marketplace_resource_update_requested: provided('Resource <name> update has been requested.'),
  marketplace_resource_update_succeeded: resource('Resource <name> has been updated.'),
  marketplace_resource_update_failed: provided('Resource <name> update has failed.'),
  marketplace_resource_update_canceled: resource('Resource <name> update has been canceled.'),
  marketplace_resource_update_limits_succeeded: provided('Limits of resource <name> have been updated.'),
  marketplace_resource_update_limits_failed: provided('Updating limits of resource <name> has failed.'),
  marketplace_resource_update_end_date_succeeded: resource(
    'End date of marketplace resource <name> has been updated<by>. End date: <day>. User: <user>.',
  ),
  marketplace_resource_terminate_requested: provided('Resource <name> deletion has been requested.'),
  marketplace_resource_terminate_succeeded: provided('Resource <name> has been deleted.'),
  marketplace_resource_terminate_failed: provided('Resource <name> deletion has failed.'),
  marketplace_resource_terminate_canceled: resource('Resource <name> deletion has been canceled.'),
  marketplace_resource_downscaled: resource('Resource <name> has been downscaled.'),
  marketplace_resource_paused: resource('Resource <name> has been paused.'),
  marketplace_resource_erred_on_backend: resource('Resource <name> has been marked as erred on backend.'),
  marketplace_resource_unlinked: resource('Resource <name> has been unlinked.'),
})

export type ResourceEventType = keyof typeof resourceEvents.types

type More = {
  words?: { by: string; day: string; user: string }
  context?: NewEvent['context']
  scopes?: NewEvent['scopes']
}

/** The keys that events of a resource, and of its orders, have of it. */
export const resourceContext = (told: ResourceFacts): NewEvent['context'] => ({
  ...prefixed('resource', { uuid: told.resource_uuid, name: told.resource_name }),
  ...projectContext(told),
})

/** The objects that a resource stands between. */
export const resourceScopes = (told: ResourceFacts): NewEvent['scopes'] => [
  ['resource', told.resource_id],
  ['project', told.project_id],
  ['customer', told.customer_id],
  ['offering', told.offering_id],
  ['customer', told.provider_id],
]

/** A resource's row as its events name it. */
export const toldOf = <Row extends { id: number; uuid: string; name: string }>(row: Row) => ({
  ...row,
  resource_id: row.id,
  resource_uuid: row.uuid,
  resource_name: row.name,
})

/** An event of a resource, tied to everything that the resource stands between. */
export const resourceEvent = (type: ResourceEventType, told: ResourceFacts, { words, context, scopes }: More = {}): NewEvent =>
  newEvent(resourceEvents, type, {
    words: { name: told.resource_name, by: '', day: '', user: '', ...words },
    context: { ...context, ...resourceContext(told) },
    scopes: [...(scopes ?? []), ...resourceScopes(told)],
    facts: told,
  })
