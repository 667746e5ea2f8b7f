// Days and moments as texts: what callers may write, made into what PostgreSQL surely reads (platform.md §2.3).

const YEARS = /^(?!0000)\d{4}-/

/** A calendar day of the years 1 to 9999, as `YYYY-MM-DD`; undefined for anything else. */
export function readDate(sent: string): string | undefined {
  const text = sent.trim()
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) && YEARS.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return parsed && !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text) ? text : undefined
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * A moment as ISO text in UTC with up to six digits of a second, or undefined. One without a zone counts as UTC, a day as
 * its midnight.
 */
export function readMoment(sent: string): string | undefined {
  const text = sent.trim()
  if (readDate(text)) return `${text}T00:00:00Z`
  const found = MOMENT.exec(text)
  if (!found) return undefined
  const [, day = '', hours, minutes, seconds = '00', fraction = '', zone = 'Z'] = found
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone.replace(/^(...)(\d\d)$/, '$1:$2')
  const parsed = new Date(`${day}T${hours}:${minutes}:${seconds}${offset}`)
  if (!readDate(day) || Number(hours) > 23 || Number.isNaN(parsed.getTime())) return undefined
  const utc = parsed.toISOString()
  return YEARS.test(utc) ? utc.replace(/\.\d+Z$/, fraction === '' ? 'Z' : `.${fraction.slice(0, 6)}Z`) : undefined
}
