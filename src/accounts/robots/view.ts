// What a robot account looks like: plain, as it is written, and with all that stands around it, as it is read.
import { basicUserView, sshKeyView } from '../../core/public.ts'
import { datetime, type Fields, json, list, listOf, nullable, object, oneOf, text, url, uuid, type View } from '../../platform/http/view.ts'
import { ROBOT_STATES } from './states.ts'

export const ROBOTS_PATH = '/api/marketplace-robot-accounts/'

const HASH = { type: 'string' }
const FINGERPRINTS = { type: 'array', items: { type: 'object', properties: { md5: HASH, sha256: HASH, sha512: HASH } } }

const own: Fields = {
  url: url(`${ROBOTS_PATH}{}/`, 'ra.uuid'),
  uuid: uuid('ra.uuid'),
  created: datetime('ra.created'),
  modified: datetime('ra.modified'),
  username: text('ra.username'),
  description: text('ra.description'),
  error_message: text('ra.error_message'),
  error_traceback: text('ra.error_traceback'),
  state: oneOf(ROBOT_STATES, 'ra.state'),
  resource: url('/api/marketplace-resources/{}/', 'r.uuid'),
  type: text('ra.type'),
  keys: json('ra.keys', {}),
  backend_id: text(`coalesce(ra.backend_id, '')`),
  fingerprints: json('ra.fingerprints', FINGERPRINTS),
}

const USERS = `from robot_account_user member join "user" u on u.id = member.user_id left join file image on image.id = u.image_id
  where member.robot_account_id = ra.id`
const KEYS = `from robot_account_user member join ssh_key k on k.user_id = member.user_id join "user" owner on owner.id = k.user_id
  where member.robot_account_id = ra.id`

const source = {
  from: 'robot_account ra',
  alias: 'ra',
  joins: {
    r: 'join resource r on r.id = ra.resource_id',
    off: 'join offering off on off.id = r.offering_id',
    p: 'join project p on p.id = r.project_id',
    c: 'join customer c on c.id = p.customer_id',
    provider: 'join customer provider on provider.id = off.customer_id',
    // The one who is responsible, under the aliases of users.
    u: 'left join "user" u on u.id = ra.responsible_user_id',
    image: 'left join file image on image.id = u.image_id',
  },
}

export const robotAccountView: View = {
  name: 'RobotAccount',
  ...source,
  fields: {
    ...own,
    users: listOf(url('/api/users/{}/', 'u.uuid'), USERS, 'u.username, u.id'),
    responsible_user: nullable(url('/api/users/{}/', 'u.uuid')),
  },
}

export const robotAccountDetailsView: View = {
  name: 'RobotAccountDetails',
  ...source,
  fields: {
    ...own,
    users: list(basicUserView.fields, USERS, 'u.username, u.id'),
    responsible_user: nullable(object(basicUserView.fields, { when: 'u.id' })),
    user_keys: list(sshKeyView.fields, KEYS, 'k.id'),
    resource_name: text('r.name'),
    resource_uuid: uuid('r.uuid'),
    project_name: text('p.name'),
    project_uuid: uuid('p.uuid'),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
    provider_uuid: uuid('provider.uuid'),
    provider_name: text('provider.name'),
    offering_plugin_options: json('off.plugin_options'),
  },
}
