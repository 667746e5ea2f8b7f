// What an order looks like: the block of what was bought and the order's own fields (orders.md §3.1). The fields stand in
// resources, for a resource shows its running order the same way.
import { json, nullable, url, type View } from '../platform/http/view.ts'
import { boughtFields, boughtJoins, orderAliases, orderFields, orderJoins } from '../resources/public.ts'

const aliases = { ...orderAliases('o'), plan: 'plan' }

export const orderView: View = {
  name: 'OrderDetails',
  from: '"order" o',
  alias: 'o',
  joins: {
    ...boughtJoins('o', 'plan'),
    r: 'join resource r on r.id = o.resource_id',
    ...orderJoins(aliases),
  },
  fields: { ...boughtFields('plan'), ...orderFields(aliases) },
}

/** The answer to a new order: the whole representation, and the links that only this answer has (orders.md §3.2, §8). */
export const createdOrderView: View = {
  ...orderView,
  name: 'OrderCreated',
  fields: {
    ...orderView.fields,
    // Whoever has just sent them is shown all of them (orders.md §6 scenario 50).
    attributes: json('o.attributes'),
    created_by: url('/api/users/{}/', `${aliases.creator}.uuid`),
    project: url('/api/projects/{}/', 'p.uuid'),
    // A link here, a name everywhere else: so it is in the answers of the field.
    consumer_reviewed_by: nullable(url('/api/users/{}/', `${aliases.consumer}.uuid`)),
  },
}

/** What PUT and PATCH answer. */
export const orderUpdateView: View = {
  ...orderView,
  name: 'OrderUpdate',
  fields: Object.fromEntries(['limits', 'attributes', 'start_date'].map((name) => [name, orderView.fields[name]])) as View['fields'],
}

/** The answer to an uploaded attachment. */
export const attachmentView: View = {
  ...orderView,
  name: 'OrderAttachment',
  fields: { attachment: orderView.fields.attachment } as View['fields'],
}
