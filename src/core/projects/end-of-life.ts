// Projects end after their last day: what is in them is ended by the modules that keep it, then the empty project is removed
// (platform.md §11.2, §19).
import { sql } from 'kysely'
import { selectRows } from '../../platform/http/collection.ts'
import { int } from '../../platform/http/columns.ts'
import { nobody } from '../../platform/http/context.ts'
import { references } from '../../platform/http/references.ts'
import { forEach } from '../../platform/jobs/for-each.ts'
import type { Job } from '../../platform/wiring.ts'
import { PROJECT } from './list.ts'
import { removeProject } from './removal.ts'
import { projectView } from './view.ts'

/** Over p, c and ctx: the project's last day, which still belongs to it, and its days of grace have passed. */
export const PROJECT_OVER = '(ctx.today - p.end_date) > coalesce(p.grace_period_days, c.grace_period_days, 0)'

const OVER_AND_EMPTY = sql.raw(`not p.is_removed and ${PROJECT_OVER}
  and not exists (select 1 from resource r where r.project_id = p.id and r.state <> 'Terminated')`)
const USES = references(PROJECT_OVER)

/** Once an hour, so that each zone's midnight is met soon, and so that a project goes soon after the last of what was in it. */
export const endProjects: Job = {
  name: 'projects.end',
  cron: '27 * * * *',
  run: (deps, _, attempt) => {
    const viewer = nobody(deps.config.TIME_ZONE)
    return forEach(deps, {
      job: endProjects.name,
      attempt,
      find: async (after, limit) => {
        const where = sql<boolean>`p.id > ${after} and ${OVER_AND_EMPTY}`
        const first = sql`order by p.id limit ${limit}::bigint`
        return (await selectRows(deps.db, projectView, { id: int('p.id') }, viewer, where, { uses: USES, after: first })).map(
          ({ id }) => id,
        )
      },
      work: async (context, id) => {
        const where = sql<boolean>`p.id = ${id} and ${OVER_AND_EMPTY}`
        const [project] = await selectRows(context.tx, projectView, PROJECT, viewer, where, { uses: USES, after: sql`for update of p` })
        if (project) await removeProject(context, project)
      },
    })
  },
}
