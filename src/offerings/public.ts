// What other modules may use of offerings.
export {
  type BillingType,
  type BuiltinComponent,
  factorOf,
  findOfferingType,
  type LimitPeriod,
  OFFERING_TYPES,
  type OfferingType,
  supportsLimits,
} from './offering-types.ts'
