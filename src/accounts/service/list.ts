// Service accounts as those who manage them find them: closed ones are in no list, only providers still find those (§1.8).
import { sql } from 'kysely'
import type { Collection } from '../../platform/http/collection.ts'
import { as, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { choiceAmong, textContains, textIs, urlOf, uuidIs } from '../../platform/http/filters.ts'
import { managedInCustomers, managedInProjects } from '../policy.ts'
import { ACCOUNT_STATES, type AccountState } from '../states.ts'
import { CUSTOMER_ACCOUNTS_PATH, customerAccountView, PROJECT_ACCOUNTS_PATH, projectAccountView } from './view.ts'

const own = {
  id: int('account.id'),
  uuid: uuid('account.uuid'),
  username: str('account.username'),
  state: as<AccountState>('account.state'),
  customer_id: int('c.id'),
  customer_uuid: uuid('c.uuid'),
  customer_name: str('c.name'),
}
const PROJECT_ACCOUNT = { ...own, project_id: int('p.id'), project_uuid: uuid('p.uuid'), project_name: str('p.name') }
const CUSTOMER_ACCOUNT = { ...own, project_id: orNull(int('account.project_id')) }
export type ProjectAccount = RowOf<typeof PROJECT_ACCOUNT>
export type CustomerAccount = RowOf<typeof CUSTOMER_ACCOUNT>

const filters = {
  username: textIs('account.username'),
  email: textContains('account.email'),
  state: choiceAmong(ACCOUNT_STATES, 'account.state'),
}

const projectAccountFilters = {
  ...filters,
  project: urlOf(['/api/projects/{uuid}/'], 'p.uuid'),
  project_uuid: uuidIs('p.uuid'),
}

const shared = {
  listed: () => sql<boolean>`account.state <> 'Closed'`,
  orderings: { created: 'account.created' },
  defaultOrder: ['created'],
}

export const projectAccounts: Collection<ProjectAccount> = {
  ...shared,
  path: PROJECT_ACCOUNTS_PATH,
  name: 'marketplace_project_service_accounts',
  model: 'ProjectServiceAccount',
  view: projectAccountView,
  visible: managedInProjects('SERVICE_ACCOUNT.MANAGE'),
  filters: projectAccountFilters,
  subject: PROJECT_ACCOUNT,
}

export const customerAccounts: Collection<CustomerAccount> = {
  ...shared,
  path: CUSTOMER_ACCOUNTS_PATH,
  name: 'marketplace_customer_service_accounts',
  model: 'CustomerServiceAccount',
  view: customerAccountView,
  visible: managedInCustomers('SERVICE_ACCOUNT.MANAGE'),
  filters: { ...filters, customer: urlOf(['/api/customers/{uuid}/'], 'c.uuid'), customer_uuid: uuidIs('c.uuid') },
  subject: CUSTOMER_ACCOUNT,
}
