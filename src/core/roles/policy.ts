// Checks on who asks that are no permissions of a scope.
import { type Actor, readsAll } from '../../platform/auth/actor.ts'
import { forbidden } from '../../platform/http/errors.ts'
import type { Before } from '../../platform/http/who.ts'

const refusing = (says: string, lets: (actor: Actor) => boolean): Before =>
  Object.assign(
    (actor: Actor) => {
      if (!lets(actor)) throw forbidden()
    },
    { says },
  )

/** 403 for everybody but staff. */
export const staffOnly: Before = refusing('staff', (actor) => actor.is_staff)

/** 403 for everybody but staff and global support. */
export const staffAndSupportOnly: Before = refusing('staff and support', readsAll)
