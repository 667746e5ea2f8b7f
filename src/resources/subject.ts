// What operations on a resource decide on: the resource, and what stands around it.
import { consentMissing } from '../offerings/public.ts'
import { as, bool, day, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'
import { stateIn } from '../platform/states/sql.ts'
import { OFFERING_FACTS, PROJECT_FACTS } from './facts.ts'
import { OPEN_ORDER_STATES } from './states.orders.ts'
import type { ResourceState } from './states.ts'

export const RESOURCE_SUBJECT = {
  id: int('r.id'),
  uuid: uuid('r.uuid'),
  name: str('r.name'),
  description: str('r.description'),
  slug: str('r.slug'),
  state: as<ResourceState>('r.state'),
  plan_id: orNull(int('r.plan_id')),
  limits: as<{ [type: string]: number }>('r.limits'),
  attributes: as<{ [key: string]: unknown }>('r.attributes'),
  resource_choices: as<{ [key: string]: unknown }>('r.options'),
  backend_id: str('r.backend_id'),
  end_date: orNull(day('r.end_date')),
  paused: bool('r.paused'),
  downscaled: bool('r.downscaled'),
  restrict_member_access: bool('r.restrict_member_access'),
  created: str('r.created'),
  end_date_requested_by_id: orNull(int('r.end_date_requested_by_id')),
  /** Nothing of it is paid ahead, so that there is nothing to renew. */
  not_prepaid: bool(`not exists (select 1 from offering_component prepaid where prepaid.offering_id = off.id and prepaid.is_prepaid
    and prepaid.billing_type in ('limit', 'one'))`),
  /** An order is changing it, or waits to. */
  has_open_order: bool(`exists (select 1 from "order" open where open.resource_id = r.id and ${stateIn('open.state', OPEN_ORDER_STATES)})`),
  /** The one who asks has not agreed to the terms of the offering, which keeps accounts of people. */
  consent_missing: bool(consentMissing('off')),
  ...OFFERING_FACTS,
  ...PROJECT_FACTS,
}
export type ResourceSubject = RowOf<typeof RESOURCE_SUBJECT>
