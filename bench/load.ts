// The data of the benchmarks: a marketplace with many customers and a given number of orders, made inside PostgreSQL from
// number series, so that a million orders take seconds and are the same in every run.
import pg from 'pg'

/** How large the world is beside its orders. */
export const WORLD = { customers: 200, projectsPerCustomer: 5, providers: 20, offeringsPerProvider: 5, users: 100_000 }

const { customers, projectsPerCustomer, providers, offeringsPerProvider, users } = WORLD
const PROJECTS = customers * projectsPerCustomer
const OFFERINGS = providers * offeringsPerProvider

// A step that visits every value of a series of `size` in an order of its own: neighbours in time are not neighbours in space.
const spread = (series: string, size: number, step: number) => `(1 + (${series}::bigint * ${step}) % ${size})`

/** Fills an empty, migrated database; keys of every table begin at 1. */
export async function loadOrders(url: string, orders: number): Promise<void> {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    // What is loaded refers to what was loaded before it, and is counted at the end.
    await db.query('set synchronous_commit = off; set session_replication_role = replica')
    await loadPeople(db)
    await loadCatalogue(db)
    await loadBought(db, orders)
    await loadSeldom(db)
    await db.query('select recount(name) from kept_count')
    await db.query('vacuum analyze')
  } finally {
    await db.end()
  }
}

/** Organizations, their projects, and people: each a member of a project, and some who run an organization. */
async function loadPeople(db: pg.Client): Promise<void> {
  await db.query(`insert into "user" (username, first_name, last_name, email, organization, job_title)
    select 'user' || n, 'First' || n, 'Last' || n, 'user' || n || '@example.com', 'University ' || n % 100, 'Job ' || n % 1000
    from generate_series(1, ${users}) n`)
  await db.query(`insert into customer (name, slug, abbreviation, email)
    select 'Customer ' || n, 'customer-' || n, 'C' || n, 'c' || n || '@example.com' from generate_series(1, ${customers}) n`)
  await db.query(`insert into project (customer_id, name, slug, description, backend_id)
    select 1 + (n - 1) / ${projectsPerCustomer}, 'Project ' || n, 'project-' || n, 'What project ' || n || ' is for', 'p-' || n
    from generate_series(1, ${PROJECTS}) n`)
  await db.query(`insert into role_grant (user_id, role_id, scope_type, scope_id)
    select n, role.id, 'project', 1 + n % ${PROJECTS} from generate_series(1, ${users}) n join role on role.name = 'PROJECT.MEMBER'`)
  await db.query(`insert into role_grant (user_id, role_id, scope_type, scope_id)
    select n, role.id, 'customer', 1 + n % ${customers} from generate_series(1, ${customers * 3}) n join role on role.name = 'CUSTOMER.OWNER'`)
  await db.query(`insert into ssh_key (user_id, name, public_key, key_type, fingerprint_md5, fingerprint_sha256, fingerprint_sha512)
    select n, 'key', 'ssh-ed25519 ' || n, 'ssh-ed25519', md5(n::text), md5(n::text), md5(n::text) from generate_series(1, ${users}, 2) n`)
}

async function loadCatalogue(db: pg.Client): Promise<void> {
  await db.query(`insert into service_provider (customer_id, api_secret_code) select n, 'x' from generate_series(1, ${providers}) n`)
  await db.query(`insert into category (title) select 'Category ' || n from generate_series(1, 10) n`)
  await db.query(`insert into offering (customer_id, category_id, name, slug, description, type, state, plugin_options)
    select 1 + (n - 1) / ${offeringsPerProvider}, 1 + n % 10, 'Offering ' || n, 'offering-' || n, 'What offering ' || n || ' gives',
      case when n % 2 = 0 then 'Marketplace.Basic' else 'Marketplace.Slurm' end, 'Active', '{"auto_approve_in_service_provider_projects": true}'
    from generate_series(1, ${OFFERINGS}) n`)
  await db.query(`insert into offering_component (offering_id, type, name, billing_type, limit_period)
    select n, 'cpu', 'CPU', 'limit', 'month' from generate_series(1, ${OFFERINGS}) n`)
  await db.query(
    `insert into plan (offering_id, name, unit, unit_price) select n, 'Plan ' || n, 'month', 10 from generate_series(1, ${OFFERINGS}) n`,
  )
  await db.query(`insert into plan_component (plan_id, component_id, price) select n, n, 2 from generate_series(1, ${OFFERINGS}) n`)
  await db.query(`insert into role_grant (user_id, role_id, scope_type, scope_id)
    select n, role.id, 'offering', n from generate_series(1, ${OFFERINGS}) n join role on role.name = 'OFFERING.MANAGER'`)
}

/** A resource and the order that made it, as often as asked. */
async function loadBought(db: pg.Client, orders: number): Promise<void> {
  await db.query(`insert into resource (project_id, offering_id, plan_id, name, slug, state, limits, attributes, cost, created, backend_id, end_date)
    select ${spread('n', PROJECTS, 7919)}, ${spread('n', OFFERINGS, 104729)}, ${spread('n', OFFERINGS, 104729)},
      'resource ' || n, 'resource-' || n, case when n % 100 < 10 then 'Terminated' when n % 100 = 10 then 'Erred' else 'OK' end, '{"cpu": 4}',
      jsonb_build_object('name', 'resource ' || n), 18, ${moment(orders)}, 'job-' || n, case when n % 1000 = 0 then date '2027-01-01' end
    from generate_series(1, ${orders}) n`)
  await db.query(`insert into "order" (project_id, offering_id, resource_id, plan_id, type, state, slug, attributes, limits, cost,
      created_by_id, consumer_reviewed_by_id, consumer_reviewed_at, provider_reviewed_by_id, provider_reviewed_at, completed_at, created)
    select r.project_id, r.offering_id, r.id, r.plan_id, 'Create',
      (array['done', 'done', 'done', 'done', 'done', 'executing', 'erred', 'canceled', 'pending-provider', 'pending-consumer'])[1 + r.id % 10],
      r.slug, r.attributes, r.limits, r.cost + r.id % 1000, 1 + r.id % ${users}, 1 + (r.id * 31) % ${users}, r.created,
      1 + (r.id * 17) % ${users}, r.created, case when r.id % 10 < 5 then r.created + interval '1 hour' end, r.created
    from resource r`)
}

/** One of each kind that few others have to do with, for filters that match little: three resources of the organization "seldom". */
export async function loadSeldom(db: pg.Client): Promise<void> {
  const columns = (table: string) => `(select max(id) from ${table})`
  await db.query(`insert into "user" (username, first_name, last_name, email, organization, job_title, native_name, phone_number)
    values ('seldom', 'Seldom', 'Seen', 'seldom@example.org', 'seldom', 'seldom', 'seldom', 'seldom')`)
  await db.query(
    `insert into customer (name, slug, abbreviation, native_name, email) values ('seldom', 'seldom', 'seldom', 'seldom', 's@example.org')`,
  )
  await db.query(`insert into project (customer_id, name, slug, description, backend_id)
    values (${columns('customer')}, 'seldom', 'seldom', 'seldom', 'seldom')`)
  await db.query(`insert into service_provider (customer_id, api_secret_code) values (${columns('customer')}, 'x')`)
  await db.query(`insert into category (title) values ('seldom')`)
  await db.query(`insert into offering (customer_id, category_id, name, slug, description, type, state)
    values (${columns('customer')}, ${columns('category')}, 'seldom', 'seldom', 'seldom', 'Marketplace.Basic', 'Active')`)
  await db.query(`insert into plan (offering_id, name, unit, unit_price) values (${columns('offering')}, 'seldom', 'month', 10)`)
  await db.query(`insert into role_grant (user_id, role_id, scope_type, scope_id)
    select ${columns('"user"')}, role.id, 'offering', ${columns('offering')} from role where role.name = 'OFFERING.MANAGER'`)
  await db.query(`insert into resource (project_id, offering_id, plan_id, name, slug, state, backend_id)
    select ${columns('project')}, ${columns('offering')}, ${columns('plan')}, 'seldom', 'seldom', 'Updating', 'seldom' from generate_series(1, 3)`)
  await db.query(`insert into "order" (project_id, offering_id, resource_id, plan_id, type, state, slug, attributes, cost, created_by_id)
    select r.project_id, r.offering_id, r.id, r.plan_id, 'Update', 'rejected', 'seldom', '{"name": "seldom"}', 1, ${columns('"user"')}
    from resource r where r.name = 'seldom'`)
}

// Three years of orders, evenly.
const moment = (orders: number) => `timestamptz '2023-11-01 00:00:00.123456+00' + n * (interval '3 years' / ${orders})`
