// Every endpoint of orders: who, what must hold, what is sent, which command (orders.md §3).

import { staffOnly } from '../core/roles/policy.ts'
import { publicOfferingView } from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { DETAIL, STATUS } from '../platform/http/answers.ts'
import { type Api, action, create, destroy, detail, list, read, update } from '../platform/http/api.ts'
import { render } from '../platform/http/collection.ts'
import { conflict, notFound } from '../platform/http/errors.ts'
import { viewSchema } from '../platform/http/view.ts'
import { inStateFor, inStates } from '../platform/states/transition.ts'
import { findSeenResource, resourceView } from '../resources/public.ts'
import { callbackRoutes } from './callbacks.ts'
import { createOrder } from './create.ts'
import * as edit from './edit.ts'
import { estimateRoutes } from './estimate.ts'
import * as execution from './execution.ts'
import { explainRoutes } from './explain.ts'
import { importRoutes } from './imports.ts'
import { type OrderSubject, orders } from './list.ts'
import { offeringOrderRoutes } from './offering-orders.ts'
import {
  mayApproveAsConsumer,
  mayAsConsumer,
  mayAsProvider,
  mayOrderIn,
  ORDER_RIGHTS,
  organizationOpen,
  projectNotExpired,
  typeSupports,
} from './policy.ts'
import { resourceOrderRoutes } from './resource-routes.ts'
import * as review from './review.ts'
import * as schema from './schema.ts'
import { orderStates } from './states.ts'
import { attachmentView, createdOrderView, orderUpdateView } from './view.ts'

const inState = (verb: keyof typeof orderStates.actions) => inStateFor(orderStates, verb)

/** 409 unless the order stands in one of the states; for verbs that move nothing. */
const waitsIn = (...states: OrderSubject['state'][]) => inStates(states)

function messagingEnabled(row: OrderSubject): void {
  if (!row.plugin_options.enable_provider_consumer_messaging) {
    throw conflict('Provider-consumer messaging is not enabled for this offering.')
  }
}

/** Files of an order are the creator's affair, and that of those who decide on it (orders.md §7 row 15). */
const mayAttach = (actor: Actor, row: OrderSubject) =>
  actor.id === row.created_by_id || mayApproveAsConsumer(actor, row) || mayAsConsumer('ORDER.CANCEL')(actor, row)

export function orderRoutes(api: Api): void {
  list(api, orders)
  detail(api, orders)
  create(api, orders, {
    summary: 'Order a new resource',
    permission: 'whom its command lets',
    allowed: (actor, { project }) => mayOrderIn(actor, project),
    body: schema.createBody,
    answer: createdOrderView,
    run: createOrder,
  })
  update(api, orders, {
    summary: 'Change an order that waits for the consumer',
    permission: mayApproveAsConsumer,
    checks: [organizationOpen, projectNotExpired, inState('approve_by_consumer')],
    body: schema.updateBody,
    answer: orderUpdateView,
    run: edit.updateOrder,
  })
  destroy(api, orders, {
    summary: 'Delete a waiting order',
    permission: mayAsConsumer('ORDER.DESTROY'),
    checks: [waitsIn('pending-consumer', 'pending-provider'), organizationOpen],
    run: edit.destroyOrder,
  })
  reviewRoutes(api)
  executionRoutes(api)
  fileAndMessageRoutes(api)
  relatedRoutes(api)
  resourceOrderRoutes(api)
  offeringOrderRoutes(api)
  importRoutes(api)
  callbackRoutes(api)
  explainRoutes(api)
  estimateRoutes(api)
}

function reviewRoutes(api: Api): void {
  action(api, orders, 'approve_by_consumer', {
    summary: 'Approve for the consumer',
    permission: ORDER_RIGHTS.approve_by_consumer,
    checks: [organizationOpen, projectNotExpired, inState('approve_by_consumer')],
    answer: DETAIL,
    run: review.approveByConsumer,
  })
  action(api, orders, 'approve_by_provider', {
    summary: 'Approve for the provider',
    permission: ORDER_RIGHTS.approve_by_provider,
    checks: [organizationOpen, inState('approve_by_provider')],
    body: schema.providerApprovalBody,
    answer: DETAIL,
    run: review.approveByProvider,
  })
  action(api, orders, 'reject_by_consumer', {
    summary: 'Reject for the consumer',
    permission: ORDER_RIGHTS.reject_by_consumer,
    checks: [organizationOpen, inState('reject_by_consumer')],
    body: schema.errorBody,
    run: review.rejectByConsumer,
  })
  action(api, orders, 'reject_by_provider', {
    summary: 'Reject for the provider',
    permission: ORDER_RIGHTS.reject_by_provider,
    checks: [organizationOpen, inState('reject_by_provider')],
    body: schema.providerRejectionBody,
    run: review.rejectByProvider,
  })
  action(api, orders, 'cancel', {
    summary: 'Cancel what is not done yet',
    permission: ORDER_RIGHTS.cancel,
    checks: [inState('cancel'), typeSupports('cancel')],
    status: api.config.ORDER_CANCEL_STATUS,
    run: review.cancelOrder,
  })
}

function executionRoutes(api: Api): void {
  action(api, orders, 'set_state_executing', {
    summary: 'Take an order in hand',
    permission: ORDER_RIGHTS.set_state_executing,
    checks: [inState('set_state_executing'), typeSupports('set_state_executing')],
    run: execution.setStateExecuting,
  })
  action(api, orders, 'set_state_done', {
    summary: 'Say that an order is carried out',
    permission: ORDER_RIGHTS.set_state_done,
    checks: [inState('set_state_done'), typeSupports('set_state_done')],
    run: execution.setStateDone,
  })
  action(api, orders, 'set_state_erred', {
    summary: 'Say that an order has failed',
    permission: ORDER_RIGHTS.set_state_erred,
    checks: [inState('set_state_erred'), typeSupports('set_state_erred')],
    body: schema.errorBody,
    run: execution.setStateErred,
  })
  action(api, orders, 'retry', {
    summary: 'Carry out a failed order again',
    permission: ORDER_RIGHTS.retry,
    checks: [inState('retry'), typeSupports('set_state_executing')],
    answer: DETAIL,
    run: execution.retryOrder,
  })
  action(api, orders, 'set_backend_id', {
    summary: "Set the provider's own id of an order",
    permission: mayAsProvider('RESOURCE.SET_BACKEND_ID'),
    checks: [organizationOpen],
    body: schema.backendIdBody,
    answer: STATUS,
    run: execution.setBackendId,
  })
}

function fileAndMessageRoutes(api: Api): void {
  const waits = waitsIn('pending-project', 'pending-consumer', 'pending-provider')
  action(api, orders, 'update_attachment', {
    summary: 'Attach a PDF to a waiting order',
    permission: mayAttach,
    checks: [waits],
    body: schema.attachmentBody,
    answer: attachmentView,
    run: edit.updateAttachment,
  })
  action(api, orders, 'delete_attachment', {
    summary: 'Remove the attachment of a waiting order',
    permission: mayAttach,
    checks: [waits],
    status: 204,
    run: edit.deleteAttachment,
  })
  action(api, orders, 'set_provider_info', {
    summary: 'Write to who ordered',
    permission: mayAsProvider('ORDER.APPROVE'),
    checks: [organizationOpen, waitsIn('pending-provider'), messagingEnabled],
    body: schema.providerInfoBody,
    answer: DETAIL,
    run: edit.setProviderInfo,
  })
  action(api, orders, 'set_consumer_info', {
    summary: 'Write to the provider',
    permission: mayApproveAsConsumer,
    checks: [organizationOpen, waitsIn('pending-provider'), messagingEnabled],
    body: schema.consumerInfoBody,
    answer: DETAIL,
    run: edit.setConsumerInfo,
  })
}

function relatedRoutes(api: Api): void {
  // Whether the order exists is nobody's business but staff's, so that is asked first (orders.md §3.7).
  action(api, orders, 'unlink', { summary: 'Remove the row of an order', before: staffOnly, status: 204, run: edit.unlinkOrder })
  read<OrderSubject>(api, {
    path: `${orders.path}{uuid}/offering/`,
    id: 'marketplace_orders_offering_retrieve',
    tag: orders.name,
    summary: 'The offering of an order, whether or not the catalogue shows it',
    of: orders,
    permission: 'anyone who sees it',
    query: { field: { schema: { type: 'string' }, many: true } },
    answer: viewSchema(publicOfferingView),
    run: ({ db, viewer, row, query }) => render(db, publicOfferingView, viewer, row.offering_id, [query.field ?? []].flat()),
  })
  read<OrderSubject>(api, {
    path: `${orders.path}{uuid}/resource/`,
    id: 'marketplace_orders_resource_retrieve',
    tag: orders.name,
    summary: 'The resource of an order',
    of: orders,
    permission: 'anyone who sees it',
    query: { field: { schema: { type: 'string' }, many: true } },
    answer: viewSchema(resourceView),
    run: async ({ db, viewer, row, query }) => {
      // An order may be seen by people whom its resource is kept from (platform.md §6.6).
      if (!(await findSeenResource(db, viewer, row.resource_uuid))) throw notFound('Resource')
      return render(db, resourceView, viewer, row.resource_id, [query.field ?? []].flat())
    },
  })
}
