// What an organization looks like. Counts cover what the caller sees of it: a member of one project counts that project.
import {
  boolean,
  constant,
  datetime,
  decimal,
  described,
  type Field,
  type Fields,
  fileUrl,
  integer,
  json,
  list,
  nullable,
  number,
  oneOf,
  passing,
  text,
  url,
  uuid,
  type View,
} from '../../platform/http/view.ts'
import { organizationGroupView } from '../organization-groups/view.ts'
import { COUNTRY_CODES, countryNameSql } from './countries.ts'

/** SQL for: the caller sees project `inside` of organization `c`. */
const SEES_PROJECT = '(ctx.reads_all or c.id = any(ctx.customer_ids) or inside.id = any(ctx.project_ids))'

// What of a line billed by the hour or the day has passed by now.
const SO_FAR = `cents(item.unit_price * ceil(item.quantity * least(extract(epoch from now() - item.start) / nullif(extract(epoch from item."end" - item.start), 0), 1)))`
const CURRENT = `case when item.unit in ('hour', 'day') then coalesce(${SO_FAR}, item.price) else item.price end`
const MONEY = '::numeric(32, 10)::text'

/**
 * What lines of the present month come to, and what of their tax is owed by now (service-providers.md §1.11); `lines` is SQL over
 * `item` and its invoice `i`. It changes by itself.
 */
export const priceEstimate = (lines: string): Field =>
  passing(
    json(
      `(select jsonb_build_object('total', coalesce(sum(item.price + tax_of(item.price, i.tax_percent)), 0)${MONEY}, 'current', coalesce(sum(item.price), 0)${MONEY},
          'tax', coalesce(sum(tax_of(item.price, i.tax_percent)), 0)${MONEY}, 'tax_current', coalesce(sum(tax_of(${CURRENT}, i.tax_percent)), 0)${MONEY})
        from invoice i join invoice_item item on item.invoice_id = i.id
        where i.month = date_trunc('month', ctx.today::timestamp)::date and i.state <> 'canceled' and ${lines})`,
      {
        type: 'object',
        properties: Object.fromEntries(
          ['total', 'current', 'tax', 'tax_current'].map((name) => [name, { type: 'string', format: 'decimal' }]),
        ),
        required: ['total', 'current', 'tax', 'tax_current'],
      },
    ),
  )

/** Free JSON that the site's administrators define. */
const ANYTHING = {}

/** Agreements on how an organization pays, as billing would give them. */
const PAYMENT_PROFILES = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      uuid: { type: 'string', format: 'uuid' },
      url: { type: 'string', format: 'uri' },
      name: { type: 'string' },
      organization_uuid: { type: 'string', format: 'uuid' },
      organization: { type: 'string', format: 'uri' },
      attributes: {
        type: 'object',
        properties: {
          end_date: { type: 'string' },
          agreement_number: { type: 'string' },
          contract_sum: { type: 'integer' },
        },
      },
      payment_type: { type: 'string', enum: ['fixed_price', 'invoices', 'payment_gw_monthly'] },
      payment_type_display: { type: 'string' },
      is_active: { type: ['boolean', 'null'] },
    },
  },
}

const groups: Field = list(
  organizationGroupView.fields,
  `from customer_organization_group member join organization_group og on og.id = member.organization_group_id
    left join organization_group parent on parent.id = og.parent_id where member.customer_id = c.id`,
  'og.name, og.id',
)

const address: Fields = {
  email: described({ format: 'email' }, text('c.email')),
  phone_number: text('c.phone_number'),
  access_subnets: text('c.access_subnets'),
  registration_code: text('c.registration_code'),
  homepage: described({ format: 'uri' }, text('c.homepage')),
  domain: text('c.domain'),
  vat_code: text('c.vat_code'),
  postal: text('c.postal'),
  address: text('c.address'),
  bank_name: text('c.bank_name'),
  latitude: nullable(number('c.latitude')),
  longitude: nullable(number('c.longitude')),
  bank_account: text('c.bank_account'),
  country: oneOf([...COUNTRY_CODES, ''], 'c.country'),
  notification_emails: text('c.notification_emails'),
}

export const customerView: View = {
  name: 'Customer',
  from: 'customer c',
  alias: 'c',
  joins: {
    image: 'left join file image on image.id = c.image_id',
    sp: 'left join service_provider sp on sp.customer_id = c.id',
    seen: `cross join lateral (select coalesce(array_agg(inside.id), '{}') as ids from project inside
      where inside.customer_id = c.id and not inside.is_removed and ${SEES_PROJECT}) seen`,
  },
  fields: {
    url: url('/api/customers/{}/', 'c.uuid'),
    uuid: uuid('c.uuid'),
    created: datetime('c.created'),
    organization_groups: groups,
    display_name: text('c.name'),
    backend_id: text('c.backend_id'),
    image: nullable(fileUrl('image.uuid')),
    blocked: boolean('c.blocked'),
    archived: boolean('c.archived'),
    display_billing_info_in_projects: boolean('c.display_billing_info_in_projects'),
    default_tax_percent: decimal('c.default_tax_percent', 2),
    accounting_start_date: datetime('c.accounting_start_date'),
    projects_count: integer('cardinality(seen.ids)'),
    users_count: integer(`(select count(distinct held.user_id) from live_grant held join "user" holder on holder.id = held.user_id
      where holder.is_active
        and ((held.scope_type = 'customer' and held.scope_id = c.id) or (held.scope_type = 'project' and held.scope_id = any(seen.ids))))`),
    sponsor_number: nullable(integer('c.sponsor_number')),
    country_name: text(`coalesce(${countryNameSql('c.country')}, '')`),
    max_service_accounts: nullable(integer('c.max_service_accounts')),
    // No checklists can be chosen yet.
    project_metadata_checklist: nullable(uuid('null::uuid')),
    grace_period_days: nullable(integer('c.grace_period_days')),
    user_email_patterns: json('c.user_email_patterns', ANYTHING),
    user_affiliations: json('c.user_affiliations', ANYTHING),
    user_identity_sources: json('c.user_identity_sources', ANYTHING),
    name: text('c.name'),
    slug: text('c.slug'),
    native_name: text('c.native_name'),
    abbreviation: text('c.abbreviation'),
    description: text('c.description'),
    contact_details: text('c.contact_details'),
    agreement_number: text('c.agreement_number'),
    ...address,
    // Nobody has payment profiles, credit or calls for proposals here.
    payment_profiles: constant([], PAYMENT_PROFILES),
    customer_credit: nullable(number('null::numeric')),
    customer_unallocated_credit: nullable(number('null::numeric')),
    is_service_provider: boolean('(sp.id is not null)'),
    service_provider: nullable(url('/api/marketplace-service-providers/{}/', 'sp.uuid')),
    service_provider_uuid: nullable(uuid('sp.uuid')),
    call_managing_organization_uuid: nullable(text('null::text')),
    // Who belongs to some of its projects is told of those.
    billing_price_estimate: priceEstimate(
      'i.customer_id = c.id and (ctx.reads_all or c.id = any(ctx.customer_ids) or item.project_id = any(ctx.project_ids))',
    ),
    // Not in the contract; web interfaces show buttons by it (clients.md §3).
    projects: list(
      { uuid: uuid('shown.uuid'), url: url('/api/projects/{}/', 'shown.uuid'), name: text('shown.name') },
      'from project shown where shown.id = any(seen.ids)',
      'shown.name, shown.id',
    ),
  },
}
