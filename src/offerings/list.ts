// Offerings as those who provide them find them.
import type { Collection } from '../platform/http/collection.ts'
import { offeringFilters, offeringOrderings } from './filters.ts'
import { providerOfferingsVisible } from './policy.ts'
import { PROVIDER_OFFERING, type ProviderOffering } from './subject.ts'
import { providerOfferingView } from './view.ts'

export type { ProviderOffering } from './subject.ts'

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
