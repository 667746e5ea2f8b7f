// The day a resource ends on, and what its offering demands of it (orders.md §1.6). Days are `YYYY-MM-DD` in the site's zone.
import { invalid } from '../platform/http/errors.ts'
import { date } from '../platform/http/shapes.ts'
import { daysAfter } from '../platform/time.ts'
import type { PluginOptions } from './facts.ts'

const wrong = (text: string) => invalid({ end_date: [text] })

/** Whether a value is a calendar day in its text form. */
export const isDay = (value: unknown): value is string => date().safeParse(value).success

const wholeNumber = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}

/** Refuses a day that has passed or lies beyond what the offering allows for a resource made on `from`. */
export function checkEndDate(
  options: PluginOptions,
  day: string,
  today: string,
  from: string = today,
  past = 'Cannot be earlier than the current date.',
): void {
  if (day < today) throw wrong(past)
  const offset = wholeNumber(options.max_resource_termination_offset_in_days)
  if (offset !== undefined && day > daysAfter(from, offset)) throw wrong('End date exceeds maximum allowed offset.')
  const latest = options.latest_date_for_resource_termination
  if (isDay(latest) && day > latest) throw wrong('End date exceeds global termination limit.')
}

/** The end date of a new resource: the one sent, or the one that the offering gives where it demands one. */
export function endDateOf(options: PluginOptions, sent: unknown, today: string): string | null {
  if (sent !== undefined && sent !== null && sent !== '') {
    if (!isDay(sent)) throw wrong('Invalid date format. Use YYYY-MM-DD.')
    checkEndDate(options, sent, today)
    return sent
  }
  if (!options.is_resource_termination_date_required) return null
  const offset = wholeNumber(options.default_resource_termination_offset_in_days)
  if (offset === undefined) throw wrong('Missing default termination offset configuration.')
  const day = daysAfter(today, offset)
  const latest = options.latest_date_for_resource_termination
  return isDay(latest) && latest < day ? latest : day
}
