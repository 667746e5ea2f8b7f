// What a user looks like outside (platform.md §9.2). What a person is asked to tell is shown to that person and to those
// who run the site; colleagues see how to reach and address each other.
import {
  audience,
  boolean,
  constant,
  date,
  datetime,
  described,
  type Field,
  type Fields,
  fileUrl,
  forNobody,
  forStaffAndSupport,
  integer,
  json,
  list,
  nullable,
  passing,
  retold,
  shownTo,
  shownWhere,
  text,
  url,
  uuid,
  type View,
} from '../../platform/http/view.ts'
import { guardedFields, PRIVATE } from '../roles/person.ts'
import { permissionsOf } from '../user-permissions/view.ts'
import { SEALED_TOKEN } from './tokens.ts'

const OWN = 'u.id = ctx.actor_id'
/** Who acts as somebody else must not learn that person's token (platform.md §1.5). Nothing is filtered by what it guards. */
const inOwnName = audience((actor) => actor !== undefined && !actor.impersonator, 'false')
const OWN_OR_STAFF = '(u.id = ctx.actor_id or ctx.is_staff)'

const attribute = (name: string) => `u.attributes ->> '${name}'`
const told = (name: string): Field => shownWhere(PRIVATE, text(`coalesce(${attribute(name)}, '')`))
const texts = { type: 'array', items: { type: 'string' } }
const toldTexts = (name: string): Field => shownWhere(PRIVATE, json(`coalesce(u.attributes -> '${name}', '[]'::jsonb)`, texts))

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
  ...guardedFields,
  token,
  token_lifetime: shownWhere(OWN_OR_STAFF, nullable(integer('u.token_lifetime'))),
  token_expires_at: passing(shownWhere(OWN_OR_STAFF, nullable(datetime('tok.used + make_interval(secs => u.token_lifetime)')))),
  registration_method: text('u.registration_method'),
  date_joined: datetime('u.date_joined'),
  agreement_date: nullable(datetime('u.agreement_date')),
  notifications_enabled: boolean('u.notifications_enabled'),
  preferred_language: text('u.preferred_language'),
  permissions: shownWhere(PRIVATE, list(permissions.fields, permissions.query, permissions.orderBy)),
  requested_email: shownWhere(PRIVATE, nullable(text('requested.email'))),
  affiliations: json('u.affiliations', texts),
  first_name: text('u.first_name'),
  last_name: text('u.last_name'),
  birth_date: shownWhere(PRIVATE, nullable(date(attribute('birth_date')))),
  // There are no identity providers: every user is the database's own.
  identity_provider_name: constant('Local DB', { type: 'string' }),
  identity_provider_label: constant('Local DB', { type: 'string' }),
  identity_provider_management_url: constant('', { type: 'string' }),
  identity_provider_fields: constant([], texts),
  image: nullable(fileUrl('image.uuid')),
  identity_source: text('u.identity_source'),
  has_active_session: passing(shownWhere(OWN_OR_STAFF, boolean(LIVING))),
  ip_address: passing(shownWhere(OWN_OR_STAFF, nullable(text('u.last_ip_address')))),
  gender: shownWhere(PRIVATE, nullable(described({ enum: [0, 1, 2, 9, null] }, integer(attribute('gender'))))),
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
export const userView: View = { ...base, fields: fieldsWith(shownTo(forNobody, text(`''`))) }

/** One user, with the own token still sealed: the route reveals it. */
export const ownUserView: View = {
  ...base,
  fields: fieldsWith(
    shownTo(
      inOwnName,
      shownWhere(
        OWN,
        retold(text(`''`), () => SEALED_TOKEN),
      ),
    ),
  ),
}
