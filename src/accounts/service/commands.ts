// Making, changing and closing service accounts, and replacing their keys. A key is shown to who asked for it; kept is only what it is
// recognized by (service-providers.md §1.8).
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { customers, projects } from '../../core/public.ts'
import { newToken, tokenDigest } from '../../platform/auth/token.ts'
import { run, type Tx } from '../../platform/db/database.ts'
import type { Translations } from '../../platform/db/failures.ts'
import { recordEvents } from '../../platform/events/record.ts'
import { findSubject, render } from '../../platform/http/collection.ts'
import { conflict, forbidden, invalid, Refusal } from '../../platform/http/errors.ts'
import type { Call } from '../../platform/http/operation.ts'
import { body, email, optional, type Parsed, text, uuid } from '../../platform/http/shapes.ts'
import type { View } from '../../platform/http/view.ts'
import type { Asked } from '../../platform/http/who.ts'
import { onlySent } from '../../platform/sent.ts'
import { begun, transition } from '../../platform/states/transition.ts'
import { accountEvent } from '../events.ts'
import { noteChange } from '../keeper/tell.ts'
import { managesCustomerAccounts, managesProjectAccounts } from '../policy.ts'
import { serviceAccountStates } from '../states.ts'
import type { CustomerAccount, ProjectAccount } from './list.ts'
import { customerAccountView, projectAccountView } from './view.ts'

const KEY_DAYS = 90
const NAME_MAX = 32

const fields = {
  // Read where nothing is preferred; afterwards it stays.
  username: optional(text({ max: NAME_MAX, blank: true })),
  preferred_identifier: optional(text({ max: NAME_MAX, blank: true })),
  email: optional(email({ max: 320, blank: true })),
  description: optional(text({ max: 4096, blank: true })),
  // Clients send back what they were shown; it is written by what went wrong alone.
  error_traceback: optional(text({ max: 100_000, blank: true })),
}
export const projectAccountBody = body('ProjectServiceAccountRequest', { ...fields, project: uuid() })
export const customerAccountBody = body('CustomerServiceAccountRequest', { ...fields, customer: uuid() })
type ProjectInput = Parsed<typeof projectAccountBody>
type CustomerInput = Parsed<typeof customerAccountBody>
type Fields = Omit<ProjectInput, 'project'>

type Account = ProjectAccount | CustomerAccount

export const serviceAccountConstraints: Translations = {
  service_account_username_key: () => conflict('The name of the account was taken a moment ago. Try again.'),
}

const noSuch = (field: string, hex: string) => invalid({ [field]: [`Object with uuid=${hex} does not exist.`] })

/** The project that the body names, as the caller sees it; 403 for who may not manage accounts there. */
export async function projectOf({ tx, actor, viewer, input }: Asked<undefined, ProjectInput>) {
  const found = await findSubject(tx, projects, viewer, input.project)
  if (!found || found.is_removed) throw noSuch('project', input.project)
  if (!managesProjectAccounts(actor, { project_id: found.id, customer_id: found.customer_id })) throw forbidden()
  return found
}

/** The same of an organization. */
export async function customerOf({ tx, actor, viewer, input }: Asked<undefined, CustomerInput>) {
  const found = await findSubject(tx, customers, viewer, input.customer)
  if (!found) throw noSuch('customer', input.customer)
  if (!managesCustomerAccounts(actor, { customer_id: found.id })) throw forbidden()
  return found
}

type Place = { table: 'project' | 'customer'; id: number }

/** Locks where the account is to be, and refuses one too many; closed ones are none. */
async function requireRoom(tx: Tx, { table, id }: Place): Promise<void> {
  const [held] = await run(
    tx,
    sql<{ most: number | null }>`select max_service_accounts as most from ${sql.table(table)} where id = ${id} for no key update`,
  )
  if (!held || held.most === null) return
  const [open] = await run(
    tx,
    sql<{ n: number }>`select count(*) as n from service_account where ${sql.ref(`${table}_id`)} = ${id} and state <> 'Closed'`,
  )
  if ((open?.n ?? 0) >= held.most) throw new Refusal(400, { detail: `Maximum number of service accounts reached for this ${table}` })
}

const suffix = (bytes: number) => randomBytes(bytes).toString('hex')

/** The name that is wanted, or one like it where another open account has that. */
async function freeName(tx: Tx, { preferred_identifier, username }: Fields): Promise<string> {
  const wanted = preferred_identifier || username
  if (!wanted) return `svc-${suffix(6)}`
  const taken = await run(tx, sql`select from service_account where username = ${wanted} and state <> 'Closed'`)
  return taken.length === 0 ? wanted : `${[...wanted].slice(0, NAME_MAX - 7).join('')}-${suffix(3)}`
}

const newKey = () => {
  const token = newToken()
  return { token, key_digest: tokenDigest(token), key_expires_at: new Date(Date.now() + KEY_DAYS * 86_400_000).toISOString() }
}

/** The account as it is shown, with the key that was just made. */
async function withKey({ tx, viewer }: Call<unknown, unknown>, view: View, id: number, token: string): Promise<object> {
  const [key] = await run(
    tx,
    sql<{ expires_at: string }>`select wire_time(key_expires_at) as expires_at from service_account where id = ${id}`,
  )
  return { ...JSON.parse(await render(tx, view, viewer, id)), token, expires_at: key?.expires_at }
}

async function create(call: Call<undefined, Fields>, { table, id }: Place, customerId: number, view: View): Promise<object> {
  const { tx, input } = call
  await requireRoom(tx, { table, id })
  const username = await freeName(tx, input)
  const { token, ...key } = newKey()
  const { email, description, preferred_identifier } = input
  const made = await tx
    .insertInto('service_account')
    .values({
      ...onlySent({ email, description, preferred_identifier }),
      username,
      ...key,
      state: begun(serviceAccountStates, 'OK'),
      project_id: table === 'project' ? id : null,
      customer_id: table === 'customer' ? id : null,
    })
    .returning(['id', 'uuid'])
    .executeTakeFirstOrThrow()
  const project_id = table === 'project' ? id : null
  await recordEvents(call, [accountEvent('service_account_created', { uuid: made.uuid, username, project_id, customer_id: customerId })])
  await noteChange(call, 'service-accounts', made.id)
  return withKey(call, view, made.id, token)
}

export async function createProjectAccount(call: Call<undefined, ProjectInput>): Promise<object> {
  const project = await projectOf(call)
  return create(call, { table: 'project', id: project.id }, project.customer_id, projectAccountView)
}

export async function createCustomerAccount(call: Call<undefined, CustomerInput>): Promise<object> {
  const customer = await customerOf(call)
  return create(call, { table: 'customer', id: customer.id }, customer.id, customerAccountView)
}

/** Changes what may change: whom to write to, and what it is for. What had failed is tried again, here or outside. */
export async function updateAccount(call: Call<Account, Partial<Fields>>): Promise<number> {
  const { tx, row, input, config } = call
  const columns = onlySent({ email: input.email, description: input.description })
  if (Object.keys(columns).length === 0) return row.id
  await tx.updateTable('service_account').set(columns).where('id', '=', row.id).execute()
  if (row.state === 'Erred' && config.ACCOUNTS_URL === '') {
    await transition(tx, serviceAccountStates, 'mend', row.id, 'OK', { error_message: '', error_traceback: '' })
  }
  await recordEvents(call, [accountEvent('service_account_updated', row, Object.keys(columns).join(', '))])
  await noteChange(call, 'service-accounts', row.id)
  return row.id
}

/** Closes an account; its row stays, for the providers who have it. */
export async function closeAccount(call: Call<Account>): Promise<void> {
  const { tx, row } = call
  await transition(tx, serviceAccountStates, 'close', row.id, 'Closed', { error_message: '', error_traceback: '' })
  await recordEvents(call, [accountEvent('service_account_deleted', row)])
  await noteChange(call, 'service-accounts', row.id)
}

/** Another key; the one before is recognized no more. */
const rotate =
  (view: View) =>
  async (call: Call<Account>): Promise<object> => {
    const { tx, row } = call
    const { token, ...key } = newKey()
    await tx.updateTable('service_account').set(key).where('id', '=', row.id).execute()
    await recordEvents(call, [accountEvent('service_account_updated', row, 'its key has been replaced')])
    await noteChange(call, 'service-accounts', row.id)
    return withKey(call, view, row.id, token)
  }
export const rotateProjectKey = rotate(projectAccountView)
export const rotateCustomerKey = rotate(customerAccountView)
