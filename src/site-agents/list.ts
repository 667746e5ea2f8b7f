// Agents, their services and their processors, as those who run the offering find them.
import { sql } from 'kysely'
import type { Collection } from '../platform/http/collection.ts'
import { int, type RowOf, uuid } from '../platform/http/columns.ts'
import { before, choiceIs, flag, ownMany, since, textIs, uuidIs } from '../platform/http/filters.ts'
import { tendedBy } from './policy.ts'
import { IDENTITIES_PATH, identityView, PROCESSORS_PATH, processorView, SERVICE_STATES, SERVICES_PATH, STATE, serviceView } from './view.ts'

const OFFERING = { offering_id: int('identity.offering_id'), customer_id: int('offering.customer_id') }
const IDENTITY = { id: int('identity.id'), uuid: uuid('identity.uuid'), offering_uuid: uuid('offering.uuid'), ...OFFERING }
export type Identity = RowOf<typeof IDENTITY>

export const identities: Collection<Identity> = {
  path: IDENTITIES_PATH,
  name: 'marketplace_site_agent_identities',
  model: 'AgentIdentity',
  view: identityView,
  visible: tendedBy((offerings) => sql`exists (select 1 from offering where offering.id = identity.offering_id and ${offerings})`),
  filters: {
    last_restarted: since('identity.last_restarted'),
    name: textIs('identity.name'),
    offering_uuid: uuidIs('offering.uuid'),
    orphaned: flag('not exists (select 1 from site_agent_service service where service.identity_id = identity.id)'),
    version: textIs('identity.version'),
  },
  orderings: { name: 'identity.name' },
  defaultOrder: ['name'],
  subject: IDENTITY,
}

const SERVICE = { id: int('service.id'), uuid: uuid('service.uuid'), ...OFFERING }
export type Service = RowOf<typeof SERVICE>

/** The numbers by which the field's own clients name states. */
const stateByNumber = (number: string) => SERVICE_STATES[Number(number) - 1] ?? number
const named = choiceIs(SERVICE_STATES, STATE)

export const services: Collection<Service> = {
  path: SERVICES_PATH,
  name: 'marketplace_site_agent_services',
  model: 'AgentService',
  view: serviceView,
  visible: tendedBy(
    (offerings) => sql`exists (select 1 from site_agent_identity seen join offering on offering.id = seen.offering_id
      where seen.id = service.identity_id and ${offerings})`,
  ),
  filters: {
    identity_uuid: uuidIs('identity.uuid'),
    mode: textIs('service.mode'),
    modified_after: since('service.modified'),
    modified_before: before('service.modified'),
    stale: flag(`service.last_seen <= now() - interval '24 hours'`),
    state: {
      ...ownMany({ type: 'integer', enum: [1, 2, 3] }, (values, actor) => {
        const parts = values.map((value) => named.condition([stateByNumber(value)], actor) ?? sql<boolean>`true`)
        return sql`(${sql.join(parts, sql` or `)})`
      }),
      uses: named.uses,
    },
  },
  orderings: { name: 'service.name' },
  defaultOrder: ['name'],
  subject: SERVICE,
}

export const processors: Collection = {
  path: PROCESSORS_PATH,
  name: 'marketplace_site_agent_processors',
  model: 'AgentProcessor',
  view: processorView,
  visible: tendedBy(
    (offerings) => sql`exists (select 1 from site_agent_service serving join site_agent_identity seen on seen.id = serving.identity_id
      join offering on offering.id = seen.offering_id where serving.id = processor.service_id and ${offerings})`,
  ),
  filters: {
    backend_type: textIs('processor.backend_type'),
    backend_version: textIs('processor.backend_version'),
    last_run: since('processor.last_run'),
    last_run_before: before('processor.last_run'),
    service_uuid: uuidIs('service.uuid'),
    stale: flag(`processor.last_run <= now() - interval '1 hour'`),
  },
  orderings: { name: 'processor.name' },
  defaultOrder: ['name'],
}
