// Accounts for the participants of a course, for as long as it lasts (service-providers.md §1.7).
import { sql } from 'kysely'
import { deactivateUser, projects } from '../../core/public.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import { findSubject, render } from '../../platform/http/collection.ts'
import { forbidden, invalid, refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, email, list, optional, type Parsed, text, uuid } from '../../platform/http/shapes.ts'
import type { Asked } from '../../platform/http/who.ts'
import { begun, transition } from '../../platform/states/transition.ts'
import type { Context } from '../../platform/wiring.ts'
import { noteChange } from '../keeper/tell.ts'
import { managesCourses } from '../policy.ts'
import { courseAccountStates } from '../states.ts'
import { nameAccount } from './kept.ts'
import type { CourseAccount } from './list.ts'
import { courseAccountView } from './view.ts'

const BULK_MAX = 300

const participant = {
  email: optional(email({ max: 320, blank: true })),
  description: optional(text({ max: 4096, blank: true })),
}
export const courseAccountBody = body('CourseAccountRequest', { project: uuid(), ...participant })
export const courseAccountsBody = body('CourseAccountsBulkCreateRequest', {
  project: uuid(),
  course_accounts: list(body('CourseAccountCreateNestedRequest', participant), { max: BULK_MAX }),
})
type Input = Parsed<typeof courseAccountBody>
type BulkInput = Parsed<typeof courseAccountsBody>
type Participant = Omit<Input, 'project'>

type Course = { id: number; name: string; end_date: string | null; customer_id: number }

const kindOf = async (tx: Tx, id: number): Promise<string | undefined> =>
  (await run(tx, sql<{ kind: string }>`select kind from project where id = ${id} for key share`))[0]?.kind

/** The course that the body names, as the caller sees it; 403 for who may not manage its accounts. */
export async function courseOf({ tx, actor, viewer, input }: Asked<undefined, { project: string }>): Promise<Course> {
  const found = await findSubject(tx, projects, viewer, input.project)
  if (!found || found.is_removed || (await kindOf(tx, found.id)) !== 'course') {
    throw invalid({ project: [`Object with uuid=${input.project} does not exist.`] })
  }
  if (!managesCourses(actor, { project_id: found.id, customer_id: found.customer_id })) throw forbidden()
  return found
}

function requireEnd({ name, end_date }: Course): void {
  if (end_date === null) throw refused(`Unable to create a course account for a course project ${name} without an end_date`)
}

/** Makes an account and, unless a system outside has to name it first, its user. */
async function make(context: Context, course: Course, { email = '', description = '' }: Participant): Promise<number> {
  const { tx, config } = context
  const { id } = await tx
    .insertInto('course_account')
    .values({ project_id: course.id, email, description, state: begun(courseAccountStates, 'OK') })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (config.ACCOUNTS_URL === '') await nameAccount(context, id, email)
  await noteChange(context, 'course-accounts', id)
  return id
}

export async function createCourseAccount(call: Call<undefined, Input>): Promise<number> {
  const course = await courseOf(call)
  requireEnd(course)
  return make(call, course, call.input)
}

/** Several at once: all of them, or none. */
export async function createCourseAccounts(call: Call<undefined, BulkInput>): Promise<object[]> {
  const { tx, viewer, input } = call
  // A text, no list of texts: so the field's server says it.
  if (input.course_accounts.length === 0) throw invalid({ course_accounts: 'This field cannot be empty.' })
  const course = await courseOf(call)
  requireEnd(course)
  const made: object[] = []
  for (const one of input.course_accounts) made.push(JSON.parse(await render(tx, courseAccountView, viewer, await make(call, course, one))))
  return made
}

/** Closes an account: nobody acts as its user any more. */
export async function closeCourseAccount(context: Context, account: CourseAccount): Promise<void> {
  await transition(context.tx, courseAccountStates, 'close', account.id, 'Closed', { error_message: '', error_traceback: '' })
  if (account.user_id !== null) await deactivateUser(context, account.user_id)
  await noteChange(context, 'course-accounts', account.id)
}

/** As asked for; what is closed already stays so, without a word. */
export async function deleteCourseAccount(call: Call<CourseAccount>): Promise<void> {
  if (call.row.state !== 'Closed') await closeCourseAccount(call, call.row)
}
