// What of a person is told with their account (service-providers.md §4.3): what the offering's provider has asked for, to everybody
// who sees the account; all of it to the person and to those who run the site. Over `ou`, `person` and `told` of the view.
import { asksFor } from '../offerings/public.ts'
import {
  asShown,
  constant,
  date,
  described,
  type Field,
  type Fields,
  forStaffAndSupport,
  integer,
  json,
  nullable,
  shownTo,
  shownWhere,
  text,
} from '../platform/http/view.ts'

/** Names by which an offering says what it asks for. */
export const ATTRIBUTES = [
  'username',
  'full_name',
  'email',
  'phone_number',
  'organization',
  'job_title',
  'affiliations',
  'gender',
  'personal_title',
  'place_of_birth',
  'country_of_residence',
  'nationality',
  'nationalities',
  'organization_country',
  'organization_type',
  'eduperson_assurance',
  'civil_number',
  'birth_date',
  'identity_source',
] as const
export type Attribute = (typeof ATTRIBUTES)[number]

const told = (name: Attribute, f: Field): Field => shownWhere(`(ctx.reads_all or ou.user_id = ctx.actor_id or ${asksFor('told', name)})`, f)

const attribute = (name: string) => `person.attributes ->> '${name}'`
const word = (name: Attribute) => told(name, text(`coalesce(${attribute(name)}, '')`))
const texts = { type: 'array', items: { type: 'string' } }
const words = (name: Attribute) => told(name, json(`coalesce(person.attributes -> '${name}', '[]'::jsonb)`, texts))

export const personFields = {
  user_username: told('username', text('person.username')),
  user_full_name: told('full_name', text('person.full_name')),
  user_first_name: told('full_name', text('person.first_name')),
  user_last_name: told('full_name', text('person.last_name')),
  user_email: told('email', described({ format: 'email' }, text('person.email'))),
  user_phone_number: told('phone_number', text('person.phone_number')),
  user_organization: told('organization', text('person.organization')),
  user_job_title: told('job_title', text('person.job_title')),
  user_affiliations: told('affiliations', json('person.affiliations', texts)),
  user_gender: told('gender', nullable(described({ enum: [0, 1, 2, 9, null] }, integer(attribute('gender'))))),
  user_personal_title: word('personal_title'),
  user_place_of_birth: word('place_of_birth'),
  user_country_of_residence: word('country_of_residence'),
  user_nationality: word('nationality'),
  user_nationalities: words('nationalities'),
  user_organization_country: word('organization_country'),
  user_organization_type: word('organization_type'),
  user_eduperson_assurance: words('eduperson_assurance'),
  user_civil_number: told('civil_number', nullable(text('person.civil_number'))),
  user_birth_date: told('birth_date', nullable(date(attribute('birth_date')))),
  user_identity_source: told('identity_source', text('person.identity_source')),
  // Nobody comes from elsewhere, so nothing is active.
  user_active_isds: shownTo(forStaffAndSupport, constant([], texts)),
} satisfies Fields

/** The person's username as the caller is shown it, for filters. */
export const USERNAME = asShown(personFields.user_username, 'person.username')

/** The person's key where the caller is shown how they are named, or called. */
export const NAMED = asShown(personFields.user_full_name, 'ou.user_id')
export const CALLED = asShown(personFields.user_username, 'ou.user_id')
