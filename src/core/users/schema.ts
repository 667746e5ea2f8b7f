// What may be sent about a user (platform.md §9.2).
import { invalid } from '../../platform/http/errors.ts'
import {
  body,
  boolean,
  date,
  email,
  file,
  integer,
  list,
  nullable,
  optional,
  type Parsed,
  slug,
  staffOnly,
  text,
} from '../../platform/http/shapes.ts'

const line = (max: number) => text({ max, blank: true })
const some = (max: number) => optional(line(max))
const texts = () => list(text({ max: 255 }), { max: 100 })

const COLUMNS = [
  'slug',
  'first_name',
  'last_name',
  'native_name',
  'job_title',
  'phone_number',
  'organization',
  'description',
  'preferred_language',
  'is_staff',
  'is_active',
  'is_support',
  'is_identity_manager',
  'notifications_enabled',
  'token_lifetime',
] as const
/** Personal attributes, kept together in one column. */
const ATTRIBUTES = [
  'birth_date',
  'gender',
  'personal_title',
  'place_of_birth',
  'country_of_residence',
  'nationality',
  'nationalities',
  'organization_country',
  'organization_type',
  'organization_registry_code',
  'eduperson_assurance',
  'managed_isds',
] as const

export const userBody = body('UserRequest', {
  // Both count when a user is made; later they are ignored.
  username: text({ max: 128, pattern: /^[0-9a-z_.@+-]+$/, patternText: 'Enter a valid username.' }),
  email: email(),
  slug: staffOnly(slug({ max: 50 })),
  first_name: some(100),
  last_name: some(100),
  native_name: some(100),
  job_title: some(120),
  phone_number: some(255),
  organization: some(255),
  description: staffOnly(line(4096)),
  preferred_language: some(10),
  is_staff: staffOnly(boolean()),
  is_active: staffOnly(boolean()),
  is_support: staffOnly(boolean()),
  is_identity_manager: staffOnly(boolean()),
  notifications_enabled: optional(boolean()),
  token_lifetime: optional(nullable(integer({ min: 60 }))),
  agree_with_policy: optional(boolean()),
  image: optional(nullable(file('image'))),
  birth_date: optional(nullable(date())),
  gender: optional(nullable(integer({ min: 0, max: 32767 }))),
  personal_title: some(50),
  place_of_birth: some(255),
  country_of_residence: some(2),
  nationality: some(2),
  nationalities: optional(texts()),
  organization_country: some(2),
  organization_type: some(255),
  organization_registry_code: some(255),
  eduperson_assurance: optional(texts()),
  managed_isds: staffOnly(texts()),
})

export type UserInput = Partial<Parsed<typeof userBody>>

const picked = (input: UserInput, names: readonly (keyof UserInput)[]) =>
  Object.fromEntries(names.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]))

/** The columns that a body writes. */
export const columnsOf = (input: UserInput): { [column: string]: unknown } => picked(input, COLUMNS)

const GENDERS = [0, 1, 2, 9]

/** The personal attributes that a body writes; 400 for a gender that ISO 5218 does not have. */
export function attributesOf(input: UserInput): { [name: string]: unknown } {
  const { gender } = input
  if (typeof gender === 'number' && !GENDERS.includes(gender)) throw invalid({ gender: [`"${gender}" is not a valid choice.`] })
  return picked(input, ATTRIBUTES)
}
