// What other modules may use of resources.

export { holdResource } from './by-id.ts'
export {
  type Brought,
  createResource,
  deleteResource,
  fail as failResource,
  followOrder,
  type HeldResource,
  heldResource,
  moveToProject,
  noteBackendId,
  type OrderKind,
  type OrderSubtype,
  resumeChange,
  setEndDate,
  setOptions,
  startChange,
  succeed as succeedResource,
  withdraw as withdrawResource,
} from './changes.ts'
export { checkEndDate, endDateOf, isDay } from './end-date.ts'
export { type ResourceEventType, type ResourceFacts, resourceContext, resourceEvent, resourceScopes, toldOf } from './events.ts'
export {
  isPrivate,
  OFFERING_FACTS,
  type OfferingFacts,
  type PluginOptions,
  PROJECT_FACTS,
  type ProjectFacts,
  projectContext,
} from './facts.ts'
export { consumerResources, keyIs, providerResources, RESOURCE_LOCK } from './list.ts'
export {
  boughtFields,
  boughtJoins,
  integers,
  ORDER_TYPES,
  orderAliases,
  orderFields,
  orderJoins,
  shownAttributes,
} from './order-fields.ts'
export { offeringsWith, projectsWith, visibleOrders } from './order-sight.ts'
export { available } from './policy.ts'
export { findOffering, findPlan, findProject, findSeenOffering, type PlanFacts } from './queries.ts'
export { findSeenResource, seesResource } from './sight.ts'
export { awaiting, OPEN_ORDER_STATES, ORDER_STATE_FACTS, ORDER_STATES, type OrderState } from './states.orders.ts'
export { type ResourceState, resourceStates } from './states.ts'
export type { ResourceSubject } from './subject.ts'
export { RESOURCE_VERBS } from './verbs.ts'
export { resourceView } from './view.ts'
