// Robot accounts are seen by whoever sees their resource, from either side.
import { sql } from 'kysely'
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { as, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { choiceIs, own, requireUuid, since, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { seesResource } from '../../resources/public.ts'
import { ROBOT_STATES, type RobotState } from './states.ts'
import { ROBOTS_PATH, robotAccountDetailsView } from './view.ts'

const ROBOT = {
  id: int('ra.id'),
  uuid: uuid('ra.uuid'),
  type: str('ra.type'),
  state: as<RobotState>('ra.state'),
  backend_id: orNull(str('ra.backend_id')),
  resource_id: int('r.id'),
  resource_uuid: uuid('r.uuid'),
  resource_name: str('r.name'),
  project_id: int('r.project_id'),
  /** The organization that consumes. */
  customer_id: int('p.customer_id'),
  provider_id: int('off.customer_id'),
}
export type Robot = RowOf<typeof ROBOT>

function visible(actor: Actor | undefined): Visibility {
  if (!actor) return 'none'
  if (readsAll(actor)) return 'all'
  return { where: sql`exists (select from resource r where r.id = ra.resource_id and ${seesResource(actor)})` }
}

const named = choiceIs(ROBOT_STATES, 'ra.state')

export const robotAccounts: Collection<Robot> = {
  path: ROBOTS_PATH,
  name: 'marketplace_robot_accounts',
  model: 'RobotAccount',
  view: robotAccountDetailsView,
  visible,
  filters: {
    type: textIs('ra.type'),
    // By its number; by its name as well, as it is shown.
    state: {
      ...named,
      schema: { type: 'integer', enum: ROBOT_STATES.map((_, i) => i + 1) },
      condition: (values, actor) => named.condition([ROBOT_STATES[Number(values.at(-1)) - 1] ?? String(values.at(-1))], actor),
    },
    resource: urlOf(['/api/marketplace-resources/{uuid}/', '/api/marketplace-provider-resources/{uuid}/'], 'r.uuid'),
    resource_uuid: uuidIs('r.uuid'),
    project_uuid: uuidIs('p.uuid'),
    customer_uuid: uuidIs('c.uuid'),
    // The organization that provides, or it as a service provider.
    provider_uuid: own(
      { type: 'string', format: 'uuid' },
      (value) => {
        const hex = requireUuid(value)
        return sql`(provider.uuid = ${hex}::uuid
          or exists (select from service_provider sp where sp.customer_id = provider.id and sp.uuid = ${hex}::uuid))`
      },
      'provider.uuid',
    ),
    created: since('ra.created'),
    modified: since('ra.modified'),
  },
  orderings: { created: 'ra.created' },
  defaultOrder: ['created'],
  subject: ROBOT,
}
