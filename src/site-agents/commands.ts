// What agents say of themselves. Each call may come again, every few minutes and from several at once: it changes what is there.
import { sql } from 'kysely'
import { findOfferingType, type ProviderOffering, providerOfferings } from '../offerings/public.ts'
import { run } from '../platform/db/database.ts'
import type { Translations } from '../platform/db/failures.ts'
import { findSubject } from '../platform/http/collection.ts'
import { forbidden, invalid } from '../platform/http/errors.ts'
import type { Call } from '../platform/http/operation.ts'
import { body, datetime, dictionary, json, nullable, optional, type Parsed, text, uuid } from '../platform/http/shapes.ts'
import type { Asked } from '../platform/http/who.ts'
import { jsonText } from '../platform/sent.ts'
import type { Identity, Service } from './list.ts'
import { tends } from './policy.ts'

const name = () => text({ max: 150 })
const line = (max: number) => optional(nullable(text({ max, blank: true })))

export const identityBody = body('AgentIdentityRequest', {
  offering: uuid(),
  name: name(),
  version: line(100),
  dependencies: optional(json()),
  config_file_path: line(150),
  config_file_content: line(262_144),
  last_restarted: optional(datetime()),
})
export const serviceBody = body('AgentServiceCreateRequest', { name: name(), mode: line(100) })
export const processorBody = body('AgentProcessorCreateRequest', {
  name: name(),
  backend_type: text({ max: 100 }),
  backend_version: line(100),
})
export const statisticsBody = body('AgentServiceStatisticsRequest', { statistics: dictionary() })
type IdentityInput = Parsed<typeof identityBody>

export const siteAgentConstraints: Translations = {
  site_agent_identity_name_key: () => invalid({ name: ['The offering has another agent of this name.'] }),
}

/** The columns that were sent. */
const columnsOf = ({ offering: _, dependencies, ...input }: Partial<IdentityInput>) => ({
  ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
  ...(dependencies !== undefined && { dependencies: jsonText(dependencies) }),
})

/** The offering that the body names; 403 for who does not run it. */
export async function tendedOffering({ tx, actor, viewer, input }: Asked<undefined, IdentityInput>): Promise<ProviderOffering> {
  const offering = await findSubject(tx, providerOfferings, viewer, input.offering)
  if (!offering) throw invalid({ offering: ['Offering is not found.'] })
  if (!tends(actor, { offering_id: offering.id, customer_id: offering.customer_id })) throw forbidden()
  return offering
}

/** Makes the agent of that name of an offering known, or changes it. */
export async function registerIdentity(call: Call<undefined, IdentityInput>): Promise<number> {
  const { tx, actor, input } = call
  const offering = await tendedOffering(call)
  if (!findOfferingType(offering.type)?.orderVerbs.set_state_executing) {
    throw invalid({ offering: ['Only offerings whose orders an agent carries out are accepted.'] })
  }
  const columns = columnsOf(input)
  const { id } = await tx
    .insertInto('site_agent_identity')
    .values({ name: input.name, ...columns, offering_id: offering.id, created_by_id: actor.id })
    .onConflict((made) => made.constraint('site_agent_identity_name_key').doUpdateSet({ name: input.name, ...columns }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function updateIdentity({ tx, row, input }: Call<Identity, Partial<IdentityInput>>): Promise<number> {
  if (input.offering !== undefined && input.offering !== row.offering_uuid) {
    throw invalid({ offering: ['The offering of an agent cannot be changed.'] })
  }
  const columns = columnsOf(input)
  if (Object.keys(columns).length > 0) await tx.updateTable('site_agent_identity').set(columns).where('id', '=', row.id).execute()
  return row.id
}

export async function deleteIdentity({ tx, row }: Call<Identity>): Promise<void> {
  await tx.deleteFrom('site_agent_identity').where('id', '=', row.id).execute()
}

/** A service of the agent begins, or says that it goes on. */
export async function registerService({ tx, row, input }: Call<Identity, Parsed<typeof serviceBody>>): Promise<number> {
  const [made] = await run(
    tx,
    sql<{ id: number }>`insert into site_agent_service as service (identity_id, name, mode, last_seen)
      values (${row.id}, ${input.name}, ${input.mode ?? null}, now())
      on conflict on constraint site_agent_service_name_key do update set last_seen = now(), mode = coalesce(excluded.mode, service.mode)
      returning service.id`,
  )
  return made?.id ?? 0
}

/** The same of what a service works with, which also says that the service goes on. */
export async function registerProcessor({ tx, row, input }: Call<Service, Parsed<typeof processorBody>>): Promise<number> {
  await run(tx, sql`update site_agent_service set last_seen = now() where id = ${row.id}`)
  const [made] = await run(
    tx,
    sql<{ id: number }>`insert into site_agent_processor as processor (service_id, name, backend_type, backend_version, last_run)
      values (${row.id}, ${input.name}, ${input.backend_type}, ${input.backend_version ?? null}, now())
      on conflict on constraint site_agent_processor_name_key do update set last_run = now(), backend_type = excluded.backend_type,
        backend_version = coalesce(excluded.backend_version, processor.backend_version)
      returning processor.id`,
  )
  return made?.id ?? 0
}

export async function setStatistics({ tx, row, input }: Call<Service, Parsed<typeof statisticsBody>>): Promise<number> {
  await run(
    tx,
    sql`update site_agent_service set statistics = ${jsonText(input.statistics)}::jsonb, last_seen = now() where id = ${row.id}`,
  )
  return row.id
}
