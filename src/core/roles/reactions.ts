// What modules further right do when somebody gains or loses a role: a provider's manager follows an offering's manager
// (platform.md §6.7), accounts come and go. They say so once in app.ts; a reaction runs in the transaction of the change,
// whatever made it: a request, the end of a project, the clock.
import type { Actor } from '../../platform/auth/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs/queue.ts'

/** What a change of grants is made with; `actor` is undefined for the system. A command's Call is one. */
export type GrantContext = { tx: Tx; actor: Actor | undefined; config: Config; jobs: Jobs }

export type GrantChange = {
  kind: 'granted' | 'updated' | 'revoked'
  user_id: number
  /** The role's name, such as `OFFERING.MANAGER`. */
  role: string
  scope_type: string
  scope_id: number
  /** Wire form of the moment from which on it has no effect; null for a permanent one. */
  expiration_time: string | null
}

export type GrantReaction = (context: GrantContext, change: GrantChange) => Promise<void>

// A set, so that building the application twice in one process registers nothing twice.
const reactions = new Set<GrantReaction>()

/** Has `reaction` called after every change of a grant, in its transaction. For app.ts. */
export const onGrantChange = (reaction: GrantReaction): void => {
  reactions.add(reaction)
}

export async function react(context: GrantContext, change: GrantChange): Promise<void> {
  for (const reaction of reactions) await reaction(context, change)
}
