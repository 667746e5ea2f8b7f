// What follows for robot accounts when people and resources go.
import { sql } from 'kysely'
import { roleEvents } from '../../core/public.ts'
import { run } from '../../platform/db/database.ts'
import { selectRows } from '../../platform/http/collection.ts'
import { nobody } from '../../platform/http/context.ts'
import { stateIn } from '../../platform/states/sql.ts'
import { reaction } from '../../platform/wiring.ts'
import { resourceEvents } from '../../resources/events.ts'
import { moveRobot } from './commands.ts'
import { robotAccounts } from './list.ts'
import { robotStates } from './states.ts'

/** Who belongs neither to the project nor to its organization any more is no user of their robots either. */
export const forgetFormerUsers = reaction(roleEvents, ['role_revoked'], async ({ tx }, { user_id, scope_type, scope_id }) => {
  if (scope_type !== 'project' && scope_type !== 'customer') return
  const inside = scope_type === 'project' ? sql`p.id = ${scope_id}` : sql`p.customer_id = ${scope_id}`
  const left = sql`select ra.id from robot_account ra join resource r on r.id = ra.resource_id join project p on p.id = r.project_id
    where ${inside} and not exists (select from live_grant g where g.user_id = ${user_id}
      and ((g.scope_type = 'project' and g.scope_id = p.id) or (g.scope_type = 'customer' and g.scope_id = p.customer_id)))`
  await run(tx, sql`delete from robot_account_user where user_id = ${user_id} and robot_account_id in (${left})`)
  await run(tx, sql`update robot_account set responsible_user_id = null where responsible_user_id = ${user_id} and id in (${left})`)
})

const STANDING = stateIn('ra.state', robotStates.actions.resource_ended.from)

/** With its resource an account has nothing to be for: the provider is asked to remove it. */
export const endWithResource = reaction(resourceEvents, ['marketplace_resource_terminate_succeeded'], async (context, resource) => {
  const { tx, config } = context
  const where = sql<boolean>`ra.resource_id = ${resource.resource_id} and ${sql.raw(STANDING)} and ra.backend_id is null`
  const after = sql`order by ra.id for update of ra`
  const { view, subject } = robotAccounts
  if (!subject) return
  for (const robot of await selectRows(tx, view, subject, nobody(config.TIME_ZONE), where, { after })) {
    await moveRobot(context, robot, 'resource_ended', 'Requested deletion')
  }
})
