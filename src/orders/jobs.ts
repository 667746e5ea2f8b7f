// What happens to orders by the clock: those whose day has come go on.
import { type RawBuilder, sql } from 'kysely'
import { projectEvents } from '../core/public.ts'
import { run } from '../platform/db/database.ts'
import type { Attempt } from '../platform/jobs/attempt.ts'
import { type AnyJob, type Job, type JobDeps, reaction } from '../platform/wiring.ts'
import { type Approval, approveByClock } from './approve.ts'
import { notResumable } from './drivers.ts'
import { forEachOrder } from './due.ts'
import { endResources } from './end-of-life.ts'
import { EXECUTE_JOBS, sendToDriver } from './execute.ts'
import { interruptOrders } from './interrupt.ts'
import type { OrderSubject } from './list.ts'
import { NOTIFY_JOBS } from './notify.ts'
import { findOrder, holdOrder } from './queries.ts'
import type { OrderState } from './states.ts'
import { takeBackOrder } from './take-back.ts'

type Gate = {
  job: Pick<Job, 'name'>
  from: OrderState
  action: Approval
  /** Which orders in that state wait no longer. */
  condition: RawBuilder<unknown>
  /** Whether a locked order must wait on after all. */
  waits: (order: OrderSubject) => boolean
}

/** Lets the orders go on for which the gate is open now. An order that somebody moved meanwhile is left alone. */
const promote = (deps: JobDeps, attempt: Attempt, { job, from, action, condition, waits }: Gate): Promise<void> =>
  forEachOrder(deps, {
    job,
    attempt,
    condition: sql`o.state = ${from} and ${condition}`,
    work: async (context, id) => {
      const order = await holdOrder(context.tx, id, context.config.TIME_ZONE)
      if (order?.state === from && !waits(order)) await approveByClock(context, order, action)
    },
  })

const STARTED = sql`coalesce(p.start_date <= ctx.today, true)`

const started = {
  from: 'pending-project',
  action: 'project_started',
  waits: ({ project_pending }: OrderSubject) => project_pending,
} as const

/** A project's start date has come, or was taken away (T4): the review of the consumer is not asked again. */
const promoteStartedProjects: Job = {
  name: 'orders.promote-started-projects',
  cron: '*/10 * * * *',
  run: (deps, _, attempt) => promote(deps, attempt, { ...started, job: promoteStartedProjects, condition: STARTED }),
}

/** The same for one project, at once. */
const promoteProject: Job<{ project_id: number }> = {
  name: 'orders.promote-project',
  run: (deps, { project_id }, attempt) =>
    promote(deps, attempt, { ...started, job: promoteProject, condition: sql`o.project_id = ${project_id} and ${STARTED}` }),
}

/** A project was changed: when it has begun by that, or waits for no day any more, its orders need not wait for the clock (orders.md §2.5). */
export const goOnWithProject = reaction(projectEvents, ['project_update_succeeded'], async ({ tx, jobs }, { id }) => {
  const [waiting] = await run(tx, sql`select 1 from "order" where project_id = ${id} and state = ${started.from} limit 1`)
  if (waiting) await jobs.send(tx, promoteProject, { project_id: id })
})

/** The day that an order names has come (T5), or the site does not let orders name days any more. */
const promoteStartDates: Job = {
  name: 'orders.promote-start-dates',
  cron: '*/10 * * * *',
  run: (deps, _, attempt) =>
    promote(deps, attempt, {
      job: promoteStartDates,
      from: 'pending-start-date',
      action: 'start_date_reached',
      condition: sql`(coalesce(o.start_date <= ctx.today, true) or not ${deps.config.ENABLE_ORDER_START_DATE}::boolean)`,
      waits: ({ starts_later }) => deps.config.ENABLE_ORDER_START_DATE && starts_later,
    }),
}

const STUCK_AFTER = '15 minutes'

/** Orders that the server carries out by itself and that still are not ended are enqueued once more: their job got lost. */
const resumeStuckOrders: Job = {
  name: 'orders.resume-stuck',
  cron: '*/15 * * * *',
  run: (deps, _, attempt) =>
    forEachOrder(deps, {
      job: resumeStuckOrders,
      attempt,
      condition: sql`o.state = 'executing' and o.modified < now() - ${STUCK_AFTER}::interval
        and off.type <> all(${notResumable(deps.wiring)}::text[])`,
      work: async (context, id) => {
        const order = await findOrder(context.tx, id, context.config.TIME_ZONE)
        if (order) await sendToDriver(context, order)
      },
    }),
}

export const ORDER_JOBS: readonly AnyJob[] = [
  ...EXECUTE_JOBS,
  takeBackOrder,
  ...NOTIFY_JOBS,
  promoteStartedProjects,
  promoteProject,
  promoteStartDates,
  endResources,
  interruptOrders,
  resumeStuckOrders,
]
