// What of an offering concerns its accounts: naming them anew, and what its provider is told of people.
import { sql } from 'kysely'
import { offeringEvent } from '../offerings/events.ts'
import { type ProviderOffering, providerOfferings, TOLD_BY_DEFAULT } from '../offerings/public.ts'
import { type Db, run, type Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { closed, STATUS } from '../platform/http/answers.ts'
import { type Api, action, read } from '../platform/http/api.ts'
import type { Call } from '../platform/http/operation.ts'
import { right } from '../platform/http/rights.ts'
import { body, boolean, optional } from '../platform/http/shapes.ts'
import { ATTRIBUTES } from './attributes.ts'
import { nameAnew } from './settle.ts'

const mayRename = right('OFFERING.UPDATE_USER', ['offering', 'id'], ['customer', 'customer_id'])
const mayConfigure = right('OFFERING.UPDATE', ['customer', 'customer_id'])

async function refreshNames({ tx, jobs, row }: Call<ProviderOffering>): Promise<{ status: string }> {
  await jobs.send(tx, nameAnew, { offering_id: row.id, unrestricted: true })
  return { status: 'Usernames of accounts that are not restricted are being refreshed.' }
}

type Sent = { [name: string]: boolean | undefined }

const keyOf = (name: string) => `expose_${name}`
const configBody = body(Object.fromEntries(ATTRIBUTES.map((name) => [keyOf(name), optional(boolean())])))
const CONFIG = closed(Object.fromEntries([...ATTRIBUTES.map(keyOf), 'is_default'].map((name) => [name, { type: 'boolean' }])))

async function exposedBy(db: Db | Tx, offeringId: number): Promise<readonly string[] | undefined> {
  const [found] = await run(db, sql<{ exposed: string[] }>`select exposed from offering_user_attributes where offering_id = ${offeringId}`)
  return found?.exposed
}

function shown(exposed: readonly string[] | undefined) {
  const told: readonly string[] = exposed ?? TOLD_BY_DEFAULT
  return { ...Object.fromEntries(ATTRIBUTES.map((name) => [keyOf(name), told.includes(name)])), is_default: exposed === undefined }
}

/** What is not sent stays as it is. */
async function configure(call: Call<ProviderOffering, Sent>) {
  const { tx, row, input } = call
  const before: readonly string[] = (await exposedBy(tx, row.id)) ?? TOLD_BY_DEFAULT
  const exposed = ATTRIBUTES.filter((name) => input[keyOf(name)] ?? before.includes(name))
  await run(
    tx,
    sql`insert into offering_user_attributes (offering_id, exposed) values (${row.id}, ${exposed}::text[])
      on conflict (offering_id) do update set exposed = excluded.exposed`,
  )
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', row)])
  return shown(exposed)
}

async function forget(call: Call<ProviderOffering>): Promise<void> {
  const { tx, row } = call
  await run(tx, sql`delete from offering_user_attributes where offering_id = ${row.id}`)
  await recordEvents(call, [offeringEvent('marketplace_offering_updated', row)])
}

export function accountsOfOfferingRoutes(api: Api): void {
  const { path, name } = providerOfferings
  action(api, providerOfferings, 'refresh_offering_usernames', {
    summary: 'Name the accounts of an offering by its policy, but for those that are restricted',
    permission: mayRename,
    answer: STATUS,
    run: refreshNames,
  })
  read<ProviderOffering>(api, {
    path: `${path}{uuid}/user-attribute-config/`,
    id: `${name}_user_attribute_config_retrieve`,
    tag: name,
    summary: 'Read what of people the provider of an offering is told',
    of: providerOfferings,
    permission: mayConfigure,
    answer: CONFIG,
    run: async ({ db, row }) => shown(await exposedBy(db, row.id)),
  })
  for (const method of ['POST', 'PUT', 'PATCH'] as const) {
    action(
      api,
      providerOfferings,
      'update-user-attribute-config',
      {
        summary: 'Say what of people the provider of an offering must know',
        permission: mayConfigure,
        body: configBody,
        answer: CONFIG,
        run: configure,
      },
      { method, id: `${name}_update_user_attribute_config_${method.toLowerCase()}` },
    )
  }
  action(
    api,
    providerOfferings,
    'delete-user-attribute-config',
    { summary: 'Return to what providers are told of people by default', permission: mayConfigure, status: 204, run: forget },
    { method: 'DELETE', id: `${name}_delete_user_attribute_config` },
  )
}
