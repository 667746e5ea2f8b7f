// What a user looks like outside (platform.md §9.2). What a person is asked to tell is shown to that person and to those
// who run the site; colleagues see how to reach and address each other.
import {
  boolean,
  constant,
  date,
  datetime,
  described,
  type Field,
  type Fields,
  fileUrl,
  forStaffAndSupport,
  integer,
  json,
  list,
  nullable,
  passing,
  shownTo,
  text,
  url,
  uuid,
  type View,
  withToken,
} from '../../platform/http/view.ts'
import { permissionsOf } from '../user-permissions/view.ts'
import { SEALED_TOKEN } from './tokens.ts'

/** SQL: the row is the caller's own, or the caller runs the site. */
export const PRIVATE = '(u.id = ctx.actor_id or ctx.reads_all)'
const OWN = 'u.id = ctx.actor_id'
const OWN_OR_STAFF = '(u.id = ctx.actor_id or ctx.is_staff)'

/** Shown where `condition` holds for the row; the key is left out elsewhere. */
function where(condition: string, f: Field): Field {
  const token = `case when ${condition} then ${f.empty === 'null' ? `coalesce(${f.token}, 'null')` : f.token} end`
  const schema = f.empty === 'null' ? { ...f.schema, type: [f.schema.type, 'null'] } : f.schema
  return { ...withToken(f, token), schema: { ...schema, 'x-conditional': true }, empty: 'absent' }
}

const attribute = (name: string) => `u.attributes ->> '${name}'`
const told = (name: string): Field => where(PRIVATE, text(`coalesce(${attribute(name)}, '')`))
const texts = { type: 'array', items: { type: 'string' } }
const toldTexts = (name: string): Field => where(PRIVATE, json(`coalesce(u.attributes -> '${name}', '[]'::jsonb)`, texts))

const LIVING = '(tok.user_id is not null and (u.token_lifetime is null or tok.used + make_interval(secs => u.token_lifetime) > now()))'

const permissions = permissionsOf('u.id')

const fieldsWith = (token: Field): Fields => ({
  url: url('/api/users/{}/', 'u.uuid'),
  uuid: uuid('u.uuid'),
  username: text('u.username'),
  slug: text('u.slug'),
  full_name: text('u.full_name'),
  native_name: text('u.native_name'),
  job_title: text('u.job_title'),
  email: text('u.email'),
  phone_number: text('u.phone_number'),
  organization: text('u.organization'),
  civil_number: where(PRIVATE, nullable(text('u.civil_number'))),
  description: shownTo(forStaffAndSupport, text('u.description')),
  is_staff: shownTo(forStaffAndSupport, boolean('u.is_staff')),
  is_active: shownTo(forStaffAndSupport, boolean('u.is_active')),
  is_support: shownTo(forStaffAndSupport, boolean('u.is_support')),
  token,
  token_lifetime: where(OWN_OR_STAFF, nullable(integer('u.token_lifetime'))),
  token_expires_at: passing(where(OWN_OR_STAFF, nullable(datetime('tok.used + make_interval(secs => u.token_lifetime)')))),
  registration_method: text('u.registration_method'),
  date_joined: datetime('u.date_joined'),
  agreement_date: nullable(datetime('u.agreement_date')),
  notifications_enabled: boolean('u.notifications_enabled'),
  preferred_language: text('u.preferred_language'),
  permissions: where(PRIVATE, list(permissions.fields, permissions.query, permissions.orderBy)),
  requested_email: where(PRIVATE, nullable(text('requested.email'))),
  affiliations: json('u.affiliations', texts),
  first_name: text('u.first_name'),
  last_name: text('u.last_name'),
  birth_date: where(PRIVATE, nullable(date(attribute('birth_date')))),
  // There are no identity providers: every user is the database's own.
  identity_provider_name: constant('Local DB', { type: 'string' }),
  identity_provider_label: constant('Local DB', { type: 'string' }),
  identity_provider_management_url: constant('', { type: 'string' }),
  identity_provider_fields: constant([], texts),
  image: nullable(fileUrl('image.uuid')),
  identity_source: text('u.identity_source'),
  has_active_session: passing(where(OWN_OR_STAFF, boolean(LIVING))),
  ip_address: passing(where(OWN_OR_STAFF, nullable(text('u.last_ip_address')))),
  gender: where(PRIVATE, nullable(described({ enum: [0, 1, 2, 9, null] }, integer(attribute('gender'))))),
  personal_title: told('personal_title'),
  place_of_birth: told('place_of_birth'),
  country_of_residence: told('country_of_residence'),
  nationality: told('nationality'),
  nationalities: toldTexts('nationalities'),
  organization_country: told('organization_country'),
  organization_type: told('organization_type'),
  organization_registry_code: told('organization_registry_code'),
  eduperson_assurance: toldTexts('eduperson_assurance'),
  is_identity_manager: shownTo(forStaffAndSupport, boolean('u.is_identity_manager')),
  // Nothing is taken over from elsewhere, so no attribute has a source and no source is active.
  attribute_sources: shownTo(forStaffAndSupport, constant({}, { type: 'object', additionalProperties: true })),
  managed_isds: shownTo(forStaffAndSupport, json(`coalesce(u.attributes -> 'managed_isds', '[]'::jsonb)`, texts)),
  active_isds: shownTo(forStaffAndSupport, constant([], texts)),
})

const base: Omit<View, 'fields'> = {
  name: 'User',
  from: '"user" u',
  alias: 'u',
  joins: {
    tok: 'left join user_token tok on tok.user_id = u.id',
    requested: 'left join change_email_request requested on requested.user_id = u.id',
    image: 'left join file image on image.id = u.image_id',
  },
}

/** Lists, and answers to changes: never with a token. */
export const userView: View = { ...base, fields: fieldsWith(shownTo(() => false, text(`''`))) }

/**
 * One user, with the own token still sealed: the route reveals it. Whoever acts as somebody else must not learn that
 * person's token (platform.md §1.5).
 */
export const ownUserView: View = {
  ...base,
  fields: fieldsWith(
    shownTo(
      (actor) => actor !== undefined && !actor.impersonator,
      withToken(where(OWN, text(`''`)), `case when ${OWN} then ${SEALED_TOKEN} end`),
    ),
  ),
}
