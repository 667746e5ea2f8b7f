// What decisions about orders and resources read of the offering, the project and the two organizations. The texts are
// columns over the aliases off, p, c and the context `ctx`; a row that holds them can be judged by plain functions.
import type { OptionForm } from '../offerings/public.ts'

/** Free settings of an offering that rules read (orders.md §1.6). */
export type PluginOptions = { readonly [key: string]: unknown }

export type OfferingFacts = {
  offering_id: number
  offering_uuid: string
  offering_name: string
  offering_slug: string
  offering_type: string
  offering_state: 'Draft' | 'Active' | 'Paused' | 'Archived' | 'Unavailable'
  shared: boolean
  billable: boolean
  /** The organization that provides. */
  provider_id: number
  offering_project_id: number | null
  /** Plans of an offering within another are that one's. */
  offering_parent_id: number | null
  /** A component bounds what all resources may have together. */
  has_shared_limits: boolean
  plugin_options: PluginOptions
  options: OptionForm
  resource_options: OptionForm
}

export const OFFERING_FACTS = `off.id as offering_id, off.uuid as offering_uuid, off.name as offering_name, off.slug as offering_slug,
  off.type as offering_type, off.state as offering_state, off.shared, off.billable, off.customer_id as provider_id,
  off.project_id as offering_project_id, off.parent_id as offering_parent_id, off.plugin_options, off.options, off.resource_options,
  exists (select 1 from offering_component bounded where bounded.offering_id = off.id
    and (bounded.limit_amount > 0 or bounded.max_available_limit > 0)) as has_shared_limits`

export type ProjectFacts = {
  project_id: number
  project_uuid: string
  project_name: string
  project_slug: string
  is_removed: boolean
  project_start_date: string | null
  project_end_date: string | null
  /** Its end date is today or earlier: the day itself counts as expired (orders.md §0.5). */
  project_expired: boolean
  /** The day it is, in the site's zone. */
  today: string
  /** It begins later than today. */
  project_pending: boolean
  /** The organization that consumes. */
  customer_id: number
  customer_uuid: string
  customer_name: string
  customer_slug: string
  customer_abbreviation: string
  customer_native_name: string
  blocked: boolean
  archived: boolean
}

export const PROJECT_FACTS = `p.id as project_id, p.uuid as project_uuid, p.name as project_name, p.slug as project_slug, p.is_removed,
  p.start_date as project_start_date, p.end_date as project_end_date,
  coalesce(p.end_date <= ctx.today, false) as project_expired, coalesce(p.start_date > ctx.today, false) as project_pending,
  ctx.today, c.id as customer_id, c.uuid as customer_uuid, c.name as customer_name, c.slug as customer_slug,
  c.abbreviation as customer_abbreviation, c.native_name as customer_native_name, c.blocked, c.archived`

/** A private offering, for approval: neither shared nor billed (orders.md §1.3). */
export const isPrivate = (offering: Pick<OfferingFacts, 'shared' | 'billable'>): boolean => !offering.shared && !offering.billable

/** The keys of events about something that stands in a project. */
export const projectContext = (row: ProjectFacts): { [key: string]: unknown } => ({
  project_uuid: row.project_uuid.replaceAll('-', ''),
  project_name: row.project_name,
  customer_uuid: row.customer_uuid.replaceAll('-', ''),
  customer_name: row.customer_name,
  customer_abbreviation: row.customer_abbreviation,
  customer_native_name: row.customer_native_name,
})
