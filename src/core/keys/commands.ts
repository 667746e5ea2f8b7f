// Adding and deleting SSH keys. A key is never changed: it is deleted and another one added.
import type { Actor } from '../../platform/auth/actor.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { forbidden, invalid } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import type { SshKey } from './list.ts'
import { parsePublicKey } from './openssh.ts'

const NAME_MAX = 150

export const sshKeyBody = body({
  name: optional(text({ max: NAME_MAX, blank: true })),
  public_key: text({ max: 2000 }),
})

/** A user's keys have different names. */
export const keyConstraints: Translations = { ssh_key_user_name_key: () => invalid({ name: ['This field must be unique.'] }) }

/** Adds a key to the caller's own; without a name it gets its comment's. 400 for what is no OpenSSH key. */
export async function createKey({ tx, actor, input }: Call<undefined, Parsed<typeof sshKeyBody>>): Promise<number> {
  const parsed = parsePublicKey(input.public_key)
  if ('problem' in parsed) throw invalid({ public_key: [parsed.problem] })
  const { type, comment, ...fingerprints } = parsed
  const name = input.name || comment.slice(0, NAME_MAX)
  const { id, uuid } = await tx
    .insertInto('ssh_key')
    .values({ user_id: actor.id, name, public_key: input.public_key, key_type: type, ...fingerprints })
    .returning(['id', 'uuid'])
    .executeTakeFirstOrThrow()
  await recordEvents(tx, actor, [
    event(actor, 'ssh_key_creation_succeeded', { name, uuid: uuid.replaceAll('-', ''), user_id: actor.id, username: actor.username }),
  ])
  return id
}

type NamedKey = Pick<SshKey, 'name' | 'uuid' | 'user_id' | 'username'>

const MESSAGES = {
  ssh_key_creation_succeeded: (key: NamedKey) => `SSH key ${key.name} has been created for user ${key.username}.`,
  ssh_key_deletion_succeeded: (key: NamedKey) => `SSH key ${key.name} of user ${key.username} has been deleted.`,
}

const event = (actor: Actor, type: keyof typeof MESSAGES, key: NamedKey) => ({
  type,
  message: MESSAGES[type](key),
  context: { ssh_key_name: key.name, ssh_key_uuid: key.uuid },
  scopes: [
    ['user', key.user_id],
    ['user', actor.id],
  ] as const,
})

/** Shared keys are staff's to delete, others their owner's; 403. */
export function requireDeletable(key: SshKey, actor: Actor): void {
  if (actor.is_staff) return
  if (key.is_shared) throw forbidden('Only staff users are allowed to delete shared SSH public key.')
  if (key.user_id !== actor.id) throw forbidden()
}

export async function deleteKey({ tx, actor, row }: Call<SshKey>): Promise<void> {
  await tx.deleteFrom('ssh_key').where('id', '=', row.id).execute()
  await recordEvents(tx, actor, [event(actor, 'ssh_key_deletion_succeeded', row)])
}
