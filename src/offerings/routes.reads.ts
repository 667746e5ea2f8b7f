// Reads of offerings that no engine fits: one offering with its opened secrets, and offerings gathered by provider.
import { type Api, list, read, route } from '../platform/http/api.ts'
import { type Query, requireKey, requireSubject, retrieve, valuesOf } from '../platform/http/collection.ts'
import { invalidPage } from '../platform/http/errors.ts'
import { pageHeaders, pagesIn, readPage } from '../platform/http/paging.ts'
import { actorOf, viewerOf } from '../platform/http/server.ts'
import { viewSchema } from '../platform/http/view.ts'
import { offeringFilters, offeringOrderings } from './filters.ts'
import { offeringGroup, offeringGroups } from './groups.ts'
import { providerOfferings } from './list.ts'
import { maySeeSecrets, maySeeUsage } from './policy.ts'
import { readSecretOptions, withSecretOptions } from './secret-options.ts'
import type { ProviderOffering } from './subject.ts'
import { offeringStats, usesOffering, usingCustomers } from './usage.ts'
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
    return reply.type('application/json').send(body)
  })
}

/** GET and HEAD of the offerings gathered by provider. */
export function offeringGroupList(api: Api): void {
  const described = {
    path: `${path}groups/`,
    tag: name,
    summary: 'List offerings gathered by provider',
    status: 200,
    query: groupParameters(),
  }
  const answer = { name: 'OfferingGroups', schema: { type: 'array', items: offeringGroup } }
  for (const method of ['GET', 'HEAD'] as const) {
    const id = `${name}_groups_${method === 'GET' ? 'list' : 'count'}`
    route(api, method, { ...described, id, ...(method === 'GET' ? { answer } : {}) }, async (request, reply) => {
      const viewer = { ...viewerOf(request), actor: actorOf(request) }
      const query = request.query as Query
      const page = readPage(query)
      const groups = offeringGroups(api.db, viewer, query)
      const count = await groups.count()
      const number = page.number === 'last' ? pagesIn(count, page.size) : page.number
      if (number > pagesIn(count, page.size)) throw invalidPage()
      reply.headers(pageHeaders(`${viewer.base}${path}groups/`, query, count, number, page.size)).type('application/json')
      return method === 'HEAD' ? reply.send() : reply.send(await groups.page(page.size, (number - 1) * page.size))
    })
  }
}

const STATS = {
  type: 'object',
  properties: { resources_count: { type: 'integer' }, customers_count: { type: 'integer' } },
  required: ['resources_count', 'customers_count'],
}

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

function groupParameters() {
  const keys = Object.keys(offeringOrderings).flatMap((key) => [key, `-${key}`])
  return {
    ...Object.fromEntries(Object.entries(offeringFilters).map(([key, { schema, many }]) => [key, { schema, many }])),
    o: { schema: { type: 'string', enum: keys.sort() }, many: true },
    page: { schema: { type: 'integer', minimum: 1 } },
    page_size: { schema: { type: 'integer', minimum: 1, maximum: 300 } },
  }
}
