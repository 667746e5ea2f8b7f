// The forms of VAT numbers of the European Union, without the country's letters.
import { valueAt } from '../../platform/keyed.ts'

const VAT_FORMS: { [country: string]: RegExp } = {
  AT: /^U\d{8}$/,
  BE: /^[01]?\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^[A-Z\d]\d{7}[A-Z\d]$/,
  FI: /^\d{8}$/,
  FR: /^[A-Z\d]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^\d[A-Z\d+*]\d{5}[A-Z]{1,2}$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^\d{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
}

/** Whether a VAT number has the form of its country; numbers of other countries are not checked. */
export function isVatNumber(number: string, country: string): boolean {
  const form = valueAt(VAT_FORMS, country)
  if (!form) return true
  const letters = country === 'GR' ? 'EL' : country
  const plain = number.toUpperCase().replace(/[\s.-]/g, '')
  return form.test(plain.startsWith(letters) ? plain.slice(2) : plain)
}
