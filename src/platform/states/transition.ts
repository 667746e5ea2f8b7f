// States are data; this is the one way to change one: an UPDATE that names the states it may start from. When two callers
// race, the database lets one through and the other is told the states in which the operation is valid.
import { sql } from 'kysely'
import { run, type Tx } from '../db/database.ts'
import { noteEffect } from '../effects.ts'
import { wrongState } from '../http/errors.ts'

export type Transition<State extends string> = {
  from: readonly State[]
  /** The states it may lead to; which one is decided by a pure function of the module. */
  to: readonly State[]
}

export type StateTable<State extends string, Action extends string> = {
  /** As it stands in SQL, quoted where SQL needs it. */
  table: string
  states: readonly State[]
  initial: readonly State[]
  /** Kinds of states that conditions in SQL name; partial indexes of the table name one of these, which a test compares. */
  sets?: { readonly [name: string]: readonly State[] }
  /** States that end an object for good. */
  final: readonly State[]
  actions: { readonly [A in Action]: Transition<State> }
}

/** A check for an operation: 409 naming the states when the row is in none of them. */
export const inStates =
  (states: readonly string[]) =>
  ({ state }: { state: string }): void => {
    if (!states.includes(state)) throw wrongState(states)
  }

/** A check for an operation: the row is in one of the states of the table's action. */
export const inStateFor = <State extends string, Action extends string>(table: StateTable<State, Action>, action: Action) =>
  inStates(table.actions[action].from)

/** Columns to write together with the state. Names are the module's own, never a caller's. */
export type Stamps = { [column: string]: unknown }

/**
 * Moves row `id` to `to` if it still stands in one of the action's states, writing `stamps` with it.
 * Throws 409 for the loser of a race, and an Error when the table has no such step.
 */
export async function transition<State extends string, Action extends string>(
  tx: Tx,
  table: StateTable<State, Action>,
  action: Action,
  id: number,
  to: State,
  stamps: Stamps = {},
): Promise<void> {
  const { from, to: targets } = table.actions[action]
  if (!targets.includes(to)) throw new Error(`${table.table}: ${action} does not lead to ${to}`)
  const columns = Object.entries({ ...stamps, state: to }).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  const moved = await run(
    tx,
    sql`update ${sql.raw(table.table)} set ${sql.join(columns)} where id = ${id} and state = any(${[...from]}::text[]) returning id`,
  )
  if (moved.length === 0) throw wrongState(from)
  noteEffect('state', `${nameOf(table)} ${action} → ${to}`)
}

const nameOf = ({ table }: { table: string }) => table.replaceAll('"', '')

/** The state of a new row, to be stored with it. Throws an Error when nothing begins in it. */
export function begun<State extends string>(table: StateTable<State, never>, state: State): State {
  if (!table.initial.includes(state)) throw new Error(`${table.table}: nothing begins in ${state}`)
  noteEffect('state', `${nameOf(table)} → ${state}`)
  return state
}

/** What is wrong with a state table: states it does not know, states nobody reaches. Empty when all is well. */
export function faultsOf<State extends string, Action extends string>(table: StateTable<State, Action>): string[] {
  const actions = Object.entries(table.actions) as [Action, Transition<State>][]
  const known = new Set<string>(table.states)
  const unknown = actions.flatMap(([name, { from, to }]) =>
    [...from, ...to].filter((state) => !known.has(state)).map((state) => `${name} names an unknown state ${state}`),
  )
  const reached = reachable(
    table.initial,
    actions.map(([, step]) => step),
  )
  return [...unknown, ...table.states.filter((state) => !reached.has(state)).map((state) => `${state} is never reached`)]
}

function reachable<State extends string>(initial: readonly State[], steps: readonly Transition<State>[]): Set<State> {
  const reached = new Set<State>(initial)
  for (let before = -1; before < reached.size; ) {
    before = reached.size
    const next = steps.filter(({ from }) => from.some((state) => reached.has(state))).flatMap(({ to }) => to)
    for (const state of next) reached.add(state)
  }
  return reached
}
