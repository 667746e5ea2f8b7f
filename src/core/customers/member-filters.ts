// How people are found in the lists of an organization's and a project's people; over the alias `u` of "user".
import { type Filter, flag, since, textContains, textIs } from '../../platform/http/filters.ts'

export const memberFilters: { [name: string]: Filter } = {
  agreement_date: since('u.agreement_date'),
  civil_number: textIs('u.civil_number'),
  date_joined: since('u.date_joined'),
  description: textContains('u.description'),
  email: textContains('u.email'),
  full_name: textContains('u.full_name'),
  is_active: flag('u.is_active'),
  job_title: textContains('u.job_title'),
  modified: since('u.modified'),
  native_name: textContains('u.native_name'),
  organization: textContains('u.organization'),
  phone_number: textContains('u.phone_number'),
  registration_method: textIs('u.registration_method'),
  user_keyword: textContains('u.first_name', 'u.last_name', 'u.full_name', 'u.native_name', 'u.username', 'u.email', 'u.civil_number'),
  username: textIs('u.username'),
}

export const memberOrderings = { concatenated_name: `lower(concat(u.first_name, u.last_name, u.username))` }
