// From the last approval to the end: an order that may be carried out is handed to a job in the same transaction, and by the
// job to the driver of the offering's type.
import { recordEvents } from '../platform/events/record.ts'
import { conflict } from '../platform/http/errors.ts'
import { TryAgain } from '../platform/jobs/attempt.ts'
import type { Stamps } from '../platform/states/transition.ts'
import { UpstreamError } from '../platform/upstream.ts'
import { type Context, inTransaction, type Job } from '../platform/wiring.ts'
import { resumeChange } from '../resources/public.ts'
import { completeOrder, type Failure, failOrder } from './completion.ts'
import { type Carrying, type Driver, driverOf, Failed, type Outcome } from './drivers.ts'
import { orderEvent } from './events.ts'
import { noPlaceFor } from './fits.ts'
import type { OrderSubject } from './list.ts'
import { type MovingOrder, moveOrder } from './moves.ts'
import { mailState } from './notify.ts'
import { findOrder, holdOrder } from './queries.ts'
import type { OrderAction, Waypoint } from './states.ts'
import { takeBackOrder } from './take-back.ts'

const NO_PROCESSOR = 'Skipping order processing because processor is not found.'

type Ending = { outcome: Outcome } | { error: Omit<Failure, 'told_by'> }

/** Asks the driver; throws when it is to be asked again. No transaction is held open while another system answers. */
async function carryOut(driver: Driver | undefined, order: OrderSubject, deps: Carrying): Promise<Ending> {
  if (!driver) return { error: { message: NO_PROCESSOR, traceback: '' } }
  // Somebody else has it in hand.
  if (!driver.carryOut) return { outcome: 'waiting' }
  try {
    return { outcome: await driver.carryOut(order, deps) }
  } catch (error) {
    if (isForLater(error) && !deps.attempt.last)
      throw error instanceof TryAgain ? error : new TryAgain((error as Error).message, { cause: error })
    const output = error instanceof Failed ? { output: error.output } : {}
    return { error: { message: error instanceof Error ? error.message : String(error), traceback: tracebackOf(error), ...output } }
  }
}

/** The driver said so, or the system that it asked is not to be reached just now. */
const isForLater = (error: unknown): boolean => error instanceof TryAgain || (error instanceof UpstreamError && error.reason !== 'failed')

/** The stack of an error, and of what caused it. */
function tracebackOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  return [error.stack ?? '', ...(error.cause instanceof Error ? [`Caused by ${tracebackOf(error.cause)}`] : [])].join('\n')
}

/** Carries out an executing order. Run again it finds the order ended, and does nothing but have a canceled one taken back. */
export const executeOrder: Job<{ order_id: number }> = {
  name: 'orders.execute',
  // The pauses double from two seconds: nine attempts within ten minutes, before `resumeStuckOrders` looks for it.
  retryLimit: 8,
  // One that is looked for although its job is not lost must not be carried out twice at the same time.
  key: ({ order_id }) => String(order_id),
  run: async (deps, { order_id }, attempt) => {
    const { db, config, wiring } = deps
    const order = await findOrder(db, order_id, config.TIME_ZONE)
    if (!order) return
    const driver = driverOf(wiring, order.offering_type)
    // Nothing when somebody ended it since an attempt before, of which nobody knows whether it came through.
    const ending = order.state === 'executing' ? await carryOut(driver, order, { ...deps, attempt }) : undefined

    await inTransaction(deps, async (by) => {
      const locked = await holdOrder(by.tx, order_id, config.TIME_ZONE)
      // Somebody ended it meanwhile: the provider was faster, or it was canceled, and what that took back may just have been made.
      if (locked?.state === 'canceled' && driver?.takeBack) await by.jobs.send(by.tx, takeBackOrder, { order_id })
      if (locked?.state !== 'executing' || !ending || ('outcome' in ending && ending.outcome === 'waiting')) return
      if ('error' in ending) return failOrder(by, locked, { ...ending.error, told_by: 'server' })
      const { done, output } = typeof ending.outcome === 'object' ? ending.outcome : {}
      await done?.(by, locked)
      await completeOrder(by, locked, output === undefined ? {} : { output })
    })
  },
}

/** The same for drivers that take long. */
const executeLongOrder: Job<{ order_id: number }> = { ...executeOrder, name: 'orders.execute-long' }

export const EXECUTE_JOBS = [executeOrder, executeLongOrder] as const

/** Has an executing order carried out once the transaction is committed. */
export async function sendToDriver(
  { tx, jobs, wiring }: Context,
  { id, offering_type }: Pick<MovingOrder, 'id' | 'offering_type'>,
): Promise<void> {
  await jobs.send(tx, driverOf(wiring, offering_type)?.long ? executeLongOrder : executeOrder, { order_id: id })
}

/** An order was approved, or what it waited for has come: it stands in `to` now, and is carried out if that is `executing`. */
export async function advance(by: Context, order: MovingOrder, action: OrderAction, to: Waypoint, stamps: Stamps = {}): Promise<void> {
  await moveOrder(by, order, action, to, stamps)
  await mailState(by, order, to)
  if (to === 'executing') await handOver(by, order)
}

/** An erred order is carried out anew, so that its resource is under way again (orders.md §3.13). */
export async function executeAgain(by: Context, order: OrderSubject, action: 'set_state_executing' | 'retry'): Promise<void> {
  // What a failed change asked for was free for others meanwhile; what a failed resource holds was not.
  const reason = order.type === 'Update' ? await noPlaceFor(by, order) : undefined
  if (reason !== undefined) throw conflict(reason)
  await moveOrder(by, order, action, 'executing', { error_message: '', error_traceback: '', completed_at: null })
  await resumeChange(by.tx, order.resource_id, order.type)
  await handOver(by, order)
}

/** Tells that the order is carried out now, and has that begin. */
async function handOver(by: Context, order: MovingOrder): Promise<void> {
  await recordEvents(by, [orderEvent('marketplace_order_approved', order)])
  await begin(by, order)
}

/** What happens in the transaction in which an order enters `executing`; the job follows when it is committed. */
export async function begin(by: Context, placed: Pick<MovingOrder, 'id' | 'offering_type'>): Promise<void> {
  const driver = driverOf(by.wiring, placed.offering_type)
  if (driver?.begin) {
    const order = await findOrder(by.tx, placed.id, by.config.TIME_ZONE)
    if (order) await driver.begin(by, order)
  }
  // An order of a type that nobody knows goes to the job as well, to fail there.
  if (!driver || driver.carryOut) await sendToDriver(by, placed)
}
