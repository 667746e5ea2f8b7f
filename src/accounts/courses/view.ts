// What an account of a participant of a course looks like.
import { date, datetime, described, oneOf, text, url, uuid, type View } from '../../platform/http/view.ts'
import { traceback } from '../service/view.ts'
import { ACCOUNT_STATES } from '../states.ts'

/** The nil uuid. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

export const COURSES_PATH = '/api/marketplace-course-accounts/'

export const courseAccountView: View = {
  name: 'CourseAccount',
  from: 'course_account account',
  alias: 'account',
  joins: {
    p: 'join project p on p.id = account.project_id',
    c: 'join customer c on c.id = p.customer_id',
    u: 'left join "user" u on u.id = account.user_id',
  },
  fields: {
    url: url(`${COURSES_PATH}{}/`, 'account.uuid'),
    uuid: uuid('account.uuid'),
    created: datetime('account.created'),
    modified: datetime('account.modified'),
    project: uuid('p.uuid'),
    project_uuid: uuid('p.uuid'),
    project_name: text('p.name'),
    project_slug: text('p.slug'),
    // Clients take no null for these three: a project without a first day runs since it was made, one without a last day for ever, and
    // nobody, before a system outside has given a name, has the uuid of nobody.
    project_start_date: date(`coalesce(p.start_date, (p.created at time zone 'UTC')::date)`),
    project_end_date: date(`coalesce(p.end_date, '9999-12-31')`),
    user_uuid: uuid(`coalesce(u.uuid, '${NOBODY}')`),
    username: text(`coalesce(u.username, '')`),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
    state: oneOf(ACCOUNT_STATES, 'account.state'),
    email: described({ format: 'email' }, text('account.email')),
    description: text('account.description'),
    error_message: text('account.error_message'),
    error_traceback: traceback('account.error_traceback'),
  },
}
