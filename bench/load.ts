// The data of the benchmarks: a marketplace with many customers and a given number of orders, made inside PostgreSQL from
// number series, so that a million orders take seconds and are the same in every run.
import pg from 'pg'

/** How large the world is beside its orders. */
export const WORLD = { customers: 200, projectsPerCustomer: 5, providers: 20, offeringsPerProvider: 5, users: 2000 }

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
    await db.query('set synchronous_commit = off')
    await db.query(`insert into "user" (username, first_name, last_name, email)
      select 'user' || n, 'First' || n, 'Last' || n, 'user' || n || '@example.com' from generate_series(1, ${users}) n`)
    await db.query(`insert into customer (name, slug, abbreviation, email)
      select 'Customer ' || n, 'customer-' || n, 'C' || n, 'c' || n || '@example.com' from generate_series(1, ${customers}) n`)
    await db.query(`insert into project (customer_id, name, slug, description)
      select 1 + (n - 1) / ${projectsPerCustomer}, 'Project ' || n, 'project-' || n, 'What project ' || n || ' is for'
      from generate_series(1, ${PROJECTS}) n`)
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
    await db.query(`insert into resource (project_id, offering_id, plan_id, name, slug, state, limits, attributes, cost, created)
      select ${spread('n', PROJECTS, 7919)}, ${spread('n', OFFERINGS, 104729)}, ${spread('n', OFFERINGS, 104729)},
        'resource ' || n, 'resource-' || n, 'OK', '{"cpu": 4}', jsonb_build_object('name', 'resource ' || n), 18, ${moment(orders)}
      from generate_series(1, ${orders}) n`)
    await db.query(`insert into "order" (project_id, offering_id, resource_id, plan_id, type, state, slug, attributes, limits, cost,
        created_by_id, consumer_reviewed_by_id, consumer_reviewed_at, provider_reviewed_by_id, provider_reviewed_at, completed_at, created)
      select r.project_id, r.offering_id, r.id, r.plan_id, 'Create',
        (array['done', 'done', 'done', 'done', 'done', 'executing', 'erred', 'canceled', 'pending-provider', 'pending-consumer'])[1 + r.id % 10],
        r.slug, r.attributes, r.limits, r.cost, 1 + r.id % ${users}, 1 + (r.id * 31) % ${users}, r.created, 1 + (r.id * 17) % ${users},
        r.created, case when r.id % 10 < 5 then r.created + interval '1 hour' end, r.created
      from resource r`)
    // The job's work, done at once.
    await db.query('select order_count_fold(), order_day_fold()')
    await db.query('vacuum analyze')
  } finally {
    await db.end()
  }
}

// Three years of orders, evenly.
const moment = (orders: number) => `timestamptz '2023-11-01 00:00:00.123456+00' + n * (interval '3 years' / ${orders})`
