// SSH public keys of people, which providers put on what they sell (platform.md §12).
import { boolean, text, url, uuid, type View } from '../../platform/http/view.ts'

export const sshKeyView: View = {
  name: 'SshKey',
  from: 'ssh_key k',
  alias: 'k',
  joins: { owner: 'join "user" owner on owner.id = k.user_id' },
  fields: {
    url: url('/api/keys/{}/', 'k.uuid'),
    uuid: uuid('k.uuid'),
    name: text('k.name'),
    public_key: text('k.public_key'),
    fingerprint_md5: text('k.fingerprint_md5'),
    fingerprint_sha256: text('k.fingerprint_sha256'),
    fingerprint_sha512: text('k.fingerprint_sha512'),
    user_uuid: uuid('owner.uuid'),
    is_shared: boolean('k.is_shared'),
    type: text('k.key_type'),
  },
}
