// What other modules may use of offerings.

export { type CategorySection, readAttributes } from './attributes.ts'
export { setComplianceChecklist } from './compliance.ts'
export { offeringComponentFields } from './components.view.ts'
export { COUNTS as CONSENT_COUNTS, consentMissing, hasActiveTerms, REQUIRES_RECONSENT, reconsentAsked } from './consents/standing.ts'
export { agreeWithOrder, type ConsentStanding, consentStanding } from './consents/with-orders.ts'
export { MANAGES_ACCOUNTS } from './filters.ts'
export {
  availableLimitReached,
  checkLimits,
  type LimitedComponent,
  type LimitsProblem,
  limitsNotSupported,
  periodLimitExceeded,
  takesLimit,
  UNLIMITED,
} from './limits.ts'
export { type ProviderOffering, providerOfferings } from './list.ts'
export {
  type BillingType,
  type BuiltinComponent,
  factorOf,
  findOfferingType,
  type LimitPeriod,
  OFFERING_TYPES,
  type OfferingType,
  reviewedByProvider,
  supportsLimits,
} from './offering-types.ts'
export { answersTo, checkOptions, type OptionForm } from './options.ts'
export { managedOfferings, notArchived, onOffering, providedOfferings } from './policy.ts'
export {
  costByComponent,
  costOfCreation,
  costOfPlanSwitch,
  costOfRenewal,
  estimate,
  fixedPrice,
  initPrice,
  type Limits,
  type Money,
  moneyText,
  type Period,
  type PricedComponent,
  type PricedPlan,
  renewalByComponent,
  switchPrice,
} from './prices.ts'
export { seesOffering } from './public/policy.ts'
export { publicOfferingView } from './public/view.ts'
export { readSecretOptions } from './secret-options.ts'
export { LISTED_OFFERING_STATES, OFFERING_STATES, type OfferingState } from './states.ts'
export { asksFor, TOLD_BY_DEFAULT } from './told.ts'
