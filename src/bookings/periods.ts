// What an order of a booking offering asks for: its `schedules`, read in the order in which their faults are told (booking.md §3.1).
// Pure: nothing here knows what is free.
import { Temporal } from 'temporal-polyfill'
import { type Refusal, refused } from '../platform/http/errors.ts'
import { isRecord, occurrencesOf, type Span } from './recurrence.ts'

/** One that is asked for, with its ends as they are named to whoever asked: as sent, where they were sent. */
export type Period = Span & { start: string; end: string }

const PERIODS_MAX = 366

const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:[0-5]\d)(?:\.(\d{1,6})\d*)?(Z|[+-]\d{2}:?\d{2})$/

/** The last moment that can be kept. */
export const LAST = Temporal.Instant.from('9999-12-31T23:59:59.999999Z').epochNanoseconds
const FIRST = Temporal.Instant.from('0001-01-01T00:00:00Z').epochNanoseconds

/** A moment with date, time to the second and zone; undefined for anything else. Digits beyond microseconds are cut. */
export function readMoment(value: unknown): bigint | undefined {
  const found = typeof value === 'string' ? MOMENT.exec(value) : null
  if (!found || found[1]?.startsWith('0000')) return undefined
  const [, day, time, fraction, zone] = found
  try {
    const moment = Temporal.Instant.from(`${day}T${time}${fraction === undefined ? '' : `.${fraction}`}${zone}`).epochNanoseconds
    // An offset may lead out of the years that can be kept.
    return moment >= FIRST && moment <= LAST ? moment : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** As SQL and messages of our own have it. */
export const isoOf = (moment: bigint): string => new Temporal.Instant(moment).toString()

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const notThere = (value: unknown) => value === null || value === undefined || value === ''

function requireMoment(value: unknown): bigint {
  const moment = readMoment(value)
  if (moment === undefined) throw refused(`The value ${shown(value)} does not match the format.`)
  return moment
}

/** The periods of an order, each begun later than `now`; those that come again are given one by one. 400 for the first fault. */
export function readPeriods(schedules: unknown, now: bigint): Period[] {
  if (!Array.isArray(schedules) || schedules.length === 0) throw refused('Schedules are required.')
  if (schedules.length > PERIODS_MAX) throw tooMany()
  const periods = schedules.flatMap((item: unknown): Period[] => {
    const first = readPeriod(item)
    if (first.from < now) throw refused('Past slots are not available for selection.')
    return (item as { rrule?: unknown }).rrule === undefined ? [first] : repeated(item as Repeating, first)
  })
  if (periods.length > PERIODS_MAX) throw tooMany()
  return periods
}

const tooMany = () => refused(`An order takes at most ${PERIODS_MAX} periods.`)

function readPeriod(item: unknown): Period {
  if (!isRecord(item) || !('start' in item && 'end' in item)) throw refused("Key 'start' or 'end' does not exist in schedules item.")
  const { start, end } = item
  if (notThere(start) || notThere(end)) throw refused("Value 'start' or 'end' does not exist in schedules item.")
  return { start: shown(start), end: shown(end), from: requireMoment(start), to: requireMoment(end) }
}

type Repeating = { rrule: unknown; exdates?: unknown; timeZone?: unknown }

/** The period again and again, at the same local time of its zone. */
function repeated(item: Repeating, first: Period): Period[] {
  const spans = occurrencesOf(item, first, { most: PERIODS_MAX + 1 })
  if (spans === undefined || spans.some(({ to }) => to > LAST))
    throw refused(`The recurrence ${shown(item.rrule)} does not match the format.`)
  if (spans.length === 0) throw refused('Schedules are required.')
  return spans.map((span) => (span.from === first.from ? first : { ...span, start: isoOf(span.from), end: isoOf(span.to) }))
}

// The three ways in which time is not to be had, in the words of the field.
const told = ({ start, end }: Period) => `Time period from ${start} to ${end} is not available`
export const outsideSchedule = (period: Period): Refusal => refused(`${told(period)} for selected offering.`)
export const taken = (period: Period): Refusal => refused(`${told(period)}.`)
export const asked = (period: Period): Refusal => refused(`${told(period)}. Other booking request exists.`)

const earlier = (a: bigint, b: bigint) => (a < b ? a : b)

/** From the first begin to the last end. */
export const hullOf = ([first, ...others]: readonly Span[]): Span => {
  const hull = { from: first?.from ?? 0n, to: first?.to ?? 0n }
  return others.reduce(({ from, to }, one) => ({ from: earlier(from, one.from), to: -earlier(-to, -one.to) }), hull)
}

/** The first period that overlaps with one before it in time, of those of one order. */
export function firstOverlap(periods: readonly Period[]): Period | undefined {
  const sorted = [...periods].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const late = sorted.find((period, i) => i > 0 && period.from < (sorted[i - 1] as Period).to)
  return late
}
