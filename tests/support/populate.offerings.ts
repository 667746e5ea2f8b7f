// The rows that stand around offerings: what is agreed to, what is attached, who runs them at the provider's site.
import { putFile } from '../../src/platform/files/storage.ts'
import { PNG } from './pictures.ts'
import type { Sold } from './populate.sold.ts'
import type { Cast, Row, World } from './world.ts'

/** Terms of service: those that hold, those before, and those of an offering that nobody has agreed to; consents to them. */
export async function agreedOf(w: World, people: Cast, { offering, agents }: Sold) {
  const held = { is_active: true, active_since: '2026-01-01T00:00:00Z', grace_period_days: 100_000 }
  const make = (of: Row, version: string, more = {}) => w.insert('offering_terms_of_service', { offering_id: of.id, version, ...more })
  const terms = await make(offering, 'second', { ...held, requires_reconsent: true })
  const pastTerms = await make(offering, 'first')
  await make(agents, 'only', held)
  const agree = (person: Row, of: Row, version: string, more = {}) =>
    w.insert('user_offering_consent', { user_id: person.id, offering_id: of.id, version, ...more })
  const consent = await agree(people.projectMember, offering, 'first')
  await agree(people.projectMember, agents, 'only')
  await agree(people.customerOwner, offering, 'second', { revocation_date: '2026-02-01T00:00:00Z' })
  await agree(people.outsider, offering, 'second')
  return { terms, pastTerms, consent }
}

/** A screenshot and a file of an offering, and what they name. */
export async function attach(w: World, of: Row, name: string) {
  const file = async () => {
    const storage_key = await putFile(w.config, PNG)
    return (await w.insert('file', { name: `${name}.png`, content_type: 'image/png', size_bytes: PNG.length, storage_key })).id
  }
  const screenshot = await w.insert('offering_screenshot', { offering_id: of.id, name, image_id: await file() })
  return { screenshot, offeringFile: await w.insert('offering_file', { offering_id: of.id, name, file_id: await file() }) }
}

/** Agents at the provider's site, their services and processors, some of which have not been heard of for long. */
export async function agentsOf(w: World, { providerOwner }: Cast, { agents, offering }: Sold) {
  for (const [i, name] of ['first', 'second', 'third'].entries())
    await w.db
      .insertInto('importable_resource')
      .values({ offering_id: offering.id, backend_id: `found-${i}`, name, type: 'vm', description: 'Found' })
      .execute()
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  const identity = await w.insert('site_agent_identity', {
    offering_id: agents.id,
    name: 'agent',
    version: '0.9',
    config_file_content: 'secret: yes',
    created_by_id: providerOwner.id,
  })
  await w.insert('site_agent_identity', { offering_id: agents.id, name: 'a second agent', version: '0.8' })
  const made: { service: Row; processor: Row }[] = []
  for (const [name, mode, hours] of [
    ['orders', 'order_process', 0] as const,
    ['usage', 'report', 2] as const,
    ['past', 'none', 48] as const,
  ]) {
    const service = await w.insert('site_agent_service', { identity_id: identity.id, name, mode, last_seen: ago(hours) })
    const processor = await w.insert('site_agent_processor', {
      service_id: service.id,
      name,
      backend_type: mode,
      backend_version: String(hours),
      last_run: ago(hours),
    })
    made.push({ service, processor })
  }
  return { agent: identity, ...(made[0] as { service: Row; processor: Row }) }
}
