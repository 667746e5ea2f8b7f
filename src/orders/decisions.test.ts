// The states of orders and resources as data: whole, reachable, and decided by pure functions (orders.md §2).
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../platform/states/transition.ts'
import type { OrderKind } from '../resources/changes.ts'
import { resourceStates } from '../resources/states.ts'
import { afterFailure } from './completion.ts'
import { needsConsumerReview, type ReviewFacts, type Standing } from './policy.ts'
import { afterConsumer, afterProvider, orderStates } from './states.ts'

describe('the tables of states', () => {
  it('name only states that exist, and every state is reached', () => {
    expect(faultsOf(orderStates)).toEqual([])
    expect(faultsOf(resourceStates)).toEqual([])
  })

  it('lead nowhere from the states that end an order', () => {
    const leaving = Object.values(orderStates.actions).flatMap(({ from }) => from)
    expect(orderStates.final.filter((state) => leaving.includes(state))).toEqual([])
  })
})

describe('where an approval leads', () => {
  const all = { project_pending: true, needsProviderReview: true, start_pending: true }

  it('orders 56, 57: to the project’s start first, then to the provider, then to the order’s own day', () => {
    expect(afterConsumer(all)).toBe('pending-project')
    expect(afterConsumer({ ...all, project_pending: false })).toBe('pending-provider')
    expect(afterConsumer({ ...all, project_pending: false, needsProviderReview: false })).toBe('pending-start-date')
    expect(afterConsumer({ project_pending: false, needsProviderReview: false, start_pending: false })).toBe('executing')
  })

  it('the provider’s approval leads past both reviews', () => {
    expect(afterProvider({ start_pending: true })).toBe('pending-start-date')
    expect(afterProvider({ start_pending: false })).toBe('executing')
  })
})

describe('whether the consumer must look at an order', () => {
  const order: ReviewFacts = {
    type: 'Create',
    shared: true,
    billable: true,
    provider_id: 1,
    customer_id: 2,
    plugin_options: {},
    has_attachment: false,
  }
  const nobody: Standing = { is_staff: false, approves: false, approves_private: false, owns_provider: false }

  it('not when the creator might approve it', () => {
    expect(needsConsumerReview(order, nobody)).toBe(true)
    expect(needsConsumerReview(order, { ...nobody, approves: true })).toBe(false)
    expect(needsConsumerReview(order, { ...nobody, is_staff: true })).toBe(false)
  })

  it('for a private offering the lesser permission counts, and nothing else', () => {
    const own = { ...order, shared: false, billable: false }
    expect(needsConsumerReview(own, { ...nobody, approves: true })).toBe(true)
    expect(needsConsumerReview(own, { ...nobody, approves_private: true })).toBe(false)
  })

  it('not when the provider’s owner ends a resource', () => {
    expect(needsConsumerReview({ ...order, type: 'Terminate' }, { ...nobody, owns_provider: true })).toBe(false)
    expect(needsConsumerReview({ ...order, type: 'Update' }, { ...nobody, owns_provider: true })).toBe(true)
  })

  it('always while a purchase order is missing', () => {
    const demanding = { ...order, plugin_options: { require_purchase_order_upload: true } }
    expect(needsConsumerReview(demanding, { ...nobody, is_staff: true })).toBe(true)
    expect(needsConsumerReview({ ...demanding, has_attachment: true }, { ...nobody, is_staff: true })).toBe(false)
  })
})

describe('what a failure leaves', () => {
  const failed = (type: OrderKind, order: Partial<Parameters<typeof afterFailure>[0]> = {}) => {
    const failing = { type, subtype: null, force_destroy: false, created_by_staff: false, ...order }
    return [afterFailure(failing, { told_by: 'provider' }), afterFailure(failing, { told_by: 'server' })]
  }

  it('an erred resource, save where it goes on working as before', () => {
    expect(failed('Create')).toEqual(['Erred', 'Erred'])
    expect(failed('Restore')).toEqual(['Erred', 'Erred'])
    expect(failed('Update', { subtype: 'plan_switch' })).toEqual(['Erred', 'Erred'])
    expect(failed('Update', { subtype: 'update_limits' })).toEqual(['OK', 'OK'])
    expect(failed('Terminate')).toEqual(['OK', 'Erred'])
  })

  it('orders 99: nothing, when staff destroys by force', () => {
    expect(failed('Terminate', { force_destroy: true, created_by_staff: true })).toEqual(['Terminated', 'Terminated'])
    expect(failed('Terminate', { force_destroy: true })).toEqual(['OK', 'Erred'])
  })
})
