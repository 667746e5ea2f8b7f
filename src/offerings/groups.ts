// Offerings gathered under the organizations that provide them: a list of organizations, each with the offerings that pass
// the filters.
import { sql } from 'kysely'
import type { Collection } from '../platform/http/collection.ts'
import { json, text, uuid } from '../platform/http/view.ts'
import { offeringFilters, offeringOrderings } from './filters.ts'
import { providerOfferings } from './list.ts'
import { providerOfferingsVisible } from './policy.ts'
import { providerOfferingView } from './view.ts'

const offerings = {
  type: 'array',
  items: {
    type: 'object',
    properties: { offering_name: { type: 'string' }, offering_uuid: { type: 'string', format: 'uuid' } },
    required: ['offering_name', 'offering_uuid'],
  },
}

export const offeringGroups: Collection = {
  path: `${providerOfferings.path}groups/`,
  name: `${providerOfferings.name}_groups`,
  model: 'Customer',
  view: {
    name: 'OfferingGroups',
    from: 'computed gathered',
    alias: 'gathered',
    joins: {},
    fields: {
      customer_name: text('gathered.name'),
      customer_uuid: uuid('gathered.uuid'),
      offerings: json('gathered.offerings', offerings),
    },
  },
  visible: providerOfferingsVisible,
  filters: offeringFilters,
  // The contract repeats the orderings of offerings; organizations have a name and the day they were made.
  orderings: {
    ...Object.fromEntries(Object.keys(offeringOrderings).map((key) => [key, 'gathered.name'])),
    created: 'gathered.created',
  },
  defaultOrder: ['name'],
  computed: {
    of: providerOfferingView,
    uses: 'customer.id',
    rows: (found) => sql`select customer.id, customer.name, customer.uuid, customer.created,
      json_agg(json_build_object('offering_name', offering.name, 'offering_uuid', wire_uuid(offering.uuid))
        order by offering.name, offering.id) as offerings ${found} group by customer.id`,
  },
}
