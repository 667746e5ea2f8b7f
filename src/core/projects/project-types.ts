// Kinds of projects that a site may define. Nothing defines any yet; a link to one is looked up like any other.
import type { Collection } from '../../platform/http/collection.ts'
import { textContains, textIs } from '../../platform/http/filters.ts'
import { text, url, uuid } from '../../platform/http/view.ts'

export const projectTypes: Collection<{ id: number }> = {
  path: '/api/project-types/',
  name: 'project_types',
  model: 'ProjectType',
  view: {
    name: 'ProjectType',
    from: 'project_type pt',
    alias: 'pt',
    joins: {},
    fields: {
      uuid: uuid('pt.uuid'),
      url: url('/api/project-types/{}/', 'pt.uuid'),
      name: text('pt.name'),
      description: text('pt.description'),
    },
  },
  visible: () => 'all',
  filters: { name: textContains('pt.name'), name_exact: textIs('pt.name') },
  orderings: {},
  defaultOrder: [],
}
