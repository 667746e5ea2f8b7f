// How every order is made, a customer's own and those that change a resource: what must hold, the row, the review that may
// be skipped, the events (orders.md §3.2 step 4).
import { sql } from 'kysely'
import { answersTo } from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { run, type Tx } from '../platform/db/database.ts'
import type { Translations } from '../platform/db/failures.ts'
import { recordEvents } from '../platform/events/record.ts'
import { refused } from '../platform/http/errors.ts'
import { begun } from '../platform/states/transition.ts'
import type { Context } from '../platform/wiring.ts'
import type { OfferingFacts, OrderKind, ProjectFacts } from '../resources/public.ts'
import type { AskedOrder } from './asked.ts'
import { callBack } from './callbacks.ts'
import { driverOf } from './drivers.ts'
import { changeEvent, orderEvent } from './events.ts'
import { begin } from './execute.ts'
import { mailState } from './notify.ts'
import {
  needsConsumerReview,
  needsProviderReview,
  organizationOpen,
  projectNotExpired,
  type Standing,
  standingOf,
  takesOrders,
} from './policy.ts'
import { afterConsumer, type OrderState, orderStates } from './states.ts'

/** Organizations, project and offering must be in a state for orders of the kind; the first rule broken answers. */
export function requireOrderable(type: OrderKind, offering: OfferingFacts, project: ProjectFacts): void {
  organizationOpen(project)
  if (offering.offering_state === 'Unavailable') throw refused('Offering is not available.')
  // What is to go may go at any time: a consumer must not be held by a project that is over or an offering that is gone.
  if (type === 'Terminate') return
  projectNotExpired(project)
  if (!takesOrders(type, offering.offering_state)) throw refused('Offering is not available.')
}

/** The offering must be open to the organization: by its groups, or, when it is not shared, by being its own. */
export function requireOffered(offering: OfferingFacts, project: ProjectFacts, inGroups: boolean, isStaff: boolean): void {
  if (offering.shared) {
    if (!inGroups && !isStaff) throw refused('This offering is not available for ordering due to the org group limitation.')
    return
  }
  if (isForeign(offering, project)) throw notAllowedIn(offering.offering_name, project)
}

/** Private, and neither of the project's organization nor kept for the project. */
export const isForeign = (offering: OfferingFacts, project: ProjectFacts): boolean =>
  !offering.shared && offering.provider_id !== project.customer_id && offering.offering_project_id !== project.project_id

export const notAllowedIn = (offering: string, { customer_name }: ProjectFacts) =>
  refused(`Offering "${offering}" is not allowed in organization "${customer_name}".`)

/** One order at a time changes a resource; the unique index of the table says the same to those who race. */
export const pendingOrderExists = () => refused('Pending order for resource already exists.')

export const orderConstraints: Translations = { order_in_progress_key: pendingOrderExists }

/** The one who asks. */
export const inOwnName = (actor: Actor, asked: Pick<AskedOrder, 'offering' | 'project'>): Creator => ({
  id: actor.id,
  standing: standingOf(actor, { ...asked.offering, ...asked.project }),
})

/** In whose name an order is made, and what that one may approve. */
export type Creator = { id: number; standing: Standing }

/** Makes the order, if its driver sees that it can be had, and takes it as far as its creator's word goes. */
export async function placeOrder(
  context: Context,
  asked: AskedOrder,
  creator: Creator,
): Promise<{ id: number; uuid: string; state: OrderState }> {
  const { tx, config } = context
  const { type, offering, project, resource } = asked
  await driverOf(context.wiring, offering.offering_type)?.check?.(context, asked)
  const reviewed = !needsConsumerReview(
    { ...offering, ...project, type, has_attachment: asked.attachment_id !== undefined },
    creator.standing,
  )
  const startsLater = config.ENABLE_ORDER_START_DATE && Boolean(asked.start_date && asked.start_date > project.today)
  const route = () =>
    afterConsumer({
      project_pending: project.project_pending,
      needsProviderReview: needsProviderReview(offering),
      start_pending: startsLater,
    })
  const state: OrderState = reviewed ? route() : 'pending-consumer'

  const order = await insertOrder(tx, creator.id, asked, state, reviewed)
  const told = {
    ...offering,
    ...project,
    ...order,
    type,
    subtype: asked.subtype ?? null,
    resource_id: resource.id,
    resource_uuid: resource.uuid,
    resource_name: resource.name,
    state,
    callback_url: asked.callback_url ?? null,
    created_by_id: creator.id,
  }
  await callBack(context, told, state)
  await recordEvents(context, [
    orderEvent('marketplace_order_created', told),
    changeEvent('requested', told),
    ...(state === 'executing' ? [orderEvent('marketplace_order_approved', told)] : []),
  ])
  if (state === 'executing') await begin(context, told)
  await mailState(context, order, state)
  return { ...order, state }
}

/** The order's row and the first lines of its history, in one statement. */
async function insertOrder(
  tx: Tx,
  creator: number,
  asked: AskedOrder,
  state: OrderState,
  reviewed: boolean,
): Promise<{ id: number; uuid: string }> {
  const { offering, project, money } = asked
  const stem = [project.customer_slug.slice(0, 15), offering.offering_slug.slice(0, 15), project.today.replaceAll('-', '')]
  const [row] = await run(
    tx,
    sql<{ id: number; uuid: string }>`
      with fresh as (select nextval(pg_get_serial_sequence('"order"', 'id')) as id),
      made as (
        insert into "order" (id, slug, project_id, offering_id, resource_id, plan_id, old_plan_id, type, subtype, new_options, force_destroy,
          extension_months, new_end_date, attachment_id, answers, state, attributes, limits,
          cost, old_cost_estimate, fixed_price, activation_price, callback_url, request_comment, start_date, created_by_id,
          consumer_reviewed_by_id, consumer_reviewed_at)
        overriding system value
        select fresh.id, coalesce(${asked.slug ?? null}::text, ${stem.filter((part) => part !== '').join('-')}::text || '-' || fresh.id),
          ${project.project_id}, ${offering.offering_id}, ${asked.resource.id}, ${asked.plan_id}::bigint, ${asked.old_plan_id ?? null}::bigint,
          ${asked.type}, ${asked.subtype ?? null}::text, ${asked.new_options ? JSON.stringify(asked.new_options) : null}::jsonb,
          ${asked.type === 'Terminate' && asked.attributes.action === 'force_destroy'}::boolean,
          ${asked.extension_months ?? null}::integer, ${asked.new_end_date ?? null}::date, ${asked.attachment_id ?? null}::bigint,
          ${JSON.stringify(asked.type === 'Create' ? answersTo(offering.options, asked.attributes) : {})}::jsonb, ${begun(orderStates, state)}, ${JSON.stringify(asked.attributes)}::jsonb, ${JSON.stringify(asked.limits)}::jsonb,
          ${money.cost}::numeric, ${money.old_cost_estimate}::numeric, ${money.fixed_price}::numeric, ${money.activation_price}::numeric,
          ${asked.callback_url ?? null}::text, ${asked.request_comment ?? null}::text, ${asked.start_date ?? null}::date, ${creator},
          case when ${reviewed}::boolean then ${creator}::bigint end, case when ${reviewed}::boolean then now() end
        from fresh returning id, uuid),
      history as (
        insert into order_transition (order_id, action, from_state, to_state, user_id)
        select fresh.id, step.action, step.from_state, step.to_state, ${creator}
        from fresh cross join (values (1, 'create', null, 'pending-consumer'), (2, 'approve_by_consumer', 'pending-consumer', ${state}::text))
          step (n, action, from_state, to_state)
        where step.n = 1 or ${reviewed}::boolean order by step.n)
      select id, uuid from made`,
  )
  if (!row) throw new Error('No order was made')
  return row
}
