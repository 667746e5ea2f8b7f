// The verbs of resources that make orders, or act on a resource together with its orders; on both sides of the market.
import { staffOnly } from '../core/roles/policy.ts'
import { closed, UUID, WORD } from '../platform/http/answers.ts'
import { type Api, action } from '../platform/http/api.ts'
import { inStates } from '../platform/states/transition.ts'
import { available, consumerResources, providerResources, RESOURCE_VERBS, resourceView } from '../resources/public.ts'
import { consentGiven, mayAsProviderOrganization } from './policy.ts'
import { reallocateLimits } from './reallocate.ts'
import { estimateRenewal, prepaid, renewResource } from './renewal.ts'
import { moveBody, moveResource, unlinkResource } from './resource-ends.ts'
import * as made from './resource-orders.ts'
import {
  optionsBody,
  reallocateBody,
  renewalEstimateBody,
  renewBody,
  restoreBody,
  switchPlanBody,
  terminateBody,
  updateLimitsBody,
} from './schema.ts'

const orderUuid = closed({ order_uuid: UUID })
const optionsAnswer = { type: 'object', properties: { status: WORD, order_uuid: UUID }, required: ['status'] }

const MONEY = { type: 'string', format: 'decimal' }
const renewalEstimate = closed({
  components: {
    type: 'array',
    items: closed({
      component_type: WORD,
      component_name: WORD,
      billing_type: WORD,
      billing_period: { type: ['string', 'null'] },
      current_limit: { type: 'integer' },
      new_limit: { type: 'integer' },
      unit_price: MONEY,
      measured_unit: WORD,
      period_description: WORD,
      total: MONEY,
    }),
  },
  subscription_total: MONEY,
  limit_change_total: MONEY,
  total: MONEY,
  remaining_days: { type: 'integer' },
  new_end_date: { type: 'string', format: 'date' },
})

export function resourceOrderRoutes(api: Api): void {
  const agreed = consentGiven(api.config)
  for (const side of [consumerResources, providerResources]) {
    action(api, side, 'terminate', {
      summary: 'Order the end of a resource',
      permission: RESOURCE_VERBS.terminate.right,
      checks: [available, inStates(RESOURCE_VERBS.terminate.states)],
      body: terminateBody,
      answer: orderUuid,
      run: made.terminateResource,
    })
    action(api, side, 'update_options', {
      summary: 'Change options of a resource',
      permission: RESOURCE_VERBS.update_options.right,
      // Who provides the resource changes it without using it.
      checks: [...(side === consumerResources ? [agreed] : []), available, inStates(RESOURCE_VERBS.update_options.states)],
      body: optionsBody,
      answer: optionsAnswer,
      run: made.updateOptions,
    })
    action(api, side, 'restore', {
      summary: 'Order the return of a terminated resource',
      permission: RESOURCE_VERBS.terminate.right,
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
    action(api, side, 'unlink', {
      summary: 'Remove the rows of a resource',
      before: staffOnly,
      status: 204,
      run: unlinkResource,
    })
  }
  action(api, consumerResources, 'switch_plan', {
    summary: 'Order another plan',
    permission: RESOURCE_VERBS.switch_plan.right,
    checks: [agreed, available, inStates(RESOURCE_VERBS.switch_plan.states)],
    body: switchPlanBody,
    answer: orderUuid,
    run: made.switchPlan,
  })
  action(api, consumerResources, 'update_limits', {
    summary: 'Order other limits',
    permission: RESOURCE_VERBS.update_limits.right,
    checks: [agreed, available, inStates(RESOURCE_VERBS.update_limits.states)],
    body: updateLimitsBody,
    answer: orderUuid,
    run: made.updateLimits,
  })
  action(api, consumerResources, 'reallocate_limits', {
    summary: 'Give limits of a resource to others of its offering',
    permission: RESOURCE_VERBS.update_limits.right,
    checks: [agreed, available, inStates(RESOURCE_VERBS.update_limits.states)],
    body: reallocateBody,
    answer: closed({ source_order_uuid: UUID, target_order_uuids: { type: 'array', items: UUID } }),
    run: reallocateLimits,
  })
  action(api, consumerResources, 'renew', {
    summary: 'Order that what was paid ahead goes on',
    permission: RESOURCE_VERBS.renew.right,
    checks: [agreed, available, inStates(RESOURCE_VERBS.renew.states), prepaid],
    body: renewBody,
    answer: orderUuid,
    run: renewResource,
  })
  action(api, consumerResources, 'estimate_renewal', {
    summary: 'What it would cost that what was paid ahead goes on',
    permission: RESOURCE_VERBS.renew.right,
    checks: [prepaid],
    body: renewalEstimateBody,
    answer: renewalEstimate,
    run: estimateRenewal,
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
