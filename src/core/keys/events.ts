// What is told of SSH keys, tied to whose key it is and to who acted.
import type { Actor } from '../../platform/auth/actor.ts'
import { eventKind, inGroups, type NewEvent, newEvent } from '../../platform/events/kinds.ts'
import type { SshKey } from './list.ts'

type NamedKey = Pick<SshKey, 'name' | 'uuid' | 'user_id' | 'username'>

const key = inGroups('ssh', 'users')

export const keyEvents = eventKind<NamedKey>()({
  ssh_key_creation_succeeded: key('SSH key <name> has been created for user <user>.'),
  ssh_key_deletion_succeeded: key('SSH key <name> of user <user> has been deleted.'),
})

export const keyEvent = (type: keyof typeof keyEvents.types, actor: Actor, told: NamedKey): NewEvent =>
  newEvent(keyEvents, type, {
    words: { name: told.name, user: told.username },
    context: { ssh_key_name: told.name, ssh_key_uuid: told.uuid },
    scopes: [
      ['user', told.user_id],
      ['user', actor.id],
    ],
    facts: told,
  })
