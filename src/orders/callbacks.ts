// Whoever ordered may name an address that is told of every state of the order (orders.md §2.9), and read what became of it.
import { sql } from 'kysely'
import type { Config } from '../platform/config.ts'
import { deliver } from '../platform/deliveries/deliver.ts'
import { deliverySecret } from '../platform/deliveries/signature.ts'
import { type Api, list, read } from '../platform/http/api.ts'
import type { Collection } from '../platform/http/collection.ts'
import { invalid } from '../platform/http/errors.ts'
import { choiceIs } from '../platform/http/filters.ts'
import { datetime, json, oneOf, text, uuid, type View } from '../platform/http/view.ts'
import { faultOfUrl } from '../platform/outgoing.ts'
import type { Context } from '../platform/wiring.ts'
import { ORDER_STATES } from '../resources/public.ts'
import { type OrderSubject, orders } from './list.ts'
import type { OrderState } from './states.ts'

type Called = { id: number; uuid: string; callback_url: string | null; created_by_id: number }

/** Tells the order's address, if it has one, of the state that it is in now. */
export async function callBack(by: Pick<Context, 'tx' | 'jobs'>, order: Called, state: OrderState): Promise<void> {
  if (!order.callback_url) return
  await deliver(by, {
    url: order.callback_url,
    body: { order_uuid: order.uuid, state },
    user_id: order.created_by_id,
    scope: ['order', order.id],
  })
}

/** 400 for an address that cannot be told. */
export function requireCallback(config: Config, url: string | null | undefined): void {
  const fault = url ? faultOfUrl(config, url) : undefined
  if (fault) throw invalid({ callback_url: [fault] })
}

const ATTEMPTS = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      at: { type: 'string', format: 'date-time' },
      ms: { type: 'integer' },
      status: { type: 'integer' },
      error: { type: 'string' },
    },
    required: ['at', 'ms'],
  },
}
const STATES = ['waiting', 'delivered', 'failed'] as const

const callbackView: View = {
  name: 'OrderCallback',
  from: 'delivery d',
  alias: 'd',
  joins: {},
  fields: {
    uuid: uuid('d.uuid'),
    created: datetime('d.created'),
    url: text('d.url'),
    state: oneOf(STATES, 'd.state'),
    order_state: oneOf(ORDER_STATES, "(d.body::jsonb ->> 'state')"),
    attempts: json('d.attempts', ATTEMPTS),
  },
}

const callbacks: Collection = {
  path: `${orders.path}{uuid}/callbacks/`,
  name: 'marketplace_orders_callbacks',
  model: 'OrderCallback',
  view: callbackView,
  // Who may read them is decided by the order.
  visible: () => 'all',
  filters: { state: choiceIs(STATES, 'd.state') },
  orderings: { created: 'd.created' },
  defaultOrder: ['created'],
}

const SECRET = {
  type: 'object',
  properties: { callback_secret: { type: 'string' } },
  required: ['callback_secret'],
}

/** Beside the contract: what was told to an order's address, and the secret with which that is signed. */
export function callbackRoutes(api: Api): void {
  list(api, callbacks, {
    summary: "What was told to the order's callback address",
    under: {
      of: orders,
      permission: (actor, row: OrderSubject) => actor.is_staff || actor.id === row.created_by_id,
      where: ({ id }: OrderSubject) => sql`d.scope_type = 'order' and d.scope_id = ${id}`,
    },
  })
  read(api, {
    path: `${orders.path}callback_secret/`,
    id: 'marketplace_orders_callback_secret',
    tag: orders.name,
    summary: "The secret with which callbacks of the caller's orders are signed",
    permission: 'anyone with a token',
    answer: SECRET,
    run: async ({ config, viewer }) => ({ callback_secret: deliverySecret(config.SECRET_KEY, viewer.actor?.uuid ?? '') }),
  })
}
