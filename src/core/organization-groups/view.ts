// Groups of organizations, such as a university's faculties; a group may lie in another.
import { absent, integer, nullable, text, url, uuid, type View } from '../../platform/http/view.ts'

export const organizationGroupView: View = {
  name: 'OrganizationGroup',
  from: 'organization_group og',
  alias: 'og',
  joins: { parent: 'left join organization_group parent on parent.id = og.parent_id' },
  fields: {
    uuid: uuid('og.uuid'),
    url: url('/api/organization-groups/{}/', 'og.uuid'),
    name: text('og.name'),
    parent_uuid: absent(uuid('parent.uuid')),
    parent_name: absent(text('parent.name')),
    parent: nullable(url('/api/organization-groups/{}/', 'parent.uuid')),
    customers_count: integer('(select count(*) from customer_organization_group cog where cog.organization_group_id = og.id)'),
  },
}
