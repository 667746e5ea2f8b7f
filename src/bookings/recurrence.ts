// What comes again: a rule of RFC 5545 in the local time of a zone, and which moment a local time is on the days on which clocks are
// changed (booking.md §12; docs/decisions/0075).
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'

/** A stretch of time, in nanoseconds since 1970; its end is no part of it. */
export type Span = { from: bigint; to: bigint }

export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isZone = (value: unknown): value is string => {
  if (typeof value !== 'string' || value.length > 64) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: value }))
  } catch {
    return false
  }
}

/**
 * The moment of a local time. One that there is not, for clocks were set forward, is the next that there is; of one that comes twice
 * a start is the first and an end the second, so that what lies between never shrinks.
 */
export function instantAt(local: Temporal.PlainDateTime, zone: string, edge: 'start' | 'end'): bigint {
  const [first, second] = [
    local.toZonedDateTime(zone, { disambiguation: 'earlier' }),
    local.toZonedDateTime(zone, { disambiguation: 'later' }),
  ]
  const there = first.toPlainDateTime().equals(local)
  // In a gap the earlier reading lies before it.
  if (!there) return (first.getTimeZoneTransition('next') ?? second).epochNanoseconds
  return (edge === 'start' ? first : second).epochNanoseconds
}

export const dayAt = (moment: string, zone: string): string =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate().toString()
export const nextDayIn = (zone: string): string => Temporal.Now.plainDateISO(zone).add({ days: 1 }).toString()

export type Repeating = { rrule?: unknown; exdates?: unknown; timeZone?: unknown }

const RULE_MAX = 500
const EXDATES_MAX = 366
const RULE = /^(?:RRULE:)?((?:[A-Z]+=[A-Z0-9,+-]+)(?:;[A-Z]+=[A-Z0-9,+-]+)*)$/
const FREQUENCY = /(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)/
/** The parts that people use: one a day at most, and none that a few letters make dear to follow. */
const PARTS = /^(?:(?:(?:FREQ|UNTIL|WKST|BYDAY|BYMONTHDAY|BYMONTH)=[^;]*|COUNT=\d{1,3}|INTERVAL=\d{1,3}|BYSETPOS=-?[1-5])(?:;|$))*$/
/** The nth day is one of a month or a year. */
const NTH_OF_LESS = /(?=.*FREQ=(?:DAILY|WEEKLY))(?=.*BYSETPOS=)/
const UNTIL = /(^|;)UNTIL=(\d{8})(?:T(\d{6})(Z)?)?(?=;|$)/

/** The rule as one of local times: its last moment, where it names one in UTC, as the clock of the zone shows it. */
function localRule(rrule: unknown, zone: string): string | undefined {
  const rule = typeof rrule === 'string' && rrule.length <= RULE_MAX ? RULE.exec(rrule)?.[1] : undefined
  if (rule === undefined || !FREQUENCY.test(rule) || !PARTS.test(rule) || NTH_OF_LESS.test(rule)) return undefined
  return rule.replace(UNTIL, (_, before: string, day: string, time: string | undefined, utc: string | undefined) => {
    if (time === undefined) return `${before}UNTIL=${day}T235959Z`
    if (utc === undefined) return `${before}UNTIL=${day}T${time}Z`
    const at = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime()
    return `${before}UNTIL=${at.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}Z`
  })
}

/** Moments that are left out, in nanoseconds; undefined when one of them is none. */
function exceptions(exdates: unknown): Set<bigint> | undefined {
  if (exdates === undefined || exdates === null) return new Set()
  if (!Array.isArray(exdates) || exdates.length > EXDATES_MAX) return undefined
  try {
    return new Set(exdates.map((one: unknown) => Temporal.Instant.from(String(one)).epochNanoseconds))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What a change of clocks may move. */
const MARGIN = { days: 1 }

function datesOf(
  rule: RRuleTemporal<Temporal.ZonedDateTime>,
  most: number,
  between: readonly [Temporal.PlainDateTime, Temporal.PlainDateTime] | undefined,
): Temporal.ZonedDateTime[] {
  if (!between) return rule.all((_, i) => i < most)
  const [after, before] = between.map((local) => local.toZonedDateTime('UTC')) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  return rule.between(after, before, true).slice(0, most)
}

/**
 * The span again and again, each at the same local times of the zone as the first, in order: at most `most`, of those that have a
 * part in `during` where that is said. Undefined for a rule that makes no sense.
 */
export function occurrencesOf(item: Repeating, first: Span, { most, during }: { most: number; during?: Span }): Span[] | undefined {
  const zone = item.timeZone === undefined || item.timeZone === null ? 'UTC' : item.timeZone
  const without = exceptions(item.exdates)
  if (!isZone(zone) || !without) return undefined
  const localOf = (moment: bigint) => new Temporal.Instant(moment).toZonedDateTimeISO(zone).toPlainDateTime()
  const [start, end] = [localOf(first.from), localOf(first.to)]
  const length = start.until(end, { largestUnit: 'day' })
  const spans: Span[] = []
  try {
    const rruleString = localRule(item.rrule, zone)
    if (rruleString === undefined) return undefined
    // The rule is followed in a zone without changes: what it gives are local times.
    const rule = new RRuleTemporal({
      rruleString: `RRULE:${rruleString}`,
      dtstart: start.toZonedDateTime('UTC'),
      temporal: Temporal,
      maxIterations: 3000,
      maxCandidateEvaluations: 20_000,
      cache: false,
    })
    for (const date of datesOf(
      rule,
      most,
      during && [localOf(during.from).subtract(length).subtract(MARGIN), localOf(during.to).add(MARGIN)],
    )) {
      const local = date.toPlainDateTime()
      const from = instantAt(local, zone, 'start')
      if (!without.has(from)) spans.push({ from, to: instantAt(local.add(length), zone, 'end') })
    }
  } catch (error) {
    // What the library refuses, or gives up, is the caller's rule.
    if (error instanceof RangeError || error instanceof Error) return undefined
    throw error
  }
  return spans
}
