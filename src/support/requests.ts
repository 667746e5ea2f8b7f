// Requests as orders bring and end them, and what the helpdesk is told. Called in the transaction of what happens to the order.
import { sql } from 'kysely'
import { orderEvents } from '../orders/events.ts'
import type { Driver } from '../orders/public.ts'
import { run } from '../platform/db/database.ts'
import { deliver } from '../platform/deliveries/deliver.ts'
import { begun, transition } from '../platform/states/transition.ts'
import { type Context, reaction } from '../platform/wiring.ts'
import { type RequestAction, requestStates } from './states.ts'

const SUPPORT = 'Support.OfferingTemplate'

type Told = {
  id: number
  uuid: string
  key: string
  state: string
  order_uuid: string
  order_type: string
  resource_name: string
  offering_name: string
}

/**
 * Tells the operator's helpdesk, if there is one, what happened to a request; it answers by the API. Signed with the secret of the
 * user in whose name it answers, who reads it at /api/marketplace-orders/callback_secret/.
 */
export async function tellHelpdesk(by: Context, event: string, requestId: number, more: { comment?: string } = {}): Promise<void> {
  const { HELPDESK_URL, HELPDESK_USERNAME, PUBLIC_URL } = by.config
  if (HELPDESK_URL === '') return
  const [told] = await run(
    by.tx,
    sql<
      Told & { user_id: number }
    >`select sr.id, wire_uuid(sr.uuid) as uuid, 'REQ-' || sr.id as key, sr.state, wire_uuid(o.uuid) as order_uuid,
        o.type as order_type, r.name as resource_name, off.name as offering_name, u.id as user_id
      from support_request sr join "order" o on o.id = sr.order_id join resource r on r.id = o.resource_id
        join offering off on off.id = o.offering_id join "user" u on u.username = ${HELPDESK_USERNAME} and u.is_active
      where sr.id = ${requestId}`,
  )
  // No such user: `tradepost doctor` says so. The request stands in the list all the same.
  if (!told) return
  const { id, user_id, ...body } = told
  const url = `${PUBLIC_URL[0]}/api/marketplace-support-requests/${told.uuid}/`
  await deliver(by, { url: HELPDESK_URL, body: { event, url, ...body, ...more }, user_id, scope: ['support_request', id] })
}

/** Ends an open request. */
export async function endRequest(by: Context, action: RequestAction, id: number, answer = ''): Promise<void> {
  const to = { resolve: 'resolved', refuse: 'refused', close: 'closed' } as const
  await transition(by.tx, requestStates, action, id, to[action], { answer, answered_at: sql`now()`, answered_by_id: by.actor?.id ?? null })
  await tellHelpdesk(by, to[action], id)
}

/** An order ended otherwise than by an answer: nobody needs to look at its request any more. */
export const closeWithOrder = reaction(
  orderEvents,
  ['marketplace_order_completed', 'marketplace_order_failed', 'marketplace_order_terminated'],
  async (by, order) => {
    if (order.offering_type !== SUPPORT) return
    const [open] = await run(by.tx, sql<{ id: number }>`select id from support_request where order_id = ${order.id} and state = 'open'`)
    if (open) await endRequest(by, 'close', open.id)
  },
)

/** Orders of support offerings are carried out by people: who answers the request ends the order. */
export const supportDriver: Driver = {
  begin: async (by, order) => {
    const [made] = await run(
      by.tx,
      sql<{ id: number }>`insert into support_request (order_id, state) values (${order.id}, ${begun(requestStates, 'open')}) returning id`,
    )
    if (made) await tellHelpdesk(by, 'opened', made.id)
  },
  resumable: false,
}

export const SUPPORT_DRIVERS = { [SUPPORT]: supportDriver }
