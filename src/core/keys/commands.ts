// Adding and deleting SSH keys. A key is never changed: it is deleted and another one added.
import type { Actor } from '../../platform/auth/actor.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { forbidden, invalid } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, optional, type Parsed, text } from '../../platform/http/shapes.ts'
import { keyEvent } from './events.ts'
import type { SshKey } from './list.ts'
import { parsePublicKey } from './openssh.ts'

const NAME_MAX = 150

export const sshKeyBody = body('SshKeyRequest', {
  name: optional(text({ max: NAME_MAX, blank: true })),
  public_key: text({ max: 2000 }),
})

/** A user's keys have different names. */
export const keyConstraints: Translations = { ssh_key_user_name_key: () => invalid({ name: ['This field must be unique.'] }) }

/** Adds a key to the caller's own; without a name it gets its comment's. 400 for what is no OpenSSH key. */
export async function createKey(call: Call<undefined, Parsed<typeof sshKeyBody>>): Promise<number> {
  const { tx, actor, input } = call
  const parsed = parsePublicKey(input.public_key)
  if ('problem' in parsed) throw invalid({ public_key: [parsed.problem] })
  const { type, comment, ...fingerprints } = parsed
  const name = input.name || comment.slice(0, NAME_MAX)
  const { id, uuid } = await tx
    .insertInto('ssh_key')
    .values({ user_id: actor.id, name, public_key: input.public_key, key_type: type, ...fingerprints })
    .returning(['id', 'uuid'])
    .executeTakeFirstOrThrow()
  const key = { name, uuid, user_id: actor.id, username: actor.username }
  await recordEvents(call, [keyEvent('ssh_key_creation_succeeded', actor, key)])
  return id
}

/** Shared keys are staff's to delete, others their owner's; 403. */
export function mayDelete(actor: Actor, key: SshKey): boolean {
  if (key.is_shared && !actor.is_staff) throw forbidden('Only staff users are allowed to delete shared SSH public key.')
  return actor.is_staff || key.user_id === actor.id
}

export async function deleteKey(call: Call<SshKey>): Promise<void> {
  await call.tx.deleteFrom('ssh_key').where('id', '=', call.row.id).execute()
  await recordEvents(call, [keyEvent('ssh_key_deletion_succeeded', call.actor, call.row)])
}
