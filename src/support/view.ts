// What a request looks like: the order that it is for, what is wanted, what was said.
import { absent, datetime, json, list, nullable, oneOf, text, url, uuid, type View } from '../platform/http/view.ts'
import { integers, ORDER_TYPES, shownAttributes } from '../resources/public.ts'
import { REQUEST_STATES } from './states.ts'

/** What people call a request by; `alias` is its row. */
const keyOf = (alias: string) => `('REQ-' || ${alias}.id)`

export const supportRequestView: View = {
  name: 'SupportRequest',
  from: 'support_request sr',
  alias: 'sr',
  joins: {
    o: 'join "order" o on o.id = sr.order_id',
    off: 'join offering off on off.id = o.offering_id',
    r: 'join resource r on r.id = o.resource_id',
    p: 'join project p on p.id = o.project_id',
    c: 'join customer c on c.id = p.customer_id',
    creator: 'join "user" creator on creator.id = o.created_by_id',
    answerer: 'left join "user" answerer on answerer.id = sr.answered_by_id',
  },
  fields: {
    uuid: uuid('sr.uuid'),
    url: url('/api/marketplace-support-requests/{}/', 'sr.uuid'),
    key: text(keyOf('sr')),
    created: datetime('sr.created'),
    modified: datetime('sr.modified'),
    state: oneOf(REQUEST_STATES, 'sr.state'),
    answer: text('sr.answer'),
    answered_at: nullable(datetime('sr.answered_at')),
    // Nobody where the order ended by other means.
    answered_by_uuid: absent(uuid('answerer.uuid')),
    answered_by_full_name: absent(text('answerer.full_name')),
    order: url('/api/marketplace-orders/{}/', 'o.uuid'),
    order_uuid: uuid('o.uuid'),
    order_type: oneOf(ORDER_TYPES, 'o.type'),
    attributes: json(shownAttributes('o')),
    limits: json('o.limits', integers),
    request_comment: nullable(text('o.request_comment')),
    created_by_full_name: text('creator.full_name'),
    resource_uuid: uuid('r.uuid'),
    resource_name: text('r.name'),
    offering_uuid: uuid('off.uuid'),
    offering_name: text('off.name'),
    project_uuid: uuid('p.uuid'),
    project_name: text('p.name'),
    customer_uuid: uuid('c.uuid'),
    customer_name: text('c.name'),
    comments: list(
      {
        uuid: uuid('said.uuid'),
        created: datetime('said.created'),
        text: text('said.text'),
        author_full_name: absent(text('author.full_name')),
      },
      'from support_comment said left join "user" author on author.id = said.user_id where said.request_id = sr.id',
      'said.created, said.id',
    ),
  },
}
