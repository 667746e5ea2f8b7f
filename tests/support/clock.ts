// A world whose time a test sets: what `now()` is in its statements, and the time of day in the process.
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, vi } from 'vitest'
import { MODULES } from '../../src/modules.ts'
import { type Db, run } from '../../src/platform/db/database.ts'
import type { World } from './world.ts'
import { world } from './world.ts'

/** Statements name `now()` without a schema, so that one that stands before pg_catalog is what they mean. */
const CLOCK = `
  create schema clock;
  create table clock.shift (by interval not null);
  insert into clock.shift values ('0');
  create function clock.now() returns timestamptz language sql stable as 'select pg_catalog.now() + by from clock.shift';`

/** Gives a database the clock, before anybody connects to it. */
export async function giveClock(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(CLOCK)
    await client.query(`alter database ${new URL(url).pathname.slice(1)} set search_path = clock, pg_catalog, public`)
  } finally {
    await client.end()
  }
}

/** As `world`; tokens live for ever, or they would end while time is set forward. */
export function clockedWorld(settings: { [name: string]: string } = {}): { current: World; at: (moment: string) => Promise<void> } {
  const holder = world({ TOKEN_LIFETIME_SECONDS: '0', ...settings }, [], MODULES, giveClock)
  afterEach(() => {
    vi.useRealTimers()
  })
  return {
    get current() {
      return holder.current
    },
    /** From now on it is that moment, and time goes on from it. */
    at: (moment) => setClock(holder.current.db, moment),
  }
}

/** Sets the clock; without a moment to what it is. */
export async function setClock(db: Db, moment?: string): Promise<void> {
  await run(db, sql`update clock.shift set by = coalesce(${moment ?? null}::timestamptz - clock_timestamp(), '0')`)
  if (moment === undefined) vi.useRealTimers()
  else vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) })
}
