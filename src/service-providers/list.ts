// Everybody sees every service provider (service-providers.md §2.1).
import type { Collection } from '../platform/http/collection.ts'
import { as, bool, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'
import { textContains, urlOf, uuidIs } from '../platform/http/filters.ts'
import { serviceProviderView } from './view.ts'

/** What decisions about a service provider read. */
const SERVICE_PROVIDER = {
  id: int('sp.id'),
  uuid: uuid('sp.uuid'),
  image_id: orNull(int('sp.image_id')),
  /** Sealed. */
  api_secret_code: as<Buffer>('sp.api_secret_code'),
  /** The organization that provides. */
  customer_id: int('sp.customer_id'),
  customer_uuid: uuid('customer.uuid'),
  customer_name: str('customer.name'),
  customer_blocked: bool('customer.blocked'),
  customer_archived: bool('customer.archived'),
}
export type ServiceProvider = RowOf<typeof SERVICE_PROVIDER>

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
  subject: SERVICE_PROVIDER,
}
