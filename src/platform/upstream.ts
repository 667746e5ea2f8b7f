// Systems behind us: another marketplace, a provider's API, an identity provider. What goes wrong there is told as theirs, and
// is never taken for the database's.
import { Refusal } from './http/errors.ts'

type Reason = 'failed' | 'away' | 'late'

const TOLD: { readonly [R in Reason]: { status: number; says: string } } = {
  failed: { status: 502, says: 'could not do what was asked of it' },
  away: { status: 503, says: 'is not to be reached' },
  late: { status: 504, says: 'did not answer in time' },
}

/** A system behind us did not do what it should: 502 as it answered, 503 as it is away, 504 as it was too slow. Later it may. */
export class UpstreamError extends Refusal {
  readonly reason: Reason

  constructor(system: string, reason: Reason, cause?: unknown) {
    const { status, says } = TOLD[reason]
    super(status, { detail: `${system} ${says}.` }, reason === 'away' ? { 'Retry-After': '30' } : {})
    this.name = 'UpstreamError'
    this.reason = reason
    this.cause = cause
  }
}

/** Codes of Node's and fetch's errors for a system that is not to be reached. */
const AWAY = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_SOCKET)$/
const LATE = /^(ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$/

function reasonOf(error: unknown): Reason {
  const { cause, code } = (error ?? {}) as { cause?: { code?: unknown }; code?: unknown }
  const text = String(cause?.code ?? code ?? '')
  return AWAY.test(text) ? 'away' : LATE.test(text) ? 'late' : 'failed'
}

const ASKED_MAX_MS = 10_000

/**
 * Asks a system, named as callers know it. `ask` is given the signal that ends it in time, for `fetch`; its own refusals and
 * UpstreamErrors pass. Never called within a transaction: it would hold its locks for as long as the other takes.
 */
export async function askUpstream<T>(system: string, ask: (signal: AbortSignal) => Promise<T>, maxMs = ASKED_MAX_MS): Promise<T> {
  const signal = AbortSignal.timeout(maxMs)
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new UpstreamError(system, 'late')))
  })
  try {
    return await Promise.race([ask(signal), late])
  } catch (error) {
    throw error instanceof Refusal ? error : new UpstreamError(system, signal.aborted ? 'late' : reasonOf(error), error)
  }
}
