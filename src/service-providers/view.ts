// An organization as one that sells.
import { organizationGroupView } from '../core/public.ts'
import {
  absent,
  boolean,
  datetime,
  type Fields,
  fileUrl,
  forSignedIn,
  integer,
  list,
  nullable,
  shownTo,
  text,
  url,
  uuid,
  type View,
} from '../platform/http/view.ts'

// The view of groups is over the alias `og` and its join `parent`.
const groups: Fields = organizationGroupView.fields

export const serviceProviderView: View = {
  name: 'ServiceProvider',
  from: 'service_provider sp',
  alias: 'sp',
  joins: {
    customer: 'join customer on customer.id = sp.customer_id',
    customer_image: 'left join file customer_image on customer_image.id = customer.image_id',
    image: 'left join file image on image.id = sp.image_id',
  },
  fields: {
    url: url('/api/marketplace-service-providers/{}/', 'sp.uuid'),
    uuid: uuid('sp.uuid'),
    created: datetime('sp.created'),
    description: text('sp.description'),
    enable_notifications: shownTo(forSignedIn, boolean('sp.enable_notifications')),
    customer: url('/api/customers/{}/', 'customer.uuid'),
    customer_name: text('customer.name'),
    customer_uuid: uuid('customer.uuid'),
    customer_image: absent(fileUrl('customer_image.uuid')),
    customer_abbreviation: text('customer.abbreviation'),
    customer_slug: text('customer.slug'),
    customer_native_name: text('customer.native_name'),
    customer_country: text('customer.country'),
    image: nullable(fileUrl('image.uuid')),
    organization_groups: list(
      groups,
      `from customer_organization_group belonging join organization_group og on og.id = belonging.organization_group_id
        ${organizationGroupView.joins.parent} where belonging.customer_id = sp.customer_id`,
      'og.name, og.id',
    ),
    offering_count: integer(
      `(select count(*) from offering offered where offered.customer_id = sp.customer_id and offered.state in ('Active', 'Paused', 'Unavailable'))`,
    ),
  },
}
