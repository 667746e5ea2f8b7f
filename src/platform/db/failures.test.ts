// What callers are told of constraints that no module translates: by a rule, whichever constraint it is.
import { describe, expect, it } from 'vitest'
import { world } from '../../../tests/support/world.ts'
import { isRetryable, translate } from './failures.ts'

const w = world()

describe('a broken constraint that nobody translates', () => {
  it.each([
    ['23503', 'is still referenced from table "x".', 409],
    ['23503', 'Key (a)=(1) is not present in table "x".', 409],
    ['23001', '', 409],
    ['23505', '', 409],
    ['23P01', '', 409],
    ['23514', '', 400],
  ])('of kind %s (%s) is no failure', (code, detail, status) => {
    expect(translate({}, { code, detail, constraint: 'nobody_knows_it' })?.status).toBe(status)
  })

  it('is tried again when what a new row refers to is gone, and the module’s words for who removes are not used', () => {
    const error = { code: '23503', detail: 'Key (plan_id)=(1) is not present in table "plan".', constraint: 'resource_plan_id_fkey' }

    expect(isRetryable(error)).toBe(true)
    expect(translate(w.current.app.wiring.constraints, error)?.body).toEqual({
      detail: 'Something that the request refers to has just been removed.',
    })
  })

  it('whose parent vanishes between two statements is answered as if it had never been there', async () => {
    const { staff, project } = await w.current.cast()
    const someone = await w.current.user()
    const holder = await w.current.database.pool.connect()
    try {
      await holder.query('begin')
      await holder.query('delete from "user" where id = $1', [someone.id])
      const asked = w.current.as(staff).post(`/api/projects/${project.uuid}/add_user/`, { role: 'PROJECT.ADMIN', user: someone.uuid })
      await untilSomeoneWaits()
      await holder.query('commit')

      const { status, body } = await asked
      expect([status, body]).toEqual([400, { user: ['User is not found.'] }])
    } finally {
      holder.release(true)
    }
  })

  it('refuses who removes what is still referred to, whichever foreign key says so', async () => {
    const { rows } = await w.current.database.pool.query<{ name: string }>(
      `select conname as name from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and confdeltype = 'a'`,
    )
    const { constraints } = w.current.app.wiring

    expect(rows.length).toBeGreaterThan(20)
    for (const { name } of rows) {
      expect(translate(constraints, { code: '23503', detail: 'still referenced', constraint: name })?.status).toBe(409)
    }
  })
})

async function untilSomeoneWaits(): Promise<void> {
  for (let waiting = 0; waiting === 0; ) {
    const { rows } = await w.current.database.pool.query(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    waiting = rows[0].n
  }
}
