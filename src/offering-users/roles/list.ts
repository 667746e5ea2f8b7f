// Roles of offerings, for those who provide them and those whose projects use them.
import { sql } from 'kysely'
import { visibleProjects } from '../../core/public.ts'
import { providerOfferings } from '../../offerings/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import { readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { textAmong, urlOf, uuidAmong, uuidIs } from '../../platform/http/filters.ts'
import { seenRows } from '../../platform/http/sight.ts'
import { offeringUserRoleView } from './view.ts'

const ROLE = {
  id: int('part.id'),
  uuid: uuid('part.uuid'),
  name: str('part.name'),
  offering_id: int('part.offering_id'),
  offering_uuid: uuid('offering.uuid'),
  offering_name: str('offering.name'),
  customer_id: int('offering.customer_id'),
  customer_uuid: uuid('provider.uuid'),
  customer_name: str('provider.name'),
}
export type OfferingUserRole = RowOf<typeof ROLE>

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return {
    where: sql`(part.offering_id in (${seenRows(providerOfferings, actor, 'id', sql`true`)})
      or exists (select from resource r join project p on p.id = r.project_id
        where r.offering_id = part.offering_id and r.state <> 'Terminated' and not p.is_removed and ${visibleProjects(actor, 'p')}))`,
  }
}

export const offeringUserRoles: Collection<OfferingUserRole> = {
  path: '/api/marketplace-offering-user-roles/',
  name: 'marketplace_offering_user_roles',
  model: 'OfferingUserRole',
  view: offeringUserRoleView,
  visible,
  filters: {
    offering: urlOf(['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'], 'offering.uuid'),
    offering_slug: textAmong('offering.slug'),
    offering_uuid: uuidAmong('offering.uuid'),
    parent_offering_uuid: uuidIs('(select parent.uuid from offering parent where parent.id = offering.parent_id)'),
  },
  orderings: { name: 'part.name' },
  defaultOrder: ['name'],
  subject: ROLE,
}
