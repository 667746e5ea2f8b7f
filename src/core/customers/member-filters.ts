// How people are found in the lists of an organization's and a project's people; over the alias `u` of "user".
import { type Filter, flag, since, textContains, textIs } from '../../platform/http/filters.ts'
import { CIVIL_NUMBER, DESCRIPTION } from '../roles/person.ts'

/**
 * The lists show names and addresses. By what else is known of people they find those alone whom the caller sees elsewhere too,
 * which `asSeen` makes of a filter; `native_name` is its column as far as it is shown.
 */
export const memberFilters = (asSeen: (filter: Filter) => Filter, native_name: string): { [name: string]: Filter } => ({
  agreement_date: asSeen(since('u.agreement_date')),
  civil_number: textIs(CIVIL_NUMBER),
  date_joined: asSeen(since('u.date_joined')),
  description: textContains(DESCRIPTION),
  email: textContains('u.email'),
  full_name: textContains('u.full_name'),
  // Everybody who is listed is.
  is_active: flag('u.is_active'),
  job_title: asSeen(textContains('u.job_title')),
  modified: asSeen(since('u.modified')),
  native_name: textContains(native_name),
  organization: asSeen(textContains('u.organization')),
  phone_number: asSeen(textContains('u.phone_number')),
  registration_method: asSeen(textIs('u.registration_method')),
  user_keyword: textContains('u.first_name', 'u.last_name', 'u.full_name', native_name, 'u.username', 'u.email', CIVIL_NUMBER),
  username: textIs('u.username'),
})

export const memberOrderings = { concatenated_name: `lower(concat(u.first_name, u.last_name, u.username))` }
