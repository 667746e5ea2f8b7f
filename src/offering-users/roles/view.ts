// What a role of an offering's own looks like outside (service-providers.md §5.2).
import { text, url, uuid, type View } from '../../platform/http/view.ts'

export const offeringUserRoleView: View = {
  name: 'OfferingUserRole',
  from: 'offering_user_role part',
  alias: 'part',
  joins: {
    offering: 'join offering on offering.id = part.offering_id',
    provider: 'join customer provider on provider.id = offering.customer_id',
  },
  fields: {
    uuid: uuid('part.uuid'),
    name: text('part.name'),
    offering: url('/api/marketplace-provider-offerings/{}/', 'offering.uuid'),
    offering_uuid: uuid('offering.uuid'),
    offering_name: text('offering.name'),
  },
}
