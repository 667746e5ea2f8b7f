// What a change would come to, without making it.
import { sql } from 'kysely'
import { withoutEffects } from '../effects.ts'
import { run, type Tx } from './database.ts'

/** Runs `work`, gives what it gives, and undoes everything that it did; its refusals are those of the real thing. */
export async function tried<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await run(tx, sql`savepoint tried`)
  try {
    return await withoutEffects(work)
  } finally {
    await run(tx, sql`rollback to savepoint tried`)
  }
}
