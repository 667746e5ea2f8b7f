// Every endpoint of resources that makes no order; those that do stand in orders (orders.md §5.5, §5.6).
import { sql } from 'kysely'
import { publicOfferingView } from '../offerings/public.ts'
import type { Actor } from '../platform/auth/actor.ts'
import { DETAIL, STATUS } from '../platform/http/answers.ts'
import { type Api, action, detail, list, operation, read, update } from '../platform/http/api.ts'
import { type Collection, render } from '../platform/http/collection.ts'
import { conflict, notFound } from '../platform/http/errors.ts'
import { viewSchema } from '../platform/http/view.ts'
import { inStateFor, inStates } from '../platform/states/transition.ts'
import * as commands from './commands.ts'
import { consumerResources, providerResources } from './list.ts'
import { available, mayAsProvider, mayOnEverySide, mayOnOffering } from './policy.ts'
import * as schema from './schema.ts'
import { resourceStates } from './states.ts'
import type { ResourceSubject } from './subject.ts'
import { planPeriodsOf, teamOf } from './team.ts'
import { resourceUpdateView } from './view.ts'

const byStaff = (actor: Actor) => actor.is_staff

/** 409 for what the provider's system does not know. */
function knownElsewhere({ backend_id }: ResourceSubject): void {
  if (backend_id === '') throw conflict('The resource has no backend_id.')
}

type Side = Collection<ResourceSubject>

export function resourceRoutes(api: Api): void {
  for (const side of [consumerResources, providerResources]) {
    list(api, side)
    detail(api, side)
    sharedRoutes(api, side)
    staffRoutes(api, side)
  }
  operation(
    api,
    { path: `${consumerResources.path}suggest_name/`, id: 'marketplace_resources_suggest_name', tag: consumerResources.name },
    {
      summary: 'Suggest a name for a new resource',
      permission: 'anyone with a token',
      body: schema.suggestNameBody,
      answer: { type: 'object', properties: { name: { type: 'string' } } },
      lets: commands.suggestName,
      run: commands.suggestName,
    },
  )
  providerRoutes(api, providerResources)
}

function sharedRoutes(api: Api, side: Side): void {
  update(api, side, {
    summary: 'Rename or describe a resource, set its end date',
    permission: mayOnEverySide('RESOURCE.UPDATE'),
    checks: [available],
    body: schema.updateBody,
    answer: resourceUpdateView,
    run: commands.updateResource,
  })
  list<ResourceSubject>(api, teamOf(side.path, side.name), {
    id: `${side.name}_team_list`,
    under: { of: side, permission: 'anyone who sees it', where: (row) => sql`used.id = ${row.id}` },
  })
  list<ResourceSubject>(api, planPeriodsOf(side.path, side.name), {
    id: `${side.name}_plan_periods_list`,
    under: { of: side, permission: 'anyone who sees it', where: (row) => sql`rpp.resource_id = ${row.id}` },
  })
  // No type that is served keeps an object of its own behind its resources: there is nothing to show, and nothing to look up.
  read<ResourceSubject>(api, {
    path: `${side.path}{uuid}/details/`,
    id: `${side.name}_details_retrieve`,
    tag: side.name,
    summary: 'What the provider’s own system tells of a resource',
    of: side,
    permission: 'anyone who sees it',
    answer: { type: 'object', additionalProperties: true },
    run: async () => {
      throw notFound()
    },
  })
  action(api, side, 'pull', {
    summary: 'Look a resource up in the provider’s own system',
    permission: mayOnEverySide('RESOURCE.UPDATE'),
    checks: [inStates(['OK', 'Erred']), knownElsewhere],
    status: 202,
    answer: DETAIL,
    run: async () => {
      throw conflict('Pull operation is not implemented.')
    },
  })
  read<ResourceSubject>(api, {
    path: `${side.path}{uuid}/offering/`,
    id: `${side.name}_offering_retrieve`,
    tag: side.name,
    summary: 'The offering of a resource, whether or not the catalogue shows it',
    of: side,
    permission: 'anyone who sees it',
    query: { field: { schema: { type: 'string' }, many: true } },
    answer: viewSchema(publicOfferingView),
    run: ({ db, viewer, row, query }) => render(db, publicOfferingView, viewer, row.offering_id, [query.field ?? []].flat()),
  })
}

function staffRoutes(api: Api, side: Side): void {
  action(api, side, 'set_slug', {
    summary: 'Set the slug of a resource',
    permission: byStaff,
    body: schema.slugBody,
    answer: STATUS,
    run: commands.setSlug,
  })
  action(api, side, 'set_paused', {
    summary: 'Pause a resource, or let it go on',
    permission: byStaff,
    body: schema.pausedBody,
    answer: STATUS,
    run: commands.setPaused,
  })
  action(api, side, 'set_downscaled', {
    summary: 'Downscale a resource, or give it back what it had',
    permission: byStaff,
    body: schema.downscaledBody,
    answer: STATUS,
    run: commands.setDownscaled,
  })
  action(api, side, 'set_restrict_member_access', {
    summary: "Hide a resource from its project's members, or show it again",
    permission: byStaff,
    body: schema.restrictBody,
    answer: STATUS,
    run: commands.setRestrictMemberAccess,
  })
  action(api, side, 'set_end_date_by_staff', {
    summary: 'Set the end date of a resource',
    permission: byStaff,
    body: schema.endDateBody,
    run: commands.setEndDateByStaff,
  })
}

function providerRoutes(api: Api, side: Side): void {
  const setState = { permission: mayAsProvider('RESOURCE.SET_STATE') }
  action(api, side, 'set_as_erred', {
    summary: 'Say that a resource does not work',
    ...setState,
    checks: [available],
    body: schema.erredBody,
    run: commands.setAsErred,
  })
  action(api, side, 'set_as_ok', {
    summary: 'Say that a resource works',
    ...setState,
    checks: [available, inStateFor(resourceStates, 'set_as_ok')],
    run: commands.setAsOk,
  })
  action(api, side, 'set_state_ok', {
    summary: 'Bring a resource back to OK',
    ...setState,
    checks: [available, inStateFor(resourceStates, 'set_state_ok')],
    answer: STATUS,
    run: commands.setStateOk,
  })
  action(api, side, 'set_limits', {
    summary: 'Write the limits that a resource has',
    ...setState,
    checks: [available],
    body: schema.limitsBody,
    answer: STATUS,
    run: commands.setLimits,
  })
  action(api, side, 'refresh_last_sync', {
    summary: 'Note that a resource was just looked at',
    ...setState,
    checks: [available],
    run: commands.refreshLastSync,
  })
  action(api, side, 'set_backend_id', {
    summary: "Set the provider's own id of a resource",
    permission: mayOnOffering('RESOURCE.SET_BACKEND_ID'),
    checks: [available],
    body: schema.backendIdBody,
    answer: STATUS,
    run: commands.setBackendId,
  })
  action(api, side, 'set_backend_metadata', {
    summary: "Set the provider's own data of a resource",
    permission: mayAsProvider('RESOURCE.SET_BACKEND_METADATA'),
    checks: [available],
    body: schema.backendMetadataBody,
    answer: STATUS,
    run: commands.setBackendMetadata,
  })
  action(api, side, 'submit_report', {
    summary: 'Hand in a report about a resource',
    permission: mayAsProvider('RESOURCE.SUBMIT_REPORT'),
    checks: [available],
    body: schema.reportBody,
    answer: STATUS,
    run: commands.submitReport,
  })
  action(api, side, 'set_end_date_by_provider', {
    summary: 'Announce the end of an unused resource',
    permission: mayAsProvider('RESOURCE.SET_END_DATE'),
    checks: [available],
    body: schema.endDateBody,
    run: commands.setEndDateByProvider,
  })
}
