// Who may import whom. The order of modules is one list; a module uses those before it and none after it.
const ORDER = [
  'platform',
  'core',
  'service-providers',
  'offerings',
  'resources',
  'site-agents',
  'orders',
  'support',
  'scripts',
  'checklists',
  'offering-users',
]

// The same within core, whose folders are modules too. user-permissions is what somebody holds, roles is how it is given.
const CORE = ['roles', 'user-permissions', 'organization-groups', 'customers', 'projects', 'component-stats', 'users', 'keys', 'site']

// What a module shows to those after it: its declarations, which hold no rules, and its public functions.
const SHARED = '/(public|view|list|policy|states|events)[a-z.-]*ts$'

const leftOnly = ORDER.map((name, i) => ({
  name: `${name}-looks-only-left`,
  severity: 'error',
  comment: `${name} may use ${ORDER.slice(0, i).join(', ') || 'nothing'} of the other modules`,
  from: { path: `^src/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/(${[...ORDER.slice(i + 1), 'demo', 'cli'].join('|')}|(app|modules)\\.ts)` },
}))

const publicOnly = ORDER.slice(1).map((name) => ({
  name: `${name}-through-its-public-files`,
  severity: 'error',
  comment: `Other modules use what ${name} declares or offers in public.ts, not its commands`,
  from: { path: '^src/(?!platform/)([^/]+)/', pathNot: `^src/(${name}|cli|demo)/|\\.test\\.ts$` },
  to: { path: `^src/${name}/`, pathNot: SHARED },
}))

const coreLeftOnly = CORE.map((name, i) => ({
  name: `core-${name}-looks-only-left`,
  severity: 'error',
  comment: `core/${name} may use ${CORE.slice(0, i).join(', ') || 'nothing'} of core's other folders`,
  from: { path: `^src/core/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/core/(?!(${CORE.slice(0, i + 1).join('|')})/)` },
}))

module.exports = {
  forbidden: [
    ...leftOnly,
    ...coreLeftOnly,
    {
      name: 'every-module-has-a-place-in-the-order',
      severity: 'error',
      comment: 'A new folder under src is named in ORDER, at its place',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${ORDER.join('|')}|cli|demo)/` },
    },
    {
      name: 'core-has-a-place-in-its-order-for-every-folder',
      severity: 'error',
      comment: 'A new folder of core is named in CORE, or nothing may use it',
      from: { path: '^src/core/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/core/[^/]+/', pathNot: `^src/core/(${CORE.join('|')})/` },
    },
    {
      name: 'public-shows-what-is-its-own',
      severity: 'error',
      comment: 'public.ts re-exports from its own module, so that nobody reaches a third module through it, and nobody within uses it',
      from: { path: '^src/([^/]+)/public\\.ts$' },
      to: { path: '^src/', pathNot: '^src/$1/' },
    },
    {
      name: 'nobody-within-goes-through-its-own-public',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/$1/public\\.ts$' },
    },
    {
      name: 'modules-are-put-together-in-one-place',
      severity: 'error',
      comment: 'module.ts is what a module declares to the whole; only modules.ts reads it',
      from: { path: '^src/', pathNot: '^src/modules\\.ts$|\\.test\\.ts$' },
      to: { path: '/module\\.ts$', pathNot: '^src/platform/' },
    },
    ...publicOnly,
    { name: 'no-cycles', severity: 'error', from: { pathNot: '\\.test\\.ts$' }, to: { circular: true } },
    {
      name: 'states-are-data',
      severity: 'error',
      comment: 'A state table imports the type of a state table and nothing else that runs',
      from: { path: '/states[a-z.-]*ts$', pathNot: '^src/platform/' },
      to: { pathNot: '^src/platform/states/|/states[a-z.-]*ts$' },
    },
    {
      name: 'fastify-at-the-edge',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(platform/http/|app\\.ts|main\\.ts|cli/|demo/)|routes[a-z.-]*ts$|\\.test\\.ts$' },
      to: { path: 'node_modules/(fastify|@fastify)/' },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(tests/|tools/|bench/|soak/)|\\.test\\.ts$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },

    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
}
