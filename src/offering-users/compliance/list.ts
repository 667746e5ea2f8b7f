// How far people have come with what offerings ask them: their own, and those of the offerings that one provides.
import { sql } from 'kysely'
import { completionFields } from '../../checklists/public.ts'
import { providedOfferings } from '../../offerings/public.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import { readsAll } from '../../platform/auth/actor.ts'
import type { Collection } from '../../platform/http/collection.ts'
import type { Visibility } from '../../platform/http/cut.ts'
import { flag, since, uuidIs } from '../../platform/http/filters.ts'
import { isSeen } from '../../platform/http/sight.ts'
import { object, text, uuid, type View } from '../../platform/http/view.ts'
import { offeringUsersFor } from '../list.ts'
import { offeringUserView } from '../view.ts'

type Site = { ENFORCE_USER_CONSENT_FOR_OFFERINGS: boolean }

const completionView: View = {
  name: 'UserChecklistCompletion',
  from: 'checklist_completion completion',
  alias: 'completion',
  joins: {
    checklist: 'join checklist on checklist.id = completion.checklist_id',
    ou: `join offering_user ou on ou.id = completion.scope_id and completion.scope_type = 'offering_user'`,
    ...offeringUserView.joins,
  },
  fields: {
    ...completionFields,
    offering_user: object(offeringUserView.fields),
    offering_user_uuid: uuid('ou.uuid'),
    offering_name: text('offering.name'),
    offering_uuid: uuid('offering.uuid'),
    customer_provider_uuid: uuid('provider.uuid'),
    customer_provider_name: text('provider.name'),
  },
}

const visible =
  (site: Site) =>
  (actor: Actor | undefined): Visibility => {
    if (!actor) return 'none'
    const provided = providedOfferings(actor)
    const mine = sql`(ou.user_id = ${actor.id} or ${provided ? sql`ou.offering_id in (${provided})` : sql`false`})`
    const seen = readsAll(actor) ? sql`true` : sql`(${isSeen(offeringUsersFor(site), actor)}) and ${mine}`
    return {
      where: sql`completion.scope_type = 'offering_user' and exists (select from offering_user ou where ou.id = completion.scope_id and ${seen})`,
    }
  }

export const completionsFor = (site: Site): Collection => ({
  path: '/api/marketplace-offering-user-checklist-completions/',
  name: 'marketplace_offering_user_checklist_completions',
  model: 'ChecklistCompletion',
  key: { column: 'completion.id', kind: 'number' },
  view: completionView,
  visible: visible(site),
  filters: {
    created: since('completion.created'),
    is_completed: flag('completion.is_completed'),
    modified: since('completion.modified'),
    offering_uuid: uuidIs('offering.uuid'),
    user_uuid: uuidIs('person.uuid'),
  },
  orderings: { modified: 'completion.modified', is_completed: 'completion.is_completed' },
  defaultOrder: [],
})
