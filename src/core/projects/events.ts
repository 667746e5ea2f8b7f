// What is told of projects, tied to the project and its organization (platform.md §13.2).

import { eventKind, inGroups, type NewEvent, newEvent } from '../../platform/events/kinds.ts'
import { prefixed } from '../../platform/events/record.ts'
import { customerContext, type ToldCustomer } from '../customers/events.ts'

type Told = { id: number; uuid: string; name: string }

/** An event's keys for a project and its organization. */
export const projectContext = (project: Omit<Told, 'id'>, customer: Omit<ToldCustomer, 'id'>) => ({
  ...prefixed('project', { uuid: project.uuid, name: project.name }),
  ...customerContext(customer),
})

const project = inGroups('projects')

export const projectEvents = eventKind<Told & { customer_id: number }>()({
  project_creation_succeeded: project('Project <name> has been created.'),
  project_update_succeeded: project('Project <name> has been updated. Details: <changes>.'),
  project_deletion_triggered: project('Deletion of project <name> has been triggered.'),
  project_deletion_succeeded: project('Project <name> has been deleted.'),
})

/** `changes` are the details of an update; `others` are organizations that it concerns besides the project's own. */
export const projectEvent = (
  type: keyof typeof projectEvents.types,
  told: Told,
  customer: ToldCustomer,
  { changes = '', others = [] }: { changes?: string; others?: readonly number[] } = {},
): NewEvent =>
  newEvent(projectEvents, type, {
    words: { name: told.name, changes },
    context: projectContext(told, customer),
    scopes: [['project', told.id], ...[customer.id, ...others].map((id) => ['customer', id] as const)],
    facts: { id: told.id, uuid: told.uuid, name: told.name, customer_id: customer.id },
  })
