// The verbs of resources that make orders, or act on a resource together with its orders; on both sides of the market.
import { staffOnly } from '../core/roles/policy.ts'
import { type Api, action } from '../platform/http/api.ts'
import { available, consumerResources, providerResources, resourceView } from '../resources/public.ts'
import { mayAsConsumer, mayAsProviderOrganization, mayOnBothSides } from './policy.ts'
import { moveBody, moveResource, unlinkResource } from './resource-ends.ts'
import * as made from './resource-orders.ts'
import { optionsBody, restoreBody, switchPlanBody, terminateBody, updateLimitsBody } from './schema.ts'

const orderUuid = { type: 'object', properties: { order_uuid: { type: 'string', format: 'uuid' } }, required: ['order_uuid'] }
const optionsAnswer = {
  type: 'object',
  properties: { status: { type: 'string' }, order_uuid: { type: 'string', format: 'uuid' } },
  required: ['status'],
}

export function resourceOrderRoutes(api: Api): void {
  for (const side of [consumerResources, providerResources]) {
    action(api, side, 'terminate', {
      summary: 'Order the end of a resource',
      permission: mayOnBothSides('RESOURCE.TERMINATE'),
      checks: [available, made.resourceIn('OK', 'Erred')],
      body: terminateBody,
      answer: orderUuid,
      run: made.terminateResource,
    })
    action(api, side, 'update_options', {
      summary: 'Change options of a resource',
      permission: mayOnBothSides('RESOURCE.UPDATE_OPTIONS'),
      checks: [available, made.resourceIn('OK')],
      body: optionsBody,
      answer: optionsAnswer,
      run: made.updateOptions,
    })
    action(api, side, 'restore', {
      summary: 'Order the return of a terminated resource',
      permission: mayOnBothSides('RESOURCE.TERMINATE'),
      checks: [available],
      body: restoreBody,
      answer: resourceView,
      run: made.restoreResource,
    })
    action(api, side, 'move_resource', {
      summary: 'Move a resource and its orders to another project',
      permission: (actor) => actor.is_staff,
      body: moveBody,
      answer: resourceView,
      run: moveResource,
    })
    action(api, side, 'unlink', { summary: 'Remove the rows of a resource', before: staffOnly, status: 204, run: unlinkResource })
  }
  action(api, consumerResources, 'switch_plan', {
    summary: 'Order another plan',
    permission: mayAsConsumer('RESOURCE.SET_PLAN'),
    checks: [available, made.resourceIn('OK')],
    body: switchPlanBody,
    answer: orderUuid,
    run: made.switchPlan,
  })
  action(api, consumerResources, 'update_limits', {
    summary: 'Order other limits',
    permission: mayAsConsumer('RESOURCE.SET_LIMITS'),
    checks: [available, made.resourceIn('OK')],
    body: updateLimitsBody,
    answer: orderUuid,
    run: made.updateLimits,
  })
  action(api, providerResources, 'update_options_direct', {
    summary: 'Write options of a resource without an order',
    permission: mayAsProviderOrganization('RESOURCE.UPDATE_OPTIONS'),
    checks: [available],
    body: optionsBody,
    answer: optionsAnswer,
    run: made.updateOptionsDirect,
  })
}
