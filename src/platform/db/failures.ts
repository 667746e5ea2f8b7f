// What PostgreSQL's errors mean. Constraints are translated once, by their name; a module lists its own beside its commands.
import type { Refusal } from '../http/errors.ts'
import { invalid } from '../http/errors.ts'

/** Constraint name → what the caller is told when it is broken. */
export type Translations = { [constraint: string]: () => Refusal }

type PgError = { code?: unknown; constraint?: unknown; message?: unknown }

const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08003',
  '08006',
  '08001',
  '08004',
])

/** The database is not to be reached, or is going down; the same request may succeed soon. */
export function isAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as PgError
  if (typeof code === 'string' && AWAY.has(code)) return true
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(message)
  )
}

/** Two transactions stood in each other's way and this one was ended: it may simply be run again. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(String((error as PgError | null)?.code))

/** The refusal a broken constraint means, or one for a value that PostgreSQL cannot hold; undefined for anything else. */
export function translate(translations: Translations, error: unknown): Refusal | undefined {
  const { code, constraint } = (error ?? {}) as PgError
  const known = typeof constraint === 'string' && Object.hasOwn(translations, constraint) ? translations[constraint] : undefined
  if (known) return known()
  // Numbers out of range and malformed texts that slipped past the shapes are still the caller's.
  if (code === '22003') return invalid({ non_field_errors: ['A number is out of range.'] })
  if (code === '22P05' || code === '22021') return invalid({ non_field_errors: ['Text holds characters that cannot be stored.'] })
  return undefined
}
