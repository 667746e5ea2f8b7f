import type { FastifyRequest } from 'fastify'
import { closed, mapOf, WORD } from '../../platform/http/answers.ts'
import { type Api, detail, list, read, route } from '../../platform/http/api.ts'
import { keptDocument, sendDocument } from '../../platform/http/documents.ts'
import { notFound } from '../../platform/http/errors.ts'
import { projectTypes } from '../projects/project-types.ts'
import { dailyQuotas, dailyQuotasQuery } from './daily-quotas.ts'
import { yamlOf } from './description-yaml.ts'
import { docsPage } from './docs-page.ts'
import { emptyCollections } from './empty-collections.ts'
import { eventGroups } from './event-types.ts'
import { featureMetadata } from './features.ts'
import { permissionMetadata } from './permission-metadata.ts'
import { configurationOf, settingsMetadata } from './public-settings.ts'

const anything = { type: 'object', additionalProperties: true }

export function siteRoutes(api: Api): void {
  metadataRoutes(api)
  descriptionRoutes(api)
  for (const collection of emptyCollections) list(api, collection)
  list(api, projectTypes)
  detail(api, projectTypes)
  read(api, {
    path: '/api/daily-quotas/',
    id: 'daily_quotas_retrieve',
    tag: 'daily_quotas',
    summary: 'How many users, projects and resources an organization or project had, day by day',
    permission: 'anyone with a token',
    query: dailyQuotasQuery,
    answer: mapOf({ type: 'array', items: { type: 'integer' } }),
    run: ({ db, viewer, query }) => dailyQuotas(db, viewer, query),
  })
}

function metadataRoutes(api: Api): void {
  read(api, {
    path: '/api/configuration/',
    id: 'configuration_retrieve',
    tag: 'configuration',
    summary: 'What the site tells everybody about itself',
    anonymous: true,
    answer: anything,
    run: async ({ config, viewer }) => configurationOf({ config, base: viewer.base }),
  })
  const metadata = (what: string, summary: string, answer: object, run: (site: Parameters<typeof configurationOf>[0]) => unknown) =>
    read(api, {
      path: `/api/metadata/${what}/`,
      id: `metadata_${what}_retrieve`,
      tag: 'metadata',
      summary,
      anonymous: true,
      answer: answer as { [key: string]: unknown },
      run: async ({ config, viewer }) => run({ config, base: viewer.base }),
    })
  metadata(
    'permissions',
    'Names of roles and permissions',
    closed({
      roles: mapOf(WORD),
      permissions: mapOf(WORD),
      permission_map: mapOf(WORD),
      permission_descriptions: { type: 'array', items: anything },
    }),
    permissionMetadata,
  )
  metadata('events', 'Types of events by group', closed({ event_groups: mapOf({ type: 'array', items: WORD }) }), () => ({
    event_groups: eventGroups(api.wiring.eventTypes),
  }))
  metadata(
    'features',
    'Switches of web interfaces',
    closed({ features: { type: 'array', items: anything }, feature_enums: mapOf(mapOf(WORD)) }),
    featureMetadata,
  )
  metadata('settings', 'Public settings', closed({ settings: { type: 'array', items: anything } }), settingsMetadata)
}

/** One segment below the root, such as `/api/projects/`. */
const TOP = /^\/api\/([a-z-]+)\/$/

function descriptionRoutes(api: Api): void {
  read(api, {
    path: '/api/',
    id: 'api_root_retrieve',
    tag: 'description',
    summary: 'Names of all lists and where they are',
    permission: 'anyone with a token',
    answer: mapOf({ type: 'string', format: 'uri' }),
    run: async ({ viewer }) =>
      Object.fromEntries(
        api.described
          .filter(({ method, list: listed, path }) => method === 'GET' && listed && TOP.test(path))
          .map(({ path }): [string, string] => [path.replace(TOP, '$1'), `${viewer.base}${path}`])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
  })
  const open = { tag: 'description', anonymous: true, who: 'anyone', status: 200, answersAnything: true }
  const json = keptDocument('application/json', () => JSON.stringify(api.app.openapi()))
  const yaml = keptDocument('application/yaml', () => yamlOf(api.app.openapi()))
  const page = keptDocument('text/html; charset=utf-8', () => docsPage(api.app.openapi()))
  route(
    api,
    'GET',
    {
      ...open,
      path: '/api/schema/',
      id: 'schema_retrieve',
      summary: 'The OpenAPI description of what is served',
      query: { format: { schema: { type: 'string', enum: ['json', 'yaml'] } } },
      answer: { schema: anything },
    },
    (request, reply) => sendDocument(request, reply, wantsYaml(request) ? yaml : json),
  )
  route(
    api,
    'GET',
    { ...open, path: '/api/docs/', id: 'docs_retrieve', summary: 'The description as a page for people' },
    (request, reply) => {
      reply.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'")
      return sendDocument(request, reply, page)
    },
  )
}

/** By `?format=`, else by Accept; JSON when neither says. 404 for a format there is none of, as everywhere. */
function wantsYaml({ query, headers }: FastifyRequest): boolean {
  const { format } = query as { format?: string }
  if (format !== undefined && format !== 'json' && format !== 'yaml') throw notFound()
  return format === undefined
    ? /\b(yaml|x-yaml)\b/i.test(headers.accept ?? '') && !/\bjson\b/i.test(headers.accept ?? '')
    : format === 'yaml'
}
