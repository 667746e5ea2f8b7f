// How orders are carried out, by the type of their offering. Each module that sells in a way of its own declares a driver in its
// module.ts; orders calls it at the moments named here, and knows no type by name.

import { OFFERING_TYPES } from '../offerings/public.ts'
import type { Attempt } from '../platform/jobs/attempt.ts'
import { valueAt } from '../platform/keyed.ts'
import type { Context, JobDeps, Wiring } from '../platform/wiring.ts'
import type { Wanted } from './asked.ts'
import type { OrderSubject } from './list.ts'

/**
 * `done`: the order may be completed; as an object, with what is to be written in the transaction that completes it, and what is shown
 * as the order's `output`. `waiting`: it goes on elsewhere, and somebody will say how it ended.
 */
export type Outcome = 'done' | 'waiting' | { done: (context: Context, order: OrderSubject) => Promise<void>; output?: string }

/** Thrown by `carryOut` for an order that has failed for good, with what is shown as its `output`. */
export class Failed extends Error {
  readonly output: string
  constructor(message: string, output: string) {
    super(message)
    this.output = output
  }
}

/** What is done outside a transaction is given the attempt too: its signal ends what takes too long. */
export type Carrying = JobDeps & { attempt: Attempt }

/**
 * What a type of offering does with its orders. All but `resumable` may be left out.
 *
 * Errors: `check` and `begin` refuse with a Refusal. `carryOut` and `takeBack` throw `TryAgain`, or what `askUpstream` throws of a
 * system that is away or late, when the other system could not be asked just now: it is asked again with growing pauses, and
 * after the last attempt the order errs with that text. Any other error of `carryOut` ends the order as erred at once, with the error's text for everybody and its stack for staff.
 */
export type Driver = {
  /**
   * When the order is placed, or changed while it waits: whether it can be had at all, in that transaction. What it takes may be
   * written here, for its resource. Nothing is kept of a refused one.
   */
  check?: (context: Context, wanted: Wanted) => Promise<void>
  /** As it enters `executing`, in that transaction; again when an erred order is tried again. A refusal leaves the order where it was. */
  begin?: (context: Context, order: OrderSubject) => Promise<void>
  /** It was rejected, canceled or deleted, in that transaction, whether or not it had begun. */
  undo?: (context: Context, order: OrderSubject) => Promise<void>
  /**
   * Does what was ordered, outside any transaction. It may be called again for the same order, after a crash for one: what it asks of
   * another system it asks under the order's uuid. Left out where somebody else carries orders out, through `set_state_*`.
   */
  carryOut?: (order: OrderSubject, deps: Carrying) => Promise<Outcome>
  /** It was canceled while it was carried out: what another system was asked for is taken back there. May be called twice, and for nothing. */
  takeBack?: (order: OrderSubject, deps: Carrying) => Promise<void>
  /** Whether an order that has been executing for long is given to `carryOut` again: its job may have got lost. */
  resumable: boolean
  /** `carryOut` may take minutes: it has workers of its own, so that orders of other types do not wait behind it. */
  long?: boolean
}

/** By the key of the offering's type. */
export type Drivers = { readonly [offeringType: string]: Driver }

declare module '../platform/wiring.ts' {
  interface Wiring {
    drivers: Drivers
  }
}

/** The types that orders themselves know how to carry out. */
export const ORDER_DRIVERS: Drivers = {
  // There is nothing to set up: what was sold is given by people.
  'Marketplace.Basic': { carryOut: async () => 'done', resumable: true },
  // The provider's agent sees the order in its next round, and says how it ended.
  'Marketplace.Slurm': { resumable: false },
}

/** The driver of an offering's type; undefined for a type that this server does not know. */
export const driverOf = ({ drivers }: Wiring, offeringType: string): Driver | undefined => valueAt(drivers, offeringType)

/** Whether a waiting order can be had as it is to be. */
export const checkChanged = async (context: Context, order: OrderSubject, changed: Partial<Wanted>): Promise<void> =>
  driverOf(context.wiring, order.offering_type)?.check?.(context, {
    ...order,
    offering: order,
    project: order,
    resource: { id: order.resource_id, uuid: order.resource_uuid, name: order.resource_name },
    ...changed,
  })

/** Types whose executing orders somebody else has in hand. */
export const notResumable = ({ drivers }: Wiring): string[] => Object.keys(drivers).filter((type) => !drivers[type]?.resumable)

/** Throws when a type can be sold and nobody carries its orders out, or a driver is of no type. */
export function requireDrivers(wiring: Wiring): void {
  const missing = OFFERING_TYPES.filter(({ key }) => !driverOf(wiring, key)).map(({ key }) => key)
  if (missing.length > 0) throw new Error(`No module declares a driver for ${missing.join(', ')}`)
  const idle = Object.keys(wiring.drivers).filter((key) => !OFFERING_TYPES.some((type) => type.key === key))
  if (idle.length > 0) throw new Error(`Drivers of types that src/offerings/offering-types.ts does not have: ${idle.join(', ')}`)
}
