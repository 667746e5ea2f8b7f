// Everybody sees every service provider (service-providers.md §2.1).
import type { Collection } from '../platform/http/collection.ts'
import { textContains, urlOf, uuidIs } from '../platform/http/filters.ts'
import { serviceProviderView } from './view.ts'

/** What decisions about a service provider read. */
export type ServiceProvider = {
  id: number
  uuid: string
  image_id: number | null
  /** Sealed. */
  api_secret_code: Buffer
  /** The organization that provides. */
  customer_id: number
  customer_uuid: string
  customer_name: string
  customer_blocked: boolean
  customer_archived: boolean
}

export const serviceProviders: Collection<ServiceProvider> = {
  path: '/api/marketplace-service-providers/',
  name: 'marketplace_service_providers',
  model: 'ServiceProvider',
  view: serviceProviderView,
  visible: () => 'all',
  filters: {
    customer: urlOf(['/api/customers/{uuid}/'], 'customer.uuid'),
    customer_keyword: textContains('customer.name', 'customer.abbreviation', 'customer.native_name'),
    customer_uuid: uuidIs('customer.uuid'),
  },
  orderings: { customer_name: 'customer.name' },
  defaultOrder: ['customer_name'],
  subject: `sp.id, sp.uuid, sp.image_id, sp.api_secret_code, sp.customer_id, customer.uuid as customer_uuid, customer.name as customer_name,
    customer.blocked as customer_blocked, customer.archived as customer_archived`,
}
