// Offerings as those who provide them find them.
import { type Actor, readsAll } from '../platform/auth/actor.ts'
import type { Collection } from '../platform/http/collection.ts'
import type { Visibility } from '../platform/http/cut.ts'
import { offeringFilters, offeringOrderings } from './filters.ts'
import { managedBy } from './policy.ts'
import { PROVIDER_OFFERING, type ProviderOffering } from './subject.ts'
import { providerOfferingView } from './view.ts'

export type { ProviderOffering } from './subject.ts'

/** Staff and support see all, others those they have a hand in. */
export const providerOfferingsVisible = (actor: Actor | undefined): Visibility =>
  actor === undefined ? 'none' : readsAll(actor) ? 'all' : { where: managedBy(actor) }

export const providerOfferings: Collection<ProviderOffering> = {
  path: '/api/marketplace-provider-offerings/',
  name: 'marketplace_provider_offerings',
  model: 'Offering',
  view: providerOfferingView,
  visible: providerOfferingsVisible,
  filters: offeringFilters,
  orderings: offeringOrderings,
  defaultOrder: ['name'],
  subject: PROVIDER_OFFERING,
}
