// Reads of offerings that no engine fits: one offering with its opened secrets, and sums.
import { closed } from '../platform/http/answers.ts'
import { type Api, list, read, route, sendTagged } from '../platform/http/api.ts'
import { requireKey, requireSubject, retrieve } from '../platform/http/collection.ts'
import { invalid } from '../platform/http/errors.ts'
import { type Query, valuesOf } from '../platform/http/query.ts'
import { actorOf, viewerOf } from '../platform/http/server.ts'
import { viewSchema } from '../platform/http/view.ts'
import { providerOfferings } from './list.ts'
import { maySeeSecrets, maySeeUsage } from './policy.ts'
import { readSecretOptions, withSecretOptions } from './secret-options.ts'
import type { ProviderOffering } from './subject.ts'
import { offeringStats, usesOffering, usingCustomers } from './usage.ts'
import { inProjectsUsing, isAmong, mayListPeople, mayListProjects, peopleUsing, usingPeople, usingProjects } from './using-people.ts'
import { providerOfferingView } from './view.ts'

const { path, name } = providerOfferings

/** GET of one offering. Secrets are opened for those who may see them; lists never show them. */
export function offeringDetail(api: Api): void {
  const described = {
    path: `${path}{uuid}/`,
    id: `${name}_retrieve`,
    tag: name,
    summary: 'Retrieve an offering as its provider sees it',
    fields: providerOfferingView,
    tagged: true,
    who: 'anyone who sees it',
    status: 200,
    answer: { name: providerOfferingView.name, schema: viewSchema(providerOfferingView) },
  }
  route(api, 'GET', described, async (request, reply) => {
    const viewer = { ...viewerOf(request), actor: actorOf(request) }
    const query = request.query as Query
    const key = requireKey(providerOfferings, (request.params as { uuid?: string }).uuid)
    const row = await requireSubject(api.db, providerOfferings, viewer, key, { query })
    const text = await retrieve(api.db, providerOfferings, viewer, key, query)
    const asked = valuesOf(query, 'field').filter((field) => field in providerOfferingView.fields)
    const secrets = maySeeSecrets(viewer.actor, row) && (asked.length === 0 || asked.includes('secret_options'))
    const body = secrets ? withSecretOptions(text, readSecretOptions(api.config.SECRET_KEY, row.secret_options)) : text
    return sendTagged(request, reply, providerOfferingView, query, text, body)
  })
}

const STATS = closed({ resources_count: { type: 'integer' }, customers_count: { type: 'integer' } })

/** Who uses an offering and how much; for those who own it. */
export function offeringUsage(api: Api): void {
  read<ProviderOffering>(api, {
    path: `${path}{uuid}/stats/`,
    id: `${name}_stats_retrieve`,
    tag: name,
    summary: 'Count the resources of an offering and who has them',
    of: providerOfferings,
    permission: maySeeUsage,
    answer: STATS,
    run: ({ db, row }) => offeringStats(db, row.id),
  })
  list(api, usingCustomers, {
    id: `${name}_customers_list`,
    summary: 'List the organizations that use an offering',
    under: { of: providerOfferings, permission: maySeeUsage, where: ({ id }) => usesOffering(id) },
  })
}

const shown = viewSchema(providerOfferingView)
const HAS_ACCESS = { ...shown, properties: { ...(shown.properties as object), has_access: { type: 'boolean' } } }

/** The projects that use an offering and the people in them. */
export function offeringPeople(api: Api): void {
  const people = peopleUsing(api.config.ENFORCE_USER_CONSENT_FOR_OFFERINGS)
  list(api, usingProjects, {
    id: `${usingProjects.name}_list`,
    summary: 'List the projects that use an offering',
    under: { of: providerOfferings, permission: mayListProjects, where: inProjectsUsing },
  })
  list(api, usingPeople, {
    id: `${usingPeople.name}_list`,
    summary: 'List the people in projects that use an offering',
    under: { of: providerOfferings, permission: mayListPeople, where: people },
  })
  read<ProviderOffering>(api, {
    path: `${path}{uuid}/user_has_resource_access/`,
    id: `${name}_user_has_resource_access_retrieve`,
    tag: name,
    summary: 'Tell whether somebody is in a project that uses an offering',
    of: providerOfferings,
    permission: mayListPeople,
    query: { username: { schema: { type: 'string' } }, field: { schema: { type: 'string' }, many: true } },
    answer: HAS_ACCESS,
    // The contract describes the offering, the original answers the one word: here is both.
    run: async ({ db, viewer, row, query }) => {
      const username = valuesOf(query, 'username').at(-1)
      if (!username) throw invalid({ username: ['This field is required.'] })
      if (username.includes('\0')) throw invalid({ username: ['Null characters are not allowed.'] })
      const has = await isAmong(db, username, people(row, viewer.actor))
      const text = await retrieve(db, providerOfferings, viewer, row.uuid, { field: query.field })
      return `${text.slice(0, -1)},"has_access":${has}}`
    },
  })
}
