// Accounts end with their course: when its project is removed, or the day after its last.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { projectEvents } from '../../core/public.ts'
import type { Executor } from '../../platform/db/database.ts'
import { selectRows } from '../../platform/http/collection.ts'
import { nobody } from '../../platform/http/context.ts'
import { forEach } from '../../platform/jobs/for-each.ts'
import { type Context, type Job, reaction } from '../../platform/wiring.ts'
import { closeCourseAccount } from './commands.ts'
import { COURSE_ACCOUNT, type CourseAccount } from './list.ts'
import { courseAccountView } from './view.ts'

const accountsWhere = (db: Executor, zone: string, where: RawBuilder<SqlBool>, after = sql``): Promise<CourseAccount[]> =>
  selectRows(db, courseAccountView, COURSE_ACCOUNT, nobody(zone), sql`account.state <> 'Closed' and ${where}`, {
    uses: ['p', 'ctx.today'],
    after,
  })

async function close(context: Context, where: RawBuilder<SqlBool>): Promise<void> {
  const found = await accountsWhere(context.tx, context.config.TIME_ZONE, where, sql`order by account.id for update of account`)
  for (const account of found) await closeCourseAccount(context, account)
}

export const closeWithProject = reaction(projectEvents, ['project_deletion_succeeded'], (context, { id }) =>
  close(context, sql<boolean>`account.project_id = ${id}`),
)

// A course that is over keeps nobody for days of grace, as its resources may.
const OVER = sql<boolean>`(p.is_removed or p.end_date < ctx.today)`

/** Once an hour, so that each zone's midnight is met soon. */
export const closeCourses: Job = {
  name: 'accounts.close-courses',
  cron: '33 * * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: closeCourses.name,
      attempt,
      find: async (after, limit) => {
        const first = sql`order by account.id limit ${limit}::bigint`
        const due = await accountsWhere(deps.db, deps.config.TIME_ZONE, sql<boolean>`account.id > ${after} and ${OVER}`, first)
        return due.map(({ id }) => id)
      },
      work: (context, id) => close(context, sql<boolean>`account.id = ${id} and ${OVER}`),
    }),
}
