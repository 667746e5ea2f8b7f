// What service accounts look like, of projects and of organizations alike. A key is shown to whoever has just asked for it, and never again.
import { datetime, described, type Fields, forStaff, nullable, oneOf, text, url, uuid, type View } from '../../platform/http/view.ts'
import { ACCOUNT_STATES } from '../states.ts'

export const PROJECT_ACCOUNTS_PATH = '/api/marketplace-project-service-accounts/'
export const CUSTOMER_ACCOUNTS_PATH = '/api/marketplace-customer-service-accounts/'

/** The trace of an error may hold what only staff is to see. */
export const traceback = (sql: string) => text(`(case when ${forStaff.sql} then ${sql} else '' end)`)

const own = (path: string): Fields => ({
  url: url(`${path}{}/`, 'account.uuid'),
  uuid: uuid('account.uuid'),
  created: datetime('account.created'),
  modified: datetime('account.modified'),
  username: text('account.username'),
  description: text('account.description'),
  error_message: text('account.error_message'),
  error_traceback: traceback('account.error_traceback'),
  state: oneOf(ACCOUNT_STATES, 'account.state'),
  token: nullable(text('null::text')),
  email: described({ format: 'email' }, text('account.email')),
  expires_at: nullable(text('null::text')),
  preferred_identifier: text('account.preferred_identifier'),
})

export const projectAccountView: View = {
  name: 'ProjectServiceAccount',
  from: 'service_account account',
  alias: 'account',
  joins: { p: 'join project p on p.id = account.project_id', c: 'join customer c on c.id = p.customer_id' },
  fields: {
    ...own(PROJECT_ACCOUNTS_PATH),
    project: uuid('p.uuid'),
    project_uuid: uuid('p.uuid'),
    project_name: text('p.name'),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
    customer_abbreviation: text('c.abbreviation'),
  },
}

export const customerAccountView: View = {
  name: 'CustomerServiceAccount',
  from: 'service_account account',
  alias: 'account',
  joins: { c: 'join customer c on c.id = account.customer_id' },
  fields: {
    ...own(CUSTOMER_ACCOUNTS_PATH),
    customer: uuid('c.uuid'),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
  },
}
