// /api/customers/: organizations, their people and roles.
import { type Api, action, create, destroy, detail, list, route, update } from '../../platform/http/api.ts'
import { roleGrantRoutes } from '../roles/grants.routes.ts'
import { staffOnly } from '../roles/policy.ts'
import { createCustomer, deleteCustomer, updateContact, updateCustomer, updateOrganizationGroups } from './commands.ts'
import { COUNTRIES } from './countries.ts'
import { type Customer, customers } from './list.ts'
import { customerIsOpen, mayListUsers, mayUpdateContact, mayUpdateCustomer } from './policy.ts'
import { contactBody, customerBody, organizationGroupsBody } from './schema.ts'
import { customerUsers, peopleOf } from './users.ts'
import { customerView } from './view.ts'

export function customerRoutes(api: Api): void {
  countryRoutes(api)
  list(api, customers)
  detail(api, customers)
  create(api, customers, { summary: 'Create an organization', before: staffOnly, body: customerBody, run: createCustomer })
  update(api, customers, {
    summary: 'Change an organization',
    permission: mayUpdateCustomer,
    body: customerBody,
    run: updateCustomer,
  })
  destroy(api, customers, {
    summary: 'Delete an organization without projects',
    permission: (actor) => actor.is_staff,
    run: deleteCustomer,
  })
  action(api, customers, 'contact', {
    summary: 'Change how an organization is reached',
    permission: mayUpdateContact,
    checks: [customerIsOpen],
    body: contactBody,
    answer: customerView,
    run: updateContact,
  })
  action(api, customers, 'update_organization_groups', {
    summary: 'Say to which groups an organization belongs',
    permission: (actor) => actor.is_staff,
    body: organizationGroupsBody,
    run: updateOrganizationGroups,
  })
  roleGrantRoutes(api, {
    collection: customers,
    type: 'customer',
    permissions: { add: 'CUSTOMER.CREATE_PERMISSION', update: 'CUSTOMER.UPDATE_PERMISSION', delete: 'CUSTOMER.DELETE_PERMISSION' },
    sources: ({ id }) => [['customer', id]],
  })
  peopleRoutes(api)
}

function peopleRoutes(api: Api): void {
  list(api, customerUsers, {
    summary: 'List the people of an organization',
    under: { of: customers, permission: mayListUsers, where: (row: Customer) => peopleOf(row.id) },
  })
}

/** The countries that an organization may be in: not paged, yet counted for those who ask with HEAD. */
function countryRoutes(api: Api): void {
  const path = '/api/customers/countries/'
  const item = { type: 'object', properties: { label: { type: 'string' }, value: { type: 'string' } }, required: ['label', 'value'] }
  // Clients send what they send to the list of organizations; none of it concerns countries.
  const ignored = Object.entries(customers.filters).map(([name, { schema, many }]) => [name, { schema, many }] as const)
  const text = { schema: { type: 'string' } }
  const number = { schema: { type: 'integer' } }
  const query = { ...Object.fromEntries(ignored), o: text, page: number, page_size: number }
  const facts = { path, tag: 'customers', summary: 'List countries', who: 'anyone with a token', query, status: 200 }
  const headers = { 'X-Result-Count': String(COUNTRIES.length) }
  route(
    api,
    'GET',
    { ...facts, id: 'customers_countries_list', answer: { schema: { type: 'array', items: item } } },
    async (_request, reply) => reply.headers(headers).type('application/json').send(JSON.stringify(COUNTRIES)),
  )
  route(api, 'HEAD', { ...facts, id: 'customers_countries_count' }, async (_request, reply) =>
    reply.headers(headers).type('application/json').send(),
  )
}
