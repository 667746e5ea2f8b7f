// What may be asked for a resource, as buttons; each makes an order or acts at once. Operations take their rights and states
// from here, and so does what resources say about themselves: `can_terminate`, `available_actions`.
import { type Right, right, type Verb } from '../platform/http/rights.ts'
import type { ResourceSubject } from './subject.ts'

const PROJECT = ['project', 'project_id'] as const
const CONSUMER = ['customer', 'customer_id'] as const
const PROVIDER = ['customer', 'provider_id'] as const

// An order of an organization that is closed, of an offering that is not to be had, or beside another order is refused.
const unless = ['blocked', 'archived', 'offering_unavailable', 'has_open_order'] as const

const verb = (rights: Right<ResourceSubject>, ...states: ResourceSubject['state'][]): Verb<ResourceSubject> => ({
  right: rights,
  states,
  unless,
})

export const RESOURCE_VERBS = {
  renew: { ...verb(right('RESOURCE.SET_LIMITS', PROJECT, CONSUMER), 'OK', 'Erred'), unless: [...unless, 'not_prepaid'] },
  switch_plan: verb(right('RESOURCE.SET_PLAN', PROJECT, CONSUMER), 'OK'),
  terminate: verb(right('RESOURCE.TERMINATE', PROJECT, CONSUMER, PROVIDER), 'OK', 'Erred'),
  update_limits: verb(right('RESOURCE.SET_LIMITS', PROJECT, CONSUMER), 'OK'),
  update_options: verb(right('RESOURCE.UPDATE_OPTIONS', PROJECT, CONSUMER, PROVIDER), 'OK'),
} satisfies { [verb: string]: Verb<ResourceSubject> }
