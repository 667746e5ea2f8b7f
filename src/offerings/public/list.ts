// The catalogue: what may be ordered, with the filters of the provider's list.
import type { Collection } from '../../platform/http/collection.ts'
import { offeringFilters, offeringOrderings } from '../filters.ts'
import { type CatalogueSettings, publicTo } from './policy.ts'
import { PUBLIC_OFFERINGS_PATH, publicOfferingView, publicOfferingViewOf } from './view.ts'

/** The catalogue of a site: what it shows to strangers, and to those whom an offering is not for, are settings. */
export const publicOfferingsOf = (site: CatalogueSettings): Collection => ({
  path: PUBLIC_OFFERINGS_PATH,
  name: 'marketplace_public_offerings',
  model: 'Offering',
  view: site.ANONYMOUS_USER_CAN_VIEW_PLANS ? publicOfferingView : publicOfferingViewOf({ anonymousPlans: false }),
  visible: (actor) => ({ where: publicTo(actor, site) }),
  filters: offeringFilters,
  orderings: offeringOrderings,
  defaultOrder: ['name'],
  anonymous: true,
})
