// When a booking offering may be had: its `attributes.schedules`, and where the provider wants that, the days and hours which each of
// them names in its own time zone (booking.md §2.1, §12). Pure.
import { Temporal } from 'temporal-polyfill'
import { type Period, readMoment } from './periods.ts'
import type { Span } from './recurrence.ts'
import { instantAt, isRecord, isZone, occurrencesOf } from './recurrence.ts'

/** A stretch in which bookings may lie, and what its window says of the bookings inside. */
export type Opening = Span & { window: Window }

export type Window = Span & {
  /** As it was written; read for its recurrence. */
  rrule?: unknown
  exdates?: unknown
  timeZone: string
  /** `HH:MM`, and days of the week from Sunday, which is 0. */
  hours: { startTime: string; endTime: string; daysOfWeek: readonly number[] } | undefined
  /** Nanoseconds of a slot. */
  slot: bigint | undefined
}

const WINDOWS_MAX = 1000
/** Those that come again cost more to look at. */
const RECURRING_MAX = 10
const SECOND = 1_000_000_000n

/** The windows of an offering; what makes no sense in them is passed over, for nobody can be told. */
export function readWindows(attributes: { readonly [key: string]: unknown }): Window[] {
  const { schedules } = attributes
  if (!Array.isArray(schedules)) return []
  let recurring = 0
  return schedules.slice(0, WINDOWS_MAX).flatMap((item: unknown): Window[] => {
    if (!isRecord(item)) return []
    if (item.rrule !== undefined && ++recurring > RECURRING_MAX) return []
    const [from, to] = [readMoment(item.start), readMoment(item.end)]
    if (from === undefined || to === undefined || to <= from) return []
    const config = configOf(item)
    const timeZone = isZone(config.timeZone) ? config.timeZone : 'UTC'
    const again = item.rrule === undefined ? {} : { rrule: item.rrule, exdates: item.exdates }
    return [{ from, to, ...again, timeZone, hours: hoursOf(config), slot: slotOf(config.slotDuration) }]
  })
}

/** The zone in which people of the offering live: that of its first window that names one. */
export const zoneOf = (attributes: { readonly [key: string]: unknown }, otherwise: string): string => {
  const { schedules } = attributes
  const zones = Array.isArray(schedules) ? schedules.map((item: unknown) => (isRecord(item) ? configOf(item).timeZone : undefined)) : []
  return zones.find(isZone) ?? otherwise
}

type Config = { readonly [key: string]: unknown }

function configOf({ extendedProps }: { readonly [key: string]: unknown }): Config {
  const config = isRecord(extendedProps) ? extendedProps.config : undefined
  return isRecord(config) ? config : {}
}

const TIME = /^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/

function hoursOf({ businessHours, hiddenDays, weekends }: Config): Window['hours'] {
  const { startTime, endTime, daysOfWeek } = isRecord(businessHours) ? businessHours : {}
  const time = (value: unknown, otherwise: string) => (typeof value === 'string' && TIME.test(value) ? value : otherwise)
  const hidden = [...(Array.isArray(hiddenDays) ? hiddenDays : []), ...(weekends === false ? [0, 6] : [])]
  const days = Array.isArray(daysOfWeek) ? daysOfWeek : [0, 1, 2, 3, 4, 5, 6]
  const open = days.filter((day): day is number => Number.isInteger(day) && !hidden.includes(day))
  return { startTime: time(startTime, '00:00'), endTime: time(endTime, '24:00'), daysOfWeek: open }
}

function slotOf(value: unknown): bigint | undefined {
  const found = typeof value === 'string' ? /^(\d{2}):([0-5]\d):([0-5]\d)$/.exec(value) : null
  if (!found) return undefined
  const seconds = Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3])
  return seconds > 0 ? BigInt(seconds) * SECOND : undefined
}

const OPENINGS_MAX = 5000
/** Days whose hours are looked at, so that nobody can ask for those of a millennium. */
const DAYS_MAX = 1500

/** The stretches of the windows that have a part in `during`; `enforced`: only their days and hours. Not cut off at its ends. */
export function openingsIn(windows: readonly Window[], during: Span, enforced: boolean): Opening[] {
  const openings: Opening[] = []
  for (const window of windows) {
    for (const span of spansOf(window, during)) {
      for (const part of enforced ? hoursWithin(window, span, during) : [span]) {
        openings.push({ ...part, window })
        if (openings.length >= OPENINGS_MAX) return openings
      }
    }
  }
  return openings
}

const meets = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to

function spansOf(window: Window, during: Span): Span[] {
  const spans = window.rrule === undefined ? [window] : (occurrencesOf(window, window, { most: OPENINGS_MAX, during }) ?? [])
  return spans.filter((span) => meets(span, during))
}

const isWhole = ({ startTime, endTime, daysOfWeek }: NonNullable<Window['hours']>) =>
  startTime === '00:00' && endTime === '24:00' && new Set(daysOfWeek).size === 7

/** The business hours of each day within a span, as far as they have a part in `during`. */
function hoursWithin({ hours, timeZone }: Window, span: Span, during: Span): Span[] {
  if (!hours || isWhole(hours)) return [span]
  const within = { from: max(span.from, during.from), to: min(span.to, during.to) }
  const dayOf = (moment: bigint) => new Temporal.Instant(moment).toZonedDateTimeISO(timeZone).toPlainDate()
  const parts: Span[] = []
  // The day before may last into this one, as one that ends at 24:00 joins the next.
  const last = dayOf(within.to).add({ days: 1 })
  let day = dayOf(within.from).subtract({ days: 1 })
  for (let n = 0; n < DAYS_MAX && Temporal.PlainDate.compare(day, last) <= 0; n++, day = day.add({ days: 1 })) {
    if (!hours.daysOfWeek.includes(day.dayOfWeek % 7)) continue
    const part = {
      from: max(span.from, momentOf(day, hours.startTime, timeZone, 'start')),
      to: min(span.to, momentOf(day, hours.endTime, timeZone, 'end')),
    }
    const before = parts.at(-1)
    if (part.to <= part.from) continue
    if (before && before.to === part.from) before.to = part.to
    else parts.push(part)
  }
  return parts.filter((part) => meets(part, during))
}

function momentOf(day: Temporal.PlainDate, time: string, timeZone: string, edge: 'start' | 'end'): bigint {
  const midnight = time === '24:00'
  const local = (midnight ? day.add({ days: 1 }) : day).toPlainDateTime(Temporal.PlainTime.from(midnight ? '00:00' : time))
  return instantAt(local, timeZone, edge)
}

const max = (a: bigint, b: bigint) => (a > b ? a : b)
const min = (a: bigint, b: bigint) => (a < b ? a : b)

/** The opening in which a period lies as a whole; two that touch are not one. */
export const openingFor = (openings: readonly Opening[], period: Span): Opening | undefined =>
  openings.find((opening) => opening.from <= period.from && period.to <= opening.to)

/** Whether a period begins and ends on the slots of its window, counted in elapsed time from where the opening begins. */
export function fitsSlots({ from, window }: Opening, period: Period): boolean {
  const { slot } = window
  return slot === undefined || ((period.from - from) % slot === 0n && (period.to - from) % slot === 0n)
}
