// Days and months, as `YYYY-MM-DD`: the calendar in TypeScript. `site_day` and `site_month` answer the same in SQL
// (migrations/0050_site_time.sql). Which day a moment belongs to is always a question to a zone: the site's.
import { Temporal } from 'temporal-polyfill'

/** This moment, as ISO text in UTC. */
export const now = (): string => Temporal.Now.instant().toString()

const inZone = (moment: string, zone: string) => Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDate()

/** The day of a moment. */
export const dayOf = (moment: string, zone: string): string => inZone(moment, zone).toString()

/** The first day of a moment's month. */
export const monthOf = (moment: string, zone: string): string => inZone(moment, zone).with({ day: 1 }).toString()

/** The present day. */
export const todayIn = (zone: string): string => Temporal.Now.plainDateISO(zone).toString()

const FIRST = Temporal.PlainDate.from('0001-01-01')
const LAST = Temporal.PlainDate.from('9999-12-31')

/** The day a number of days after another, or before it; the first or last there is when it would lie beyond. */
export function daysAfter(day: string, days: number): string {
  const from = Temporal.PlainDate.from(day)
  const [least, most] = [from.until(FIRST).days, from.until(LAST).days]
  return from.add({ days: Math.min(Math.max(days, least), most) }).toString()
}

/** How many days one day is after another. */
export const daysBetween = (start: string, end: string): number => Temporal.PlainDate.from(start).until(end).days

/** Months between two days, a started month counted whole, at least one. */
export function monthsBetween(start: string, end: string): number {
  const { months, days } = Temporal.PlainDate.from(start).until(end, { largestUnit: 'month' })
  return Math.max(1, days > 0 ? months + 1 : months)
}

/** The day a number of months after another: the same day of its month, or that month's last; the last there is when it would lie beyond. */
export function monthsAfter(day: string, months: number): string {
  const from = Temporal.PlainDate.from(day)
  const most = from.until(LAST, { largestUnit: 'month' }).months
  return from.add({ months: Math.min(months, most) }).toString()
}
