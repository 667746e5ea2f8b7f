// Who may import whom. The order of modules is one list; a module uses those before it and none after it.
const ORDER = [
  'platform',
  'core',
  'service-providers',
  'offerings',
  'resources',
  'orders',
  'offering-users',
  'accounts',
  'compliance',
  'bookings',
  'billing',
  'arrow',
]

// What a module shows to those after it: its declarations, which hold no rules, and its public functions.
const SHARED = '/(public|view|list|policy|states)[a-z.-]*ts$'

const leftOnly = ORDER.map((name, i) => ({
  name: `${name}-looks-only-left`,
  severity: 'error',
  comment: `${name} may use ${ORDER.slice(0, i).join(', ') || 'nothing'} of the other modules`,
  from: { path: `^src/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/(${[...ORDER.slice(i + 1), 'demo', 'cli'].join('|')}|app\\.ts)` },
}))

const publicOnly = ORDER.slice(1).map((name) => ({
  name: `${name}-through-its-public-files`,
  severity: 'error',
  comment: `Other modules use what ${name} declares or offers in public.ts, not its commands`,
  from: { path: '^src/(?!platform/)([^/]+)/', pathNot: `^src/(${name}|cli|demo)/|\\.test\\.ts$` },
  to: { path: `^src/${name}/`, pathNot: SHARED },
}))

module.exports = {
  forbidden: [
    ...leftOnly,
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
      to: { path: '^(tests/|tools/|bench/)|\\.test\\.ts$' },
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
