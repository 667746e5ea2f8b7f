// What may be sent about a project (platform.md §11).
import { linkTo } from '../../platform/http/links.ts'
import {
  body,
  boolean,
  choice,
  date,
  file,
  html,
  integer,
  json,
  nullable,
  optional,
  type Parsed,
  slug,
  staffOnly,
  text,
} from '../../platform/http/shapes.ts'
import { customers } from '../customers/list.ts'
import { FIELDS_OF_SCIENCE } from './fields-of-science.ts'
import { projectTypes } from './project-types.ts'
import { PROJECT_KINDS } from './view.ts'

export const projectBody = body('ProjectRequest', {
  name: text({ max: 500 }),
  customer: linkTo(customers),
  slug: staffOnly(slug({ max: 50, blank: true })),
  description: optional(html()),
  staff_notes: staffOnly(html()),
  type: optional(nullable(linkTo(projectTypes))),
  backend_id: optional(text({ max: 255, blank: true })),
  kind: optional(choice(PROJECT_KINDS)),
  start_date: optional(nullable(date())),
  end_date: optional(nullable(date())),
  oecd_fos_2007_code: optional(nullable(choice(Object.keys(FIELDS_OF_SCIENCE), { blank: true }))),
  is_industry: optional(boolean()),
  grace_period_days: optional(nullable(integer({ min: 0 }))),
  user_email_patterns: optional(json()),
  user_affiliations: optional(json()),
  user_identity_sources: optional(json()),
  image: optional(nullable(file('image'))),
})
export type ProjectInput = Parsed<typeof projectBody>

export const moveBody = body('MoveProjectRequest', { customer: linkTo(customers), preserve_permissions: boolean() })
export type MoveInput = Parsed<typeof moveBody>

export const recoveryBody = body('ProjectRecoveryRequest', {
  restore_team_members: staffOnly(boolean()),
  // Nobody is invited anywhere yet; accepted so that clients need not know.
  send_invitations_to_previous_members: optional(boolean()),
  end_date: optional(nullable(date())),
})
export type RecoveryInput = Parsed<typeof recoveryBody>
