// URLs of offerings and plans in bodies: what orders name. They are found in whatever state the offering is, so that the
// caller is told that it cannot be ordered, and not that it does not exist.
import { sql } from 'kysely'
import { run } from '../../platform/db/database.ts'
import type { LinkContext } from '../../platform/http/operation.ts'
import { link } from '../../platform/http/shapes.ts'
import { isOpenPlan } from '../plans/open-plans.ts'
import { meantFor } from './policy.ts'
import { PUBLIC_OFFERINGS_PATH, PUBLIC_PLAN_PATH, SOLD_BY } from './view.ts'

/** What an order needs of an offering to decide. Uuids come with dashes. */
export type LinkedOffering = {
  id: number
  uuid: string
  name: string
  type: string
  state: string
  shared: boolean
  billable: boolean
  customer_id: number
  project_id: number | null
  /** The offering whose plans it is sold by: itself, or the one it belongs to. */
  sold_by_id: number
}

/** The URL of an offering in the catalogue. */
export const offeringLink = link<LinkedOffering>({
  path: `${PUBLIC_OFFERINGS_PATH}{uuid}/`,
  find: async (uuid, context) => {
    const { tx, viewer } = context as LinkContext
    const [found] = await run(
      tx,
      sql<LinkedOffering>`select offering.id, offering.uuid, offering.name, offering.type, offering.state, offering.shared, offering.billable,
          offering.customer_id, offering.project_id, coalesce(offering.parent_id, offering.id) as sold_by_id
        from offering where offering.uuid = ${uuid}::uuid and ${meantFor(viewer.actor)}`,
    )
    return found
  },
})

/** What an order needs of a plan to decide. */
export type LinkedPlan = {
  id: number
  uuid: string
  name: string
  archived: boolean
  unit: string
  /** Decimal text of ten places. */
  unit_price: string
  max_amount: number | null
  /** The offering that owns the plan: compare it with `sold_by_id` of the offering that is ordered. */
  offering_id: number
}

/** The URL of a plan under an offering that is sold by it; both must be open to the caller. */
export const planLink = link<LinkedPlan>({
  path: PUBLIC_PLAN_PATH,
  find: async (uuid, context, keys) => {
    const { tx, viewer } = context as LinkContext
    const [found] = await run(
      tx,
      sql<LinkedPlan>`select plan.id, plan.uuid, plan.name, plan.archived, plan.unit, plan.unit_price, plan.max_amount, plan.offering_id
        from plan join offering on ${sql.raw(SOLD_BY)}
        where plan.uuid = ${uuid}::uuid and offering.uuid = ${keys[0] ?? uuid}::uuid and ${meantFor(viewer.actor)} and ${isOpenPlan(viewer.actor)}`,
    )
    return found
  },
})
