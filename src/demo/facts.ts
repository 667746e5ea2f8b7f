// The demo world as facts: the same organizations, people, offerings and orders on every load. load.ts carries them out.

/** The password of everybody in the demo world. */
export const PASSWORD = 'tradepost-demo-2026'

export type Role = {
  role: string
  on: 'customers' | 'projects' | 'marketplace-service-providers' | 'marketplace-provider-offerings'
  scope: string
}

export type DemoUser = {
  username: string
  first_name: string
  last_name: string
  about: string
  is_staff?: boolean
  is_support?: boolean
  roles: Role[]
}

const user = (username: string, name: string, about: string, ...roles: Role[]): DemoUser => {
  const [first_name = '', last_name = ''] = name.split(' ')
  return { username, first_name, last_name, about, roles }
}
const owns = (scope: string): Role => ({ role: 'CUSTOMER.OWNER', on: 'customers', scope })
const manages = (scope: string): Role => ({ role: 'PROJECT.MANAGER', on: 'projects', scope })

export const CONSUMERS = ['University of Northmere', 'Harbour Institute', 'Brightleaf Labs'] as const
export const PROVIDERS = ['Northern Compute', 'Campus Services'] as const

export const GROUPS = ['Universities', 'Companies'] as const

/** Organization → its group. */
export const MEMBERS: [customer: string, group: string][] = [
  [CONSUMERS[0], 'Universities'],
  [CONSUMERS[1], 'Universities'],
  [CONSUMERS[2], 'Companies'],
]

/** Project → its organization; those that begin later make orders wait. */
export const PROJECTS: { name: string; customer: string; starts_in_days?: number }[] = [
  { name: 'Ocean currents', customer: CONSUMERS[0] },
  { name: 'Ancient manuscripts', customer: CONSUMERS[0] },
  { name: 'Protein folding', customer: CONSUMERS[1] },
  { name: 'Tidal turbines', customer: CONSUMERS[1], starts_in_days: 30 },
  { name: 'Leaf disease', customer: CONSUMERS[2] },
  { name: 'Seed bank', customer: CONSUMERS[2], starts_in_days: 60 },
]

export const USERS: DemoUser[] = [
  { ...user('sten', 'Sten Steward', 'staff: may do everything'), is_staff: true },
  { ...user('sara', 'Sara Support', 'support: sees everything'), is_support: true },
  user('olga', 'Olga Owner', `owner of ${CONSUMERS[0]}`, owns(CONSUMERS[0])),
  user('oscar', 'Oscar Owner', `owner of ${CONSUMERS[1]}`, owns(CONSUMERS[1])),
  user('oona', 'Oona Owner', `owner of ${CONSUMERS[2]}`, owns(CONSUMERS[2])),
  user('mia', 'Mia Manager', 'manager of Ocean currents', manages('Ocean currents')),
  user('max', 'Max Manager', 'manager of Protein folding', manages('Protein folding')),
  user('maya', 'Maya Manager', 'manager of Leaf disease', manages('Leaf disease')),
  user('adam', 'Adam Admin', 'system administrator of Ocean currents', { role: 'PROJECT.ADMIN', on: 'projects', scope: 'Ocean currents' }),
  user('paul', 'Paul Provider', `owner of ${PROVIDERS[0]}`, owns(PROVIDERS[0])),
  user('petra', 'Petra Provider', `owner of ${PROVIDERS[1]}`, owns(PROVIDERS[1])),
  user('mona', 'Mona Manager', `manager of the service provider ${PROVIDERS[0]}`, {
    role: 'CUSTOMER.MANAGER',
    on: 'marketplace-service-providers',
    scope: PROVIDERS[0],
  }),
  user('omar', 'Omar Offering', 'manager of the offering HPC allocation', {
    role: 'OFFERING.MANAGER',
    on: 'marketplace-provider-offerings',
    scope: 'HPC allocation',
  }),
  user('nora', 'Nora Newcomer', 'holds no role yet'),
]

export const CATEGORIES = ['Compute', 'Storage', 'Support'] as const

export type DemoOffering = {
  name: string
  customer: string
  category: (typeof CATEGORIES)[number]
  type: 'Marketplace.Basic' | 'Marketplace.Slurm'
  description: string
  components: { [field: string]: unknown; type: string; billing_type: string }[]
  /** Price of a unit of each component, in the currency of the site. */
  prices: { [component: string]: string }
  /** Amounts of the components that are charged at a fixed rate. */
  quotas?: { [component: string]: number }
  limits: { [component: string]: number }
}

const limited = (type: string, name: string, measured_unit: string) => ({
  type,
  name,
  measured_unit,
  billing_type: 'limit',
  limit_period: 'month',
})

export const OFFERINGS: DemoOffering[] = [
  {
    name: 'Virtual machines',
    customer: PROVIDERS[0],
    category: 'Compute',
    type: 'Marketplace.Basic',
    description: 'Machines of any size, charged by what is allocated',
    components: [limited('cpu', 'Cores', 'cores'), limited('ram', 'Memory', 'GB')],
    prices: { cpu: '4', ram: '1.5' },
    limits: { cpu: 4, ram: 16 },
  },
  {
    name: 'HPC allocation',
    customer: PROVIDERS[0],
    category: 'Compute',
    type: 'Marketplace.Slurm',
    description: 'Hours on the cluster, charged by what is used; an agent carries orders out',
    components: [{ type: 'node_hours', name: 'Node hours', measured_unit: 'hours', billing_type: 'usage' }],
    prices: { node_hours: '0.35' },
    limits: {},
  },
  {
    name: 'Object storage',
    customer: PROVIDERS[0],
    category: 'Storage',
    type: 'Marketplace.Slurm',
    description: 'Terabytes for the whole time of a project, charged once',
    components: [{ type: 'storage', name: 'Storage', measured_unit: 'TB', billing_type: 'limit', limit_period: 'total' }],
    prices: { storage: '25' },
    limits: { storage: 10 },
  },
  {
    name: 'Nightly backup',
    customer: PROVIDERS[1],
    category: 'Storage',
    type: 'Marketplace.Basic',
    description: 'Ten machines at a fixed monthly fee',
    components: [{ type: 'machines', name: 'Machines', measured_unit: 'machines', billing_type: 'fixed' }],
    prices: { machines: '3' },
    quotas: { machines: 10 },
    limits: {},
  },
  {
    name: 'Onboarding',
    customer: PROVIDERS[1],
    category: 'Support',
    type: 'Marketplace.Basic',
    description: 'A day with an engineer, charged once, and a fee when the plan changes',
    components: [
      { type: 'day', name: 'Day on site', measured_unit: 'day', billing_type: 'one' },
      { type: 'change', name: 'Change of plan', measured_unit: 'change', billing_type: 'few' },
    ],
    prices: { day: '600', change: '50' },
    limits: {},
  },
]

export type DemoState =
  | 'done'
  | 'executing'
  | 'erred'
  | 'canceled'
  | 'rejected'
  | 'pending-consumer'
  | 'pending-provider'
  | 'pending-project'
  | 'pending-start-date'

type Batch = { state: DemoState; count: number; offerings: string[] }

const BATCHES: Batch[] = [
  { state: 'done', count: 14, offerings: OFFERINGS.map(({ name }) => name) },
  { state: 'executing', count: 4, offerings: ['HPC allocation', 'Object storage'] },
  { state: 'erred', count: 3, offerings: ['HPC allocation', 'Object storage'] },
  { state: 'canceled', count: 3, offerings: ['Virtual machines', 'Nightly backup', 'Onboarding'] },
  { state: 'rejected', count: 4, offerings: ['Virtual machines', 'HPC allocation'] },
  { state: 'pending-consumer', count: 4, offerings: ['Virtual machines', 'Object storage'] },
  { state: 'pending-provider', count: 4, offerings: ['Virtual machines', 'HPC allocation', 'Nightly backup'] },
  { state: 'pending-project', count: 2, offerings: ['Virtual machines'] },
  { state: 'pending-start-date', count: 2, offerings: ['Nightly backup'] },
]

export type DemoOrder = { name: string; offering: string; project: string; customer: string; state: DemoState }

const within = <Item>(items: readonly Item[], i: number): Item => items[i % items.length] as Item

/** Forty orders, in every state, over all offerings and organizations. */
export const ORDERS: DemoOrder[] = BATCHES.flatMap(({ state, count, offerings }) => {
  const projects = PROJECTS.filter((project) => (state === 'pending-project') === (project.starts_in_days !== undefined))
  // Only projects with a manager have somebody whose orders wait for the owner.
  const places =
    state === 'pending-consumer'
      ? projects.filter(({ name }) =>
          USERS.some(({ roles }) => roles.some((role) => role.role === 'PROJECT.MANAGER' && role.scope === name)),
        )
      : projects
  return Array.from({ length: count }, (_, i) => {
    const { name: project, customer } = within(places, i)
    const offering = within(offerings, i)
    return { name: `${offering.toLowerCase().replaceAll(' ', '-')}-${state}-${i + 1}`, offering, project, customer, state }
  })
})
