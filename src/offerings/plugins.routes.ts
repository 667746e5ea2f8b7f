// The types of offerings that can be made, with the components that each brings (clients.md §3).
import { closed, WORD } from '../platform/http/answers.ts'
import { type Api, route } from '../platform/http/api.ts'
import { BILLING_TYPES, OFFERING_TYPES } from './offering-types.ts'

const component = closed({ type: WORD, name: WORD, measured_unit: WORD, billing_type: { type: 'string', enum: [...BILLING_TYPES] } })
const plugin = closed({
  offering_type: WORD,
  components: { type: 'array', items: component },
  available_limits: { type: 'array', items: WORD },
})

const PLUGINS = OFFERING_TYPES.map(({ key, components, supportsLimits }) => ({
  offering_type: key,
  components: components.map(({ type, name, measured_unit, billing_type }) => ({ type, name, measured_unit, billing_type })),
  available_limits: supportsLimits ? components.filter(({ billing_type }) => billing_type === 'limit').map(({ type }) => type) : [],
}))

/** All on one page, for everybody; interfaces ask before anyone is signed in. */
export function pluginRoutes(api: Api): void {
  const facts = {
    path: '/api/marketplace-plugins/',
    id: 'marketplace_plugins_list',
    tag: 'marketplace_plugins',
    summary: 'Types of offerings',
    anonymous: true,
    who: 'anyone',
    status: 200,
    answer: { schema: { type: 'array', items: plugin } },
  }
  route(api, 'GET', facts, async (_request, reply) =>
    reply.header('X-Result-Count', String(PLUGINS.length)).type('application/json').send(JSON.stringify(PLUGINS)),
  )
}
