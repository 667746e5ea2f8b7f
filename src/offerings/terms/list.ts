// Terms of service: all versions for those who provide the offering, the active one for those who are shown the offering, and to
// everybody the one that they agreed to.
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { flag, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { managedBy } from '../policy.ts'
import { publicTo } from '../public/policy.ts'
import { TERMS_PATH, termsView } from './view.ts'

const TERMS = {
  id: int('terms.id'),
  uuid: uuid('terms.uuid'),
  version: str('terms.version'),
  is_active: bool('terms.is_active'),
  offering_id: int('terms.offering_id'),
  offering_uuid: uuid('offering.uuid'),
  offering_name: str('offering.name'),
  customer_id: int('offering.customer_id'),
  customer_uuid: uuid('provider.uuid'),
  customer_name: str('provider.name'),
  customer_blocked: bool('provider.blocked'),
  customer_archived: bool('provider.archived'),
}
export type Terms = RowOf<typeof TERMS>

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return {
    where: sql`(exists (select 1 from offering where offering.id = terms.offering_id
        and (${managedBy(actor)} or (terms.is_active and ${publicTo(actor)})))
      or exists (select 1 from user_offering_consent agreed where agreed.offering_id = terms.offering_id and agreed.user_id = ${actor.id}
        and (terms.is_active or agreed.version = terms.version)))`,
  }
}

export const terms: Collection<Terms> = {
  path: TERMS_PATH,
  name: 'marketplace_offering_terms_of_service',
  model: 'OfferingTermsOfService',
  view: termsView,
  visible,
  filters: {
    is_active: flag('terms.is_active'),
    offering: urlOf(['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'], 'offering.uuid'),
    offering_uuid: uuidIs('offering.uuid'),
    requires_reconsent: flag('terms.requires_reconsent'),
    version: textIs('terms.version'),
  },
  orderings: { created: 'terms.created', modified: 'terms.modified', version: 'terms.version' },
  defaultOrder: ['created'],
  subject: TERMS,
}
