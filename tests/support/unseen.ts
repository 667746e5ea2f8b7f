// Things that come to a world where most of its people do not see them: whatever they are answered must stay what it was.
import { sql } from 'kysely'
import { run } from '../../src/platform/db/database.ts'
import type { WholeWorld } from './whole-world.ts'

/** Who sees nothing of it. */
export const UNAWARE = ['anonymous', 'outsider', 'projectManager', 'providerManager'] as const

/** An organization of its own that sells and buys, a resource kept from the project's people, and other texts in every guarded column. */
export async function addUnseen({ people, things, ...w }: WholeWorld): Promise<void> {
  const seller = await w.customer({ name: 'Aaa unseen', abbreviation: 'AAA' })
  const project = await w.project(seller, { name: 'Aaa unseen' })
  const owner = await w.user({ username: 'aaa-unseen', is_support: false })
  await w.grant(owner, 'CUSTOMER.OWNER', seller)
  await w.grant(things.helper, 'PROJECT.MANAGER', project)
  for (const values of [{ state: 'Draft' }, { shared: false }, { state: 'Archived' }]) {
    for (const category of [things.category, things.emptyCategory]) {
      const offering = await w.offering(seller, { ...values, category_id: category.id })
      const component = await w.component(offering, { billing_type: 'usage' })
      const plan = await w.plan(offering, { max_amount: 3 })
      await w.planComponent(plan, component, { price: '9' })
      await w.grant(things.helper, 'OFFERING.MANAGER', offering)
      for (const [place, restrict_member_access] of [
        [project, false],
        [people.project, true],
      ] as const) {
        const resource = await w.resource(offering, place, { plan_id: plan.id, restrict_member_access, effective_id: 'aaa-unseen' })
        const month = '2025-06-01'
        await w.insert('component_usage', {
          resource_id: resource.id,
          component_id: component.id,
          billing_period: month,
          date: month,
          usage: '1',
        })
        if (place !== project) continue
        await w.insert('order', {
          project_id: place.id,
          offering_id: offering.id,
          resource_id: resource.id,
          plan_id: plan.id,
          type: 'Create',
          state: 'pending-provider',
          created_by_id: owner.id,
        })
      }
    }
  }
  await hideMore(w)
}

/** Everything that only staff is shown says something else; those who ask have no civil numbers, and may see their own. */
async function hideMore({ db }: Pick<WholeWorld, 'db'>): Promise<void> {
  const texts: readonly [table: string, set: string][] = [
    [
      '"user"',
      `description = 'zz' || (id * 7919 % 101), civil_number = case when civil_number is not null then 'zz' || (id * 7919 % 101) end`,
    ],
    ['project', `staff_notes = 'zz' || id`],
    ['resource', `error_traceback = 'zz' || id`],
    ['"order"', `error_traceback = 'zz' || id`],
  ]
  await db.transaction().execute(async (tx) => {
    // Triggers would write when it was changed.
    await run(tx, sql`set local session_replication_role = replica`)
    for (const [table, set] of texts) await run(tx, sql`update ${sql.raw(table)} set ${sql.raw(set)}`)
  })
}
