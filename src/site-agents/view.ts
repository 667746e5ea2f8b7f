// What agents, their services and their processors look like.
import { int } from '../platform/http/columns.ts'
import { rightSql } from '../platform/http/rights.ts'
import {
  absent,
  datetime,
  type Fields,
  json,
  list,
  nullable,
  oneOf,
  shownWhere,
  text,
  url,
  uuid,
  type View,
} from '../platform/http/view.ts'
import { maySeeSettings } from './policy.ts'

export const IDENTITIES_PATH = '/api/marketplace-site-agent-identities/'
export const SERVICES_PATH = '/api/marketplace-site-agent-services/'
export const PROCESSORS_PATH = '/api/marketplace-site-agent-processors/'

// The original also knows Error, which nothing that agents say can mean.
export const SERVICE_STATES = ['Active', 'Idle', 'Error'] as const

export const STATE = 'site_agent_state(service.last_seen)'

const service: Fields = {
  uuid: uuid('service.uuid'),
  url: url(`${SERVICES_PATH}{}/`, 'service.uuid'),
  name: text('service.name'),
  mode: nullable(text('service.mode')),
  state: oneOf(SERVICE_STATES, STATE),
  statistics: json('service.statistics', {}),
  created: datetime('service.created'),
  modified: datetime('service.modified'),
}

const processor: Fields = {
  uuid: uuid('processor.uuid'),
  url: url(`${PROCESSORS_PATH}{}/`, 'processor.uuid'),
  name: text('processor.name'),
  last_run: nullable(datetime('processor.last_run')),
  backend_type: text('processor.backend_type'),
  backend_version: nullable(text('processor.backend_version')),
  created: datetime('processor.created'),
  modified: datetime('processor.modified'),
}

const SETTINGS = rightSql(maySeeSettings, { offering_id: int('identity.offering_id'), customer_id: int('offering.customer_id') })

export const identityView: View = {
  name: 'AgentIdentity',
  from: 'site_agent_identity identity',
  alias: 'identity',
  joins: {
    offering: 'join offering on offering.id = identity.offering_id',
    creator: 'left join "user" creator on creator.id = identity.created_by_id',
  },
  fields: {
    uuid: uuid('identity.uuid'),
    url: url(`${IDENTITIES_PATH}{}/`, 'identity.uuid'),
    offering: uuid('offering.uuid'),
    name: text('identity.name'),
    version: nullable(text('identity.version')),
    dependencies: json('identity.dependencies', {}),
    config_file_path: nullable(text('identity.config_file_path')),
    config_file_content: shownWhere(SETTINGS, nullable(text('identity.config_file_content'))),
    last_restarted: datetime('identity.last_restarted'),
    created: datetime('identity.created'),
    modified: datetime('identity.modified'),
    created_by: absent(url('/api/users/{}/', 'creator.uuid')),
    services: list(service, 'from site_agent_service service where service.identity_id = identity.id', 'service.name, service.id'),
  },
}

export const serviceView: View = {
  name: 'AgentService',
  from: 'site_agent_service service',
  alias: 'service',
  joins: {
    identity: 'join site_agent_identity identity on identity.id = service.identity_id',
    offering: 'join offering on offering.id = identity.offering_id',
  },
  fields: {
    ...service,
    identity: uuid('identity.uuid'),
    identity_name: text('identity.name'),
    processors: list(
      processor,
      'from site_agent_processor processor where processor.service_id = service.id',
      'processor.name, processor.id',
    ),
  },
}

export const processorView: View = {
  name: 'AgentProcessor',
  from: 'site_agent_processor processor',
  alias: 'processor',
  joins: { service: 'join site_agent_service service on service.id = processor.service_id' },
  fields: { ...processor, service: uuid('service.uuid'), service_name: text('service.name') },
}
