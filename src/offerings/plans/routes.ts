import { customerIsOpen } from '../../core/public.ts'
import { type Api, action, create, destroy, detail, list, update } from '../../platform/http/api.ts'
import { archivePlan, createPlan, deletePlan, deletePlanGroups, groupsBody, planBody, updatePlan, updatePlanGroups } from './commands.ts'
import { planComponents, plans, planUsage } from './list.ts'
import { isNotArchived, isNotUsed, isOwnPlan, mayArchivePlan, mayCreatePlan, mayUpdatePlan } from './policy.ts'
import { discountsBody, pricesBody, quotasBody, updateDiscounts, updatePrices, updateQuotas } from './prices.ts'

export function planRoutes(api: Api): void {
  list(api, plans)
  list(api, planUsage, { summary: 'How many resources use each plan, and how many more may' })
  list(api, planComponents)
  detail(api, planComponents)
  detail(api, plans)
  create(api, plans, {
    summary: 'Add a plan to an offering; its components are priced afterwards',
    body: planBody,
    allowed: (actor, input) => mayCreatePlan(actor, input.offering),
    run: createPlan,
  })
  update(api, plans, {
    summary: 'Change a plan that no resource has used yet',
    permission: mayUpdatePlan,
    checks: [customerIsOpen, isNotUsed],
    body: planBody,
    run: updatePlan,
  })
  destroy(api, plans, { summary: 'Delete a plan that was never used', permission: (actor) => actor.is_staff, run: deletePlan })
  action(api, plans, 'archive', {
    summary: 'Hide a plan from ordering',
    permission: mayArchivePlan,
    checks: [customerIsOpen, isNotArchived],
    run: archivePlan,
  })
  planContentRoutes(api)
}

function planContentRoutes(api: Api): void {
  const may = { permission: mayUpdatePlan, checks: [customerIsOpen] }
  const priced = { permission: mayUpdatePlan, checks: [customerIsOpen, isOwnPlan] }
  action(api, plans, 'update_prices', { ...priced, summary: 'Set the prices of a plan', body: pricesBody, run: updatePrices })
  action(api, plans, 'update_quotas', {
    ...priced,
    summary: 'Set how much of fixed components a plan brings',
    body: quotasBody,
    run: updateQuotas,
  })
  action(api, plans, 'update_discounts', { ...priced, summary: 'Set the discounts of a plan', body: discountsBody, run: updateDiscounts })
  action(api, plans, 'update_organization_groups', {
    ...may,
    summary: 'Set the groups of organizations that see and use a plan',
    body: groupsBody,
    run: updatePlanGroups,
  })
  action(api, plans, 'delete_organization_groups', { ...may, summary: 'Open a plan to everybody', status: 204, run: deletePlanGroups })
}
