// The catalogue: what may be ordered, with the filters of the provider's list.
import type { Collection } from '../../platform/http/collection.ts'
import { offeringFilters, offeringOrderings } from '../filters.ts'
import { type CatalogueSettings, OPEN_CATALOGUE, publicTo } from './policy.ts'
import { PUBLIC_OFFERINGS_PATH, publicOfferingView, publicOfferingViewOf } from './view.ts'

/** What operations on an offering of the catalogue decide by. */
export type PublicOffering = {
  id: number
  uuid: string
  name: string
  type: string
  state: string
  shared: boolean
  billable: boolean
  customer_id: number
  /** The offering whose plans it is sold by. */
  sold_by_id: number
}

/** The catalogue of a site. */
export const publicOfferingsOf = (site: CatalogueSettings): Collection<PublicOffering> => ({
  path: PUBLIC_OFFERINGS_PATH,
  name: 'marketplace_public_offerings',
  model: 'Offering',
  view: site.ANONYMOUS_USER_CAN_VIEW_PLANS ? publicOfferingView : publicOfferingViewOf({ anonymousPlans: false }),
  visible: (actor) => ({ where: publicTo(actor, site) }),
  filters: offeringFilters,
  orderings: offeringOrderings,
  defaultOrder: ['name'],
  subject: `offering.id, offering.uuid, offering.name, offering.type, offering.state, offering.shared, offering.billable, offering.customer_id,
    coalesce(offering.parent_id, offering.id) as sold_by_id`,
  anonymous: true,
})

/** For links in bodies: whoever sends one is signed in. */
export const publicOfferings: Collection<PublicOffering> = publicOfferingsOf(OPEN_CATALOGUE)
