// What decisions about an offering read of it and of the organization that provides it.
import { as, bool, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'
import type { OptionForm } from './options.ts'
import type { OfferingState } from './states.ts'

/** An offering on its provider's side, over the aliases of the offering's view. */
export const PROVIDER_OFFERING = {
  id: int('offering.id'),
  uuid: uuid('offering.uuid'),
  name: str('offering.name'),
  type: str('offering.type'),
  state: as<OfferingState>('offering.state'),
  shared: bool('offering.shared'),
  billable: bool('offering.billable'),
  customer_id: int('offering.customer_id'),
  customer_uuid: uuid('customer.uuid'),
  customer_name: str('customer.name'),
  customer_blocked: bool('customer.blocked'),
  customer_archived: bool('customer.archived'),
  category_id: int('offering.category_id'),
  project_id: orNull(int('offering.project_id')),
  image_id: orNull(int('offering.image_id')),
  thumbnail_id: orNull(int('offering.thumbnail_id')),
  compliance_checklist_id: orNull(int('offering.compliance_checklist_id')),
  plugin_options: as<{ [key: string]: unknown }>('offering.plugin_options'),
  options: as<OptionForm>('offering.options'),
  /** Sealed; see secret-options.ts. */
  secret_options: orNull(as<Buffer>('offering.secret_options')),
  has_plans: bool('exists (select 1 from plan had where had.offering_id = offering.id)'),
  has_resources: bool('exists (select 1 from resource had where had.offering_id = offering.id)'),
}
export type ProviderOffering = RowOf<typeof PROVIDER_OFFERING>
