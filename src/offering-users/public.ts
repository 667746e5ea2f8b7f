// What modules to the right may use of accounts at offerings.

export { setUsernameAt } from './by-provider.ts'
export { offeringUserEvents } from './events.ts'
export { type OfferingUser, offeringUsersFor } from './list.ts'
export { OFFERING_USER_STATES, type OfferingUserState } from './states.ts'
