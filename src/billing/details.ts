// An organization as its invoices name it.
import { countryNameSql } from '../core/public.ts'

const TEXTS = ['name', 'address', 'country', 'email', 'postal', 'phone_number', 'bank_name', 'bank_account', 'vat_code'] as const

/** SQL for those details, of the organization under an alias; without what is blank. */
export const customerDetailsSql = (c: string): string =>
  `jsonb_strip_nulls(jsonb_build_object(${TEXTS.map((name) => `'${name}', nullif(${c}.${name}, '')`).join(', ')}, 'country_name', ${countryNameSql(`${c}.country`)}))`

export const CUSTOMER_DETAILS = {
  type: 'object',
  properties: {
    ...Object.fromEntries(TEXTS.map((name) => [name, { type: 'string' }])),
    country_name: { type: ['string', 'null'] },
  },
}
