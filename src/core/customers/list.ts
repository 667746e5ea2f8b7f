// Which organizations are listed and how they are found (platform.md §10.2).
import { sql } from 'kysely'
import { type Actor, hasRole, scopeIds } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import { bool, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { type Condition, type Filter, flag, flagFor, textContains, textIs, uuidAmong, uuidIs } from '../../platform/http/filters.ts'
import { isShown } from '../roles/person.ts'
import { visibleCustomers } from './policy.ts'
import { customerView } from './view.ts'

/** What operations on an organization decide by. `customer_id` is its own id, as rows below it have it. */
const CUSTOMER = {
  id: int('c.id'),
  uuid: uuid('c.uuid'),
  name: str('c.name'),
  native_name: str('c.native_name'),
  abbreviation: str('c.abbreviation'),
  customer_id: int('c.id'),
  image_id: orNull(int('c.image_id')),
  customer_blocked: bool('c.blocked'),
  customer_archived: bool('c.archived'),
}
export type Customer = RowOf<typeof CUSTOMER>

const idAmong = (ids: readonly number[]): Condition => sql`c.id = any(${[...ids]}::bigint[])`

const ownedBy = (actor: Actor) => idAmong(scopeIds(actor, 'customer').filter((id) => hasRole(actor, 'CUSTOMER.OWNER', [['customer', id]])))

/** A condition on a group that the organization belongs to, `og`. */
const inGroup = (filter: Filter): Filter => ({
  ...filter,
  uses: ['c'],
  condition: (values, actor) => {
    const group = filter.condition(values, actor)
    return (
      group &&
      sql`exists (select 1 from customer_organization_group member join organization_group og on og.id = member.organization_group_id
        where member.customer_id = c.id and ${group})`
    )
  },
})

export const customers: Collection<Customer> = {
  path: '/api/customers/',
  name: 'customers',
  model: 'Customer',
  view: customerView,
  visible: (actor) => ({ where: visibleCustomers(actor, 'c') }),
  filters: {
    abbreviation: textContains('c.abbreviation'),
    accounting_is_running: flag('c.accounting_start_date <= now()'),
    agreement_number: textContains('c.agreement_number'),
    archived: flag('c.archived'),
    backend_id: textIs('c.backend_id'),
    contact_details: textContains('c.contact_details'),
    current_user_has_project_create_permission: flagFor((actor) =>
      actor.is_staff ? sql`true` : idAmong(scopeIds(actor, 'customer', 'PROJECT.CREATE')),
    ),
    name: textContains('c.name'),
    name_exact: textIs('c.name'),
    native_name: textContains('c.native_name'),
    organization_group_name: inGroup(textContains('og.name')),
    organization_group_uuid: inGroup(uuidAmong('og.uuid')),
    owned_by_current_user: flagFor(ownedBy),
    query: textContains(
      'c.name',
      'c.native_name',
      'c.abbreviation',
      'c.domain',
      'wire_uuid(c.uuid)',
      'c.registration_code',
      'c.agreement_number',
    ),
    registration_code: textContains('c.registration_code'),
    user_uuid: withMember(uuidIs('holder.uuid')),
  },
  orderings: {
    abbreviation: 'c.abbreviation',
    accounting_start_date: 'c.accounting_start_date',
    agreement_number: 'c.agreement_number',
    contact_details: 'c.contact_details',
    created: 'c.created',
    description: 'c.description',
    name: 'c.name',
    native_name: 'c.native_name',
    registration_code: 'c.registration_code',
  },
  defaultOrder: ['name'],
  lenientOrder: true,
  subject: CUSTOMER,
}

/** A condition on somebody who holds a role in the organization, `holder`. */
function withMember(filter: Filter): Filter {
  return {
    ...filter,
    uses: ['c'],
    condition: (values, actor) => {
      const member = filter.condition(values, actor)
      return (
        member &&
        sql`exists (select 1 from live_grant held join "user" holder on holder.id = held.user_id where held.scope_type = 'customer'
          and held.scope_id = c.id and ${isShown(actor, 'holder')} and ${member})`
      )
    },
  }
}
