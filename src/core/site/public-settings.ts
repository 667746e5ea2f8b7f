// What the site tells everybody about itself: one table, over the server's own configuration, from which come the answers of
// /api/configuration/ and /api/metadata/settings/ (clients.md §3). Names are those that web interfaces of the field read.
import type { Config } from '../../platform/config.ts'
import { featureSwitches } from './features.ts'

/** `base` is the origin under which the caller reaches the server. */
type Site = { config: Config; base: string }

type PublicSetting = {
  about: string
  type: 'string' | 'boolean' | 'integer' | 'list'
  value: (site: Site) => unknown
}

const setting = (type: PublicSetting['type'], about: string, value: (site: Site) => unknown): PublicSetting => ({ about, type, value })
const words = (about: string, value: (site: Site) => string) => setting('string', about, value)
const flag = (about: string, value: (site: Site) => boolean) => setting('boolean', about, value)
/** Something the site has no setting for: interfaces get its empty value. */
const unset = (about: string) => words(about, () => '')

const LANGUAGES = [['en', 'English']] as const
const LANGUAGE_CODE = 'en'

type Section = { about: string; plugin: 'WALDUR_CORE' | 'WALDUR_MARKETPLACE'; settings: { [key: string]: PublicSetting } }

export const PUBLIC_SETTINGS: readonly Section[] = [
  {
    about: 'Identity of the site',
    plugin: 'WALDUR_CORE',
    settings: {
      SITE_NAME: words('Name of the site.', ({ config }) => config.SITE_NAME),
      SHORT_PAGE_TITLE: words('Short name in the title of pages.', ({ config }) => config.SITE_NAME),
      FULL_PAGE_TITLE: words('Title of pages.', ({ config }) => config.SITE_NAME),
      SITE_DESCRIPTION: words('One line about the site.', () => 'Organizations order services from providers'),
      SITE_ADDRESS: unset('Postal address of those who run the site.'),
      SITE_EMAIL: unset('Mail address of those who run the site.'),
      SITE_PHONE: unset('Telephone number of those who run the site.'),
      BRAND_COLOR: words('Colour of buttons and links.', () => '#2a6f6b'),
      MASTERMIND_URL: words('Origin of the API.', ({ base }) => base),
      HOMEPORT_URL: words('Origin of the web interface.', ({ base }) => base),
      EXTERNAL_LINKS: setting('list', 'Links in the header of pages.', () => []),
    },
  },
  {
    about: 'Language and currency',
    plugin: 'WALDUR_CORE',
    settings: {
      LANGUAGE_CHOICES: words('Codes of the languages to choose from, comma separated.', () => LANGUAGES.map(([code]) => code).join(',')),
      CURRENCY_NAME: words('Currency of all prices.', ({ config }) => config.CURRENCY_NAME),
      TIME_ZONE: words('Zone in which today is decided for dates.', ({ config }) => config.TIME_ZONE),
    },
  },
  {
    about: 'Users',
    plugin: 'WALDUR_CORE',
    settings: {
      AUTHENTICATION_METHODS: setting('list', 'Ways to log in.', () => ['LOCAL_SIGNIN']),
      USER_MANDATORY_FIELDS: setting('list', 'What a user must tell before going on.', () => []),
      USER_REGISTRATION_HIDDEN_FIELDS: setting('list', 'What a user is not asked for.', () => []),
      INVITATIONS_ENABLED: flag('Whether users may be invited by mail.', () => false),
      TOKEN_LIFETIME: setting(
        'integer',
        'Seconds a new token lives without use; 0 for ever.',
        ({ config }) => config.TOKEN_LIFETIME_SECONDS,
      ),
    },
  },
  {
    about: 'Catalogue and orders',
    plugin: 'WALDUR_MARKETPLACE',
    settings: {
      ANONYMOUS_USER_CAN_VIEW_OFFERINGS: flag(
        'Whether shared offerings and categories are shown without a token.',
        ({ config }) => config.ANONYMOUS_USER_CAN_VIEW_OFFERINGS,
      ),
      ANONYMOUS_USER_CAN_VIEW_PLANS: flag('Whether their plans are.', ({ config }) => config.ANONYMOUS_USER_CAN_VIEW_PLANS),
      RESTRICTED_OFFERING_VISIBILITY_MODE: words(
        'What becomes of offerings whose organization groups leave the caller out.',
        ({ config }) => config.RESTRICTED_OFFERING_VISIBILITY_MODE,
      ),
      ENABLE_ORDER_START_DATE: flag(
        'Whether an order may name the day on which it starts.',
        ({ config }) => config.ENABLE_ORDER_START_DATE,
      ),
      ENFORCE_USER_CONSENT_FOR_OFFERINGS: flag(
        'Whether terms of service must be accepted before ordering.',
        ({ config }) => config.ENFORCE_USER_CONSENT_FOR_OFFERINGS,
      ),
    },
  },
]

/** Parts of the field's server that are not here; interfaces look into their objects without asking. */
const ABSENT_PLUGINS = [
  'WALDUR_SUPPORT',
  'WALDUR_AUTH_SOCIAL',
  'WALDUR_AUTH_SAML2',
  'WALDUR_AUTH_VALIMO',
  'WALDUR_OPENSTACK',
  'WALDUR_RANCHER',
  'WALDUR_VMWARE',
  'WALDUR_FREEIPA',
  'WALDUR_INVOICES',
] as const

const valuesOf = (plugin: Section['plugin'], site: Site) =>
  Object.fromEntries(
    PUBLIC_SETTINGS.filter((section) => section.plugin === plugin).flatMap(({ settings }) =>
      Object.entries(settings).map(([key, { value }]) => [key, value(site)]),
    ),
  )

/** The answer of /api/configuration/. */
export const configurationOf = (site: Site) => ({
  WALDUR_CORE: valuesOf('WALDUR_CORE', site),
  WALDUR_MARKETPLACE: valuesOf('WALDUR_MARKETPLACE', site),
  ...Object.fromEntries(ABSENT_PLUGINS.map((plugin) => [plugin, {}])),
  FEATURES: featureSwitches(),
  LANGUAGES,
  LANGUAGE_CODE,
})

/** The answer of /api/metadata/settings/: what the settings are and what they are on this site. */
export const settingsMetadata = (site: Site) => ({
  settings: PUBLIC_SETTINGS.map(({ about, settings }) => ({
    description: about,
    items: Object.entries(settings).map(([key, { about: description, type, value }]) => ({ key, description, type, default: value(site) })),
  })),
})
