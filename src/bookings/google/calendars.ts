// What is asked for an offering's calendar, and the job that does it. A failure is shown at once, and tried again where it may pass
// (booking.md §8.2, §8.3).
import { sql } from 'kysely'
import { offeringEvents } from '../../offerings/events.ts'
import { unseal } from '../../platform/auth/token.ts'
import { type Db, run, type Tx } from '../../platform/db/database.ts'
import { refused } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { TryAgain } from '../../platform/jobs/attempt.ts'
import { forEach } from '../../platform/jobs/for-each.ts'
import { stateIn } from '../../platform/states/sql.ts'
import { begun, transition } from '../../platform/states/transition.ts'
import { type AnyJob, type Context, inTransaction, type Job, type JobDeps, reaction } from '../../platform/wiring.ts'
import { type Account, GoogleRefused, openAccount } from './client.ts'
import type { BookingOffering } from './list.ts'
import { type CalendarState, calendarStates } from './states.ts'
import { type Calendar, ensureCalendar, syncCalendar } from './sync.ts'

type Wish = 'sync' | 'share' | 'unshare'
type Row = { id: number; state: CalendarState; public: boolean; backend_id: string | null }

/** Nothing is being done to it. */
const IDLE = sql.raw(stateIn('state', calendarStates.actions.schedule.from))

const NO_CREDENTIALS = 'Google credentials do not exist.'

const credentialOf = async (db: Db | Tx, offeringId: number): Promise<Buffer | undefined> =>
  (
    await run(
      db,
      sql<{
        sealed: Buffer
      }>`select gc.refresh_token as sealed from google_credential gc join service_provider sp on sp.id = gc.service_provider_id
        join offering on offering.customer_id = sp.customer_id where offering.id = ${offeringId}`,
    )
  )[0]?.sealed

const calendarOf = async (tx: Tx, offeringId: number): Promise<Row | undefined> =>
  (await run(tx, sql<Row>`select id, state, public, backend_id from google_calendar where offering_id = ${offeringId} for update`))[0]

/** Checked in the order in which their refusals must come. */
function requireWish(calendar: Row | undefined, wish: Wish): void {
  if (calendar && !calendarStates.actions.schedule.from.includes(calendar.state)) throw refused('The calendar cannot be updated.')
  if (wish === 'share' && calendar?.public) throw refused('The calendar is public already.')
  if (wish === 'unshare' && calendar && !calendar.public) throw refused('The calendar is private already.')
  if (wish === 'unshare' && !calendar?.backend_id) throw refused('The calendar does not exist.')
}

/** Has it done once the transaction is committed. */
export const wished =
  (wish: Wish) =>
  async (call: Call<BookingOffering>): Promise<void> => {
    const { tx, row } = call
    if (!(await credentialOf(tx, row.id))) throw refused(NO_CREDENTIALS)
    // Of two who ask at once for the first time one makes the row, and the other waits for it.
    const [made] =
      wish === 'unshare'
        ? []
        : await run(
            tx,
            sql`insert into google_calendar (offering_id, state) values (${row.id}, ${begun(calendarStates, 'Creation Scheduled')})
              on conflict (offering_id) do nothing returning id`,
          )
    const calendar = await calendarOf(tx, row.id)
    if (!made) requireWish(calendar, wish)
    if (!calendar) return
    if (!made) await transition(tx, calendarStates, 'schedule', calendar.id, 'Update Scheduled')
    await call.jobs.send(tx, workAtCalendar, { calendar_id: calendar.id, wish })
  }

const work: { readonly [W in Wish]: (deps: JobDeps, account: Account, row: Calendar) => Promise<void> } = {
  sync: syncCalendar,
  share: async (deps, account, row) => {
    const { id } = await ensureCalendar(deps, account, row)
    await account.share(id)
    await run(deps.db, sql`update google_calendar set public = true where id = ${row.id}`)
  },
  unshare: async (deps, account, row) => {
    const { id } = await ensureCalendar(deps, account, { ...row, public: false })
    await account.unshare(id)
    await run(deps.db, sql`update google_calendar set public = false where id = ${row.id}`)
  },
}

const readCalendar = async (db: Db, id: number): Promise<Calendar | undefined> =>
  (
    await run(
      db,
      sql<Calendar>`select c.id, c.offering_id, o.name as offering_name, c.backend_id, c.public, o.latitude::text as latitude, o.longitude::text as longitude
        from google_calendar c join offering o on o.id = c.offering_id where c.id = ${id}`,
    )
  )[0]

/** Does what was wished at Google. One at a time for each calendar. */
const workAtCalendar: Job<{ calendar_id: number; wish: Wish }> = {
  name: 'bookings.google-calendar',
  retryLimit: 6,
  key: ({ calendar_id }) => String(calendar_id),
  run: async (deps, { calendar_id, wish }) => {
    const { db, config } = deps
    const row = await readCalendar(db, calendar_id)
    if (!row) return
    const step = (action: 'start' | 'succeed' | 'fail', to: CalendarState, stamps = {}) =>
      inTransaction(deps, ({ tx }) => transition(tx, calendarStates, action, calendar_id, to, stamps))
    await step('start', row.backend_id === null ? 'Creating' : 'Updating')
    try {
      const sealed = await credentialOf(db, row.offering_id)
      if (!sealed) throw new GoogleRefused(401, NO_CREDENTIALS)
      await work[wish](deps, await openAccount(config, unseal(config.SECRET_KEY, sealed)), row)
    } catch (error) {
      await step('fail', 'Erred', { error_message: error instanceof Error ? error.message : String(error) })
      if (error instanceof TryAgain) throw error
      // What Google will not do is shown, and is no failure of the server's.
      if (error instanceof GoogleRefused) return
      throw error
    }
    await step('succeed', 'OK', { error_message: '', ...(wish === 'sync' ? { synced_at: sql`now()` } : {}) })
  },
}

/** Has the calendar of an offering follow, if it has one that was made. */
export async function followInCalendar({ tx, jobs }: Pick<Context, 'tx' | 'jobs'>, offeringId: number): Promise<void> {
  const [calendar] = await run(
    tx,
    sql<{
      id: number
    }>`select id from google_calendar where offering_id = ${offeringId} and backend_id is not null and ${IDLE}`,
  )
  if (calendar) await jobs.send(tx, workAtCalendar, { calendar_id: calendar.id, wish: 'sync' })
}

/** What an offering is called, its calendar is called too. */
export const renameCalendar = reaction(offeringEvents, ['marketplace_offering_updated'], (context, { id }) => followInCalendar(context, id))

/** What others write into calendars is read now and then. */
const syncCalendars: Job = {
  name: 'bookings.sync-google-calendars',
  cron: '*/20 * * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: syncCalendars.name,
      attempt,
      find: async (after, limit) =>
        (
          await run(
            deps.db,
            sql<{ id: number }>`select id from google_calendar where id > ${after} and backend_id is not null and ${IDLE}
              and coalesce(synced_at, 'epoch') < now() - interval '15 minutes' and modified < now() - interval '5 minutes'
              order by id limit ${limit}::bigint`,
          )
        ).map(({ id }) => id),
      work: ({ tx, jobs }, id) => jobs.send(tx, workAtCalendar, { calendar_id: id, wish: 'sync' }),
    }),
}

export const CALENDAR_JOBS: readonly AnyJob[] = [workAtCalendar, syncCalendars]
