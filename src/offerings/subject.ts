// What decisions about an offering read of it and of the organization that provides it.
import type { OptionForm } from './options.ts'
import type { OfferingState } from './states.ts'

/** An offering on its provider's side. Uuids come with dashes. */
export type ProviderOffering = {
  id: number
  uuid: string
  name: string
  type: string
  state: OfferingState
  shared: boolean
  billable: boolean
  customer_id: number
  customer_uuid: string
  customer_name: string
  customer_blocked: boolean
  customer_archived: boolean
  category_id: number
  project_id: number | null
  image_id: number | null
  thumbnail_id: number | null
  plugin_options: { [key: string]: unknown }
  options: OptionForm
  /** Sealed; see secret-options.ts. */
  secret_options: Buffer | null
  has_plans: boolean
  has_resources: boolean
}

/** The columns of a ProviderOffering, over the aliases of the offering's view. */
export const PROVIDER_OFFERING = `offering.id, offering.uuid, offering.name, offering.type, offering.state, offering.shared, offering.billable,
  offering.customer_id, offering.category_id, offering.project_id, offering.image_id, offering.thumbnail_id, offering.plugin_options,
  offering.options, offering.secret_options,
  customer.uuid as customer_uuid, customer.name as customer_name, customer.blocked as customer_blocked, customer.archived as customer_archived,
  exists (select 1 from plan had where had.offering_id = offering.id) as has_plans,
  exists (select 1 from resource had where had.offering_id = offering.id) as has_resources`
