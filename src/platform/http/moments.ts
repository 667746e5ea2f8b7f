// Days and moments as texts: what callers may write, made into what PostgreSQL surely reads (platform.md §2.3).

/** A calendar day of the years 1 to 9999, as `YYYY-MM-DD`; undefined for anything else. */
export function dayIn(sent: string): string | undefined {
  const text = sent.trim()
  const parsed = /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return parsed && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : undefined
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(?:(Z)|([+-]\d{2}):?(\d{2})?)?)?$/i

/**
 * A moment as ISO text in UTC with six digits of a second or none, or undefined. Without a zone UTC is meant; a day is its
 * midnight.
 */
export function momentIn(sent: string): string | undefined {
  const found = MOMENT.exec(sent.trim())
  if (!found) return undefined
  const [, day = '', minute = '00:00', second = '00', fraction = '', , hours, minutes = '00'] = found
  const parsed = new Date(`${day}T${minute}:${second}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`)
  if (!dayIn(day) || minute.startsWith('24') || Number.isNaN(parsed.getTime())) return undefined
  // An offset may lead out of the years that can be kept.
  const whole = /^(?!0000)(\d{4}-.*)\.\d+Z$/.exec(parsed.toISOString())?.[1]
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  return whole && (micros === '000000' ? `${whole}Z` : `${whole}.${micros}Z`)
}
