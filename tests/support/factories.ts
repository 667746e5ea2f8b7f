// The smallest true world's parts: factories that make a thing with its parents by rows, and the addresses of things.
import { newToken, seal, tokenDigest } from '../../src/platform/auth/token.ts'
import type { Config } from '../../src/platform/config.ts'
import type { Db } from '../../src/platform/db/database.ts'

export type Person = { id: number; uuid: string; username: string; token: string }
export type Row = { id: number; uuid: string }

let counter = 0
const unique = (word: string) => `${word}-${++counter}`
const hex = (uuid: string) => uuid.replaceAll('-', '')

type Values = { [column: string]: unknown }

/** Absolute URLs of objects, as clients send them. */
export const urls = {
  customer: (row: Row) => `http://testserver/api/customers/${hex(row.uuid)}/`,
  project: (row: Row) => `http://testserver/api/projects/${hex(row.uuid)}/`,
  user: (row: Row) => `http://testserver/api/users/${hex(row.uuid)}/`,
  category: (row: Row) => `http://testserver/api/marketplace-categories/${hex(row.uuid)}/`,
  offering: (row: Row) => `http://testserver/api/marketplace-public-offerings/${hex(row.uuid)}/`,
  providerOffering: (row: Row) => `http://testserver/api/marketplace-provider-offerings/${hex(row.uuid)}/`,
  plan: (offering: Row, plan: Row) => `http://testserver/api/marketplace-public-offerings/${hex(offering.uuid)}/plans/${hex(plan.uuid)}/`,
  resource: (row: Row) => `http://testserver/api/marketplace-resources/${hex(row.uuid)}/`,
  serviceProvider: (row: Row) => `http://testserver/api/marketplace-service-providers/${hex(row.uuid)}/`,
}

export type Factories = ReturnType<typeof factories>

/** What makes rows in a database of a server with that configuration. */
export function factories(db: Db, config: Config) {
  // A row with the columns given; column names are the tests' own.
  const insert = async (table: string, values: Values): Promise<Row> => {
    const row = await db
      .insertInto(table as 'customer')
      .values(values as never)
      .returning(['id', 'uuid'])
      .executeTakeFirstOrThrow()
    return { id: row.id, uuid: hex(row.uuid) }
  }

  const user = async (values: Values = {}): Promise<Person> => {
    const username = String(values.username ?? unique('user'))
    const row = await insert('user', { username, first_name: 'Some', last_name: username, email: `${username}@example.com`, ...values })
    const token = newToken()
    await db
      .insertInto('user_token')
      .values({ user_id: row.id, digest: tokenDigest(token), sealed: seal(config.SECRET_KEY, token) })
      .execute()
    return { ...row, username, token }
  }

  /** Gives a role on a scope: `grant(ann, 'PROJECT.MANAGER', project)`. */
  const grant = async (person: Person, role: string, scope: Row, values: Values = {}): Promise<Row> => {
    const found = await db.selectFrom('role').select(['id', 'scope_type']).where('name', '=', role).executeTakeFirstOrThrow()
    return insert('role_grant', { user_id: person.id, role_id: found.id, scope_type: found.scope_type, scope_id: scope.id, ...values })
  }

  const customer = (values: Values = {}) => insert('customer', { name: unique('Customer'), ...values })
  const project = async (owner?: Row, values: Values = {}) =>
    insert('project', { name: unique('Project'), customer_id: (owner ?? (await customer())).id, ...values })
  const serviceProvider = async (owner?: Row, values: Values = {}) =>
    insert('service_provider', {
      customer_id: (owner ?? (await customer())).id,
      api_secret_code: seal(config.SECRET_KEY, 'secret'),
      ...values,
    })
  const category = (values: Values = {}) => insert('category', { title: unique('Category'), ...values })
  /** An active, shared, billable offering of type Marketplace.Basic unless said otherwise. */
  const offering = async (owner?: Row, values: Values = {}) =>
    insert('offering', {
      name: unique('Offering'),
      customer_id: (owner ?? (await customer())).id,
      category_id: values.category_id ?? (await category()).id,
      type: 'Marketplace.Basic',
      state: 'Active',
      ...values,
    })
  const component = (of: Row, values: Values = {}) =>
    insert('offering_component', {
      offering_id: of.id,
      type: unique('cpu'),
      name: 'CPU',
      billing_type: 'limit',
      limit_period: 'month',
      ...values,
    })
  const plan = (of: Row, values: Values = {}) => insert('plan', { offering_id: of.id, name: unique('Plan'), ...values })
  const planComponent = async (of: Row, part: Row, values: Values = {}) => {
    await db
      .insertInto('plan_component')
      .values({ plan_id: of.id, component_id: part.id, ...values } as never)
      .execute()
  }
  const resource = async (of: Row, inside: Row, values: Values = {}) =>
    insert('resource', { offering_id: of.id, project_id: inside.id, name: unique('resource'), state: 'OK', ...values })

  return {
    insert,
    user,
    grant,
    customer,
    project,
    serviceProvider,
    category,
    offering,
    component,
    plan,
    planComponent,
    resource,
    ...cast(),
  }

  /**
   * The cast of orders.md §6, made afresh: provider P with owner and manager, consumer C with owner, project with manager,
   * admin and member, an outsider, staff and support; `offeringManager` holds nothing until a test grants an offering.
   */
  function cast() {
    return {
      cast: async () => {
        const [provider, consumer] = [await customer({ name: unique('Provider') }), await customer({ name: unique('Consumer') })]
        const sp = await serviceProvider(provider)
        const prj = await project(consumer)
        const people = {
          staff: await user({ is_staff: true }),
          support: await user({ is_support: true }),
          customerOwner: await user(),
          projectManager: await user(),
          projectAdmin: await user(),
          projectMember: await user(),
          providerOwner: await user(),
          providerManager: await user(),
          offeringManager: await user(),
          outsider: await user(),
        }
        await grant(people.customerOwner, 'CUSTOMER.OWNER', consumer)
        await grant(people.projectManager, 'PROJECT.MANAGER', prj)
        await grant(people.projectAdmin, 'PROJECT.ADMIN', prj)
        await grant(people.projectMember, 'PROJECT.MEMBER', prj)
        await grant(people.providerOwner, 'CUSTOMER.OWNER', provider)
        await grant(people.providerManager, 'CUSTOMER.MANAGER', sp)
        return { ...people, provider, consumer, serviceProvider: sp, project: prj }
      },
    }
  }
}
