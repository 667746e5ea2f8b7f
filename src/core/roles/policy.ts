// Checks on who asks that are no permissions of a scope.
import type { Actor } from '../../platform/auth/actor.ts'
import { forbidden } from '../../platform/http/errors.ts'

/** 403 for everybody but staff. */
export function staffOnly(actor: Actor): void {
  if (!actor.is_staff) throw forbidden()
}

/** 403 for everybody but staff and global support. */
export function staffAndSupportOnly(actor: Actor): void {
  if (!actor.is_staff && !actor.is_support) throw forbidden()
}
