// Word that a resource ends soon: to those who could end, renew or prolong it, some days before, once for each end date (orders.md §1.6,
// `resource_expiration_threshold`); and when the provider has set the day.
import { sql } from 'kysely'
import { run } from '../platform/db/database.ts'
import { contextFor, nobody } from '../platform/http/context.ts'
import { forEach } from '../platform/jobs/for-each.ts'
import { sendMail } from '../platform/mail.ts'
import { stateIn } from '../platform/states/sql.ts'
import type { Job, JobDeps } from '../platform/wiring.ts'
import { lockResource } from './changes.ts'
import type { ResourceState } from './states.ts'

const DAYS_BEFORE = 30
/** However early an offering wants it told: what ends later need not be looked through. */
const DAYS_AT_MOST = 366

// The setting is free JSON: what is no whole number of days counts as none.
const THRESHOLD = `case when off.plugin_options ->> 'resource_expiration_threshold' ~ '^[0-9]{1,4}$'
  then least((off.plugin_options ->> 'resource_expiration_threshold')::integer, ${DAYS_AT_MOST}) else ${DAYS_BEFORE} end`

const DUE = sql.raw(`r.end_date > ctx.today and r.end_date <= ctx.today + ${DAYS_AT_MOST} and r.end_date <= ctx.today + (${THRESHOLD})
  and ${stateIn<ResourceState>('r.state', ['OK', 'Erred', 'Updating'])}
  and not exists (select 1 from resource_end_notice told where told.resource_id = r.id and told.end_date = r.end_date)`)

async function endingSoon({ db, config }: JobDeps, after: number, limit: number): Promise<number[]> {
  const rows = await run(
    db,
    sql<{
      id: number
    }>`select r.id from ${contextFor(nobody(config.TIME_ZONE), ['ctx.today'])}resource r join offering off on off.id = r.offering_id
      where ${DUE} and r.id > ${after} order by r.id limit ${limit}::bigint`,
  )
  return rows.map(({ id }) => id)
}

/** Once a day: what ends within its offering's days before is told of, unless it was. */
const tellOfEnds: Job = {
  name: 'resources.tell-of-ends',
  cron: '23 5 * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: tellOfEnds.name,
      attempt,
      find: (after, limit) => endingSoon(deps, after, limit),
      work: async ({ tx, jobs }, id) => {
        const resource = await lockResource(tx, id)
        if (!resource?.end_date) return
        const told = await run(
          tx,
          sql`insert into resource_end_notice (resource_id, end_date) values (${id}, ${resource.end_date}::date)
            on conflict (resource_id) do update set end_date = excluded.end_date, created = now()
              where resource_end_notice.end_date <> excluded.end_date returning resource_id`,
        )
        if (told.length > 0) await jobs.send(tx, mailEnd, { resource_id: id, end_date: resource.end_date, by: 'clock' })
      },
    }),
}

type Ending = {
  uuid: string
  name: string
  offering_name: string
  project_name: string
  customer_name: string
  prepaid: boolean
  to: string[]
}

const WORDS = {
  clock: { subject: 'A resource ends soon', begins: 'A resource of yours ends soon, and is terminated on that day.' },
  provider: { subject: 'The provider ends a resource', begins: 'The provider has set the day on which a resource of yours ends.' },
} as const

/** To who may end it on the consumer's side: they are those who may prolong it. Nobody when the day has been moved meanwhile. */
export const mailEnd: Job<{ resource_id: number; end_date: string; by: keyof typeof WORDS }> = {
  name: 'resources.mail-end',
  run: async ({ db, config }, { resource_id, end_date, by }) => {
    const [found] = await run(
      db,
      sql<Ending>`select r.uuid, r.name, off.name as offering_name, p.name as project_name, c.name as customer_name,
          exists (select 1 from offering_component oc where oc.offering_id = off.id and oc.is_prepaid) as prepaid,
          array(select distinct u.email from live_grant g join role_permission rp on rp.role_id = g.role_id and rp.permission = 'RESOURCE.TERMINATE'
            join "user" u on u.id = g.user_id where u.is_active and u.notifications_enabled and u.email <> ''
              and ((g.scope_type = 'project' and g.scope_id = p.id) or (g.scope_type = 'customer' and g.scope_id = c.id)) order by u.email) as to
        from resource r join offering off on off.id = r.offering_id join project p on p.id = r.project_id join customer c on c.id = p.customer_id
        where r.id = ${resource_id} and r.end_date = ${end_date}::date and r.state <> 'Terminated'`,
    )
    if (!found) return
    const { subject, begins } = WORDS[by]
    const text = [
      begins,
      '',
      `${found.name || 'A resource without a name'} (${found.offering_name})`,
      `Project ${found.project_name} of ${found.customer_name}`,
      `Resource ${found.uuid}`,
      `Ends on ${end_date}`,
      ...(found.prepaid ? ['It was paid ahead: a renewal prolongs it.'] : []),
      '',
      `${config.PUBLIC_URL[0]}/`,
    ].join('\n')
    for (const to of found.to) await sendMail(config, { to, subject: `${subject} at ${config.SITE_NAME}`, text })
  },
}

export const RESOURCE_JOBS = [tellOfEnds, mailEnd]
