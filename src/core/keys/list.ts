// Own keys and shared ones; staff and support see all.
import { sql } from 'kysely'
import { readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { flag, since, textContains, textIs, uuidIs } from '../../platform/http/filters.ts'
import { sshKeyView } from './view.ts'

/** What operations on a key decide by. */
const SSH_KEY = {
  id: int('k.id'),
  uuid: uuid('k.uuid'),
  name: str('k.name'),
  user_id: int('k.user_id'),
  username: str('owner.username'),
  is_shared: bool('k.is_shared'),
}
export type SshKey = RowOf<typeof SSH_KEY>

export const keys: Collection<SshKey> = {
  path: '/api/keys/',
  name: 'keys',
  model: 'SshPublicKey',
  view: sshKeyView,
  visible: (actor) => {
    if (!actor) return 'none'
    return readsAll(actor) ? 'all' : { where: sql`k.user_id = ${actor.id} or k.is_shared` }
  },
  filters: {
    created: since('k.created'),
    fingerprint_md5: textIs('k.fingerprint_md5'),
    fingerprint_sha256: textIs('k.fingerprint_sha256'),
    fingerprint_sha512: textIs('k.fingerprint_sha512'),
    is_shared: flag('k.is_shared'),
    modified: since('k.modified'),
    name: textContains('k.name'),
    name_exact: textIs('k.name'),
    user_uuid: uuidIs('owner.uuid'),
    uuid: uuidIs('k.uuid'),
  },
  orderings: { name: 'k.name' },
  defaultOrder: ['name'],
  counts: { view: 'ssh_key_counted', filters: { is_shared: [] }, grains: [[]] },
  subject: SSH_KEY,
}
