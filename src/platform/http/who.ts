// Who may: every operation says it. A rule by the actor and the row, or in words where seeing the row, having a token, or what the
// command finds out decides.
import type { Actor } from '../auth/actor.ts'
import type { Tx } from '../db/database.ts'
import type { Viewer } from './context.ts'
import type { Right } from './rights.ts'

export type Words = 'anyone who sees it' | 'anyone with a token' | 'whom its command lets'
export type Permission<Row> = Words | ((actor: Actor, row: Row) => boolean)
/** Refuses by the caller alone. `says` is for the description. */
export type Before = ((actor: Actor) => void) & { says?: string }

/** What the right to something may hang on. */
export type Asked<Row, Input> = { tx: Tx; actor: Actor; viewer: Viewer; row: Row; input: Input }

type Parts<Row, Input> = {
  /** Refuses before the row is looked up; for operations whose existence says nothing, such as staff's `unlink`. */
  before?: Before
  /** Who may, by the row; 403 otherwise. */
  permission?: Permission<Row>
  /** Who may, when that depends on what the body names; 403 otherwise. */
  allowed?: (actor: Actor, input: Input, row: Row) => boolean
  /** Where the command itself finds out who may: the same by itself, asked before an answer is given again (Idempotency-Key). */
  lets?: (asked: Asked<Row, Input>) => unknown
}

/** One of the three at least: types refuse an operation that leaves out who may. */
export type Who<Row, Input> = Parts<Row, Input> &
  (
    | Required<Pick<Parts<Row, Input>, 'before'>>
    | Required<Pick<Parts<Row, Input>, 'permission'>>
    | Required<Pick<Parts<Row, Input>, 'allowed'>>
  )

/** Whether words or rule let the actor. */
export const permits = <Row>(permission: Permission<Row> | undefined, actor: Actor, row: Row): boolean =>
  typeof permission !== 'function' || permission(actor, row)

const isRight = (rule: object): rule is Right<never> => 'scopes' in rule

/** Who may, in words for the description; undefined where a rule of code decides. */
export function whoText({ before, permission }: Pick<Parts<never, never>, 'before' | 'permission'>): string | undefined {
  if (typeof permission === 'string') return permission
  if (permission && isRight(permission)) {
    const { permission: name, scopes } = permission
    return `${name} on ${scopes.map(([type, column]) => `${type} (${column})`).join(', ')}`
  }
  return before?.says
}
