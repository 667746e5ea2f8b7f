// What is known of a kind of accounts that a system outside may keep.
import type { RawBuilder } from 'kysely'
import type { StateTable } from '../../platform/states/transition.ts'
import type { Context } from '../../platform/wiring.ts'
import type { AccountAction, AccountState } from '../states.ts'
import type { Kept } from './client.ts'

export type Kind = {
  states: StateTable<AccountState, AccountAction>
  /** A query for what the account is to be, and how far it was told. */
  wanted: (id: number) => RawBuilder<{ uuid: string; changed: number; told: number; wanted: object }>
  /** Takes over what the system says of it; returns what hinders that. The account is locked. */
  take: (context: Context, id: number, kept: Kept) => Promise<{ error: string; for_good: boolean } | undefined>
}
