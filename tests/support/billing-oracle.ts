// What resources should come to, worked out a second time and by another way than the product does: day by day, from a list of what
// was done to each. Nothing of src/billing is used here.
import { Decimal } from 'decimal.js'
import { Temporal } from 'temporal-polyfill'

export type Part = {
  component: number
  billing: 'fixed' | 'limit' | 'usage' | 'one' | 'few'
  period: 'month' | 'quarterly' | 'annual' | 'total' | null
  amount: number
  /** The price in force from a month on, by its first day; ascending. */
  prices: { from: string; price: string }[]
  discount?: { threshold: number; rate: number }
}
export type Plan = { id: number; unit: string; parts: Part[] }

export type Deed =
  | { at: Temporal.Instant; does: 'run'; plan: Plan; limits: { [component: number]: number } }
  | { at: Temporal.Instant; does: 'stop' }
  | { at: Temporal.Instant; does: 'limit'; limits: { [component: number]: number } }
  | { at: Temporal.Instant; does: 'use'; component: number; month: string; amount: string }

export type History = {
  resource: number
  customer: number
  provider: number
  created: Temporal.Instant
  accounting: Temporal.Instant
  deeds: Deed[]
}

/** What a line of an invoice comes to: cents, by the month of the invoice and what it is of. */
export type Owed = { month: string; of: string; cents: Decimal }

type Run = { plan: Plan; start: Temporal.Instant; end: Temporal.Instant | undefined }
type Set = { at: Temporal.Instant; component: number; value: number }

const cents = (amount: Decimal) => new Decimal(amount.times(100).toFixed(0, Decimal.ROUND_UP)).div(100)
const upTwo = (amount: Decimal) => new Decimal(amount.times(100).toFixed(0, Decimal.ROUND_CEIL)).div(100)
const before = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0
const later = (a: Temporal.Instant, b: Temporal.Instant) => (before(a, b) ? b : a)
const sooner = (a: Temporal.Instant, b: Temporal.Instant) => (before(b, a) ? b : a)

export const monthAfter = (month: string, by = 1): string => Temporal.PlainDate.from(month).add({ months: by }).toString()

type Zone = { zone: string; midnight: Midnight; monthOf: (at: Temporal.Instant) => string }
type Add = (month: string, kind: string, plan: Plan, part: Part, price: Decimal, quantity: Decimal) => void
type Month = { month: string; begins: Temporal.PlainDate; from: Temporal.Instant; to: Temporal.Instant }

const priceOf = ({ prices }: Part, month: string) => new Decimal(prices.findLast((one) => one.from <= month)?.price ?? 0)

/** Everything that invoices of the months from `first` to `last` should say of a history. */
export function owedBy(history: History, zone: string, first: string, last: string): Owed[] {
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant()
  const monthOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate().with({ day: 1 }).toString()
  const inside = { zone, midnight, monthOf }
  const around = told(history)
  const owed: Owed[] = []
  const add: Add = (month, kind, plan, part, price, quantity) => {
    if (!quantity.isZero())
      owed.push({ month, of: `${history.resource} ${plan.id} ${part.component} ${kind}`, cents: cents(price.times(quantity)) })
  }
  for (let month = first; month <= last; month = monthAfter(month)) {
    const begins = Temporal.PlainDate.from(month)
    const at: Month = { month, begins, from: midnight(begins), to: midnight(begins.add({ months: 1 })) }
    for (const index of around.runs.keys()) ofRun(history, around, index, at, inside, add)
    inTotal(history, around, at, inside, add)
    used(history, around.runs, at, inside, last, (when, plan, part, quantity) =>
      add(
        when,
        when === month ? 'charge' : `late ${month}`,
        plan,
        part,
        priceOf(part, month).times(quantity.isNegative() ? -1 : 1),
        quantity.abs(),
      ),
    )
  }
  return owed
}

/** What one run of a plan comes to in a month, but for limits in total and use. */
function ofRun(history: History, around: Around, index: number, at: Month, inside: Zone, add: Add): void {
  const { runs } = around
  const { month, begins, from, to } = at
  const run = runs[index] as Run
  const start = later(later(run.start, from), history.accounting)
  const end = sooner(run.end ?? to, to)
  if (!before(start, end)) return
  const followed = (dayStart: Temporal.Instant, dayEnd: Temporal.Instant) =>
    run.end !== undefined && runs.slice(index + 1).some((next) => before(next.start, dayEnd) && !before(next.start, dayStart))
  const days = daysOf(
    begins,
    inside.midnight,
    (dayStart, dayEnd) => before(later(start, dayStart), sooner(end, dayEnd)) && !followed(dayStart, dayEnd),
  )
  const begun = start.equals(run.start)
  const former = runs[index - 1]
  const switched = begun && former?.end?.equals(run.start) === true && former.plan.id !== run.plan.id
  for (const part of run.plan.parts) {
    const price = priceOf(part, month)
    const charge = (by: Decimal, quantity: Decimal) => add(month, 'charge', run.plan, part, by, quantity)
    if (part.billing === 'fixed') charge(price.times(part.amount), units(run.plan.unit, begins, days, start, end))
    if ((part.billing === 'one' && index === 0 && begun) || (part.billing === 'few' && switched)) charge(price, new Decimal(1))
    if (part.billing === 'limit' && part.period !== 'total') {
      const quantity = limited(history, run, part, begins, days, { start, end, to }, around, inside)
      charge(price, quantity)
      discount(part, price, quantity, (p, q) => add(month, 'discount', run.plan, part, p, q))
    }
  }
}

/** What limits in total were changed by in a month. */
function inTotal(history: History, { runs, sets }: Around, { month }: Month, { monthOf }: Zone, add: Add): void {
  for (const [i, set] of sets.entries()) {
    if (monthOf(set.at) !== month || before(set.at, history.accounting)) continue
    const plan = runs.findLast((run) => !before(set.at, run.start))?.plan
    const part = plan?.parts.find((one) => one.component === set.component && one.billing === 'limit' && one.period === 'total')
    if (!plan || !part) continue
    const former = sets.slice(0, i).findLast((one) => one.component === set.component)?.value ?? 0
    const price = priceOf(part, month)
    const change = new Decimal(set.value - former)
    add(month, 'charge', plan, part, price.times(change.isNegative() ? -1 : 1), change.abs())
    if (change.greaterThan(0)) discount(part, price, change, (p, q) => add(month, 'discount', plan, part, p, q))
  }
}

/** The runs of plans, and what limits were set to while one ran. */
function told({ deeds }: History): { runs: Run[]; sets: Set[] } {
  const runs: Run[] = []
  const sets: Set[] = []
  let known: { [component: number]: number } = {}
  const set = (at: Temporal.Instant, limits: { [component: number]: number }) => {
    for (const [component, value] of Object.entries(limits)) {
      const real = Math.max(value, 0)
      if (real !== (known[Number(component)] ?? 0)) sets.push({ at, component: Number(component), value: real })
      known = { ...known, [component]: real }
    }
  }
  for (const deed of deeds) {
    const open = runs.at(-1)
    if (deed.does === 'run' || deed.does === 'stop') if (open && open.end === undefined) open.end = deed.at
    if (deed.does === 'run') runs.push({ plan: deed.plan, start: deed.at, end: undefined })
    if (deed.does === 'run' || deed.does === 'limit') set(deed.at, deed.limits)
  }
  return { runs: runs.filter((run) => run.end === undefined || before(run.start, run.end)), sets }
}

type Midnight = (day: Temporal.PlainDate) => Temporal.Instant

const daysOf = (begins: Temporal.PlainDate, midnight: Midnight, counts: (start: Temporal.Instant, end: Temporal.Instant) => boolean) =>
  Array.from({ length: begins.daysInMonth }, (_, i) => begins.add({ days: i })).filter((day) =>
    counts(midnight(day), midnight(day.add({ days: 1 }))),
  )

function units(
  unit: string,
  begins: Temporal.PlainDate,
  days: Temporal.PlainDate[],
  start: Temporal.Instant,
  end: Temporal.Instant,
): Decimal {
  const length = begins.daysInMonth
  if (unit === 'hour') return new Decimal(Math.ceil(Number(end.epochNanoseconds - start.epochNanoseconds) / 3.6e12 - 1e-9))
  if (unit === 'day') return new Decimal(days.length)
  if (unit === 'quarter') return new Decimal([1, 4, 7, 10].includes(begins.month) && days.some(({ day }) => day === 1) ? 1 : 0)
  if (unit === 'half_month') {
    const early = days.filter(({ day }) => day <= 15).length
    const late = days.length - early
    const half = (n: number, whole: number) => (n === whole ? new Decimal(1) : new Decimal(n).div(new Decimal(length).div(2)))
    return upTwo(half(early, 15).plus(half(late, length - 15)))
  }
  return upTwo(new Decimal(days.length).div(length))
}

function discount({ discount: of }: Part, price: Decimal, quantity: Decimal, add: (price: Decimal, quantity: Decimal) => void): void {
  if (of && of.rate > 0 && quantity.greaterThanOrEqualTo(of.threshold))
    add(price.times(quantity).times(of.rate).div(100).negated(), new Decimal(1))
}

type Around = { runs: Run[]; sets: Set[] }

function limited(
  history: History,
  run: Run,
  part: Part,
  begins: Temporal.PlainDate,
  days: Temporal.PlainDate[],
  { start, end, to }: { start: Temporal.Instant; end: Temporal.Instant; to: Temporal.Instant },
  { runs, sets }: Around,
  { midnight, zone }: Zone,
): Decimal {
  if (days.length === 0) return new Decimal(0)
  const own = sets.filter(({ component }) => component === part.component)
  const at = (moment: Temporal.Instant) => own.findLast((set) => !before(moment, set.at))?.value ?? 0
  const cycle = cycleOf(part, begins, history.created.toZonedDateTimeISO(zone).month)
  let paid = 0
  for (let month = cycle.start; Temporal.PlainDate.compare(month, begins) < 0; month = month.add({ months: 1 })) {
    const over = midnight(month.add({ months: 1 }))
    const just = over.subtract({ microseconds: 1 })
    const ran = runs.some((one) => before(one.start, over) && (one.end === undefined || !before(one.end, over)))
    if (ran && before(history.accounting, over)) paid = Math.max(paid, at(just))
  }
  let sum = new Decimal(0)
  for (const day of days) {
    const [dayStart, dayEnd] = [later(midnight(day), start), sooner(midnight(day.add({ days: 1 })), end)]
    const levels = own
      .filter((set) => !before(set.at, dayStart) && (before(set.at, dayEnd) || (set.at.equals(end) && before(end, to))))
      .map(({ value }) => value)
    const carried = at(dayStart)
    sum = sum.plus(Math.max(Math.max(carried, ...levels) - paid, 0))
  }
  const goesOn = run.end === undefined || !before(run.end, to)
  const next = begins.add({ months: 1 })
  if (goesOn) sum = sum.plus(new Decimal(Math.max(at(to.subtract({ microseconds: 1 })) - paid, 0)).times(next.until(cycle.end).days))
  const length = cycle.start.until(cycle.end).days
  const by =
    { day: new Decimal(1), hour: new Decimal(24), half_month: new Decimal(2).div(length) }[run.plan.unit] ?? new Decimal(1).div(length)
  return upTwo(new Decimal(sum.times(by).toFixed(9)))
}

function cycleOf({ period }: Part, begins: Temporal.PlainDate, born: number): { start: Temporal.PlainDate; end: Temporal.PlainDate } {
  if (period === 'quarterly') {
    const start = begins.with({ month: begins.month - ((begins.month - 1) % 3) })
    return { start, end: start.add({ months: 3 }) }
  }
  if (period === 'annual') {
    const start = begins.with({ month: born, year: begins.month < born ? begins.year - 1 : begins.year })
    return { start, end: start.add({ years: 1 }) }
  }
  return { start: begins, end: begins.add({ months: 1 }) }
}

type Known = Map<string, { plan: Plan; part: Part; amount: Decimal }>
type Report = Extract<Deed, { does: 'use' }>

/** What was known to be used of a month at the end of a later one, and of which plan it is. */
function knownAt(at: string, reports: Report[], runs: Run[], { month, from, to }: Month, monthOf: Zone['monthOf']): Known {
  const known: Known = new Map()
  for (const component of new Set(reports.map((one) => one.component))) {
    const report = reports.findLast((one) => one.component === component && monthOf(one.at) <= at)
    if (!report) continue
    // Seen when it was reported or, as a line of the running month, when something happened to the resource last.
    const seen = at === month ? runs.filter((run) => monthOf(run.start) <= at) : runs.filter((run) => !before(report.at, run.start))
    const touching = seen.filter((run) => before(run.start, to) && (run.end === undefined || before(from, run.end)))
    const reportedIn = runs.findLast((run) => !before(report.at, run.start))
    const run = touching.find((one) => one === reportedIn) ?? touching.at(-1) ?? reportedIn
    const part = run?.plan.parts.find((one) => one.component === component && one.billing === 'usage')
    if (run && part) known.set(`${run.plan.id} ${component}`, { plan: run.plan, part, amount: new Decimal(report.amount) })
  }
  return known
}

/** What was used of a month is billed in it; what differs by later reports, in the month of the report. */
function used(
  history: History,
  runs: Run[],
  of: Month,
  { monthOf }: Zone,
  last: string,
  bill: (at: string, plan: Plan, part: Part, quantity: Decimal) => void,
): void {
  if (!before(history.accounting, of.to)) return
  const reports = history.deeds.filter((deed) => deed.does === 'use' && deed.month === of.month) as Report[]
  const billed: Known = new Map()
  for (let at = of.month; at <= last; at = monthAfter(at)) {
    const known = knownAt(at, reports, runs, of, monthOf)
    for (const key of new Set([...known.keys(), ...billed.keys()])) {
      const { plan, part } = known.get(key) ?? (billed.get(key) as { plan: Plan; part: Part })
      const amount = known.get(key)?.amount ?? new Decimal(0)
      const change = amount.minus(billed.get(key)?.amount ?? 0)
      if (!change.isZero()) bill(at, plan, part, change)
      billed.set(key, { plan, part, amount })
    }
  }
}
