// What those who provide are told of people (service-providers.md §4.3): what their offerings that keep accounts ask for.
import { MANAGES_ACCOUNTS } from './filters.ts'

/** Where an offering has not said what it asks for. */
export const TOLD_BY_DEFAULT = ['username', 'full_name', 'email'] as const

const textsOf = (names: readonly string[]) => `array[${names.map((name) => `'${name}'`).join(', ')}]`

/** SQL over a row of offering_user_attributes that may be missing: the offering asks for the attribute. */
export const asksFor = (alias: string, attribute: string): string =>
  `coalesce(${alias}.exposed, ${textsOf(TOLD_BY_DEFAULT)}) @> ${textsOf([attribute])}`

const PROVIDED = `from offering left join offering_user_attributes asked on asked.offering_id = offering.id
  where (offering.customer_id = any(ctx.customer_ids) or offering.customer_id = any(ctx.provided_ids)) and ${MANAGES_ACCOUNTS}`

/** SQL: the caller reads everything, or one of the offerings that they provide asks for the attribute; by default where none keeps accounts. */
export const isTold = (attribute: string): string =>
  `(ctx.reads_all or exists (select ${PROVIDED} and ${asksFor('asked', attribute)})
    or (${(TOLD_BY_DEFAULT as readonly string[]).includes(attribute)} and not exists (select ${PROVIDED})))`
