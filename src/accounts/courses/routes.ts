import { type Api, create, destroy, detail, list, operation } from '../../platform/http/api.ts'
import { viewSchema } from '../../platform/http/view.ts'
import { managesCourses } from '../policy.ts'
import {
  courseAccountBody,
  courseAccountsBody,
  courseOf,
  createCourseAccount,
  createCourseAccounts,
  deleteCourseAccount,
} from './commands.ts'
import { courseAccounts } from './list.ts'
import { COURSES_PATH, courseAccountView } from './view.ts'

const permission = 'whom its command lets'

const integer = { schema: { type: 'integer' } }
const keys = Object.keys(courseAccounts.orderings).flatMap((key) => [key, `-${key}`])
const LISTED = {
  ...Object.fromEntries(Object.entries(courseAccounts.filters).map(([name, { schema, many }]) => [name, { schema, many }])),
  o: { schema: { type: 'string', enum: keys }, many: true },
  page: integer,
  page_size: integer,
}

export function courseAccountRoutes(api: Api): void {
  list(api, courseAccounts)
  detail(api, courseAccounts)
  create(api, courseAccounts, {
    summary: 'Create an account for a participant of a course',
    permission,
    lets: courseOf,
    body: courseAccountBody,
    run: createCourseAccount,
  })
  operation(
    api,
    { path: `${COURSES_PATH}create_bulk/`, id: `${courseAccounts.name}_create_bulk`, tag: courseAccounts.name },
    {
      summary: 'Create accounts for several participants: all of them, or none',
      permission,
      lets: courseOf,
      body: courseAccountsBody,
      // The contract repeats the list's parameters here, where they change nothing.
      query: LISTED,
      answer: { type: 'array', items: viewSchema(courseAccountView) },
      run: createCourseAccounts,
    },
  )
  destroy(api, courseAccounts, {
    summary: 'Close a course account: its user is deactivated',
    permission: managesCourses,
    run: deleteCourseAccount,
  })
}
