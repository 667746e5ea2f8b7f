// Which version this server is, for those who run the site.
import { readsAll } from '../../platform/auth/actor.ts'
import { type Api, read } from '../../platform/http/api.ts'
import { API_VERSION } from '../../platform/http/description.ts'

/** GET /api/version/ (platform.md §18). */
export function versionRoutes(api: Api): void {
  read(api, {
    path: '/api/version/',
    id: 'version_retrieve',
    tag: 'version',
    summary: 'The version of the server',
    permission: readsAll,
    // The newest version is left out: the server asks nobody about itself.
    answer: { type: 'object', properties: { version: { type: 'string' }, latest_version: { type: 'string' } }, required: ['version'] },
    run: async () => ({ version: API_VERSION }),
  })
}
