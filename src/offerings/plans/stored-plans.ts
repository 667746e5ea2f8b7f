// What must always hold of stored plans: a row for each component of the offering, and a unit price that is the sum of the
// fixed ones. Whoever makes a plan or a component, or changes what a component is, calls these in the same transaction.
import { sql } from 'kysely'
import { run, type Tx } from '../../platform/db/database.ts'

export type NewPlan = {
  name: string
  description?: string
  article_code?: string
  max_amount?: number | null
  archived?: boolean
  unit?: string
  backend_id?: string
}

/** Stores a plan with a component row for each of the offering's components, all without amount and price; gives its id. */
export async function insertPlan(tx: Tx, offeringId: number, plan: NewPlan): Promise<number> {
  const { id } = await tx
    .insertInto('plan')
    .values({ ...plan, offering_id: offeringId })
    .returning('id')
    .executeTakeFirstOrThrow()
  await completePlans(tx, offeringId)
  return id
}

/** Gives every plan of the offering the component rows that it lacks, without amount and price. */
export async function completePlans(tx: Tx, offeringId: number): Promise<void> {
  await run(
    tx,
    sql`insert into plan_component (plan_id, component_id)
      select plan.id, part.id from plan join offering_component part on part.offering_id = plan.offering_id
      where plan.offering_id = ${offeringId} on conflict (plan_id, component_id) do nothing`,
  )
}

/** Writes unit_price = Σ price × amount of the fixed components (orders.md §1.11) for all plans of the offering. */
export async function refreshUnitPrices(tx: Tx, offeringId: number): Promise<void> {
  await run(
    tx,
    sql`update plan set unit_price = total.price
      from (select p.id, coalesce(sum(pc.price * pc.amount) filter (where part.billing_type = 'fixed'), 0) as price
        from plan p left join plan_component pc on pc.plan_id = p.id left join offering_component part on part.id = pc.component_id
        where p.offering_id = ${offeringId} group by p.id) total
      where plan.id = total.id and plan.unit_price <> total.price`,
  )
}

/** Prices that were announced for the month that begins are those in force (orders.md §1.8). */
export async function takeUpFuturePrices(tx: Tx): Promise<void> {
  const changed = await run(
    tx,
    sql<{ offering_id: number }>`with changed as (
        update plan_component set price = future_price, future_price = null where future_price is not null returning plan_id)
      select distinct plan.offering_id from changed join plan on plan.id = changed.plan_id order by 1`,
  )
  for (const { offering_id } of changed) await refreshUnitPrices(tx, offering_id)
}
