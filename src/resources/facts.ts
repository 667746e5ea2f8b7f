// What decisions about orders and resources read of the offering, the project and the two organizations: columns over the
// aliases off, p, c and the context `ctx`; a row that holds them can be judged by plain functions.
import type { OfferingState, OptionForm } from '../offerings/public.ts'
import { as, bool, day, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'

/** Free settings of an offering that rules read (orders.md §1.6). */
export type PluginOptions = { readonly [key: string]: unknown }

export const OFFERING_FACTS = {
  offering_id: int('off.id'),
  offering_uuid: uuid('off.uuid'),
  offering_name: str('off.name'),
  offering_slug: str('off.slug'),
  offering_type: str('off.type'),
  offering_state: as<OfferingState>('off.state'),
  /** The provider has taken it away: nothing of its resources may change. */
  offering_unavailable: bool(`(off.state = 'Unavailable')`),
  shared: bool('off.shared'),
  billable: bool('off.billable'),
  /** The organization that provides. */
  provider_id: int('off.customer_id'),
  offering_project_id: orNull(int('off.project_id')),
  /** Plans of an offering within another are that one's. */
  offering_parent_id: orNull(int('off.parent_id')),
  /** A component bounds what all resources may have together. */
  has_shared_limits: bool(`exists (select 1 from offering_component bounded where bounded.offering_id = off.id
    and (bounded.limit_amount > 0 or bounded.max_available_limit > 0))`),
  plugin_options: as<PluginOptions>('off.plugin_options'),
  options: as<OptionForm>('off.options'),
  resource_options: as<OptionForm>('off.resource_options'),
}
export type OfferingFacts = RowOf<typeof OFFERING_FACTS>

export const PROJECT_FACTS = {
  project_id: int('p.id'),
  project_uuid: uuid('p.uuid'),
  project_name: str('p.name'),
  project_slug: str('p.slug'),
  is_removed: bool('p.is_removed'),
  project_start_date: orNull(day('p.start_date')),
  project_end_date: orNull(day('p.end_date')),
  /** Its end date is today or earlier: the day itself counts as expired (orders.md §0.5). */
  project_expired: bool('coalesce(p.end_date <= ctx.today, false)'),
  /** The day it is, in the site's zone. */
  today: day('ctx.today'),
  /** It begins later than today. */
  project_pending: bool('coalesce(p.start_date > ctx.today, false)'),
  /** The organization that consumes. */
  customer_id: int('c.id'),
  customer_uuid: uuid('c.uuid'),
  customer_name: str('c.name'),
  customer_slug: str('c.slug'),
  customer_abbreviation: str('c.abbreviation'),
  customer_native_name: str('c.native_name'),
  blocked: bool('c.blocked'),
  archived: bool('c.archived'),
}
export type ProjectFacts = RowOf<typeof PROJECT_FACTS>

/** A private offering, for approval: neither shared nor billed (orders.md §1.3). */
export const isPrivate = (offering: Pick<OfferingFacts, 'shared' | 'billable'>): boolean => !offering.shared && !offering.billable

/** The keys of events about something that stands in a project. */
export const projectContext = (row: ProjectFacts): { [key: string]: unknown } => ({
  project_uuid: row.project_uuid,
  project_name: row.project_name,
  customer_uuid: row.customer_uuid,
  customer_name: row.customer_name,
  customer_abbreviation: row.customer_abbreviation,
  customer_native_name: row.customer_native_name,
})
