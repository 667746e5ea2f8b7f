// What a provider asks of bookings beyond the schedule, as options of the offering; each is off until it is set (booking.md §13).
import { type Refusal, refused } from '../platform/http/errors.ts'
import { fitsSlots, type Opening } from './openings.ts'
import { isoOf, type Period } from './periods.ts'

type Options = { readonly [option: string]: unknown }

export type Rules = {
  /** How many may be booked at the same time. */
  capacity: number
  /** Days and hours of windows, and their slots, are kept to. */
  enforced: boolean
  /** Minutes. */
  pause: number
  shortest: number
  longest: number | undefined
  lead: number
  withdrawable: number
  horizonDays: number | undefined
  /** Hours in a week of the offering's zone. */
  weekOfUser: number | undefined
  weekOfProject: number | undefined
  autoAccept: boolean
}

const CAPACITY_MAX = 50

const number = (options: Options, name: string): number | undefined => {
  const value = options[`booking_${name}`]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

export const rulesOf = (options: Options): Rules => ({
  capacity: Math.min(CAPACITY_MAX, Math.max(1, number(options, 'capacity') ?? 1)),
  enforced: options.booking_enforce_schedule === true,
  pause: number(options, 'pause_minutes') ?? 0,
  shortest: number(options, 'min_minutes') ?? 0,
  longest: number(options, 'max_minutes'),
  lead: number(options, 'lead_minutes') ?? 0,
  withdrawable: number(options, 'withdrawal_minutes') ?? 0,
  horizonDays: number(options, 'horizon_days'),
  weekOfUser: number(options, 'weekly_hours_per_user'),
  weekOfProject: number(options, 'weekly_hours_per_project'),
  autoAccept: options.booking_auto_accept === true,
})

const MINUTE = 60_000_000_000n
const minutes = (n: number) => BigInt(n) * MINUTE

const told = ({ start, end }: Period) => `Time period from ${start} to ${end}`

/** What the offering's own rules have against a period that lies in an opening; undefined when nothing. */
export function faultOf(rules: Rules, opening: Opening, period: Period, now: bigint): Refusal | undefined {
  const { shortest, longest, lead, horizonDays } = rules
  const length = period.to - period.from
  if (length < minutes(shortest)) return refused(`${told(period)} is shorter than ${shortest} minutes.`)
  if (longest !== undefined && length > minutes(longest)) return refused(`${told(period)} is longer than ${longest} minutes.`)
  if (period.from < now + minutes(lead)) return refused(`${told(period)} begins in less than ${lead} minutes.`)
  if (horizonDays !== undefined && period.to > now + minutes(horizonDays * 24 * 60)) {
    return refused(`${told(period)} is further ahead than ${horizonDays} days.`)
  }
  if (rules.enforced && !fitsSlots(opening, period)) {
    return refused(`${told(period)} does not fit the slots that begin at ${isoOf(opening.from)}.`)
  }
  return undefined
}

/** Who ordered a booking may give it up until so long before it begins; after that it is the provider's to say. */
export function requireWithdrawable({ withdrawable }: Rules, begins: bigint | undefined, now: bigint): void {
  if (withdrawable === 0 || begins === undefined || now + minutes(withdrawable) <= begins) return
  throw refused(`Bookings of this offering can be given up until ${withdrawable} minutes before they begin.`)
}
