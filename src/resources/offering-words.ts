// The words of an offering that resources show.
export const BILLING_TYPES_SHOWN = ['fixed', 'usage', 'limit', 'one', 'few'] as const
export const LIMIT_PERIODS_SHOWN = ['month', 'quarterly', 'annual', 'total'] as const
export const OFFERING_STATES = ['Draft', 'Active', 'Paused', 'Archived', 'Unavailable'] as const
