// The least a server can do for the same answer: bare node:http, one named statement, JSON text built by PostgreSQL.
// No token, no visibility decided, no count. What the product is measured against (docs/decisions and bench/README.md).
import { createServer } from 'node:http'
import pg from 'pg'
import { orderView } from '../src/orders/view.ts'
import type { Actor } from '../src/platform/auth/actor.ts'
import { selectFields } from '../src/platform/http/view.ts'

const [url, port, customerId] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c timezone=UTC -c jit=off' })

const staff = { is_staff: true, is_support: false, grants: [] } as unknown as Actor
const nobody = { ...staff, is_staff: false }
const context = `(select 'http://127.0.0.1:${port}'::text as base, null::bigint as actor_id, false as is_staff, false as reads_all, current_date as today) ctx`

const page = (actor: Actor, ids: string) => {
  const { row, joins } = selectFields(orderView, actor, [])
  return `select coalesce('[' || string_agg(${row}, ',' order by o.created, o.id) || ']', '[]') as body
    from ${context} cross join (${ids}) cut join "order" o on o.id = cut.id ${joins}`
}

const ownIds = `select o.id from "order" o where o.project_id = any(array(select id from project where customer_id = ${Number(customerId)}))
  order by o.created, o.id limit 10`

const statements: { [path: string]: string } = {
  '/staff': page(staff, 'select o.id from "order" o order by o.created, o.id limit 10'),
  '/owner': page(nobody, ownIds),
  '/one': (() => {
    const { row, joins } = selectFields(orderView, staff, [])
    return `select ${row} as body from ${context} cross join "order" o ${joins} where o.uuid = $1::uuid`
  })(),
}

createServer((request, response) => {
  const [path, key] = (request.url ?? '').split('?')
  const text = statements[path ?? '']
  if (!text) return response.writeHead(404).end()
  pool.query({ name: path as string, text, values: key ? [key] : [] }).then(
    ({ rows }) => response.writeHead(200, { 'content-type': 'application/json' }).end(rows[0]?.body),
    (error: Error) => response.writeHead(500).end(error.message),
  )
}).listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
