// Accounts as a list: how they are found, and what is decided on.
import { type RawBuilder, sql } from 'kysely'
import type { Collection } from '../platform/http/collection.ts'
import { as, int, orNull, type RowOf, str, uuid } from '../platform/http/columns.ts'
import { choiceAmong, containing, type Filter, flag, own, requireUuid, since, uuidsIn } from '../platform/http/filters.ts'
import { amongKeys, keysNamed, keysOf, rangeOf, urlOfKey, walkedBy } from '../platform/http/search.ts'
import { CALLED, NAMED, USERNAME } from './attributes.ts'
import { accountsSeen } from './policy.ts'
import { OFFERING_USER_STATES, type OfferingUserState } from './states.ts'
import { OFFERING_USERS_PATH, offeringUserView } from './view.ts'

export const OFFERING_USER = {
  id: int('ou.id'),
  uuid: uuid('ou.uuid'),
  username: orNull(str('ou.username')),
  state: as<OfferingUserState>('ou.state'),
  offering_id: int('ou.offering_id'),
  offering_uuid: uuid('offering.uuid'),
  offering_name: str('offering.name'),
  /** The organization that provides the offering. */
  provider_id: int('offering.customer_id'),
  user_id: int('ou.user_id'),
  user_uuid: uuid('person.uuid'),
  user_username: str('person.username'),
}
export type OfferingUser = RowOf<typeof OFFERING_USER>

const UUID = { type: 'string', format: 'uuid' }

/** Accounts at the offerings that a condition over `offering` picks. */
const offeringsWhere = (condition: (hex: string) => RawBuilder<unknown>): Filter =>
  keysOf(UUID, 'ou.offering_id', (value) => sql`select offering.id from offering where ${condition(requireUuid(value))}`)

// The contract's provider is an organization; its service provider's uuid is understood as well.
const provider_uuid = offeringsWhere(
  (hex) => sql`offering.customer_id in (select id from customer where uuid = ${hex}::uuid
    union all select customer_id from service_provider where uuid = ${hex}::uuid)`,
)

/** Of people whose name is shown to the caller, in any case of its letters. */
const user_username: Filter = {
  ...own({ type: 'string' }, (value) => sql`lower(${sql.raw(USERNAME)}) = lower(${value})`, USERNAME),
  arm: (values) => ({ column: 'user_id', ids: sql`select id from "user" where lower(username) = lower(${values.at(-1) ?? ''})` }),
}

/**
 * Names of accounts, of offerings, and of people as far as they are shown. Each side is looked up once by its own index; the accounts
 * are then looked at by their keys, for one offering may have a hundred thousand.
 */
const query = own(
  { type: 'string' },
  (value) => {
    const like = sql`ilike ${containing(value)}`
    return sql`(ou.username ${like} or ou.offering_id in (select id from offering where name ${like})
      or ${sql.raw(NAMED)} in (select id from "user" where full_name ${like} or first_name ${like} or last_name ${like})
      or ${sql.raw(CALLED)} in (select id from "user" where username ${like}))`
  },
  `${NAMED} ${CALLED}`,
)

const filters: { [name: string]: Filter } = {
  created: rangeOf('offering_user ou', 'ou.created', '>=', since('ou.created')),
  has_consent: flag('consent.id is not null and consent.revocation_date is null'),
  is_restricted: flag('ou.is_restricted'),
  modified: rangeOf('offering_user ou', 'ou.modified', '>=', since('ou.modified')),
  offering: urlOfKey(
    ['/api/marketplace-provider-offerings/{uuid}/', '/api/marketplace-public-offerings/{uuid}/'],
    'ou.offering_id',
    'offering',
  ),
  offering_slug: keysNamed('ou.offering_id', 'offering', 'slug'),
  offering_uuid: amongKeys(UUID, 'ou.offering_id', (values) => {
    const wanted = uuidsIn(values)
    return wanted.length > 0 ? sql`select id from offering where uuid = any(${wanted}::uuid[])` : undefined
  }),
  parent_offering_uuid: offeringsWhere((hex) => sql`offering.parent_id = (select id from offering where uuid = ${hex}::uuid)`),
  provider_uuid,
  query,
  state: walkedBy('ou.state', choiceAmong(OFFERING_USER_STATES, 'ou.state'), true),
  user_username,
  user_uuid: keysOf(UUID, 'ou.user_id', (value) => sql`select id from "user" where uuid = ${requireUuid(value)}::uuid`),
}

const collection = (enforced: boolean): Collection<OfferingUser> => ({
  path: OFFERING_USERS_PATH,
  name: 'marketplace_offering_users',
  model: 'OfferingUser',
  view: offeringUserView,
  visible: accountsSeen(enforced),
  filters,
  orderings: { created: 'ou.created', modified: 'ou.modified', username: 'ou.username' },
  defaultOrder: ['username'],
  subject: OFFERING_USER,
})

const OPEN = collection(false)
const ENFORCING = collection(true)

/** The list, of a site that enforces consent or of one that does not. */
export const offeringUsersFor = (site: { ENFORCE_USER_CONSENT_FOR_OFFERINGS: boolean }): Collection<OfferingUser> =>
  site.ENFORCE_USER_CONSENT_FOR_OFFERINGS ? ENFORCING : OPEN
