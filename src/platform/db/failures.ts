// What PostgreSQL's errors mean. Constraints are translated once, by their name; a module lists its own beside its commands.
import { busy, conflict, invalid, type Refusal, unavailable } from '../http/errors.ts'
import { valueAt } from '../keyed.ts'

/** Constraint name → what the caller is told when it is broken; of a foreign key, when what is to go is still referred to. */
export type Translations = { [constraint: string]: () => Refusal }

type PgError = { code?: unknown; constraint?: unknown; message?: unknown; detail?: unknown }

/** The database is not to be reached, does not answer, or is going down; the same request may succeed soon. */
export class DatabaseAway extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DatabaseAway'
  }
}

const AWAY = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // Shut down or starting, too many connections, ended for idling in a transaction; broken on the way.
  ...['57P01', '57P02', '57P03', '57P05', '53300', '25P03', '08000', '08003', '08006', '08001', '08004'],
])

const SAYS_AWAY =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable/

/** An error of the driver as DatabaseAway when it means that; any other as it is. Only for what the database was asked. */
export function asAway(error: unknown): unknown {
  const { code, message } = (error ?? {}) as PgError
  const away = (typeof code === 'string' && AWAY.has(code)) || (typeof message === 'string' && SAYS_AWAY.test(message))
  return away ? new DatabaseAway(String(message || code), { cause: error }) : error
}

/** Two transactions stood in each other's way and this one was ended. */
const wasInTheWay = (error: unknown): boolean => ['40001', '40P01'].includes(String((error as PgError | null)?.code))

/** For a transaction that finds that it stands in another's way: it is run again. */
export const beginAgain = (why: string): Error => Object.assign(new Error(why), { code: '40001' })

/** What a new row was to refer to was there when it was looked up, and is gone: foreign keys are of nothing else here. */
const parentIsGone = (error: unknown): boolean => {
  const { code, detail } = (error ?? {}) as PgError
  return code === '23503' && typeof detail === 'string' && detail.includes('is not present in table')
}

/** The transaction may simply be run again: what stood in its way has ended, and what is gone is told as its lookup tells it. */
export const isRetryable = (error: unknown): boolean => wasInTheWay(error) || parentIsGone(error)

/** Constraints that no module translates: a race may break any of them, and then somebody else was faster. */
const BROKEN: { readonly [code: string]: () => Refusal } = {
  '23503': () => conflict('It cannot be removed: something still refers to it.'),
  '23001': () => conflict('It cannot be removed: something still refers to it.'),
  '23505': () => conflict('There is such an object already.'),
  '23P01': () => conflict('It overlaps with another object.'),
  '23514': () => invalid({ non_field_errors: ['A value is not allowed here.'] }),
}

/** What the caller is told of an error of the database, or undefined for one that nobody should meet. */
export function translate(translations: Translations, error: unknown): Refusal | undefined {
  if (error instanceof DatabaseAway) return unavailable()
  if (parentIsGone(error)) return conflict('Something that the request refers to has just been removed.')
  const { code, constraint } = (error ?? {}) as PgError
  const known = typeof constraint === 'string' ? valueAt(translations, constraint) : undefined
  if (known) return known()
  if (typeof code === 'string' && BROKEN[code]) return BROKEN[code]()
  // Numbers out of range and malformed texts that slipped past the shapes are still the caller's.
  if (code === '22003') return invalid({ non_field_errors: ['A number is out of range.'] })
  if (code === '22P05' || code === '22021') return invalid({ non_field_errors: ['Text holds characters that cannot be stored.'] })
  if (code === '57014') return unavailable('The request took too long and was given up.')
  // Waited too long for a lock, or lost every try against the others.
  if (code === '55P03' || wasInTheWay(error)) return busy()
  return undefined
}
