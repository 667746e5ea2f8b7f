// What the engines refuse to serve: declarations whose SQL names what nothing brings.
import { describe, expect, it } from 'vitest'
import { type Collection, faultsOf } from '../../src/platform/http/collection.ts'
import { int } from '../../src/platform/http/columns.ts'
import { flag, textIs } from '../../src/platform/http/filters.ts'
import { references } from '../../src/platform/http/references.ts'
import { boolean, integer, list, text, type View } from '../../src/platform/http/view.ts'

const view: View = {
  name: 'Lamp',
  from: 'lamp l',
  alias: 'l',
  joins: {
    c: 'join customer c on c.id = l.customer_id',
    g: 'left join lateral (select max(x.id) as id from file x where x.id = c.id) g on true',
  },
  fields: {
    name: text('l.name'),
    owner: text('c.name'),
    others: integer('(select count(*) from lamp o where o.customer_id = c.id and o.id <> l.id)'),
    mine: boolean('l.customer_id = any(ctx.customer_ids)'),
    twins: list({ name: text('twin.name') }, 'from lamp twin where twin.id = l.id', 'twin.id'),
  },
}
const lamps: Collection<{ id: number }> = {
  path: '/api/lamps/',
  name: 'lamps',
  model: 'Lamp',
  view,
  visible: () => 'all',
  filters: { name: textIs('l.name'), owned: flag('c.id is not null') },
  orderings: { name: 'l.name' },
  defaultOrder: ['name'],
  subject: { id: int('l.id') },
}

describe('a declaration', () => {
  it('that names only its own aliases, its joins and the context is served', () => {
    expect(faultsOf(lamps)).toEqual([])
  })

  it.each([
    ['a field', { view: { ...view, fields: { ...view.fields, price: text('p.price') } } }, 'Lamp: price refers to p'],
    [
      'a field beside a subselect of that name',
      { view: { ...view, fields: { a: text('(select p.a from plan p) || p.b') } } },
      'Lamp: a refers to p',
    ],
    ['the context', { view: { ...view, fields: { a: boolean('ctx.is_king') } } }, 'Lamp: a refers to ctx.is_king'],
    ['a join', { view: { ...view, joins: { g: view.joins.g as string, c: view.joins.c as string } } }, 'Lamp: the join of g refers to c'],
    ['a filter', { filters: { owner: textIs('owner.name') } }, 'lamps: the filter owner refers to owner'],
    ['an order', { orderings: { owner: 'owner.name' } }, 'lamps: the order owner refers to owner'],
    ['the subject', { subject: { id: int('plan.id') } }, 'lamps: its subject refers to plan'],
  ])('whose mistake is in %s is not', (_what, wrong, fault) => {
    expect(faultsOf({ ...lamps, ...wrong })).toContain(fault)
  })

  it('is read as SQL is: words in texts and in names of tables are no references', () => {
    expect(references(`case when l.kind = 'a.b' then "order".state else extract(year from l.created)::text end`)).toEqual(['l'])
    expect(references(`(ctx.held -> 'ORDER.CANCEL' -> 'project') @> to_jsonb(l.project_id)`)).toEqual(['ctx.held', 'ORDER.CANCEL', 'l'])
  })
})
