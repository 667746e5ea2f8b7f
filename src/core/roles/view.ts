// What a role looks like (platform.md §8.2).
import {
  boolean,
  type Fields,
  forStaffAndSupport,
  integer,
  listOf,
  nullable,
  oneOf,
  shownTo,
  text,
  uuid,
  type View,
} from '../../platform/http/view.ts'
import { ROLE_SCOPE_WORDS } from './scopes.ts'

/** The languages in which a role may be described. */
export const LANGUAGES = ['en', 'et', 'lt', 'lv', 'ru', 'it', 'de', 'da', 'sv', 'es', 'fr', 'nb', 'ar', 'cs'] as const

export type DescriptionField = `description_${(typeof LANGUAGES)[number]}`
export const DESCRIPTION_FIELDS = LANGUAGES.map((language): DescriptionField => `description_${language}`)

const descriptions: Fields = {
  description: text('r.description'),
  ...Object.fromEntries(DESCRIPTION_FIELDS.map((name) => [name, nullable(text(`r.translations ->> '${name}'`))])),
}

const FROM = { from: 'role r', alias: 'r', joins: {} }

export const roleView: View = {
  name: 'RoleDetails',
  ...FROM,
  fields: {
    uuid: uuid('r.uuid'),
    name: text('r.name'),
    ...descriptions,
    permissions: listOf(text('held.permission'), 'from role_permission held where held.role_id = r.id', 'held.permission'),
    is_system_role: boolean('r.is_system_role'),
    is_active: boolean('r.is_active'),
    users_count: shownTo(
      forStaffAndSupport,
      // All who hold it, less those who left: of the many only keys in an index are read.
      integer(`((select count(*) from (select distinct g.user_id from live_grant g where g.role_id = r.id) holders)
        - (select count(distinct u.id) from "user" u join live_grant g on g.user_id = u.id and g.role_id = r.id where not u.is_active))`),
    ),
    content_type: oneOf(ROLE_SCOPE_WORDS, 'r.scope_type'),
  },
}

export const roleDescriptionView: View = { name: 'RoleDescription', ...FROM, fields: descriptions }
