// Course accounts as those who manage them find them.
import type { Collection } from '../../platform/http/collection.ts'
import { as, int, orNull, type RowOf, str, uuid } from '../../platform/http/columns.ts'
import { choiceAmong, dateCompared, textContains, textIs, uuidIs } from '../../platform/http/filters.ts'
import { managedInProjects } from '../policy.ts'
import { ACCOUNT_STATES, type AccountState } from '../states.ts'
import { COURSES_PATH, courseAccountView } from './view.ts'

export const COURSE_ACCOUNT = {
  id: int('account.id'),
  uuid: uuid('account.uuid'),
  state: as<AccountState>('account.state'),
  user_id: orNull(int('account.user_id')),
  username: str(`coalesce(u.username, '')`),
  project_id: int('p.id'),
  customer_id: int('p.customer_id'),
}
export type CourseAccount = RowOf<typeof COURSE_ACCOUNT>

export const courseAccounts: Collection<CourseAccount> = {
  path: COURSES_PATH,
  name: 'marketplace_course_accounts',
  model: 'CourseAccount',
  view: courseAccountView,
  visible: managedInProjects('PROJECT.COURSE_ACCOUNT_MANAGE'),
  filters: {
    username: textIs('u.username'),
    email: textContains('account.email'),
    state: choiceAmong(ACCOUNT_STATES, 'account.state'),
    project_uuid: uuidIs('p.uuid'),
    project_start_date_after: dateCompared('>=', 'p.start_date'),
    project_start_date_before: dateCompared('<=', 'p.start_date'),
    project_end_date_after: dateCompared('>=', 'p.end_date'),
    project_end_date_before: dateCompared('<=', 'p.end_date'),
  },
  orderings: {
    created: 'account.created',
    modified: 'account.modified',
    state: 'account.state',
    email: 'account.email',
    username: 'u.username',
    project_name: 'p.name',
    project_start_date: 'p.start_date',
    project_end_date: 'p.end_date',
  },
  defaultOrder: ['created'],
  subject: COURSE_ACCOUNT,
}
