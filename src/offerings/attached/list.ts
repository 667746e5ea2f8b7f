// Screenshots and files, as whoever is shown the offering finds them.
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { textAmong, urlOf, uuidAmong, uuidIs } from '../../platform/http/filters.ts'
import { seesOffering } from '../public/policy.ts'
import { FILES_PATH, offeringFileView, SCREENSHOTS_PATH, screenshotView } from './view.ts'

/** Over the alias of a table with `offering_id`. */
const withOffering =
  (alias: string) =>
  (actor: Actor | undefined): Visibility => {
    if (!actor) return 'none'
    if (readsAll(actor)) return 'all'
    return {
      where: sql`exists (select 1 from offering where offering.id = ${sql.ref(`${alias}.offering_id`)}
        and ${seesOffering(actor)})`,
    }
  }

const filters = {
  offering: urlOf(['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'], 'offering.uuid'),
  offering_slug: textAmong('offering.slug'),
  offering_uuid: uuidAmong('offering.uuid'),
  parent_offering_uuid: uuidIs('parent.uuid'),
}

const OFFERING = {
  offering_id: int('offering.id'),
  offering_uuid: uuid('offering.uuid'),
  offering_name: str('offering.name'),
  customer_id: int('offering.customer_id'),
  customer_uuid: uuid('provider.uuid'),
  customer_name: str('provider.name'),
  customer_blocked: bool('provider.blocked'),
  customer_archived: bool('provider.archived'),
}

const SCREENSHOT = {
  id: int('screenshot.id'),
  uuid: uuid('screenshot.uuid'),
  image_id: int('screenshot.image_id'),
  ...OFFERING,
}
export type Screenshot = RowOf<typeof SCREENSHOT>

export const screenshots: Collection<Screenshot> = {
  path: SCREENSHOTS_PATH,
  name: 'marketplace_screenshots',
  model: 'Screenshot',
  view: screenshotView,
  visible: withOffering('screenshot'),
  filters,
  orderings: { created: 'screenshot.created', name: 'screenshot.name' },
  defaultOrder: ['created'],
  subject: SCREENSHOT,
}

const OFFERING_FILE = { id: int('attached.id'), uuid: uuid('attached.uuid'), file_id: int('attached.file_id'), ...OFFERING }
export type OfferingFile = RowOf<typeof OFFERING_FILE>

export const offeringFiles: Collection<OfferingFile> = {
  path: FILES_PATH,
  name: 'marketplace_offering_files',
  model: 'OfferingFile',
  view: offeringFileView,
  visible: withOffering('attached'),
  filters,
  orderings: { created: 'attached.created', name: 'attached.name' },
  defaultOrder: ['created'],
  subject: OFFERING_FILE,
}
