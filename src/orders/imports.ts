// Resources that exist at the provider's site before the marketplace knows them. The provider's agent reports what it finds there;
// who may decide for both sides makes a resource of one of them, in state OK, without an order (docs/decisions/0055).
import { sql } from 'kysely'
import { estimate, moneyText, notArchived, onOffering, type ProviderOffering, providerOfferings } from '../offerings/public.ts'
import { type Actor, may } from '../platform/auth/actor.ts'
import { run, type Tx } from '../platform/db/database.ts'
import { recordEvents } from '../platform/events/record.ts'
import { STATUS } from '../platform/http/answers.ts'
import { type Api, action, list } from '../platform/http/api.ts'
import type { Collection } from '../platform/http/collection.ts'
import { conflict, forbidden, invalid, refused } from '../platform/http/errors.ts'
import type { Call, LinkContext } from '../platform/http/operation.ts'
import { body, dictionary, list as listOf, nullable, optional, type Parsed, text, uuid, withDefault } from '../platform/http/shapes.ts'
import { type View, text as words } from '../platform/http/view.ts'
import {
  createResource,
  findOffering,
  findPlan,
  findProject,
  heldResource,
  noteBackendId,
  type OfferingFacts,
  type PlanFacts,
  type ProjectFacts,
  resourceEvent,
  resourceView,
  succeedResource,
} from '../resources/public.ts'
import { requirePlace, requirePlan } from './create.ts'
import { heldBy, inGroups, lockPlaces, placesTaken } from './places-left.ts'

const REPORTED_MAX = 5000

const importableView: View = {
  name: 'ImportableResource',
  from: 'importable_resource importable',
  alias: 'importable',
  joins: {},
  fields: {
    backend_id: words('importable.backend_id'),
    name: words('importable.name'),
    type: words('importable.type'),
    description: words('importable.description'),
  },
}

// A resource that has ended may be found at the site again, and imported again.
const KNOWN = `exists (select 1 from resource known where known.offering_id = importable.offering_id
  and known.backend_id = importable.backend_id and known.backend_id <> '' and known.state <> 'Terminated')`

const importables: Collection = {
  path: `${providerOfferings.path}{uuid}/importable_resources/`,
  name: `${providerOfferings.name}_importable_resources`,
  model: 'ImportableResource',
  view: importableView,
  // Whoever may read the list may read all of it; the route decides that by the offering.
  visible: () => 'all',
  filters: {},
  orderings: { backend_id: 'importable.backend_id', name: 'importable.name' },
  defaultOrder: ['backend_id'],
}

const reportBody = body('ImportableResourcesRequest', {
  resources: listOf(
    body('ImportableResourceRequest', {
      backend_id: text({ max: 255 }),
      name: text({ max: 150 }),
      type: withDefault(text({ max: 255, blank: true }), ''),
      description: withDefault(text({ max: 2000, blank: true }), ''),
    }),
    { max: REPORTED_MAX },
  ),
})

/** Says anew, and whole, what exists at the provider's site. */
async function reportImportable({ tx, row, input }: Call<ProviderOffering, Parsed<typeof reportBody>>): Promise<{ status: string }> {
  const twice = input.resources.find(({ backend_id }, i, all) => all.findIndex((other) => other.backend_id === backend_id) !== i)
  if (twice) throw invalid({ resources: [`${twice.backend_id} is named twice.`] })
  // Reports of one offering follow each other: the last one stands whole.
  await run(tx, sql`select 1 from offering where id = ${row.id} for no key update`)
  const names = input.resources.map(({ backend_id }) => backend_id)
  await run(tx, sql`delete from importable_resource where offering_id = ${row.id} and not backend_id = any(${names}::text[])`)
  await run(
    tx,
    sql`insert into importable_resource (offering_id, backend_id, name, type, description)
      select ${row.id}, backend_id, name, type, description
      from jsonb_to_recordset(${JSON.stringify(input.resources)}::jsonb) found (backend_id text, name text, type text, description text)
      on conflict on constraint importable_resource_backend_id_key
      do update set name = excluded.name, type = excluded.type, description = excluded.description`,
  )
  return { status: 'Importable resources have been saved.' }
}

const importBody = body('ImportResourceRequest', {
  backend_id: text({ max: 255 }),
  project: uuid(),
  plan: optional(nullable(uuid())),
  additional_details: optional(nullable(dictionary())),
})
type Imported = Call<ProviderOffering, Parsed<typeof importBody>>

/** Nobody's project is given, and charged for, what its own people have not agreed to. */
const mayDecideFor = (actor: Actor, { project_id, customer_id }: ProjectFacts): boolean =>
  may(actor, 'ORDER.APPROVE', [
    ['project', project_id],
    ['customer', customer_id],
  ])

/** The project as the caller sees it; 403 for who may not decide for it. */
async function requireProject({ tx, viewer }: LinkContext, actor: Actor, projectUuid: string): Promise<ProjectFacts> {
  const project = await findProject(tx, viewer, projectUuid)
  if (!project) throw invalid({ project: ['Object does not exist.'] })
  if (!mayDecideFor(actor, project)) throw forbidden()
  return project
}

const mayImport = async ({ tx, viewer, actor, input }: Pick<Imported, 'tx' | 'viewer' | 'actor' | 'input'>): Promise<void> => {
  await requireProject({ tx, viewer }, actor, input.project)
}

/** What the report says of it, held: of two who import the same at once, one finds it imported. */
async function holdReported(tx: Tx, offeringId: number, backendId: string): Promise<string> {
  const [found] = await run(
    tx,
    sql<{ name: string }>`select name from importable_resource where offering_id = ${offeringId} and backend_id = ${backendId} for update`,
  )
  if (!found) throw invalid({ backend_id: ['There is no such resource to import.'] })
  const [known] = await run(
    tx,
    sql<{ known: boolean }>`select ${sql.raw(KNOWN)} as known from importable_resource importable
      where importable.offering_id = ${offeringId} and importable.backend_id = ${backendId}`,
  )
  if (known?.known) throw invalid({ backend_id: ['Resource has been imported already.'] })
  return found.name
}

async function requirePlaces(
  tx: Tx,
  actor: Actor,
  {
    offering,
    project,
    plan,
    attributes,
  }: { offering: OfferingFacts; project: ProjectFacts; plan: PlanFacts | undefined; attributes: object },
): Promise<void> {
  if (!plan && offering.shared) throw invalid({ plan: ['Plan is required when creating resources.'] })
  const { project_id, customer_id } = project
  await lockPlaces(tx, { offering, plan, project_id, limits: {} })
  requirePlace(offering, project, await heldBy(tx, project_id, offering, { ...attributes }), { ...attributes })
  if (!plan) return
  const [facts] = await run(
    tx,
    sql<{ plan_in_groups: boolean; on_plan: number }>`select ${inGroups('plan', plan.id, customer_id)} as plan_in_groups,
      ${plan.max_amount ? placesTaken(sql`${plan.id}::bigint`, null) : sql`0`} as on_plan`,
  )
  if (facts) requirePlan(offering, plan, facts, actor.is_staff)
}

/** Makes a resource of what was reported; returns its id. */
async function importResource(call: Imported): Promise<number> {
  const { tx, actor, viewer, row, input } = call
  const { backend_id } = input
  const attributes = input.additional_details ?? {}
  const offering = await findOffering(tx, row.uuid)
  if (!offering) throw new Error(`No offering ${row.uuid}`)
  if (!['Active', 'Paused'].includes(offering.offering_state)) throw refused('Offering state is invalid.')
  const project = await requireProject({ tx, viewer }, actor, input.project)
  if (project.is_removed) throw invalid({ project: ['Cannot create orders for terminated projects.'] })
  if (project.blocked || project.archived) throw invalid({ project: ["The project's organization is blocked or archived."] })
  const plan = input.plan ? await findPlan(tx, { uuid: input.plan }) : undefined
  if (input.plan && !plan) throw invalid({ plan: ['Object does not exist.'] })
  const name = await holdReported(tx, row.id, backend_id)
  await requirePlaces(tx, actor, { offering, project, plan, attributes })

  const { id, uuid } = await createResource(tx, {
    project_id: project.project_id,
    offering_id: row.id,
    plan_id: plan?.id ?? null,
    name,
    limits: {},
    attributes,
    options: {},
    cost: plan ? moneyText(estimate(plan, {})) : null,
    end_date: null,
    end_date_requested_by_id: null,
  })
  await noteBackendId(tx, id, backend_id)
  await succeedResource(tx, await heldResource(tx, id), 'Create')
  const told = { ...offering, ...project, resource_id: id, resource_uuid: uuid, resource_name: name }
  await recordEvents(call, [resourceEvent('marketplace_resource_create_succeeded', told)])
  return id
}

export function importRoutes(api: Api): void {
  const listed = onOffering('RESOURCE.LIST_IMPORTABLE')
  list<ProviderOffering>(api, importables, {
    id: `${importables.name}_list`,
    summary: 'List what exists at the provider’s site and is not known yet',
    under: { of: providerOfferings, permission: listed, where: ({ id }) => sql`importable.offering_id = ${id} and not ${sql.raw(KNOWN)}` },
  })
  action(api, providerOfferings, 'set_importable_resources', {
    summary: 'Report what exists at the provider’s site',
    permission: listed,
    checks: [notArchived],
    body: reportBody,
    answer: STATUS,
    run: reportImportable,
  })
  action(api, providerOfferings, 'import_resource', {
    summary: 'Make a resource of what exists at the provider’s site',
    permission: listed,
    checks: [notArchived],
    body: importBody,
    lets: mayImport,
    answer: resourceView,
    run: importResource,
  })
  // Whatever lies behind an offering of the types that are served is reported by whoever runs it: there is nobody to ask.
  action(api, providerOfferings, 'sync', {
    summary: 'Ask the provider’s own system for what has changed',
    permission: onOffering('OFFERING.UPDATE'),
    checks: [notArchived],
    status: 202,
    run: async () => {
      throw conflict('The offering has no system that could be asked.')
    },
  })
}
