// Consents to versions that are past end with the grace period of the terms that ask for them again.
import { sql } from 'kysely'
import { run } from '../../platform/db/database.ts'
import { selectRows } from '../../platform/http/collection.ts'
import { nobody } from '../../platform/http/context.ts'
import { forEach } from '../../platform/jobs/for-each.ts'
import type { Job } from '../../platform/wiring.ts'
import { endConsent } from './commands.ts'
import { CONSENT } from './list.ts'
import { IS_OUTDATED } from './standing.ts'
import { consentView } from './view.ts'

export const revokeOutdatedConsents: Job = {
  name: 'revoke-outdated-consents',
  cron: '17 * * * *',
  run: (deps, _, attempt) =>
    forEach(deps, {
      job: 'revoke-outdated-consents',
      attempt,
      find: async (after, limit) => {
        const due = await run(
          deps.db,
          sql<{ id: number }>`select consent.id from user_offering_consent consent where consent.id > ${after} and ${sql.raw(IS_OUTDATED)}
            order by consent.id limit ${limit}`,
        )
        return due.map(({ id }) => id)
      },
      work: async (context, id) => {
        await run(context.tx, sql`select 1 from user_offering_consent where id = ${id} for update`)
        const where = sql<boolean>`consent.id = ${id} and ${sql.raw(IS_OUTDATED)}`
        const [consent] = await selectRows(context.tx, consentView, CONSENT, nobody(deps.config.TIME_ZONE), where)
        if (consent) await endConsent(context, consent)
      },
    }),
}
