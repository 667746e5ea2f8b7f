// What a project looks like.
import { keptSum } from '../../platform/counts/kept.ts'
import {
  boolean,
  date,
  datetime,
  fileUrl,
  forStaffAndSupport,
  integer,
  json,
  map,
  nullable,
  number,
  oneOf,
  shownTo,
  text,
  url,
  uuid,
  type View,
} from '../../platform/http/view.ts'
import { priceEstimate } from '../customers/view.ts'
import { FIELDS_OF_SCIENCE, fieldOfScienceSql } from './fields-of-science.ts'
import { countsFor } from './resources.ts'

export const PROJECT_KINDS = ['default', 'course', 'public'] as const

/** Over the alias `kept`: the project's resources that are not terminated, as far as the caller may know of them. */
const LIVING = `kept.project_id = p.id and kept.state <> 'Terminated' and ${countsFor('kept', 'p')}`

/** Free JSON that the site's administrators define. */
const ANYTHING = {}

export const projectView: View = {
  name: 'Project',
  from: 'project p',
  alias: 'p',
  joins: {
    c: 'join customer c on c.id = p.customer_id',
    pt: 'left join project_type pt on pt.id = p.type_id',
    requester: 'left join "user" requester on requester.id = p.end_date_requested_by_id',
    image: 'left join file image on image.id = p.image_id',
  },
  fields: {
    url: url('/api/projects/{}/', 'p.uuid'),
    uuid: uuid('p.uuid'),
    name: text('p.name'),
    slug: text('p.slug'),
    customer: url('/api/customers/{}/', 'c.uuid'),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
    customer_slug: text('c.slug'),
    customer_native_name: text('c.native_name'),
    customer_abbreviation: text('c.abbreviation'),
    description: text('p.description'),
    customer_display_billing_info_in_projects: boolean('c.display_billing_info_in_projects'),
    created: datetime('p.created'),
    type: nullable(url('/api/project-types/{}/', 'pt.uuid')),
    type_name: nullable(text('pt.name')),
    type_uuid: nullable(uuid('pt.uuid')),
    backend_id: text('p.backend_id'),
    start_date: nullable(date('p.start_date')),
    end_date: nullable(date('p.end_date')),
    end_date_requested_by: nullable(url('/api/users/{}/', 'requester.uuid')),
    oecd_fos_2007_code: nullable(oneOf([...Object.keys(FIELDS_OF_SCIENCE), ''], 'p.oecd_fos_2007_code')),
    oecd_fos_2007_label: text(`coalesce(${fieldOfScienceSql('p.oecd_fos_2007_code')}, '')`),
    is_industry: boolean('p.is_industry'),
    image: nullable(fileUrl('image.uuid')),
    resources_count: integer(keptSum('resource_counted', 'project_id', LIVING)),
    max_service_accounts: nullable(integer('p.max_service_accounts')),
    kind: oneOf(PROJECT_KINDS, 'p.kind'),
    is_removed: boolean('p.is_removed'),
    termination_metadata: nullable(json('p.termination_metadata', ANYTHING)),
    staff_notes: shownTo(forStaffAndSupport, text('p.staff_notes')),
    grace_period_days: nullable(integer('p.grace_period_days')),
    user_email_patterns: json('p.user_email_patterns', ANYTHING),
    user_affiliations: json('p.user_affiliations', ANYTHING),
    user_identity_sources: json('p.user_identity_sources', ANYTHING),
    // Nobody has credit here.
    project_credit: nullable(number('null::numeric')),
    marketplace_resource_count: map(
      'wire_uuid(by_category.uuid)',
      integer('by_category.number'),
      `from (select category.uuid, sum(kept.n) as number from resource_counted kept join offering o on o.id = kept.offering_id
        join category on category.id = o.category_id where kept.grain = 'project_id,offering_id' and ${LIVING}
        group by category.uuid having sum(kept.n) > 0) by_category`,
    ),
    billing_price_estimate: priceEstimate('i.customer_id = p.customer_id and item.project_id = p.id'),
  },
}
