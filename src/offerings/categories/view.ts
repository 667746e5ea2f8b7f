// A category of the catalogue: what its offerings say about themselves and how they are shown in lists.
import { boolean, type Field, fileUrl, integer, json, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'
import { stateIn } from '../../platform/states/sql.ts'
import { ATTRIBUTE_TYPES } from '../attributes.ts'
import { LISTED_OFFERING_STATES, type OfferingState } from '../states.ts'

export const WIDGETS = ['csv', 'filesize', 'attached_instance'] as const

const string = { type: 'string' }
const object = (properties: { [name: string]: unknown }) => ({ type: 'array', items: { type: 'object', properties } })

const sections = object({
  key: string,
  title: string,
  is_standalone: { type: 'boolean' },
  attributes: object({
    key: string,
    title: string,
    type: { type: 'string', enum: [...ATTRIBUTE_TYPES] },
    options: object({ key: string, title: string }),
    required: { type: 'boolean' },
    default: {},
  }),
})

const columns = object({
  uuid: { type: 'string', format: 'uuid' },
  index: { type: 'integer' },
  title: string,
  attribute: string,
  widget: { type: ['string', 'null'], enum: [...WIDGETS, '', null] },
})

const stored = (column: string, schema: { [key: string]: unknown }): Field => json(`category.${column}`, schema)

// What the caller could order: the shared ones, those he has a hand in, and for staff and support all.
const ORDERABLE = `(offered.shared or ctx.reads_all or offered.customer_id = any(ctx.customer_ids) or offered.customer_id = any(ctx.provided_ids)
  or offered.project_id = any(ctx.project_ids) or offered.id = any(ctx.offering_ids))`
const counted = (states: readonly OfferingState[]): Field =>
  integer(
    `(select count(*) from offering offered where offered.category_id = category.id and ${stateIn('offered.state', states)} and ${ORDERABLE})`,
  )

export const categoryView: View = {
  name: 'MarketplaceCategory',
  from: 'category',
  alias: 'category',
  joins: {
    icon: 'left join file icon on icon.id = category.icon_id',
    category_group: 'left join category_group on category_group.id = category.group_id',
  },
  fields: {
    url: url('/api/marketplace-categories/{}/', 'category.uuid'),
    uuid: uuid('category.uuid'),
    title: text('category.title'),
    description: text('category.description'),
    icon: nullable(fileUrl('icon.uuid')),
    default_vm_category: boolean('category.default_vm_category'),
    default_volume_category: boolean('category.default_volume_category'),
    default_tenant_category: boolean('category.default_tenant_category'),
    offering_count: counted(LISTED_OFFERING_STATES),
    available_offerings_count: counted(['Active']),
    sections: stored('sections', sections),
    columns: stored('columns', columns),
    components: stored('components', object({ type: string, name: string, description: string, measured_unit: string })),
    articles: stored('articles', object({ title: { type: ['string', 'null'] }, url: { type: 'string', format: 'uri' } })),
    group: nullable(url('/api/marketplace-category-groups/{}/', 'category_group.uuid')),
  },
}
