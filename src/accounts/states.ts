// The states of service and course accounts (service-providers.md §1.7, §1.8). Pure data.
import type { StateTable } from '../platform/states/transition.ts'

export const ACCOUNT_STATES = ['OK', 'Closed', 'Erred'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]
export type AccountAction = 'fail' | 'mend' | 'close'

type AccountStates = StateTable<AccountState, AccountAction>

const life: Omit<AccountStates, 'table'> = {
  states: ACCOUNT_STATES,
  initial: ['OK'],
  // A name is nobody else's among these.
  sets: { open: ['OK', 'Erred'] },
  final: ['Closed'],
  actions: {
    // The system outside could not, or would not, do what it was told.
    fail: { from: ['OK', 'Erred'], to: ['Erred'] },
    mend: { from: ['OK', 'Erred'], to: ['OK'] },
    close: { from: ['OK', 'Erred'], to: ['Closed'] },
  },
}

export const serviceAccountStates: AccountStates = { table: 'service_account', ...life }
export const courseAccountStates: AccountStates = { table: 'course_account', ...life }
