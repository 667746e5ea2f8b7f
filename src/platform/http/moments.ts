// Days and moments as texts: what callers may write, made into what PostgreSQL surely reads (platform.md §2.3).
import { Temporal } from 'temporal-polyfill'

/** What `read` gives; undefined for what there is not: a 30 February, an offset of 40 hours. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A calendar day of the years 1 to 9999, as `YYYY-MM-DD`; undefined for anything else. */
export function dayIn(sent: string): string | undefined {
  const text = sent.trim()
  return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) ? ifThere(() => Temporal.PlainDate.from(text).toString()) : undefined
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::([0-5]\d)(?:[.,](\d+))?)?\s*(?:(Z)|([+-]\d{2}):?(\d{2})?)?)?$/i

/**
 * A moment as ISO text in UTC with six digits of a second or none, or undefined. Without a zone UTC is meant; a day is its
 * midnight.
 */
export function momentIn(sent: string): string | undefined {
  const found = MOMENT.exec(sent.trim())
  if (!found) return undefined
  const [, day = '', minute = '00:00', second = '00', fraction = '', , hours = '+00', minutes = '00'] = found
  const micros = fraction.slice(0, 6).padEnd(6, '0')
  const fractionalSecondDigits = micros === '000000' ? 0 : 6
  const text = dayIn(day) && ifThere(() => Temporal.Instant.from(`${day}T${minute}:${second}.${micros}${hours}:${minutes}`))
  // An offset may lead out of the years that can be kept.
  return /^(?!0000)\d{4}-.*$/.exec(text ? text.toString({ fractionalSecondDigits }) : '')?.[0]
}
