// What modules give to the whole, and what everything that happens is given. Modules stand in one order and import only to
// the left; a module takes part in what happens further left by what it declares here: reactions to events, jobs, drivers.
// The server, the worker and the commands are all built from one wiring (src/modules.ts).
import type { Actor } from './auth/actor.ts'
import type { Config } from './config.ts'
import { type Db, type Tx, transaction } from './db/database.ts'
import type { Translations } from './db/failures.ts'
import { committing } from './effects.ts'
import type { EventKind, EventTypes } from './events/kinds.ts'
import type { FileGuards } from './files/guards.ts'
import type { Attempt } from './jobs/attempt.ts'

/**
 * What modules declare. A module that needs something from those after it adds a slot of its own by
 * `declare module '…/platform/wiring.ts' { interface Wiring { drivers: Drivers } }` and is the one that reads it.
 * A slot is a list, or a table whose keys nobody else may declare.
 */
export interface Wiring {
  /** Every kind of work. */
  jobs: readonly AnyJob[]
  /** What is done in the transaction of an event. */
  reactions: readonly Reaction[]
  /** Constraint names and what the caller is told when one is broken. */
  constraints: Translations
  /** Every type of event that may be recorded. */
  eventTypes: EventTypes
  /** Who may read files, by the word that guards them. */
  fileGuards: FileGuards
}

/** Where something happens: everything that commands, jobs and reactions may need. `actor` is undefined for the system. */
export type Context = { tx: Tx; actor: Actor | undefined; config: Config; jobs: Jobs; wiring: Wiring }

/** What contexts are made of. */
export type Deps = { db: Db; config: Config; jobs: Jobs; wiring: Wiring }

export type Log = {
  info: (facts: object, text: string) => void
  error: (facts: object, text: string) => void
  warn: (facts: object, text: string) => void
}

export type JobDeps = Deps & { log: Log }

/** A kind of work: its queue, what it does, and for a schedule when (cron, UTC). */
export type Job<Data extends object = object> = {
  name: string
  run: (deps: JobDeps, data: Data, attempt: Attempt) => Promise<void>
  cron?: string
  /** How often it is tried again after a failure, with growing pauses; 5 unless said. */
  retryLimit?: number
  /** Seconds after which a run that has not ended counts as failed; 15 minutes unless said. */
  expireSeconds?: number
  /** How many run at once in a process: 4 unless said, 1 of a schedule. */
  concurrency?: number
  /** Of jobs with the same key one runs at a time, in all processes together. */
  key?: (data: Data) => string
}

/** A job whose data is nobody's concern but its own. */
export type AnyJob = Job<never>

export type Jobs = {
  /** Enqueues work in the caller's transaction: one statement. `startAfter`: not before that moment, or those seconds. */
  send: <Data extends object>(tx: Tx, job: Job<Data>, data: Data, options?: { startAfter?: Date | number }) => Promise<void>
  /** Starts the workers and schedules of this process. */
  work: (deps: Omit<JobDeps, 'jobs' | 'wiring'>) => Promise<void>
  /**
   * Runs what is due now until nothing is, and says how much it was; for tests and commands. `early`: also what is to be done
   * or tried again later, once. Throws at the end when a job failed, except for one that will be tried again and said so.
   */
  runDue: (deps: Omit<JobDeps, 'jobs' | 'wiring'>, options?: { early?: boolean }) => Promise<number>
  /** Lets running jobs end and takes no more. */
  stop: () => Promise<void>
}

/** One transaction around `work`, for whatever is no operation of the API. */
export const inTransaction = <T>(
  { db, config, jobs, wiring }: Deps,
  work: (context: Context) => Promise<T>,
  actor: Actor | undefined = undefined,
): Promise<T> => committing(() => transaction(db, (tx) => work({ tx, actor, config, jobs, wiring })))

/** Something to be done when an event of one of the types is recorded, in its transaction: it fails with it and makes it fail. */
export type Reaction = { types: readonly string[]; run: (context: Context, facts: never, type: string) => Promise<void> }

/** A reaction to some types of events of a kind, given their facts. */
export const reaction = <Types extends EventTypes, Facts, Type extends keyof Types & string>(
  _kind: EventKind<Types, Facts>,
  types: readonly Type[],
  run: (context: Context, facts: Facts, type: Type) => Promise<void>,
): Reaction => ({ types, run: run as unknown as Reaction['run'] })

type Slot = readonly unknown[] | { readonly [key: string]: unknown }

/** Puts together what the modules declare, in their order; throws when two declare the same key, job or nothing for a reaction. */
export function wire(parts: readonly Partial<Wiring>[]): Wiring {
  const slots: { [name: string]: Slot } = { jobs: [], reactions: [], constraints: {}, eventTypes: {}, fileGuards: {} }
  for (const part of parts) {
    for (const [name, given] of Object.entries(part) as [string, Slot][]) slots[name] = joined(name, slots[name], given)
  }
  const wiring = slots as unknown as Wiring
  requireDistinct(
    'job',
    wiring.jobs.map(({ name }) => name),
  )
  for (const type of wiring.reactions.flatMap(({ types }) => types)) {
    if (!Object.hasOwn(wiring.eventTypes, type)) throw new Error(`A reaction waits for ${type}, which no module declares`)
  }
  return wiring
}

function joined(name: string, before: Slot | undefined, given: Slot): Slot {
  if (Array.isArray(given)) return [...((before as unknown[] | undefined) ?? []), ...given]
  requireDistinct(name, [...Object.keys(before ?? {}), ...Object.keys(given)])
  return { ...before, ...given }
}

function requireDistinct(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new Error(`${what}: ${twice} is declared twice`)
}
