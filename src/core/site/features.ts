// Switches that web interfaces read to know which of their pages make sense here. On means that the server has what the page
// shows; a page that would ask for what is not served stays hidden.

type Feature = { about: string; on: boolean }
type Section = { about: string; features: { [key: string]: Feature } }

const on = (about: string): Feature => ({ about, on: true })
const off = (about: string): Feature => ({ about, on: false })

/** Section → key → whether it is on. Interfaces look up sections without asking whether they exist, so none is left out. */
export const FEATURES: { readonly [section: string]: Section } = {
  customer: {
    about: 'Pages of an organization',
    features: {
      team: on('Members of the organization'),
      show_domain: off('Domain of the organization'),
      show_banner: off('Banner above the pages of an organization'),
      billing: off('Invoices of the organization'),
      events: off('What happened in the organization'),
      show_permission_reviews: off('Reviews of who belongs to the organization'),
    },
  },
  project: {
    about: 'Pages of a project',
    features: {
      team: on('Members of the project'),
      member_role: on('The role of project member'),
      oecd_fos_2007_code: on('Field of science of a project'),
      show_industry_flag: on('Whether a project is of the industry'),
      estimated_cost: off('Expected cost of the month'),
      events: off('What happened in the project'),
      show_credit_in_create_dialog: off('Credit of a new project'),
    },
  },
  user: {
    about: 'Pages of a user',
    features: {
      ssh_keys: on('SSH keys of the user'),
      show_slug: on('Slug of the user'),
      show_username: on('Name the user logs in with'),
      preferred_language: off('Choice of a language'),
      notifications: off('Hooks of the user'),
      competence: off('Competence of the user'),
    },
  },
  marketplace: {
    about: 'Catalogue, orders and resources',
    features: {
      private_offerings: on('Offerings of the organization itself'),
      import_resources: off('Taking over what the provider runs already'),
      conceal_prices: off('Catalogue without prices'),
      show_call_management_functionality: off('Calls for proposals'),
      display_offering_partitions: off('Partitions of clusters'),
      display_software_catalog: off('Software that a cluster has'),
      lexis_links: off('LEXIS links'),
    },
  },
  support: {
    about: 'Help desk and reports',
    features: {
      users: on('List of all users'),
      customers_list: on('List of all organizations'),
      pricelist: off('List of prices'),
      activity_stream: off('Activity of the help desk'),
      offering_comments: off('Comments on offerings'),
      resource_usage: off('Reports of usage'),
      shared_providers: off('Providers that several organizations use'),
    },
  },
  invitations: {
    about: 'Invitations to organizations and projects',
    features: { conceal_civil_number: on('Invitations do not ask for a civil number'), show_tax_number: off('Tax number of the invited') },
  },
  deployment: { about: 'The installation', features: { enable_cookie_notice: off('Notice about cookies') } },
  telemetry: { about: 'Reports to the makers', features: { send_metrics: off('Figures about the installation') } },
  openstack: { about: 'OpenStack', features: { hide_volume_type_selector: off('Choice of a volume type') } },
  rancher: { about: 'Rancher', features: { apps: off('Applications in clusters') } },
  slurm: { about: 'Slurm', features: { jobs: off('Jobs on clusters') } },
}

/** What the configuration shows: section → key → on or off. */
export const featureSwitches = () =>
  Object.fromEntries(
    Object.entries(FEATURES).map(([section, { features }]) => [
      section,
      Object.fromEntries(Object.entries(features).map(([key, feature]) => [key, feature.on])),
    ]),
  )

/** What the metadata tells about the switches. */
export const featureMetadata = () => ({
  features: Object.entries(FEATURES).map(([key, { about, features }]) => ({
    key,
    description: about,
    items: Object.entries(features).map(([item, feature]) => ({ key: item, description: feature.about })),
  })),
  feature_enums: Object.fromEntries(
    Object.entries(FEATURES).map(([section, { features }]) => [
      `${section.charAt(0).toUpperCase()}${section.slice(1)}Features`,
      Object.fromEntries(Object.keys(features).map((key) => [key.toUpperCase(), `${section}.${key}`])),
    ]),
  ),
})
