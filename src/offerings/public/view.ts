// An offering as the catalogue shows it to those who order: what the provider's own view has, without what is the provider's
// alone, with the plans that are open to the one who asks.
import { boolean, constant, type Fields, list, url, type View } from '../../platform/http/view.ts'
import { hasConsent } from '../consents/standing.ts'
import { OPEN_PLAN } from '../plans/open-plans.ts'
import { planFields } from '../plans/plan-fields.ts'
import { providerOfferingView } from '../view.ts'
import { ACCESSIBLE } from './policy.ts'

const PROVIDERS_OWN = ['secret_options', 'service_attributes', 'backend_id_rules', 'integration_status']

const shared: Fields = Object.fromEntries(Object.entries(providerOfferingView.fields).filter(([name]) => !PROVIDERS_OWN.includes(name)))

export const PUBLIC_OFFERINGS_PATH = '/api/marketplace-public-offerings/'
export const PUBLIC_PLAN_PATH = `${PUBLIC_OFFERINGS_PATH}{uuid}/plans/{plan_uuid}/`

/** The fields of a plan over the alias `plan`, under the offering over the alias `offering`. */
export const publicPlanFields: Fields = planFields(url(`${PUBLIC_OFFERINGS_PATH}{}/plans/{}/`, 'offering.uuid', 'plan.uuid'), 'public')

/** The plans that the offering is sold by: its parent's if it has one. */
export const SOLD_BY = 'plan.offering_id = coalesce(offering.parent_id, offering.id)'

/** The view of a site; on some, plans are shown to those who are signed in only. */
export const publicOfferingViewOf = ({ anonymousPlans }: { anonymousPlans: boolean }): View => ({
  name: 'PublicOfferingDetails',
  from: providerOfferingView.from,
  alias: providerOfferingView.alias,
  joins: providerOfferingView.joins,
  fields: {
    ...shared,
    url: url(`${PUBLIC_OFFERINGS_PATH}{}/`, 'offering.uuid'),
    plans: list(
      publicPlanFields,
      `from plan where ${SOLD_BY} and ${OPEN_PLAN}${anonymousPlans ? '' : ' and ctx.actor_id is not null'}`,
      'plan.name, plan.id',
    ),
    user_has_consent: boolean(hasConsent('offering.id')),
    is_accessible: boolean(ACCESSIBLE),
    // There are no campaigns yet.
    promotion_campaigns: constant([], { type: 'array', items: { type: 'object', additionalProperties: true } }),
  },
})

/** The same for answers of other modules, whose callers are signed in. */
export const publicOfferingView: View = publicOfferingViewOf({ anonymousPlans: true })
